import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import { cutExactly } from '../../../modules/media/processing/exact-cut.js';
import { MediaFailed } from '../../../modules/media/processing/media-errors.js';
import { MediabunnyMedia } from '../../../modules/media/processing/mediabunny/mediabunny-media.js';
import type { MediaFile } from '../../../modules/media/processing/media-file.js';
import type { MediaTools, Trim } from '../../../modules/media/processing/media-tools.js';
import {
  decodeCounted,
  generateCounted,
  loudest,
  RATE,
  SECONDS,
  type Counted,
  type CountedTake,
} from './counted-recording.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
const NEVER = 999;
const OPUS = ['-c:a', 'libopus', '-b:a', '48k'];
const AAC = ['-c:a', 'aac'];
const VP8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k'];
const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-crf', '16'];
const FRAGMENTS = ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'];

/** What browsers record, each with another lead of the sound and other distances of key frames. */
const TAKES: Readonly<Record<string, CountedTake>> = {
  'vp8-rare.webm': { codecs: [...VP8, ...OPUS], group: NEVER, offsetMs: 67 },
  'vp8-often.webm': { codecs: [...VP8, ...OPUS], group: 7, offsetMs: -14 },
  'vp8-silent.webm': { codecs: VP8, group: 30, offsetMs: null },
  'vp9-rare.webm': { codecs: [...VP9, ...OPUS], group: NEVER, offsetMs: 21 },
  'vp9-often.webm': { codecs: [...VP9, ...OPUS], group: 30, offsetMs: 67 },
  'vp9-even.mkv': { codecs: [...VP9, ...OPUS], group: 7, offsetMs: 0 },
  'vp9.mp4': { codecs: [...VP9, ...AAC, ...FRAGMENTS], group: 30, offsetMs: 21 },
  'h264-rare.mkv': { codecs: [...H264, '-tune', 'zerolatency', ...OPUS], group: NEVER, offsetMs: 67 },
  'h264-often.mkv': { codecs: [...H264, '-tune', 'zerolatency', ...OPUS], group: 15, offsetMs: 21 },
  'h264.mp4': { codecs: [...H264, '-tune', 'zerolatency', ...AAC, ...FRAGMENTS], group: 30, offsetMs: -14 },
  // As phones do: pictures that are stored in another order than they are shown in.
  'h264-reordered.mp4': { codecs: [...H264, '-bf', '3', ...AAC], group: 45, offsetMs: 67 },
};
const WHOLE_MS = SECONDS * 1000;
/** Both ends, one or the other; at the edge, in the lead of the sound, on a key frame, shortly before the end. */
const TRIMS: readonly Trim[] = [
  { startMs: 0, endMs: 4250 },
  { startMs: 30, endMs: 5900 },
  { startMs: 2500, endMs: WHOLE_MS },
  { startMs: 0, endMs: 130 },
  { startMs: 1333, endMs: 3777 },
  { startMs: 2000, endMs: 4000 },
  { startMs: 5500, endMs: 5750 },
  { startMs: 5, endMs: WHOLE_MS },
];
/** Shorter than a picture stays; and, as when a busy computer began to record late, up to behind the end of the file. */
const SHORT: readonly Trim[] = [
  { startMs: 0, endMs: 30 },
  { startMs: 1000, endMs: 1050 },
  { startMs: 2000, endMs: 2001 },
  { startMs: 5950, endMs: 9000 },
  { startMs: 9000, endMs: 12_000 },
];
const SHORT_CASES = Object.keys(TAKES).map(
  (take, index) => [take, ...[0, 1].map((turn) => SHORT[(index * 2 + turn) % SHORT.length]!)] as [string, Trim, Trim],
);
const TOOLS = ['ffmpeg', 'mediabunny'] as const;
type Tool = (typeof TOOLS)[number];

/** Each pair of take and tool, and of trim and tool, at least once: starting programs takes most of the time. */
const CASES = Object.keys(TAKES).map(
  (take, index) => [take, ...[0, 1].map((turn) => TRIMS[(index * 3 + turn) % TRIMS.length]!)] as [string, Trim, Trim],
);
/** Each by one tool; the other cuts its like, here or in media-tools.spec.ts. */
const RECORDED: readonly [Tool, string][] = [
  ['ffmpeg', 'vp8-opus.webm'],
  ['mediabunny', 'vp8-opus.webm'],
  ['mediabunny', 'vp9-opus.webm'],
  ['ffmpeg', 'vp9-silent.webm'],
  ['mediabunny', 'vp9-resized.webm'],
  ['ffmpeg', 'h264-opus.mkv'],
  ['mediabunny', 'h264-resized.mkv'],
  ['ffmpeg', 'h264-opus.mp4'],
];

const files = new Map<string, Promise<{ path: string; counted: Counted }>>();

/** Made when it is first needed. */
function taken(name: string): Promise<{ path: string; counted: Counted }> {
  const make = async () => {
    const path = generateCounted(join(scratch.path, name), TAKES[name]!);
    return { path, counted: await decodeCounted(path, isHeard(name)) };
  };
  files.set(name, files.get(name) ?? make());
  return files.get(name)!;
}

function isHeard(take: string): boolean {
  return TAKES[take]!.offsetMs !== null;
}

describe('cuts exactly', () => {
  const tools = {} as Record<Tool, MediaTools>;
  let results = 0;
  beforeAll(async () => {
    tools.ffmpeg = (await chooseMedia()).tools;
    tools.mediabunny = (await chooseMedia('none')).tools;
  });
  const cut = async (tool: Tool, path: string, trim: Trim) => {
    const input = await tools[tool].inspect(path);
    const result = await tools[tool].makeSeekable(input, join(scratch.path, `result-${++results}`), { trim });
    return { input, result };
  };

  async function expectExact(tool: Tool, take: string, trim: Trim): Promise<void> {
    const { path, counted } = await taken(take);
    const { input, result } = await cut(tool, path, trim);
    const wanted = within(trim, input);
    const found = await decodeCounted(result.path, isHeard(take));
    expect(found.complaints).toBe('');
    expectLength([result.durationMs, found.endMs, found.saidEndMs], wanted);
    expectPictures(found, counted, wanted);
    if (isHeard(take)) expectSound(found, wanted);
  }

  // Side by side, as there are two processors.
  it.each(CASES)('%s with ffmpeg at %j and with mediabunny at %j', async (take, ...trims) => {
    await Promise.all(TOOLS.map((tool, turn) => expectExact(tool, take, trims[turn]!)));
  });

  it.each(SHORT_CASES)('a moment of %s, with ffmpeg at %j and with mediabunny at %j', async (take, ...trims) => {
    const { path, counted } = await taken(take);
    await Promise.all(
      TOOLS.map(async (tool, turn) => {
        const { input, result } = await cut(tool, path, trims[turn]!);
        const lastMs = input.durationMs - 1;
        const wanted = within({ ...trims[turn]!, startMs: Math.min(trims[turn]!.startMs, lastMs) }, input);
        const found = await decodeCounted(result.path, result.audioCodec !== null);
        expect(found.complaints).toBe('');
        expect(result.durationMs).toBeGreaterThan(0);
        expectLength([result.durationMs, found.endMs, found.saidEndMs], wanted);
        expectPictures(found, counted, wanted);
      }),
    );
  });

  it.each(RECORDED)('with %s, the end off %s, as Chromium recorded it', async (tool, file) => {
    const trim = { startMs: 0, endMs: 2500 };
    const { input, result } = await cut(tool, join(FIXTURES, file), trim);
    const found = await decodeCounted(result.path, input.audioCodec !== null);
    expect(found.complaints).toBe('');
    expect(found.pictures[0]!.atMs).toBeLessThan(10);
    expectLength([result.durationMs, found.endMs, found.saidEndMs], trim);
  });
});

describe('a cut that goes wrong', () => {
  const trim = { startMs: 1300, endMs: 3400 };
  const output = join(scratch.path, 'wrong');
  const fixture = join(FIXTURES, 'vp8-opus.webm');

  it('is our failure, never the file’s, where nothing here can encode', async () => {
    const tools = new MediabunnyMedia('test', null);
    const attempt = tools.makeSeekable(await tools.inspect(fixture), output, { trim });
    await expect(attempt).rejects.toThrow(MediaFailed);
    expect((await readdir(scratch.path)).filter((name) => name.startsWith('wrong'))).toEqual([]);
  });

  it('is found out when more came out than was asked for', async () => {
    const { tools: ffmpeg } = await chooseMedia();
    const part = (from: MediaFile, to: string) => copyFile(from.path, to);
    const whole = (from: MediaFile, to: string) => part(from, to).then(() => 0);
    const noHead = () => Promise.reject(new Error('no luck'));
    const tools = { inspect: (path: string) => ffmpeg.inspect(path), whole, head: noHead, part };
    const attempt = cutExactly(await ffmpeg.inspect(fixture), output, { tools, trim, options: {} });
    await expect(attempt).rejects.toThrow(/it lasts \d+ ms instead of 2100 ms/);
  });
});

function within({ startMs, endMs }: Trim, { durationMs }: MediaFile): Trim {
  return { startMs, endMs: Math.min(endMs, durationMs) };
}

function expectLength(lengths: readonly number[], { startMs, endMs }: Trim): void {
  const wanted = endMs - startMs;
  for (const length of lengths)
    expect({ length, wanted, off: Math.abs(length - wanted) > 100 }).toMatchObject({ off: false });
}

/** The first is the one on the screen at the start, the last the one at the end, and each comes in its time. */
function expectPictures(found: Counted, before: Counted, { startMs, endMs }: Trim): void {
  const frame = 1000 / RATE;
  const shownAt = (ms: number) => before.pictures.findLast(({ atMs }) => atMs <= ms)?.number ?? 0;
  // ffmpeg and the product differ by what Opus skips at the beginning.
  const [slack, zeroSlack] = [35, 10];
  expect(found.pictures[0]!.atMs).toBeLessThan(10);
  for (const { atMs, number } of found.pictures) {
    const at = startMs + atMs;
    expect({
      atMs,
      number,
      early: number < shownAt(at - slack),
      late: number > shownAt(Math.min(endMs + zeroSlack, at + slack)),
    }).toMatchObject({ early: false, late: false });
  }
  const last = found.pictures.at(-1)!.number;
  expect(last).toBeGreaterThanOrEqual(shownAt(endMs - frame - slack));
}

/** It grows evenly, so too loud is too late, and too soft at the beginning too early. */
function expectSound(found: Counted, { startMs, endMs }: Trim): void {
  const levelAt = (ms: number) => (0.8 * ms) / WHOLE_MS;
  const slackMs = 120;
  const everything = loudest(found, 0, Infinity);
  expect(everything).toBeLessThan(levelAt(endMs + slackMs) * 1.06);
  expect(everything).toBeGreaterThan(levelAt(endMs - slackMs - 100) * 0.9);
  if (endMs - startMs > 500) expect(loudest(found, 100, 300)).toBeGreaterThan(levelAt(startMs) * 0.9);
}
