import { chmodSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import { MediaFailed } from '../../../modules/media/processing/media-errors.js';
import type { MediaTools } from '../../../modules/media/processing/media-tools.js';
import { decode, generate, probe, soundOf, type Picture, type Probe } from './decode.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
let results = 0;

const RECORDED = [
  'vp9-opus.webm',
  'vp8-opus.webm',
  'vp9-silent.webm',
  'vp9-resized.webm',
  'h264-opus.mkv',
  'h264-opus.mp4',
];

/** What ffmpeg and its fallback must both do. */
describe.each(['ffmpeg', 'mediabunny'] as const)('%s', (name) => {
  let tools: MediaTools;
  const output = () => join(scratch.path, `result-${++results}`);
  const fixture = (file: string) => tools.inspect(join(FIXTURES, file));

  beforeAll(async () => {
    tools = (await chooseMedia(name === 'ffmpeg' ? 'ffmpeg' : 'none')).tools;
    expect(tools.name).toBe(name);
  });

  it.each(RECORDED)('makes %s seekable and changes neither pictures nor sync', async (file) => {
    const input = await fixture(file);
    const seekable = await tools.makeSeekable(input, output());
    const [before, after] = [known(input.path), probe(seekable.path)];
    expect(decode(seekable.path)).toMatchObject({
      complaints: '',
      seconds: before.pictures.map(({ second }) => second),
    });
    expect(Math.abs(after.durationMs - input.durationMs)).toBeLessThan(150);
    expect(seekable).toMatchObject({
      tool: name,
      width: 320,
      height: 180,
      kept: { startMs: 0, endMs: input.durationMs },
    });
    expect(seekable.mediaType).toBe(file.endsWith('.webm') ? 'video/webm' : 'video/mp4');
    expect(hasIndex(readFileSync(seekable.path))).toBe(true);
    expect(Math.abs(leadOf(after) - leadOf(before.probe))).toBeLessThan(25);
    expect(Math.min(after.video.startMs, after.audio?.startMs ?? Infinity)).toBeLessThan(10);
  });

  it('puts silence where sound is missing, since players put sound after sound', async () => {
    const lost = `noise=drop='between(pts*tb,2,3)+between(pts*tb,4,4.1)'`;
    const source = ['-i', join(FIXTURES, 'vp9-opus.webm'), '-c', 'copy', '-bsf:a', lost];
    const input = await tools.inspect(generate(join(scratch.path, 'lost.webm'), ...source));
    expect(input.missingSoundMs).toBeGreaterThan(1000);
    expect(input.missingSoundMs).toBeLessThan(1300);
    const seekable = await tools.makeSeekable(input, output());
    const [before, after] = [soundOf(join(FIXTURES, 'vp9-opus.webm')), soundOf(seekable.path)];
    expect(Math.abs(after.seconds - before.seconds)).toBeLessThan(0.04);
    expect(seekable.missingSoundMs).toBeLessThan(40);
    expect(decode(seekable.path).complaints).toBe('');
    expect(soundOf(seekable.path, ['-ss', '2.2', '-t', '0.6']).loudest).toBeLessThan(-60);
    expect(soundOf(seekable.path, ['-ss', '3.2', '-t', '0.6']).loudest).toBeGreaterThan(-30);
  });

  it('brings both tracks of a clock that began late to zero', async () => {
    const late = generate(
      join(scratch.path, 'late.webm'),
      '-itsoffset',
      '5',
      '-i',
      join(FIXTURES, 'vp9-opus.webm'),
      '-c',
      'copy',
      '-copyts',
    );
    expect(probe(late).video.startMs).toBeGreaterThan(4000);
    const input = await tools.inspect(late);
    expect(Math.abs(input.durationMs - 6000)).toBeLessThan(100);
    const after = probe((await tools.makeSeekable(input, output())).path);
    expect(after.durationMs).toBeLessThan(6200);
    expect(Math.min(after.video.startMs, after.audio!.startMs)).toBeLessThan(10);
    const trimmed = await tools.makeSeekable(input, output(), { trim: { startMs: 2100, endMs: 3700 } });
    expect(new Set(decode(trimmed.path).pictures.map(({ second }) => second))).toEqual(new Set([2, 3]));
  });

  it.each(['vp9-opus.webm', 'h264-opus.mkv', 'h264-opus.mp4'])(
    'saves what there is of %s cut anywhere',
    async (file) => {
      const whole = readFileSync(join(FIXTURES, file));
      const { pictures } = known(join(FIXTURES, file));
      for (const part of [0.05, 0.55, 0.999]) {
        const cut = scratch.file('cut', whole.subarray(0, Math.floor(whole.length * part)));
        const saved = tools.inspect(cut).then((input) => tools.makeSeekable(input, output()));
        if (part < 0.1) await saved.catch((error) => expect(error).toMatchObject({ code: 'TRUNCATED' }));
        else {
          const { seconds, complaints } = decode((await saved).path);
          expect(complaints).toBe('');
          expect(seconds).toEqual(pictures.slice(0, seconds.length).map(({ second }) => second));
          expect(seconds.length / pictures.length).toBeGreaterThan(part - 0.4);
        }
      }
    },
  );

  // What has no picture of another size, and no Opus in MP4, is cut picture by picture in exact-trims.spec.ts.
  it.each(['vp9-resized.webm', name === 'ffmpeg' ? 'h264-resized.mkv' : 'h264-opus.mp4'])(
    'leaves nothing outside of a trim in %s, and reports progress that only rises',
    async (file) => {
      const input = await fixture(file);
      const reports: number[] = [];
      const onProgress = (fraction: number) => reports.push(fraction);
      const before = known(input.path);
      const zero = Math.min(before.probe.video.startMs, before.probe.audio?.startMs ?? Infinity);
      const seekable = await tools.makeSeekable(input, output(), { trim: { startMs: 1300, endMs: 3400 }, onProgress });
      expect(reports.length).toBeGreaterThan(0);
      expect(reports).toEqual(reports.toSorted((a, b) => a - b));
      expect(reports.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
      const { startMs, endMs } = seekable.kept;
      expect(startMs).toBeGreaterThanOrEqual(1300);
      expect(endMs).toBe(3400);
      for (const { atMs, second } of decode(seekable.path).pictures) {
        const source = before.pictures.findLast((picture) => picture.atMs - zero <= startMs + atMs + 5)!;
        expect({ atMs, second }).toEqual({ atMs, second: source.second });
      }
      const after = probe(seekable.path);
      expect(after.video.startMs).toBeLessThan(5);
      expect(after.durationMs).toBeLessThan(endMs - startMs + 70);
      expect(after.durationMs).toBeGreaterThan(endMs - startMs - 150);
      expect(after.video.packets).toBeLessThanOrEqual(31 * ((endMs - startMs) / 1000));
    },
  );

  it.each([
    ['webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-g', '5', '-c:a', 'libopus']],
    ['mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '5', '-c:a', 'aac']],
  ])('leaves no word from before or after a trim in %s', async (kind, codecs) => {
    const onlyAround = `volume='if(between(t,1.48,3.02),0,1)':eval=frame`;
    const source = [
      '-f',
      'lavfi',
      '-i',
      'testsrc=s=64x64:r=10:d=4',
      '-f',
      'lavfi',
      '-i',
      'sine=d=4',
      '-af',
      onlyAround,
    ];
    const input = await tools.inspect(generate(join(scratch.path, `words.${kind}`), ...source, ...codecs));
    expect(soundOf(input.path).loudest).toBeGreaterThan(-30);
    const none = await tools.makeSeekable(input, output(), { trim: { startMs: 1500, endMs: 3000 } });
    const silence = soundOf(none.path);
    expect(silence.seconds).toBeGreaterThan(1.3);
    expect(silence.loudest).toBeLessThan(-60);
  });

  it.each([
    ['the wrong way round', { startMs: 3000, endMs: 1000 }],
    ['of no number', { startMs: Number.NaN, endMs: 2000 }],
  ])('takes a trim %s for a failure of ours, never of the file', async (_, trim) => {
    const attempt = tools.makeSeekable(await fixture('vp9-opus.webm'), output(), { trim });
    await expect(attempt).rejects.toThrow(MediaFailed);
  });

  it('takes a trim that keeps everything for none', async () => {
    const trim = { startMs: -5, endMs: 3_600_000 };
    const seekable = await tools.makeSeekable(await fixture('vp9-opus.webm'), output(), { trim });
    expect(seekable.frames).toBe(81);
  });

  it('does nothing once aborted, and leaves nothing half-made beside the output', async () => {
    const reason = new Error('the worker stops');
    const options = { signal: AbortSignal.abort(reason), trim: { startMs: 500, endMs: 2000 } };
    await expect(tools.makeSeekable(await fixture('vp9-opus.webm'), output(), options)).rejects.toBe(reason);
    expect((await readdir(scratch.path)).filter((file) => /\.(whole|head)$/.test(file))).toEqual([]);
  });
});

describe('choosing', () => {
  it('says which serves and why', async () => {
    expect((await chooseMedia()).because).toMatch(/^ffmpeg \d.* was found\.$/);
    expect((await chooseMedia('none')).because).toMatch(/^mediabunny \d.* because ffmpeg is switched off/);
    expect((await chooseMedia('/nowhere/ffmpeg')).because).toMatch(/because \/nowhere\/ffmpeg does not run/);
  });

  it.each([
    ['is too old', 'echo "ffmpeg version 4.4.2 Copyright"', /older than 5\.1/],
    ['cannot encode', 'echo "ffmpeg version n7.1 Copyright"', /lacks libx264/],
    ['hangs on nothing but fails', 'exit 3', /does not run/],
  ])('passes over an ffmpeg that %s', async (_, script, reason) => {
    const path = scratch.file('ffmpeg', `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    const { tools, because } = await chooseMedia(path);
    expect([tools.name, because]).toEqual(['mediabunny', expect.stringMatching(reason)]);
  });
});

/** How much later the picture begins than the sound. */
function leadOf({ video, audio }: Probe): number {
  return video.startMs - (audio?.startMs ?? video.startMs);
}

const seen = new Map<string, { probe: Probe; pictures: readonly Picture[] }>();

/** What is in a fixture, decoded once. */
function known(path: string): { probe: Probe; pictures: readonly Picture[] } {
  const found = seen.get(path) ?? { probe: probe(path), pictures: decode(path).pictures };
  seen.set(path, found);
  return found;
}

/** WebM: Cues; MP4: the header before the media. */
function hasIndex(file: Buffer): boolean {
  if (file.includes('ftyp')) return file.indexOf('moov') > 0 && file.indexOf('moov') < file.indexOf('mdat');
  return file.includes(Buffer.from('1c53bb6b', 'hex'), 200);
}
