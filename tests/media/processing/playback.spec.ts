import { jest } from '@jest/globals';
import { join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import type { MediaTools, PlayableFile } from '../../../modules/media/processing/media-tools.js';
import { decode, secondOf } from './decode.js';
import { playInChromium } from './play-in-chromium.js';
import { FIXTURE_TAKES, recordInChromium } from './record-in-chromium.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
/** A browser on a busy machine takes its time. */
jest.setTimeout(90_000);

let both: MediaTools[];
let results = 0;

const output = () => join(scratch.path, `result-${++results}`);

beforeAll(async () => {
  both = [(await chooseMedia()).tools, (await chooseMedia('none')).tools];
});

async function madeOf(tools: MediaTools, file: string, mp4: 'and MP4' | '' = ''): Promise<PlayableFile[]> {
  const whole = await tools.makeSeekable(await tools.inspect(join(FIXTURES, file)), output());
  return mp4 ? [whole, (await tools.transcodeMp4(whole, output()))!] : [whole];
}

it('everything made of recordings plays in a browser, and is where it should be after a jump', async () => {
  const [ffmpeg, mediabunny] = both as [MediaTools, MediaTools];
  const files = [
    ...(await madeOf(ffmpeg, 'vp9-opus.webm')),
    ...(await madeOf(ffmpeg, 'vp9-resized.webm', 'and MP4')),
    ...(await madeOf(ffmpeg, 'h264-resized.mkv')),
    ...(await madeOf(ffmpeg, 'h264-opus.mp4')),
    ...(await madeOf(mediabunny, 'vp9-opus.webm')),
    ...(await madeOf(mediabunny, 'h264-resized.mkv')),
    ...(await madeOf(mediabunny, 'h264-opus.mp4')),
  ];
  const viewings = await playInChromium(files, 0.6);
  for (const [index, { duration, colour, played, error, width, height }] of viewings.entries()) {
    const { durationMs, tool, mediaType, path } = files[index]!;
    expect({ index, tool, mediaType, error }).toEqual({ index, tool, mediaType, error: null });
    expect(Math.abs(duration * 1000 - durationMs)).toBeLessThan(150);
    expect([width, height].every((side) => side > 0)).toBe(true);
    const there = decode(path).pictures.findLast(({ atMs }) => atMs <= duration * 600 + 1)!;
    expect({ index, second: secondOf(colour) }).toEqual({ index, second: there.second });
    expect(played).toBeGreaterThan(duration * 0.35);
  }
});

it('a trimmed file plays across the join of what was encoded anew and what was copied', async () => {
  const [ffmpeg, mediabunny] = both as [MediaTools, MediaTools];
  const trim = { startMs: 1300, endMs: 5500 };
  const vp9 = (tools: MediaTools) => tools.inspect(join(FIXTURES, 'vp9-opus.webm'));
  const exact = await ffmpeg.makeSeekable(await vp9(ffmpeg), output(), { trim });
  const withoutFfmpeg = await mediabunny.makeSeekable(await vp9(mediabunny), output(), { trim });
  const [first, second] = await playInChromium([exact, withoutFfmpeg], 0);
  expect([secondOf(first!.colour), secondOf(second!.colour)]).toEqual([1, 1]);
  expect(first).toMatchObject({ error: null, width: 320 });
  expect(first!.played).toBeGreaterThan(4);
  expect(second!.played).toBeGreaterThan(4);
});

it('what this very Chromium records is processed, not only what an earlier one did', async () => {
  const take = { ...FIXTURE_TAKES['vp9-opus.webm']!, durationMs: 3000 };
  const [recording] = await recordInChromium([take]);
  const file = scratch.file('fresh.webm', recording!);
  const [ffmpeg] = both as [MediaTools, MediaTools];
  const input = await ffmpeg.inspect(file);
  expect(input).toMatchObject({ container: 'webm', videoCodec: 'vp9', audioCodec: 'opus', width: 320 });
  const [viewing] = await playInChromium([await ffmpeg.makeSeekable(input, output())], 0.5);
  expect(viewing).toMatchObject({ error: null, width: 320 });
  expect(Math.abs(viewing!.duration - 3)).toBeLessThan(0.5);
});
