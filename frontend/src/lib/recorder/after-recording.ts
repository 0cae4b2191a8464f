import { findLack } from './capture/lack.js';
import type { Submission } from './link/send-recording.js';
import { makeTake } from './after-prompt.js';
import type { Recorder } from './recorder.svelte.js';
import { Unsent } from './take.svelte.js';

/** What can be done with a recording once it exists. */

/** Brings it to whoever asked for it; whatever goes wrong, it is still here afterwards. */
export async function sendTake(
  recorder: Recorder,
  said: Omit<Submission, 'uploads'>,
  poster: Blob | null,
): Promise<void> {
  recorder.happen({ type: 'sent' });
  try {
    const receipt = await recorder.take!.deliver(said, poster);
    recorder.take = null;
    recorder.happen({ type: 'received', receipt });
  } catch (error) {
    recorder.happen({ type: 'unsent', problem: error instanceof Unsent ? error.problem : 'refused' });
  }
}

export async function discardTake(recorder: Recorder, then: 'discarded' | 'recording_again'): Promise<void> {
  await recorder.take?.discard();
  recorder.take = null;
  recorder.happen({ type: then });
}

export async function recoverTake(recorder: Recorder): Promise<void> {
  if (!recorder.unfinished || recorder.unfinished === 'elsewhere') return;
  await recorder.take!.recover(recorder.unfinished);
  recorder.happen({ type: 'recovered' });
}

/** Deletes what an earlier page left, and begins anew. */
export async function dropUnfinished(recorder: Recorder): Promise<void> {
  if (!recorder.unfinished || recorder.unfinished === 'elsewhere') return;
  await recorder.take!.discardLeft(recorder.unfinished);
  recorder.take = null;
  recorder.happen({ type: 'begun_anew', lack: findLack(globalThis) });
}

/** Uploads a video that the customer made with something else, such as their phone. */
export async function takeFile(recorder: Recorder, file: File): Promise<void> {
  const take = makeTake(recorder);
  await take.uploadFile(file, mediaTypeOf(file)!);
  recorder.take = take;
  recorder.happen({ type: 'file_chosen' });
}

const TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
  '3gp': 'video/3gpp',
};

/** What kind of video a file is, by its own word or by its name; null when it is none that the server takes. */
export function mediaTypeOf({ type, name }: Pick<File, 'type' | 'name'>): string | null {
  const known = Object.values(TYPES);
  if (known.includes(type)) return type;
  return TYPES[name.toLowerCase().split('.').at(-1) ?? ''] ?? null;
}
