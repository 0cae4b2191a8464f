import { findLack } from './capture/lack.js';
import { Unsent, whyUndeleted, type Submission } from './link/send-recording.js';
import { mediaTypeOf } from './media-type.js';
import { makeTake } from './after-prompt.js';
import type { Recorder } from './recorder.svelte.js';

/** What can be done with a recording once it exists. */

/** Brings it to whoever asked for it, once however often it is pressed; whatever goes wrong, it is still here afterwards. */
export async function sendTake(
  recorder: Recorder,
  said: Omit<Submission, 'uploads'>,
  poster: Promise<Blob | null>,
): Promise<void> {
  if (recorder.step.at !== 'review') return;
  recorder.happen({ type: 'sent' });
  try {
    const receipt = await recorder.take!.deliver(said, await poster);
    recorder.take = null;
    recorder.happen({ type: 'received', receipt });
  } catch (error) {
    recorder.happen({ type: 'unsent', problem: error instanceof Unsent ? error.problem : 'refused' });
  }
}

/** Deletes it for good, once confirmed; until that is done nothing else can be done with it. */
export async function discardTake(
  recorder: Recorder,
  then: 'discarded' | 'recording_again' | 'choosing_again',
): Promise<void> {
  if (recorder.step.at !== 'review') return;
  recorder.happen({ type: 'deletion_confirmed' });
  try {
    await recorder.take!.discard();
    recorder.take = null;
    // Only where no screen can be recorded is a file chosen.
    const lack = findLack(globalThis) ?? 'no-display-capture';
    recorder.happen(then === 'choosing_again' ? { type: then, lack } : { type: then });
  } catch (error) {
    recorder.happen({ type: 'undeleted', problem: whyUndeleted(error) });
  }
}

export async function recoverTake(recorder: Recorder): Promise<void> {
  if (!recorder.unfinished || recorder.unfinished === 'elsewhere') return;
  await recorder.take!.recover(recorder.unfinished);
  recorder.happen({ type: 'recovered' });
}

/** Deletes what an earlier page left, and begins anew; unless there is another one left, which is asked about first. */
export async function dropUnfinished(recorder: Recorder): Promise<void> {
  const { take, unfinished } = recorder;
  if (!unfinished || unfinished === 'elsewhere') return;
  recorder.unfinished = await take!.discardLeft(unfinished);
  if (recorder.unfinished) return;
  take!.end();
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
