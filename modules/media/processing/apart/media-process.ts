import { setPriority } from 'node:os';
import { chooseMedia, type MediaChoice } from '../choose-media.js';
import type { WorkOptions } from '../media-tools.js';
import { findSandbox } from '../sandbox/find-sandbox.js';
import { told, type Asked, type Bench, type Order, type ResultOf, type Told } from './calls.js';

/**
 * The program that works on media: a process of its own, since hours of packets, however politely they are copied, take
 * processor and memory from whoever else is served by the same process. It gets its {@link Bench} as its only argument and
 * does one {@link Order} at a time.
 */
const BEHIND_OTHERS = 5;
setPriority(BEHIND_OTHERS);

const bench = JSON.parse(process.argv[2]!) as Bench;
const choosing = findSandbox(bench.folder).then((sandbox) => chooseMedia(bench.ffmpeg, sandbox));
choosing.catch(() => undefined); // the first order says why
let stopping = new AbortController();

process.on('disconnect', () => process.exit());
process.on('message', (asked: Asked) => {
  if ('stop' in asked) return stopping.abort();
  stopping = new AbortController();
  const options = { signal: stopping.signal, onProgress: (progress: number) => tell({ progress }) };
  choosing
    .then((choice) => carryOut(choice, asked.order, options))
    .then(
      (result) => tell({ result }),
      (error: unknown) => tell({ error: told(error) }),
    );
});

function tell(word: Told): void {
  process.send!(word);
}

function carryOut(
  { tools, because, sandbox }: MediaChoice,
  order: Order,
  options: WorkOptions,
): Promise<ResultOf<Order>> {
  switch (order.does) {
    case 'found': {
      const { name, version } = tools;
      return Promise.resolve({ name, version, because, heldBy: sandbox.because, holds: sandbox.holds });
    }
    case 'inspect':
      return tools.inspect(...order.with);
    case 'makeSeekable':
      return tools.makeSeekable(order.with[0], order.with[1], { ...options, trim: order.with[2] });
    case 'poster':
      return tools.poster(...order.with, options);
    case 'storyboard':
      return tools.storyboard(...order.with, options);
    case 'transcodeMp4':
      return tools.transcodeMp4(...order.with, options);
  }
}
