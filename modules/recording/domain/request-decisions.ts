import { refuse } from '#kernel/refusal.js';
import {
  type Consent,
  type KnownRequest,
  type Received,
  type RecordingOptions,
  type RecordingRequest,
  type RecordingRequestEvent,
  type RequestWords,
  type Unsupported,
} from './recording-request.js';
import { receiptOf } from './receipt.js';

type Events = readonly RecordingRequestEvent[];
export type NewRequest = RequestWords & {
  readonly ticketReference: string | null;
  readonly agentId: string | null;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly options: RecordingOptions;
};

/** Asks a customer for a recording. A retry with the same id is not news; something else under the same id is refused. */
export function requestRecording(state: RecordingRequest, requestId: string, input: NewRequest, at: Date): Events {
  if (state.status !== 'unknown') {
    if (asksTheSame(state, input)) return [];
    refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for a different request. Choose a new one.');
  }
  if (new Date(input.expiresAt) <= at)
    refuse('EXPIRY_IN_THE_PAST', 'Choose an expiry that lies in the future.', 'invalid');
  return [{ type: 'RecordingRequested', data: { requestId, ...input } }];
}

/** Makes a new link for the same request; older ones stop working. A request that was answered or cancelled stays so. */
export function remindCustomer(state: RecordingRequest, requestId: string, expiresAt: string): Events {
  const request = known(state);
  if (request.status === 'received')
    refuse('ALREADY_RECEIVED', 'The recording has already arrived; ask for another one instead.');
  if (request.status === 'cancelled')
    refuse('REQUEST_CANCELLED', 'This request was cancelled; ask for a new recording instead.');
  if (request.erased)
    refuse('REQUEST_ERASED', 'This request has been deleted; ask for a new recording instead.', 'gone');
  if (request.status === 'recording')
    refuse('RECORDING_NOW', 'The customer is recording right now; the link still works.');
  return [{ type: 'RecordingLinkIssued', data: { requestId, link: request.links + 1, expiresAt } }];
}

export function cancelRequest(state: RecordingRequest, requestId: string): Events {
  const request = known(state);
  if (request.status === 'cancelled') return [];
  if (request.status === 'received')
    refuse('ALREADY_RECEIVED', 'The recording has already arrived. Delete it instead.');
  return [...discardAll(request, requestId), { type: 'RecordingRequestCancelled', data: { requestId } }];
}

/** Ends a request whose time has come. One that is being recorded is left to finish. */
export function expireRequest(state: RecordingRequest, requestId: string, at: Date): Events {
  if (state.status === 'unknown' || !isOpen(state) || state.open.length || new Date(state.expiresAt) > at) return [];
  return [{ type: 'RecordingRequestExpired', data: { requestId } }];
}

/** The customer opened the link. Declining or an unsuitable browser are no end: they may come back with another. */
export function openLink(state: RecordingRequest, requestId: string, link: number, at: Date): Events {
  const request = usable(state, at);
  if (link !== request.links)
    refuse('LINK_EXPIRED', 'This link was replaced by a newer one. Use the link you were sent last.', 'gone');
  return request.status === 'opened' || request.status === 'recording'
    ? []
    : [{ type: 'RecordingLinkOpened', data: { requestId, link } }];
}

export function giveConsent(state: RecordingRequest, requestId: string, consent: Consent, at: Date): Events {
  const before = withTurnsLeft(state, at).consent;
  const same =
    before?.textSha256 === consent.textSha256 &&
    before.locale === consent.locale &&
    before.scope.join() === consent.scope.join();
  return same ? [] : [{ type: 'CustomerConsented', data: { requestId, ...consent } }];
}

export function declineRequest(
  state: RecordingRequest,
  requestId: string,
  reason: string | undefined,
  at: Date,
): Events {
  const request = withTurnsLeft(state, at);
  if (request.status === 'declined') return [];
  return [...discardAll(request, requestId), { type: 'RecordingDeclined', data: { requestId, reason } }];
}

export function reportUnsupported(
  state: RecordingRequest,
  requestId: string,
  reason: Unsupported,
  browser: string,
  at: Date,
): Events {
  const request = withTurnsLeft(state, at);
  if (request.status === 'unsupported' || request.open.length) return [];
  return [{ type: 'RecorderUnsupported', data: { requestId, reason, browser } }];
}

/** Who may still record under this request. @throws Refusal saying why not */
export function usable(state: RecordingRequest, at: Date): KnownRequest {
  const request = known(state);
  if (request.status === 'cancelled')
    refuse('LINK_CANCELLED', 'This request was withdrawn. You do not need to do anything.', 'gone');
  if (request.submitted) linkUsed(request.submitted);
  const over = request.status === 'expired' || request.erased;
  const late = over || (new Date(request.expiresAt) <= at && !request.open.length);
  if (late) refuse('LINK_EXPIRED', 'This link is too old. Ask the person who sent it for a new one.', 'gone');
  return request;
}

/** Everybody changes their mind, but a history that is read at every step must not grow without end. */
const MOST_TURNS = 100;

/** Who may still add to what has happened under this request. @throws Refusal as {@link usable}, or `TOO_MUCH_HAPPENED` */
export function withTurnsLeft(state: RecordingRequest, at: Date): KnownRequest {
  const request = usable(state, at);
  if (request.turns >= MOST_TURNS)
    refuse('TOO_MUCH_HAPPENED', 'This link has been used too often. Ask the person who sent it for a new one.');
  return request;
}

export function known(state: RecordingRequest): KnownRequest {
  if (state.status === 'unknown') refuse('REQUEST_UNKNOWN', 'There is no such request.', 'not_found');
  return state;
}

const WORDS = ['customerName', 'customerEmail', 'message', 'ticketSubject', 'ticketUrl'] as const;
const OPTIONS = ['microphone', 'camera', 'systemAudio', 'maxDurationMs'] as const;

/** Moments differ between a command and its retry; how long the link was to work does not, until there is another link. */
function asksTheSame(before: KnownRequest, input: NewRequest): boolean {
  const erased = (before.submitted !== null || before.erased) && WORDS.every((word) => before[word] === undefined);
  const term = ({ requestedAt, expiresAt }: NewRequest) => Date.parse(expiresAt) - Date.parse(requestedAt);
  return (
    (erased || WORDS.every((word) => (before[word] ?? null) === (input[word] ?? null))) &&
    OPTIONS.every((option) => before.options[option] === input.options[option]) &&
    before.ticketReference === input.ticketReference &&
    before.agentId === input.agentId &&
    (before.links > 1 || term(before) === term(input))
  );
}

function isOpen({ status }: KnownRequest): boolean {
  return status === 'sent' || status === 'opened' || status === 'recording';
}

function discardAll(request: KnownRequest, requestId: string): RecordingRequestEvent[] {
  return request.open.map((recordingId) => ({
    type: 'RecordingDiscarded',
    data: { requestId, recordingId, why: 'request-closed' },
  }));
}

/** The receipt: whoever holds the link may know that, and when, the recording arrived, and how long it stays. */
export function linkUsed(received: Received): never {
  refuse('LINK_USED', 'The recording for this request has already been received.', 'gone', { ...receiptOf(received) });
}
