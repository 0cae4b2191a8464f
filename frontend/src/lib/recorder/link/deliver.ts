import type { Receipt, SendProblem } from '../steps.js';
import type { SentUpload } from '../upload/kept-track.js';
import { Problem, SILENCE_MS } from './request.js';
import { putPoster, submit, Unsent, whyUnsent, type Submission } from './send-recording.js';

/** A recording that can be sent, and how to bring what of it is not at the server yet there. */
export interface Deliverable {
  readonly recordingId: string;
  readonly token: string;
  /** Everything has arrived, but the server cannot be reached at the moment. */
  unheard: boolean;
  /** Waits until every byte has arrived; null when no more are taken. */
  arrive(): Promise<readonly SentUpload[] | null>;
  /** The same from the beginning: the server let go of the upload, and the local copy is still whole. */
  arriveAnew(): Promise<readonly SentUpload[] | null>;
  /** What the customer is told when no more are taken. */
  readonly unarrived: SendProblem;
}

/** Waits until every byte has arrived, then sends. The picture comes first, and holds nothing up for long. @throws Unsent */
export async function deliver(
  what: Deliverable,
  said: Omit<Submission, 'uploads'>,
  poster: Blob | null,
): Promise<Receipt> {
  const uploads = (await what.arrive()) ?? (await what.arriveAnew());
  if (!uploads) throw new Unsent(what.unarrived);
  const silence = setTimeout(() => (what.unheard = true), SILENCE_MS);
  const heard = (reached: boolean) => {
    clearTimeout(silence);
    what.unheard = !reached;
  };
  try {
    if (poster) await putPoster(what.recordingId, poster, what.token);
    return await submitOrBringAnew(what, { ...said, uploads }, heard);
  } finally {
    clearTimeout(silence);
  }
}

async function submitOrBringAnew(
  what: Deliverable,
  submission: Submission,
  heard: (reached: boolean) => void,
  again = true,
): Promise<Receipt> {
  try {
    return await submit(what.recordingId, submission, what.token, heard);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const why = whyUnsent(error);
    if (why) throw new Unsent(why);
    heard(true);
    const uploads = again ? await what.arriveAnew() : null;
    if (!uploads) throw new Unsent('mismatch');
    return submitOrBringAnew(what, { ...submission, uploads }, heard, false);
  }
}
