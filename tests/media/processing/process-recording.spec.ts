import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, mkdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isTransient } from '#platform/consumers/transient.js';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import { MediaFailed } from '../../../modules/media/processing/media-errors.js';
import type { MediaTools } from '../../../modules/media/processing/media-tools.js';
import { processRecording } from '../../../modules/media/processing/process-recording.js';
import { TempSweep } from '../../../modules/media/processing/temp-folder.js';
import { recorded } from './recorded-outputs.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
const root = join(scratch.path, 'temp');
const VP9 = join(FIXTURES, 'vp9-opus.webm');
let ffmpeg: MediaTools;
let mediabunny: MediaTools;

beforeAll(async () => {
  ffmpeg = (await chooseMedia()).tools;
  mediabunny = (await chooseMedia('none')).tools;
});

const failing = () => Promise.reject(new Error('no luck'));
const left = () => readdir(root).catch(() => []);

describe('processing a recording', () => {
  it('hands over the seekable file first, then the extras, and leaves no plaintext', async () => {
    const { events, outputs } = recorded();
    const progress: number[] = [];
    const options = { tools: ffmpeg, outputs, onProgress: (fraction: number) => void progress.push(fraction) };
    const processed = await processRecording(createReadStream(VP9), root, options);
    expect(events).toEqual(['seekable video/webm true', 'poster ffd8', 'storyboard 12', 'mp4 video/mp4']);
    expect(processed).toMatchObject({
      original: { videoCodec: 'vp9', frames: 81 },
      seekable: { tool: 'ffmpeg', frames: 81, kept: { startMs: 0 } },
      poster: true,
      storyboard: { columns: 4, rows: 3, count: 12, intervalMs: 500 },
      mp4: { videoCodec: 'h264' },
      missing: [],
    });
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(await left()).toEqual([]);
  });

  it('makes do without ffmpeg', async () => {
    const { events, outputs } = recorded();
    const processed = await processRecording(createReadStream(VP9), root, { tools: mediabunny, outputs });
    expect(events).toEqual(['seekable video/webm true']);
    expect(processed).toMatchObject({ poster: false, storyboard: null, mp4: null, missing: [] });
  });

  it('does not transcode what is an MP4 already, nor make what nobody takes', async () => {
    const { events, outputs } = recorded();
    const h264 = join(FIXTURES, 'h264-opus.mkv');
    const processed = await processRecording(h264, root, {
      tools: ffmpeg,
      outputs: { seekable: outputs.seekable, mp4: outputs.mp4! },
    });
    expect(events).toEqual(['seekable video/mp4 true']);
    expect(processed.mp4).toBe(processed.seekable);
    expect(statSync(h264).size).toBeGreaterThan(0);
  });

  it('keeps its folder to itself while it works', async () => {
    let modes: string[] = [];
    const seekable = async ({ path }: { path: string }): Promise<void> => {
      const folder = join(path, '..');
      modes = [root, folder, join(folder, 'original')].map((name) => (statSync(name).mode & 0o777).toString(8));
    };
    await processRecording(createReadStream(VP9), root, { tools: mediabunny, outputs: { seekable } });
    expect(modes).toEqual(['700', '700', '600']);
  });

  it.each([
    ['what is no video', Readable.from([Buffer.from('#EXTM3U\n')]), 'NOT_A_VIDEO'],
    ['nothing', Readable.from([]), 'EMPTY_FILE'],
  ])('refuses %s and leaves no plaintext', async (_, source, code) => {
    const options = { tools: mediabunny, outputs: recorded().outputs, limits: { maxBytes: 1_000_000 } };
    await expect(processRecording(source, root, options)).rejects.toMatchObject({ code });
    expect(await left()).toEqual([]);
  });

  it('stops receiving what is too much, instead of filling the disk first', async () => {
    let received = 0;
    const endless = function* (): Generator<Buffer> {
      for (; received < 1000; received += 1) yield Buffer.alloc(65_536);
    };
    const options = { tools: mediabunny, outputs: recorded().outputs, limits: { maxBytes: 1_000_000 } };
    const refused = processRecording(Readable.from(endless()), root, options);
    await expect(refused).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(received).toBeLessThan(100);
    expect(await left()).toEqual([]);
  });

  it.each([
    ['the source breaks off', () => Readable.from(breakingOff()), {}],
    ['storage fails', () => createReadStream(VP9), { seekable: failing }],
    ['storing an extra fails', () => createReadStream(VP9), { poster: failing }],
  ])('fails when %s and leaves no plaintext', async (_, source, broken) => {
    const outputs = { ...recorded().outputs, ...broken };
    await expect(processRecording(source(), root, { tools: ffmpeg, outputs })).rejects.toThrow('no luck');
    expect(await left()).toEqual([]);
  });

  it('does not lose the recording when an extra cannot be made', async () => {
    const { events, outputs } = recorded();
    const tools = Object.assign(Object.create(ffmpeg) as MediaTools, {
      poster: () => Promise.reject(new MediaFailed('poster', 'exit 1')),
    });
    const processed = await processRecording(createReadStream(VP9), root, { tools, outputs });
    expect(events).toEqual(['seekable video/webm true', 'storyboard 12', 'mp4 video/mp4']);
    expect(processed.missing).toEqual([{ extra: 'poster', reason: expect.stringContaining('poster') }]);
  });

  it('stops at once when the worker does, whatever it is doing', async () => {
    const controller = new AbortController();
    const reason = new Error('the worker stops');
    const onProgress = (fraction: number) => fraction > 0.7 && controller.abort(reason);
    const options = { tools: ffmpeg, outputs: recorded().outputs, signal: controller.signal, onProgress };
    await expect(processRecording(createReadStream(VP9), root, options)).rejects.toBe(reason);
    expect(await left()).toEqual([]);
    const stuck = new Readable({ read: () => undefined });
    const late = AbortSignal.timeout(50);
    const waiting = processRecording(stuck, root, { tools: ffmpeg, outputs: recorded().outputs, signal: late });
    await expect(waiting).rejects.toThrow();
    expect(await left()).toEqual([]);
  });

  it('keeps to a trim', async () => {
    const trim = { startMs: 1000, endMs: 3000 };
    const processed = await processRecording(VP9, root, { tools: ffmpeg, outputs: recorded().outputs, trim });
    expect(processed.seekable.kept).toEqual(trim);
    expect(Math.abs(processed.mp4!.durationMs - 2000)).toBeLessThan(150);
    expect(processed.storyboard!.intervalMs).toBeLessThan(180);
  });
});

describe('what a killed worker leaves behind', () => {
  const sweepRoot = join(scratch.path, 'sweep');

  it('is removed when the next one starts, and not before', async () => {
    const script = join(import.meta.dirname, 'worker-under-test.ts');
    const loader = ['--conditions=source', '--import', './tests/support/typescript.mjs'];
    const worker = spawn(process.execPath, [...loader, script, VP9, sweepRoot], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(worker.stdout, 'data');
    const [folder] = await readdir(sweepRoot);
    expect(readFileSync(join(sweepRoot, folder!, 'original'))).toEqual(readFileSync(VP9));
    expect(await new TempSweep(sweepRoot).sweep()).toBe(0);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(await readdir(sweepRoot)).toEqual([folder]);
    expect(await new TempSweep(sweepRoot).sweep()).toBe(1);
    expect(await readdir(sweepRoot)).toEqual([]);
  });

  it('is told from what another process with its number has now', async () => {
    const ours = await readdirDuringWork(sweepRoot);
    const reused = ours.replace(/^(job-\w+-\d+)-\d+-/, '$1-1-');
    mkdirSync(join(sweepRoot, reused));
    expect(await new TempSweep(sweepRoot).sweep()).toBe(1);
  });

  it('stays while somebody elsewhere may still be at it, whatever their clock says', async () => {
    const foreign = join(sweepRoot, 'job-0123456789ab-1-1-abcdef');
    mkdirSync(foreign, { recursive: true });
    const sweep = new TempSweep(sweepRoot);
    const minute = 60_000;
    const beat = (at: number) => utimesSync(foreign, new Date(at), new Date(at));
    // A clock that is an hour slow, and one that is an hour fast.
    for (const [n, at] of [-60, -59, 60, 61].entries()) {
      beat(Date.now() + at * minute);
      expect(await sweep.sweep(n * 4 * minute)).toBe(0);
    }
    expect(await sweep.sweep(16 * minute)).toBe(0);
    expect(await sweep.sweep(18 * minute)).toBe(1);
  });

  it('is known as ours whatever this machine is called', async () => {
    const ours = await readdirDuringWork(sweepRoot);
    const byName = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
    expect(ours).not.toContain(byName);
  });

  it('is all that goes', async () => {
    mkdirSync(join(sweepRoot, 'something-else'), { recursive: true });
    expect(await new TempSweep(sweepRoot).sweep()).toBe(0);
    expect(await new TempSweep(join(scratch.path, 'not-there')).sweep()).toBe(0);
    expect(await readdir(sweepRoot)).toEqual(['something-else']);
  });
});

async function readdirDuringWork(folder: string): Promise<string> {
  const before = await readdir(folder).catch(() => [] as string[]);
  let names: string[] = [];
  const seekable = async () => void (names = await readdir(folder));
  await processRecording(VP9, folder, { tools: mediabunny, outputs: { seekable } });
  return names.find((name) => name.startsWith('job-') && !before.includes(name))!;
}

async function* breakingOff(): AsyncGenerator<Buffer> {
  yield readFileSync(VP9).subarray(0, 5000);
  throw new Error('no luck');
}

it('waits for room on the disk, whoever says that there is none', () => {
  expect(
    isTransient(new MediaFailed('seekable file', 'exit 1: av_interleaved_write_frame(): No space left on device')),
  ).toBe(true);
  expect(isTransient(new MediaFailed('seekable file', 'exit 1: Invalid data'))).toBe(false);
});
