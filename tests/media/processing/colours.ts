import { execFileSync } from 'node:child_process';

/**
 * What each picture that lies in a file shows in its middle, also those that players would leave out: red, green, blue or
 * grey. Of the largest difference.
 */
export function colours(path: string): string[] {
  const centre = 'crop=iw/4:ih/4,scale=1:1:flags=area';
  const source = ['-v', 'error', '-ignore_editlist', '1', '-i', path];
  const raw = ['-vf', centre, '-fps_mode', 'passthrough', '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'];
  const pixels = execFileSync('ffmpeg', [...source, ...raw]);
  return Array.from({ length: pixels.length / 3 }, (_, index) => nameOf(pixels.subarray(3 * index)));
}

function nameOf(pixel: Buffer): string {
  const [red, green, blue] = [pixel[0]!, pixel[1]!, pixel[2]!];
  const most = Math.max(red, green, blue);
  if (most - Math.min(red, green, blue) < 40) return 'grey';
  return most === red ? 'red' : most === green ? 'green' : 'blue';
}
