import type { SentUpload } from '../upload/kept-track.js';
import type { DeletionProblem, Receipt, SendProblem } from '../steps.js';
import { persist } from './persist.js';
import { Problem, send } from './request.js';

/** What Send says about the recording besides its bytes. Times in milliseconds. */
export interface Submission {
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly note?: string;
  readonly trim: { readonly startMs: number; readonly endMs: number } | null;
  readonly uploads: readonly SentUpload[];
}

/** What the customer is told of a Send that was refused; null when it may help to upload everything anew. */
export function whyUnsent({ status, code }: Problem): SendProblem | null {
  if (code === 'KEPT_ALREADY') return 'kept_already';
  if (code === 'LINK_USED') return 'another_received';
  if (status === 410) return 'link_closed';
  return status === 409 ? null : 'refused';
}

/** Sending failed for good; the recording is still here. */
export class Unsent extends Error {
  constructor(readonly problem: SendProblem) {
    super(problem);
  }
}

/**
 * Sends for good. Repeating it is harmless, so a lost connection is waited out; `heard` learns of it.
 * @throws Problem that will not pass
 */
export async function submit(
  recordingId: string,
  submission: Submission,
  token: string,
  heard: (reached: boolean) => void,
): Promise<Receipt> {
  const path = `customer/recordings/${recordingId}/submit`;
  return (await persist(() => send('POST', path, submission, token), heard)) as Receipt;
}

/**
 * Deletes a recording at the server. One that is not there any more is deleted. A lost connection is waited out; `heard`
 * learns of it. @throws Problem that will not pass
 */
export async function discard(recordingId: string, token: string, heard: (reached: boolean) => void): Promise<void> {
  const path = `customer/recordings/${recordingId}/discard`;
  await persist(() => send('POST', path, undefined, token), heard).catch((error: unknown) => {
    const gone = error instanceof Problem && (error.status === 404 || error.status === 410);
    if (!gone) throw error;
  });
}

/** What the customer is told of a recording that could not be deleted. */
export function whyUndeleted(error: unknown): DeletionProblem {
  return error instanceof Problem && error.code === 'ALREADY_RECEIVED' ? 'handed_over' : 'not_deleted';
}

/** Says that the customer is still at it. The next sign may get through where this one did not. */
export async function stay(recordingId: string, token: string): Promise<void> {
  await send('POST', `customer/recordings/${recordingId}/stay`, undefined, token).catch(() => undefined);
}

/** A still of the recording, for where the server cannot decode video. Nice to have, so never an error. */
export async function putPoster(recordingId: string, poster: Blob, token: string): Promise<void> {
  await send('PUT', `customer/recordings/${recordingId}/poster`, poster, token).catch(() => undefined);
}
