import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import type { MediaFile } from '../../../modules/media/processing/media-file.js';
import type { MediaTools, SeekableFile } from '../../../modules/media/processing/media-tools.js';
import { patienceFor } from '../../../modules/media/processing/work-limits.js';
import { colourPerSecond, decode, generate, packetsIn, probe, tilesIn } from './decode.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
let tools: MediaTools;
let results = 0;

const output = () => join(scratch.path, `result-${++results}`);
const fixture = (file: string) => tools.inspect(join(FIXTURES, file));
const made = async (name: string, ...args: string[]) => tools.inspect(generate(join(scratch.path, name), ...args));
const VP8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '300k'];

async function seekable(file: string): Promise<SeekableFile> {
  return tools.makeSeekable(await fixture(file), output());
}

beforeAll(async () => {
  tools = (await chooseMedia()).tools;
  expect(tools.name).toBe('ffmpeg');
});

describe('the MP4 for everywhere', () => {
  it.each(['vp9-opus.webm', 'vp8-opus.webm', 'vp9-silent.webm', 'vp9-resized.webm', 'h264-opus.mkv'])(
    'invents no frames for %s, which claims a thousand a second',
    async (file) => {
      const input = await fixture(file);
      const mp4 = await tools.transcodeMp4(input, output());
      const { video, audio, durationMs } = probe(mp4!.path);
      expect([video.codec, audio?.codec ?? null]).toEqual(['h264', input.audioCodec ? 'aac' : null]);
      expect(video.packets).toBe(input.frames);
      expect(video.packets).toBeLessThanOrEqual((durationMs / 1000) * 31);
      expect(mp4).toMatchObject({ container: 'mp4', mediaType: 'video/mp4', width: 320, height: 180 });
      expect(Math.abs(durationMs - input.durationMs)).toBeLessThan(150);
    },
  );

  it('halves 60 frames a second and keeps 30 with their jitter', async () => {
    const fast = await made('fast.webm', '-f', 'lavfi', '-i', 'testsrc=s=160x120:r=60:d=2', ...VP8);
    const [half, jittery] = [output(), output()];
    await tools.transcodeMp4(fast, half);
    expect(probe(half).video.packets).toBeGreaterThan(55);
    expect(probe(half).video.packets).toBeLessThanOrEqual(62);
    const jitter = `setpts='PTS+0.012*mod(N,2)/TB'`;
    const source = ['-f', 'lavfi', '-i', 'testsrc=s=160x120:r=30:d=2', '-vf', `settb=1/1000,${jitter}`];
    await tools.transcodeMp4(await made('jitter.webm', ...source, '-fps_mode', 'passthrough', ...VP8), jittery);
    expect(probe(jittery).video.packets).toBe(60);
  });

  it('fits a window that was resized into one picture', async () => {
    const path = output();
    await tools.transcodeMp4(await fixture('vp9-resized.webm'), path);
    const { seconds, complaints } = decode(path);
    expect(complaints).toBe('');
    expect(seconds).toEqual(decode(join(FIXTURES, 'vp9-resized.webm')).seconds);
  });
});

describe('what phones and other recorders bring', () => {
  const picture = ['-f', 'lavfi', '-i', 'testsrc=s=160x90:r=15:d=1'];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=1'];
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

  it.each([
    ['iphone.mov', [...h264, '-c:a', 'aac'], 'video/mp4', 'h264', 'aac'],
    ['camera.mov', [...h264, '-c:a', 'pcm_s16le'], 'video/mp4', 'h264', 'aac'],
    [
      'newer.mov',
      ['-c:v', 'libx265', '-x265-params', 'log-level=0', '-tag:v', 'hvc1', '-c:a', 'aac'],
      'video/mp4',
      'h264',
      'aac',
    ],
    ['vp9.mp4', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-c:a', 'libopus'], 'video/mp4', 'vp9', 'opus'],
    ['av1.webm', ['-c:v', 'libsvtav1', '-preset', '12', '-c:a', 'libopus'], 'video/webm', 'av1', 'opus'],
    ['vorbis.webm', [...VP8, '-c:a', 'libvorbis'], 'video/webm', 'vp8', 'vorbis'],
    ['pcm.mkv', [...VP8, '-c:a', 'pcm_s16le'], 'video/webm', 'vp8', 'opus'],
    ['late.mp4', [...h264, '-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov'], 'video/mp4', 'h264', 'aac'],
  ])('%s becomes something every browser plays', async (name, codecs, mediaType, video, audio) => {
    const input = await made(name, ...picture, ...sound, ...codecs);
    expect(Math.abs(input.durationMs - 1000)).toBeLessThan(100);
    const result = await tools.makeSeekable(input, output());
    const found = probe(result.path);
    expect([result.mediaType, found.video.codec, found.audio!.codec]).toEqual([mediaType, video, audio]);
    expect(found.video.packets).toBe(15);
    expect(decode(result.path).complaints).toBe('');
  });

  it('turns what was recorded upright, and forgets where', async () => {
    const flat = generate(join(scratch.path, 'flat.mp4'), ...picture, ...h264);
    const place = ['-metadata', 'title=+48.1+011.6/', '-metadata:s:v', 'rotate=90'];
    const upright = generate(join(scratch.path, 'upright.mp4'), '-i', flat, '-c', 'copy', ...place);
    const input = await tools.inspect(upright);
    expect([input.width, input.height]).toEqual([90, 160]);
    const result = await tools.makeSeekable(input, output());
    expect([result.width, result.height]).toEqual([90, 160]);
    const poster = probe(scratch.file('upright.jpg', (await tools.poster(result))!));
    expect([poster.video.width, poster.video.height]).toEqual([90, 160]);
    expect(readFileSync(upright).includes('+48.1')).toBe(true);
    expect(readFileSync(result.path).includes('+48.1')).toBe(false);
  });
});

describe('an exact trim', () => {
  it('begins with the picture that had been standing there for long', async () => {
    // Red for a second, then nothing new until blue at 5 s.
    const still = ['-f', 'lavfi', '-i', colourPerSecond(3, '160x120', 10), '-f', 'lavfi', '-i', 'sine=d=6'];
    const gap = `select='lt(t,1)+gte(t,2)',setpts='PTS+gte(T,2)*3/TB'`;
    const input = await made(
      'still.webm',
      ...still,
      '-vf',
      gap,
      '-fps_mode',
      'passthrough',
      ...VP8,
      '-g',
      '999',
      '-c:a',
      'libopus',
    );
    const cut = await tools.makeSeekable(input, output(), { trim: { startMs: 3000, endMs: 5600 } });
    const [first, second, ...rest] = decode(cut.path).pictures;
    expect(first).toEqual({ atMs: 0, second: 0 });
    expect(second!.second).toBe(2);
    expect(Math.abs(second!.atMs - 2000)).toBeLessThan(5);
    expect(rest.every((picture) => picture.second === 2 && picture.atMs < 2600)).toBe(true);
    expect(Math.abs(probe(cut.path).audio!.startMs)).toBeLessThan(25);
  });

  it.each([
    ['av1', ['-c:v', 'libsvtav1', '-preset', '12']],
    ['hevc', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=0']],
    [
      'vp9 with finer colours',
      ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv444p'],
    ],
  ])('is encoded anew for %s, which two encoders cannot share', async (codec, encoder) => {
    const source = ['-f', 'lavfi', '-i', colourPerSecond(4, '160x120', 10)];
    const input = await made(`${codec}.mkv`, ...source, ...encoder);
    const cut = await tools.makeSeekable(input, output(), { trim: { startMs: 1500, endMs: 2900 } });
    expect(cut).toMatchObject({ mediaType: 'video/mp4', videoCodec: 'h264', kept: { startMs: 1500, endMs: 2900 } });
    const { seconds, complaints } = decode(cut.path);
    expect(complaints).toBe('');
    expect([seconds.length, ...new Set(seconds)]).toEqual([14, 1, 2]);
  });

  it('copies everything behind the first key frame as it was', async () => {
    const input = await fixture('vp9-opus.webm');
    const whole = await tools.makeSeekable(input, output());
    const cut = await tools.makeSeekable(input, output(), { trim: { startMs: 1000, endMs: 6000 } });
    const [before, after] = [packetsIn(whole.path), packetsIn(cut.path)];
    const encodedAnew = after.findIndex((packet) => before.includes(packet));
    expect(after.slice(encodedAnew)).toEqual(before.slice(before.indexOf(after[encodedAnew]!)));
    expect(encodedAnew).toBeLessThanOrEqual(20);
    expect(after.length - encodedAnew).toBeGreaterThan(45);
  });
});

describe('the poster', () => {
  it('is a JPEG from a tenth into the recording, never wider than 1280', async () => {
    const wide = await made('wide.webm', '-f', 'lavfi', '-i', colourPerSecond(3, '1920x540', 5), ...VP8, '-g', '2');
    const jpeg = (await tools.poster(await tools.makeSeekable(wide, output())))!;
    const poster = scratch.file('poster.jpg', jpeg);
    expect([probe(poster).video.width, probe(poster).video.height]).toEqual([1280, 360]);
    expect(decode(poster).seconds).toEqual([0]);
    expect(jpeg.length).toBeLessThan(300_000);
  });

  it('comes of a recording of a single picture, too', async () => {
    const single = await made('single.webm', '-f', 'lavfi', '-i', 'testsrc=s=64x64:r=10:d=0.1', ...VP8);
    expect((await tools.poster(single))!.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  });
});

describe('the storyboard', () => {
  it.each([
    ['from key frames alone', '5'],
    ['through all frames where key frames are rare', '999'],
  ])('shows the middle of each tile’s time, %s', async (_, group) => {
    const source = ['-f', 'lavfi', '-i', colourPerSecond(6, '320x180', 10), ...VP8, '-g', group];
    const board = (await tools.storyboard(await made(`board-${group}.webm`, ...source), { columns: 3, rows: 2 }))!;
    expect(board).toMatchObject({ columns: 3, rows: 2, count: 6, intervalMs: 1000 });
    const sheet = join(scratch.path, `board-${group}.jpg`);
    writeFileSync(sheet, board.jpeg);
    expect(tilesIn(sheet, 3, 2)).toEqual([0, 1, 2, 3, 4, 5]);
    expect([probe(sheet).video.width, probe(sheet).video.height]).toEqual([720, 268]);
  });

  it.each(['vp9-opus.webm', 'vp9-resized.webm', 'h264-opus.mkv', 'h264-resized.mkv'])(
    'is in order for %s',
    async (file) => {
      const board = (await tools.storyboard(await seekable(file), { columns: 4, rows: 3 }))!;
      const sheet = scratch.file('sheet.jpg', board.jpeg);
      const seconds = tilesIn(sheet, 4, 3);
      expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
      expect([...new Set(seconds)].slice(0, 3)).toEqual([0, 1, 2]);
    },
  );
});

describe('what a file claims of its time', () => {
  it('makes no pictures: a still one that is cut has as many as before', async () => {
    const pictures = 'testsrc=s=64x64:r=1/50:d=150';
    const input = await made('still.mkv', '-f', 'lavfi', '-i', pictures, '-c:v', 'libx264', '-bf', '0');
    const cut = await tools.makeSeekable(input, output(), { trim: { startMs: 20_000, endMs: 99_000 } });
    expect([input.frames, cut.frames]).toEqual([3, 2]);
    expect(Math.abs(cut.durationMs - 79_000)).toBeLessThan(100);
    expect(decode(cut.path).complaints).toBe('');
  });

  it.each(['copy', 'decode', 'encode'] as const)('gives no tool more time to %s it', async (effort) => {
    const input = await fixture('vp9-opus.webm');
    const patience = (file: Partial<MediaFile>) => patienceFor({ ...input, ...file }, effort);
    expect(patience({ durationMs: 1e9 })).toBe(patience({}));
    expect(patience({ bytes: 8e9 })).toBeGreaterThan(patience({}));
    expect(patience({ frames: 5_000_000, width: 4096, height: 4096, bytes: 8e9 })).toBeLessThanOrEqual(2 * 3_600_000);
    const twoHours = { frames: 2 * 3600 * 30, width: 1920, height: 1080, audioPackets: 2 * 3600 * 50 };
    if (effort === 'encode') expect(patience(twoHours)).toBe(2 * 3_600_000);
  });
});
