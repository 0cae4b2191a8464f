import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import { generate } from './decode.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
let results = 0;
mkdirSync(join(scratch.path, 'made'));
const output = () => join(scratch.path, 'made', `result-${++results}`);

/** The real one, asked for something else than we ask: it ends well, and what it made plays. */
function careless(...instead: string[]): string {
  const words = instead.map((word) => `'${word}'`).join(' ');
  const script = `#!/bin/bash\n[[ "$*" == *-map* ]] || exec /usr/bin/ffmpeg "$@"\nexec /usr/bin/ffmpeg "\${@:1:$#-1}" ${words} "\${@: -1}"\n`;
  const path = scratch.file(`ffmpeg-${++results}`, script);
  chmodSync(path, 0o755);
  return path;
}

describe('what was made of all of a recording is held against it', () => {
  it.each([
    ['half of it', ['-t', '3'], /it lasts \d+ ms instead of \d+ ms/],
    ['the sound', ['-an'], /its sound is gone/],
    ['every other picture', ['-bsf:v', 'noise=drop=mod(n\\,2)'], /\d+ of 81 pictures are there/],
    ['every other sound', ['-bsf:a', 'noise=drop=mod(n\\,2)'], /\d+ of \d+ sounds are there/],
  ])('so that it is our failure when %s is lost', async (_, instead, words) => {
    const { tools } = await chooseMedia(careless(...instead));
    expect(tools.name).toBe('ffmpeg');
    const attempt = tools.makeSeekable(await tools.inspect(join(FIXTURES, 'vp9-opus.webm')), output());
    await expect(attempt).rejects.toThrow(words);
  });

  // A phone says of the last picture, too, how long it stays.
  it('and a last picture that stays is encoded with all of its time', async () => {
    const { tools } = await chooseMedia();
    const hevc = ['-c:v', 'libx265', '-x265-params', 'log-level=error:bframes=0', '-fps_mode', 'vfr'];
    const late = `testsrc=s=64x64:r=10:d=2,setpts='if(eq(N,19),PTS+0.5/TB,PTS)'`;
    const video = readFileSync(generate(join(scratch.path, 'late.mp4'), '-f', 'lavfi', '-i', late, ...hevc));
    const times = video.indexOf('stts') + 12;
    const last = times + 8 * (video.readUInt32BE(times - 4) - 1);
    expect(video.readUInt32BE(last)).toBe(1);
    video.writeUInt32BE(2 * 10240, last + 4);
    video.writeUInt32BE(4400, video.indexOf('elst') + 12); // which else would hide it
    const input = await tools.inspect(scratch.file('still.mp4', video));
    expect(Math.round(input.durationMs)).toBe(4400);
    const { durationMs } = await tools.makeSeekable(input, output());
    expect(Math.abs(durationMs - 4400)).toBeLessThan(100);
  });
});
