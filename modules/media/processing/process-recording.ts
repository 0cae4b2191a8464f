import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeExtras, type MadeExtras } from './extras.js';
import { MediaRejected } from './media-errors.js';
import { DEFAULT_LIMITS, type MediaFile } from './media-file.js';
import type { SeekableFile } from './media-tools.js';
import type { ProcessingOptions } from './processing-options.js';
import { stepOf } from './progress.js';
import { withTempFolder } from './temp-folder.js';

export interface ProcessedRecording extends MadeExtras {
  /** What arrived. Its path is gone, unless the source was a path. */
  readonly original: MediaFile;
  readonly seekable: SeekableFile;
}

/** Where each step ends on the way from 0 to 1; the extras share the rest. */
const DONE = { arrived: 0.1, seekable: 0.5 };

/**
 * Makes of an uploaded recording what agents watch. The plaintext, and everything made of it, lies in a private folder
 * under `root` and is removed before this returns or throws.
 * @throws MediaRejected when the recording can never be processed; MediaFailed when another attempt may help
 */
export function processRecording(
  source: Readable | string,
  root: string,
  options: ProcessingOptions,
): Promise<ProcessedRecording> {
  return withTempFolder(root, async (folder) => {
    const { tools, outputs, limits } = options;
    const path = typeof source === 'string' ? source : await receive(source, join(folder, 'original'), options);
    const original = await tools.inspect(path, limits, { signal: options.signal });
    options.onProgress?.(DONE.arrived);
    const seekableOptions = { ...stepOf(options, DONE.arrived, DONE.seekable), trim: options.trim };
    const seekable = await tools.makeSeekable(original, join(folder, 'seekable'), seekableOptions);
    await outputs.seekable(seekable);
    const extras = await makeExtras(seekable, folder, options);
    options.onProgress?.(1);
    return { original, seekable, ...extras };
  });
}

/** The plaintext on our own disk, up to the limit. */
async function receive(source: Readable, path: string, { limits, signal }: ProcessingOptions): Promise<string> {
  const most = limits?.maxBytes ?? DEFAULT_LIMITS.maxBytes;
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > most ? new MediaRejected('TOO_LARGE', 'This video is larger than allowed.') : null, chunk);
    },
  });
  await pipeline(source, bounded, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal });
  return path;
}
