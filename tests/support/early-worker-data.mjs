// The runner of the server's tests tells all of its processes what they run as soon as one of them asks. Whichever is
// told before it has asked itself hears nothing, asks in vain and hangs, and the whole run with it (jest-light-runner
// 0.8.2; seen in 7 of 25 starts on a busy machine). This keeps what was said early until it is asked for.
const ASKS = 'jest-light-runner-get-worker-data';
const TELLS = 'jest-light-runner-worker-data';

if (process.env.TINYPOOL_WORKER_ID) {
  const { emit, send } = process;
  let told;
  // Not by listening: the channel holds back what arrives until its first listener is there, which must be the pool's.
  process.emit = function (name, message, ...others) {
    if (name === 'message' && message?.type === TELLS) told = message;
    return emit.call(this, name, message, ...others);
  };
  process.send = function (message, ...others) {
    if (message !== ASKS || !told) return send.call(this, message, ...others);
    process.nextTick(() => process.emit('message', told));
    return true;
  };
}
