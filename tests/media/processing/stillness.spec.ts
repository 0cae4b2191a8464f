import { join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import type { MediaFile } from '../../../modules/media/processing/media-file.js';
import type { MediaTools, SeekableFile } from '../../../modules/media/processing/media-tools.js';
import { decode } from './decode.js';
import { ebml } from './hostile-files.js';
import { longestTurn } from './longest-turn.js';
import { blocksOf, fileOf, type RecordedBlock } from './retimed.js';
import { scratchFolder } from './scratch.js';

const scratch = scratchFolder();
const HOUR = 3_600_000;
/** Of processor time. Ours are 10 ms; beside a whole suite 270 ms were seen. One that walks the gap takes 22,000. */
const LONGEST_TURN_MS = 1000;
let recorded: { head: Buffer; blocks: readonly RecordedBlock[] };
const tools = {} as Record<'ffmpeg' | 'mediabunny', MediaTools>;
let results = 0;

beforeAll(async () => {
  recorded = await blocksOf('vp8-opus.webm');
  tools.ffmpeg = (await chooseMedia()).tools;
  tools.mediabunny = (await chooseMedia('none')).tools;
});

type Retime = (block: RecordedBlock, index: number, all: readonly RecordedBlock[]) => number;
const after = (ms: number, by: number) => (atMs: number) => atMs + (atMs >= ms ? by : 0);
const onlyOf =
  (kind: RecordedBlock['kind'], by: number): Retime =>
  (block) =>
    block.kind === kind ? after(2000, by)(block.atMs) : block.atMs;

/** The clock of a laptop that slept, and its kin; what the file lasts then, at least and at most. */
const CLOCKS: Readonly<Record<string, { readonly at: Retime; readonly lasts: readonly [number, number] }>> = {
  'that slept for an hour': { at: ({ atMs }) => after(2000, HOUR)(atMs), lasts: [6.5, 7.5] },
  'that slept for ten hours': { at: ({ atMs }) => after(2000, 10 * HOUR)(atMs), lasts: [6.5, 7.5] },
  'whose sound alone jumps': { at: onlyOf('sound', HOUR), lasts: [8.5, 9.5] },
  'whose picture alone jumps': { at: onlyOf('picture', HOUR), lasts: [8.5, 9.5] },
  'that jumps after its first packet': { at: ({ atMs }, n) => atMs + (n > 0 ? HOUR : 0), lasts: [6.5, 7.5] },
  'that jumps before its last packet': {
    at: ({ atMs }, n, all) => atMs + (n === all.length - 1 ? HOUR : 0),
    lasts: [6.5, 7.5],
  },
  'that begins late': { at: ({ atMs }) => atMs + HOUR, lasts: [3.5, 4.5] },
  'that was set back': { at: ({ atMs }) => after(2000, -HOUR)(atMs + HOUR), lasts: [3.5, 4.5] },
  'that sleeps again and again': { at: ({ atMs }) => atMs + HOUR * Math.floor(atMs / 1000), lasts: [15, 17] },
};

/** A file without gaps is like any other: it is enough to make the rest of these. */
const WITH_EXTRAS = new Set(['that slept for an hour', 'whose picture alone jumps']);

describe.each(['ffmpeg', 'mediabunny'] as const)('%s makes short work of a file', (name) => {
  const output = () => join(scratch.path, `${name}-${++results}`);
  const inspected = (blocks: readonly RecordedBlock[], head = recorded.head) =>
    tools[name].inspect(scratch.file(`file-${++results}`, fileOf(head, blocks)));

  it.each(Object.keys(CLOCKS))('%s', async (clock) => {
    const { at, lasts } = CLOCKS[clock]!;
    const input = await inspected(recorded.blocks.map((block, ...of) => ({ ...block, atMs: at(block, ...of) })));
    expectLength(input.durationMs, lasts);
    let seekable!: SeekableFile;
    const turn = await longestTurn(async () => {
      seekable = await tools[name].makeSeekable(input, output());
      if (!WITH_EXTRAS.has(clock)) return;
      await tools[name].poster(seekable);
      await tools[name].storyboard(seekable, { columns: 4, rows: 3 });
      await tools[name].transcodeMp4(seekable, output());
    });
    expect(turn).toBeLessThan(LONGEST_TURN_MS);
    expectLength(seekable.durationMs, lasts);
    expectAllOf(input, seekable);
  });

  it.each([
    [{ startMs: 500, endMs: HOUR + 3000 }, 5500],
    [{ startMs: HOUR / 2, endMs: 2 * HOUR }, 2000],
  ])('that slept, cut at %j by its own clock', async (trim, wantedMs) => {
    const input = await inspected(
      recorded.blocks.map((block) => ({ ...block, atMs: after(2000, HOUR)(block.atMs) })),
      claiming(recorded.head),
    );
    let cut!: SeekableFile;
    const turn = await longestTurn(async () => (cut = await tools[name].makeSeekable(input, output(), { trim })));
    expect(turn).toBeLessThan(LONGEST_TURN_MS);
    expect(Math.abs(cut.durationMs - wantedMs)).toBeLessThan(250);
    expect(decode(cut.path).complaints).toBe('');
  });
});

it('keeps nobody waiting while a long sound lies beside a single picture, or is missing', async () => {
  const blocks = lonelySound(400);
  const sparse = blocks.filter(({ kind }, n) => kind === 'picture' || n % 300 < 3);
  for (const part of [blocks, sparse]) {
    const input = await tools.mediabunny.inspect(scratch.file('lonely', fileOf(recorded.head, part)));
    let seekable!: SeekableFile;
    const turn = await longestTurn(async () => {
      seekable = await tools.mediabunny.makeSeekable(input, join(scratch.path, 'lonely.webm'));
    });
    expect(turn).toBeLessThan(LONGEST_TURN_MS);
    expect(Math.abs(seekable.durationMs - input.durationMs)).toBeLessThan(100);
    expect(seekable.missingSoundMs).toBeLessThan(40);
  }
});

/** What Chromium's header leaves out: how long the file says it is, here 100 hours. */
function claiming(head: Buffer): Buffer {
  const info = head.indexOf(Buffer.from('1549a966', 'hex'));
  const hours = Buffer.alloc(8);
  hours.writeDoubleBE(100 * HOUR);
  const size = head[info + 4]! & 0x7f;
  const fields = [head.subarray(info + 5, info + 5 + size), ebml(0x4489, hours)];
  return Buffer.concat([head.subarray(0, info), ebml(0x1549a966, fields), head.subarray(info + 5 + size)]);
}

/** The sound once more and once more, beside nothing but the first and the last picture. */
function lonelySound(times: number): RecordedBlock[] {
  const [pictures, sounds] = (['picture', 'sound'] as const).map((kind) =>
    recorded.blocks.filter((block) => block.kind === kind),
  );
  const lengthMs = sounds!.length * 60;
  const sound = Array.from({ length: times }, (_, time) =>
    sounds!.map((block, n) => ({ ...block, atMs: 100 + time * lengthMs + n * 60 })),
  ).flat();
  const key = pictures![0]!;
  return [key, ...sound, { ...key, atMs: 100 + times * lengthMs }];
}

function expectLength(ms: number, [least, most]: readonly [number, number]): void {
  expect(ms / 1000).toBeGreaterThan(least);
  expect(ms / 1000).toBeLessThan(most);
}

function expectAllOf(input: MediaFile, seekable: SeekableFile): void {
  const pictures = recorded.blocks.filter(({ kind }) => kind === 'picture').length;
  expect([input.frames, seekable.frames]).toEqual([pictures, pictures]);
  expect(seekable.audioPackets).toBeGreaterThanOrEqual(input.audioPackets);
  expect(seekable).toMatchObject({ jumps: false });
  const { complaints, seconds } = decode(seekable.path);
  expect(complaints).toBe('');
  expect(seconds).toHaveLength(pictures);
}
