import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { alone, quantile, type Entries } from '../entry.js';
import { Conversation } from './customer.js';
import { Product } from './product.js';

const RECORDINGS = 20;
const SETTLE_MS = 10_000;

/** How long from start to ready, and how much memory the idle whole takes. */
export async function startAndIdle(): Promise<Entries> {
  const product = await Product.start();
  try {
    await wait(SETTLE_MS);
    const idle = await product.residentMegabytes();
    return { ready_s: alone(product.readySeconds, 's', 20), idle_rss_mb: alone(idle, 'MB') };
  } finally {
    await product.stop();
  }
}

/** From the customer's Send to the agent's first bytes, and to the file in which they can seek: 60 s of 1080p, one after the other. */
export async function sendToWatching(): Promise<Entries> {
  const video = await sixtySeconds();
  const product = await Product.start();
  try {
    const conversation = await Conversation.signIn(product.url, await product.agent());
    const [playable, seekable]: [number[], number[]] = [[], []];
    for (let n = 0; n < RECORDINGS; n++) {
      const recording = await conversation.record(video, { durationMs: 60_000, width: 1920, height: 1080 });
      const begun = performance.now();
      await recording.send();
      playable.push(await until(begun, () => conversation.canPlay(recording.id)));
      seekable.push(await until(begun, () => conversation.isSeekable(recording.id)));
    }
    return {
      send_to_playable_p95_ms: alone(quantile(playable, 0.95), 'ms', 1000),
      send_to_seekable_p95_ms: alone(quantile(seekable, 0.95), 'ms', 2000),
    };
  } finally {
    await product.stop();
  }
}

async function until(begun: number, condition: () => Promise<boolean>): Promise<number> {
  while (!(await condition())) await wait(10);
  return performance.now() - begun;
}

/** A VP9 capture with the bit rate of the recorder, made by ffmpeg as a live stream: without an index, as browsers make it. */
async function sixtySeconds(): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'screendesk-bench-'));
  const file = join(directory, 'capture.webm');
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=1920x1080:rate=15:duration=60'];
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=60'];
  const codecs = [
    '-c:v',
    'libvpx-vp9',
    '-deadline',
    'realtime',
    '-cpu-used',
    '8',
    '-b:v',
    '1500k',
    '-g',
    '60',
    '-c:a',
    'libopus',
  ];
  await promisify(execFile)('ffmpeg', [
    '-v',
    'error',
    ...picture,
    ...sound,
    ...codecs,
    '-live',
    '1',
    '-f',
    'webm',
    file,
  ]);
  return readFile(file).finally(() => rm(directory, { recursive: true }));
}
