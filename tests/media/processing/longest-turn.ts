const TICK_MS = 2;

/**
 * How long this thread computes without letting others have their turn, in milliseconds of processor time: what else runs
 * on the machine does not count, as it would in `monitorEventLoopDelay`.
 */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let [longest, since] = [0, cpuMs()];
  const tick = (): void => {
    const now = cpuMs();
    longest = Math.max(longest, now - since);
    since = now;
  };
  const timer = setInterval(tick, TICK_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
    tick();
  }
  return longest;
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
