import { join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import type { MediaFile } from '../../../modules/media/processing/media-file.js';
import type { MediaTools, PlayableFile } from '../../../modules/media/processing/media-tools.js';
import { decode, secondOf } from './decode.js';
import { playInChromium, type Viewing } from './play-in-chromium.js';
import { FIXTURE_TAKES, recordInChromium } from './record-in-chromium.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
/** A browser on a busy machine takes its time. */

let ffmpeg: MediaTools;
let mediabunny: MediaTools;
let results = 0;

const output = () => join(scratch.path, `result-${++results}`);

/** All of them in one browser, since starting it takes the most. */
let whole: { files: PlayableFile[]; viewings: Viewing[] };
let trimmed: Viewing[];
let fresh: { input: MediaFile; viewing: Viewing };

beforeAll(async () => {
  ffmpeg = (await chooseMedia()).tools;
  mediabunny = (await chooseMedia('none')).tools;
  const files = await wholeFiles();
  const cuts = [await trimmedBy(ffmpeg), await trimmedBy(mediabunny)];
  const input = await freshlyRecorded();
  const viewings = await playInChromium([
    ...files.map((file) => ({ ...file, part: 0.6 })),
    ...cuts.map((file) => ({ ...file, part: 0 })),
    { ...(await ffmpeg.makeSeekable(input, output())), part: 0.5 },
  ]);
  whole = { files, viewings: viewings.slice(0, files.length) };
  trimmed = viewings.slice(files.length, -1);
  fresh = { input, viewing: viewings.at(-1)! };
}, 240_000);

async function madeOf(tools: MediaTools, file: string, mp4: 'and MP4' | '' = ''): Promise<PlayableFile[]> {
  const seekable = await tools.makeSeekable(await tools.inspect(join(FIXTURES, file)), output());
  return mp4 ? [seekable, (await tools.transcodeMp4(seekable, output()))!] : [seekable];
}

async function wholeFiles(): Promise<PlayableFile[]> {
  return [
    ...(await madeOf(ffmpeg, 'vp9-opus.webm')),
    ...(await madeOf(ffmpeg, 'vp9-resized.webm', 'and MP4')),
    ...(await madeOf(ffmpeg, 'h264-resized.mkv')),
    ...(await madeOf(ffmpeg, 'h264-opus.mp4')),
    ...(await madeOf(mediabunny, 'vp9-opus.webm')),
    ...(await madeOf(mediabunny, 'h264-resized.mkv')),
    ...(await madeOf(mediabunny, 'h264-opus.mp4')),
  ];
}

async function trimmedBy(tools: MediaTools): Promise<PlayableFile> {
  const input = await tools.inspect(join(FIXTURES, 'vp9-opus.webm'));
  return tools.makeSeekable(input, output(), { trim: { startMs: 1300, endMs: 5500 } });
}

async function freshlyRecorded(): Promise<MediaFile> {
  const take = { ...FIXTURE_TAKES['vp9-opus.webm']!, durationMs: 3000 };
  const [recording] = await recordInChromium([take]);
  return ffmpeg.inspect(scratch.file('fresh.webm', recording!));
}

it('everything made of recordings plays in a browser, and is where it should be after a jump', () => {
  for (const [index, { duration, colour, played, error, width, height }] of whole.viewings.entries()) {
    const { durationMs, tool, mediaType, path } = whole.files[index]!;
    expect({ index, tool, mediaType, error }).toEqual({ index, tool, mediaType, error: null });
    expect(Math.abs(duration * 1000 - durationMs)).toBeLessThan(150);
    expect([width, height].every((side) => side > 0)).toBe(true);
    const there = decode(path).pictures.findLast(({ atMs }) => atMs <= duration * 600 + 1)!;
    expect({ index, second: secondOf(colour) }).toEqual({ index, second: there.second });
    expect(played).toBeGreaterThan(duration * 0.35);
  }
});

it('a trimmed file plays across the join of what was encoded anew and what was copied', () => {
  const [first, second] = trimmed;
  expect([secondOf(first!.colour), secondOf(second!.colour)]).toEqual([1, 1]);
  expect(first).toMatchObject({ error: null, width: 320 });
  expect(first!.played).toBeGreaterThan(4);
  expect(second!.played).toBeGreaterThan(4);
});

it('what this very Chromium records is processed, not only what an earlier one did', () => {
  const { input, viewing } = fresh;
  expect(input).toMatchObject({ container: 'webm', videoCodec: 'vp9', audioCodec: 'opus', width: 320 });
  expect(viewing).toMatchObject({ error: null, width: 320 });
  expect(Math.abs(viewing.duration - 3)).toBeLessThan(0.5);
});
