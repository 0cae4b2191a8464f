import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SandboxedEncoder } from './encoder/sandboxed-encoder.js';
import { FfmpegMedia } from './ffmpeg/ffmpeg-media.js';
import { Ffmpeg } from './ffmpeg/ffmpeg.js';
import type { MediaTools } from './media-tools.js';
import { MediabunnyMedia } from './mediabunny/mediabunny-media.js';
import { findSandbox, FIRST_WORD_MS } from './sandbox/find-sandbox.js';
import type { Sandbox } from './sandbox/sandbox.js';

export interface MediaChoice {
  readonly tools: MediaTools;
  /** One sentence for the operator: what serves and why. */
  readonly because: string;
  readonly sandbox: Sandbox;
}

/** Before 5.1 there is no `-fps_mode`. */
const OLDEST = [5, 1] as const;
const ENCODERS = ['libx264', 'libvpx-vp9', 'libvpx', 'libopus', 'aac', 'mjpeg'];

/**
 * ffmpeg when there is one that can do it all, mediabunny otherwise.
 * @param path the ffmpeg to use; `none` for none; by default the one on PATH
 * @param sandbox what holds the tools, from their first word on
 */
export async function chooseMedia(path = 'ffmpeg', sandbox?: Sandbox): Promise<MediaChoice> {
  const held = sandbox ?? (await findSandbox(tmpdir()));
  if (path === 'none') return mediabunny('ffmpeg is switched off', held);
  try {
    const version = /^ffmpeg version n?(\S+)/.exec(await ask(held, path, '-version'))?.[1] ?? 'unknown';
    if (isTooOld(version)) return await mediabunny(`ffmpeg ${version} is older than ${OLDEST.join('.')}`, held);
    const encoders = await ask(held, path, '-hide_banner', '-encoders');
    const missing = ENCODERS.filter((name) => !encoders.includes(` ${name} `));
    if (missing.length > 0) return await mediabunny(`ffmpeg ${version} lacks ${missing.join(', ')}`, held);
    const tools = new FfmpegMedia(new Ffmpeg(path, version, held));
    return { tools, because: `ffmpeg ${version} was found.`, sandbox: held };
  } catch {
    return mediabunny(
      path === 'ffmpeg' ? 'no ffmpeg is installed, or it does not run here' : `${path} does not run`,
      held,
    );
  }
}

async function mediabunny(why: string, sandbox: Sandbox): Promise<MediaChoice> {
  const version = mediabunnyVersion();
  const encoder = await SandboxedEncoder.in(sandbox);
  const lack = encoder ? '' : ' Its encoders do not run here: recordings cut at other than key frames wait.';
  const because = `mediabunny ${version} serves because ${why}: no posters, storyboards or transcodes by the server.`;
  return { tools: new MediabunnyMedia(version, encoder), because: because + lack, sandbox };
}

/** The package does not export its manifest, but it lies two folders above its entry point. */
function mediabunnyVersion(): string {
  const entry = createRequire(import.meta.url).resolve('mediabunny');
  return (JSON.parse(readFileSync(join(dirname(entry), '../../package.json'), 'utf8')) as { version: string }).version;
}

async function ask(sandbox: Sandbox, command: string, ...args: string[]): Promise<string> {
  const limits = { timeoutMs: FIRST_WORD_MS, maxOutputBytes: 4 * 1024 * 1024 };
  return (await sandbox.run({ step: 'choice', command, args, reads: [], cwd: '/', ...limits })).toString();
}

/** A build from the development branch has no number and is taken to be new. */
function isTooOld(version: string): boolean {
  const [major, minor] = version.split('.').map((part) => Number.parseInt(part, 10));
  if (major === undefined || Number.isNaN(major)) return false;
  return major < OLDEST[0] || (major === OLDEST[0] && (minor ?? 0) < OLDEST[1]);
}
