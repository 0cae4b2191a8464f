import type { SentUpload } from '../upload/kept-track.js';
import type { DeletionProblem, Receipt, SendProblem } from '../steps.js';
import { persist, type Waiting } from './persist.js';
import { LINK_CLOSED } from './ours.js';
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

/** The server has no such recording (any more), be it that it was discarded elsewhere or that nobody came back to it. */
const UNKNOWN: ReadonlySet<string> = new Set(['RECORDING_UNKNOWN', 'RECORDING_DISCARDED', 'REQUEST_ERASED']);

/** Whoever withdraws a request deletes what was not sent with it. */
const DELETED: ReadonlySet<string> = new Set([...UNKNOWN, 'LINK_CANCELLED']);

/** What the customer is told of a Send that was refused; null when it may help to upload everything anew. */
export function whyUnsent({ status, code }: Problem): SendProblem | null {
  if (code === 'KEPT_ALREADY') return 'kept_already';
  if (code === 'LINK_USED') return 'another_received';
  if (LINK_CLOSED.has(code)) return 'link_closed';
  return status === 409 || UNKNOWN.has(code) || code.startsWith('UPLOAD_') ? null : 'refused';
}

/** Sending failed for good; the recording is still here. */
export class Unsent extends Error {
  constructor(readonly problem: SendProblem) {
    super(problem);
  }
}

/** With what a call is made: `token` reads the capability that holds now. */
export interface Rights extends Waiting {
  token(): string;
}

/** Sends for good. Repeating it is harmless, so a lost connection is waited out. @throws Problem that will not pass */
export async function submit(recordingId: string, submission: Submission, rights: Rights): Promise<Receipt> {
  const path = `customer/recordings/${recordingId}/submit`;
  const ask = async () => receiptIn(await send('POST', path, submission, rights.token()));
  return (await persist(ask, rights)) as Receipt;
}

/** The copy here is deleted on the strength of it, so it has to be one. @throws Problem */
function receiptIn(answer: unknown): Receipt {
  const { reference, receivedAt } = (answer ?? {}) as Partial<Record<keyof Receipt, unknown>>;
  if (typeof reference !== 'string' || typeof receivedAt !== 'string') throw new Problem(0, 'FOREIGN');
  return answer as Receipt;
}

/**
 * Deletes a recording at the server. One that is not there any more is deleted. A lost connection is waited out.
 * @throws Problem that will not pass
 */
export async function discard(recordingId: string, rights: Rights): Promise<void> {
  const path = `customer/recordings/${recordingId}/discard`;
  await persist(() => send('POST', path, undefined, rights.token()), rights).catch((error: unknown) => {
    if (!(error instanceof Problem && DELETED.has(error.code))) throw error;
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
