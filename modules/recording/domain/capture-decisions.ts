import { refuse } from '#kernel/refusal.js';
import { receiptOf } from './receipt.js';
import type {
  AbandonedPolicy,
  KnownRequest,
  Received,
  RecordingRequest,
  RecordingRequestEvent,
  Submission,
} from './recording-request.js';
import { arrival, linkUsed, usable, withTurnsLeft, type Turn } from './customer-decisions.js';
import { known } from './request-decisions.js';

type Events = readonly RecordingRequestEvent[];

/** How many attempts may lie open at once: two tabs and a crash are life, dozens are not. */
const MOST_OPEN = 5;

/**
 * The first bytes of a recording arrive. Consent comes before any of them. What joins a recording that has begun is no
 * turn: whoever is in the middle of it goes on, whatever has become of their link.
 */
export function startRecording(
  state: RecordingRequest,
  requestId: string,
  recordingId: string,
  source: 'capture' | 'file',
  turn: Turn,
): Events {
  if (usable(state, turn.at).open.includes(recordingId)) return [];
  const request = withTurnsLeft(state, turn);
  if (request.discarded.includes(recordingId)) refuseDiscarded();
  if (!request.consent) refuse('CONSENT_MISSING', 'The customer has not agreed to be recorded yet.');
  if (request.open.length >= MOST_OPEN)
    refuse('TOO_MANY_RECORDINGS', 'Too many recordings have been begun. Send or discard one first.');
  return [
    ...(turn.link > request.opened ? arrival(request, requestId, turn) : []),
    { type: 'RecordingStarted', data: { requestId, recordingId, source } },
  ];
}

/** The customer pressed Send, or the system did so for a customer who did not come back. The first one sent is the answer. */
export function submitRecording(
  state: RecordingRequest,
  requestId: string,
  recordingId: string,
  submission: Submission & { readonly note?: string },
): Events {
  if (known(state).submitted?.recordingId === recordingId) return [];
  const request = sendable(state, recordingId);
  checkTrim(submission);
  const others = request.open.filter((id) => id !== recordingId);
  return [
    { type: 'RecordingSubmitted', data: { requestId, recordingId, ...submission } },
    ...others.map((id): RecordingRequestEvent => ({
      type: 'RecordingDiscarded',
      data: { requestId, recordingId: id, why: 'request-closed' },
    })),
  ];
}

/** Whether there is still something to send. @throws Refusal saying what became of it */
export function sendable(state: RecordingRequest, recordingId: string): KnownRequest {
  const request = known(state);
  if (request.submitted) linkUsed(request.submitted);
  if (request.status === 'cancelled') refuse('LINK_CANCELLED', 'This request was withdrawn.', 'gone');
  if (request.discarded.includes(recordingId)) refuseDiscarded();
  if (!request.open.includes(recordingId)) refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
  return request;
}

/** Throws away what was not sent. @throws Refusal when it was, or when this request never had such a recording */
export function discardRecording(
  state: RecordingRequest,
  requestId: string,
  recordingId: string,
  why: 'customer' | 'abandoned',
): Events {
  const request = known(state);
  if (request.submitted?.recordingId === recordingId)
    refuse('ALREADY_RECEIVED', 'This recording has already been sent. Ask the company to delete it.');
  if (request.discarded.includes(recordingId)) return [];
  if (!request.open.includes(recordingId)) refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
  return [{ type: 'RecordingDiscarded', data: { requestId, recordingId, why } }];
}

/** What becomes of a recording whose customer is gone. It goes on waiting for them, is thrown away, or is sent in their place. */
export type Abandoned = Submission | 'waits' | 'forgotten';

export function settleAbandoned(
  state: RecordingRequest,
  requestId: string,
  recordingId: string,
  outcome: Abandoned,
): Events {
  const { open, left } = known(state);
  if (!open.includes(recordingId)) return [];
  if (outcome === 'forgotten') return discardRecording(state, requestId, recordingId, 'abandoned');
  if (outcome !== 'waits') return submitRecording(state, requestId, recordingId, outcome);
  return left.includes(recordingId) ? [] : [{ type: 'RecordingLeft', data: { requestId, recordingId } }];
}

/** The customer of a recording that waited gave a sign of life. */
export function resumeRecording(state: RecordingRequest, requestId: string, recordingId: string): Events {
  const isLeft = known(state).left.includes(recordingId);
  return isLeft ? [{ type: 'RecordingResumed', data: { requestId, recordingId } }] : [];
}

/**
 * Whether what is not sent may be handed over: the workspace wants it now, and the customer was told so when they agreed.
 */
export function mayBeKept({ consent }: KnownRequest, wanted: AbandonedPolicy): boolean {
  return wanted === 'finalise' && (consent?.abandonedPolicy ?? wanted) === 'finalise';
}

/**
 * A recording that was kept without its customer is not changed by them any more: what they cut off is still in it, and
 * they must not believe otherwise. Sending it as it is, is only asking for the receipt.
 */
export function refuseChanging(received: Received, said: { readonly trim: unknown; readonly note?: string }): void {
  if (!received.interrupted || (!said.trim && !said.note)) return;
  refuse(
    'KEPT_ALREADY',
    'This recording was kept as it was, because nobody came back to it. What you cut off is still in it: ask the company to delete it.',
    'gone',
    { ...receiptOf(received) },
  );
}

export function refuseDiscarded(): never {
  refuse('RECORDING_DISCARDED', 'This recording was discarded. Start a new one.', 'gone');
}

function checkTrim({ trim, durationMs }: Submission): void {
  if (!trim) return;
  const valid = trim.startMs >= 0 && trim.endMs > trim.startMs && trim.endMs <= durationMs + 1000;
  if (!valid) refuse('TRIM_INVALID', 'The part to keep must lie within the recording.', 'invalid');
}
