import type { Receipt, SendProblem } from '../steps.js';
import type { SentUpload } from '../upload/kept-track.js';
import type { Unheard } from './ours.js';
import { Problem, SILENCE_MS } from './request.js';
import { putPoster, submit, Unsent, whyUnsent, type Submission } from './send-recording.js';

/** A recording that can be sent, and how to bring what of it is not at the server yet there. */
export interface Deliverable {
  readonly recordingId: string;
  readonly token: string;
  /** Everything has arrived, but the server is not heard at the moment. */
  unheard: Unheard | null;
  /** Gets a fresh capability, where looking it over took longer than the first one lasts. */
  renew(): Promise<unknown>;
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
  const silence = setTimeout(() => (what.unheard = 'offline'), SILENCE_MS);
  const heard = (unheard: Unheard | null) => {
    clearTimeout(silence);
    what.unheard = unheard;
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
  heard: (unheard: Unheard | null) => void,
  again = true,
): Promise<Receipt> {
  try {
    return await submit(what.recordingId, submission, { token: () => what.token, renew: () => what.renew(), heard });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const why = isOf(what, error) ? 'kept_already' : whyUnsent(error);
    if (why) throw new Unsent(why);
    heard(null);
    const uploads = again ? await what.arriveAnew() : null;
    if (!uploads) throw new Unsent('mismatch');
    return submitOrBringAnew(what, { ...submission, uploads }, heard, false);
  }
}

/** The link was used for this very recording, in the customer's place: a reference begins as the recording's name does. */
function isOf({ recordingId }: Deliverable, { code, details: { reference } }: Problem): boolean {
  return code === 'LINK_USED' && reference === recordingId.slice(0, 8).toUpperCase();
}
