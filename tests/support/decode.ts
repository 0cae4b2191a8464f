import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is really in a media file, found by decoding all of it. */
export interface Decoded {
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Frames whose picture differs from all others. */
  readonly differentFrames: number;
  /** Loudest sample in dB below full scale; null without sound. */
  readonly loudest: number | null;
  /** Longest time without a packet of sound, in seconds: where something was lost it is long. Null without sound. */
  readonly longestHole: number | null;
}

export async function decode(file: string): Promise<Decoded> {
  const probe = ['-v', 'error', '-show_entries', 'format=duration:stream=codec_type,width,height', '-of', 'json', file];
  const { format, streams } = JSON.parse((await run('ffprobe', probe)).stdout) as {
    format: { duration: string };
    streams: { codec_type: string; width: number; height: number }[];
  };
  const picture = streams.find(({ codec_type }) => codec_type === 'video')!;
  const hashes = await run(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-map', '0:v', '-fps_mode', 'passthrough', '-f', 'framemd5', '-'],
    { maxBuffer: 1e8 },
  );
  const frames = hashes.stdout
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split(',').at(-1)!.trim());
  const hasSound = streams.some(({ codec_type }) => codec_type === 'audio');
  const volume = hasSound
    ? await run('ffmpeg', ['-i', file, '-map', '0:a', '-af', 'volumedetect', '-f', 'null', '-'])
    : null;
  const loudest = volume && Number(/max_volume: (-?[\d.]+) dB/.exec(volume.stderr)?.[1]);
  return {
    seconds: Number(format.duration),
    width: picture.width,
    height: picture.height,
    frames: frames.length,
    differentFrames: new Set(frames).size,
    loudest,
    longestHole: hasSound ? await longestHole(file) : null,
  };
}

async function longestHole(file: string): Promise<number> {
  const probe = ['-v', 'error', '-select_streams', 'a:0', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file];
  const times = (await run('ffprobe', probe, { maxBuffer: 1e8 })).stdout.split('\n').map(Number.parseFloat);
  return times.slice(1).reduce((longest, time, index) => Math.max(longest, time - times[index]! || 0), 0);
}
