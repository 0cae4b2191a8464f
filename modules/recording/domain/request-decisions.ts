import { refuse } from '#kernel/refusal.js';
import type { Ticket } from '../contract.js';
import {
  type Call,
  type KnownRequest,
  type RecordingOptions,
  type RecordingRequest,
  type RecordingRequestEvent,
  type RequestWords,
} from './recording-request.js';

type Events = readonly RecordingRequestEvent[];
export type NewRequest = RequestWords & {
  readonly ticket: Ticket | null;
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

/**
 * Makes a new link for the same request; older ones stop working. A request that was answered or cancelled stays so.
 * A repeated call is not news, whatever has happened since.
 */
export function remindCustomer(state: RecordingRequest, requestId: string, expiresAt: string, call?: Call): Events {
  const request = known(state);
  if (call && isRepeated(request, call)) return [];
  if (request.status === 'received')
    refuse('ALREADY_RECEIVED', 'The recording has already arrived; ask for another one instead.');
  if (request.status === 'cancelled')
    refuse('REQUEST_CANCELLED', 'This request was cancelled; ask for a new recording instead.');
  refuseErased(request);
  if (request.status === 'recording')
    refuse('RECORDING_NOW', 'The customer is recording right now; the link still works.');
  return [
    { type: 'RecordingLinkIssued', data: { requestId, link: request.links + 1, expiresAt, ...(call && { call }) } },
  ];
}

/** @throws Refusal when the call said something else before */
function isRepeated({ calls }: KnownRequest, { id, expiresInHours }: Call): boolean {
  const before = calls.find((one) => one.id === id);
  if (before && before.expiresInHours !== expiresInHours)
    refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for a different reminder. Choose a new one.');
  return before !== undefined;
}

export function cancelRequest(state: RecordingRequest, requestId: string): Events {
  const request = known(state);
  if (request.status === 'cancelled') return [];
  if (request.status === 'received')
    refuse('ALREADY_RECEIVED', 'The recording has already arrived. Delete it instead.');
  refuseErased(request);
  return [...discardAll(request, requestId), { type: 'RecordingRequestCancelled', data: { requestId } }];
}

/** Ends a request whose time has come. One that is being recorded is left to finish. */
export function expireRequest(state: RecordingRequest, requestId: string, at: Date): Events {
  if (state.status === 'unknown' || state.erasure !== 'none') return [];
  if (!isOpen(state) || state.open.length || new Date(state.expiresAt) > at) return [];
  return [{ type: 'RecordingRequestExpired', data: { requestId } }];
}

export function known(state: RecordingRequest): KnownRequest {
  return state.status === 'unknown' ? unknownRequest() : state;
}

/** The answer, too, when it is another workspace's. */
export function unknownRequest(): never {
  refuse('REQUEST_UNKNOWN', 'There is no such request.', 'not_found');
}

const WORDS = ['customerName', 'customerEmail', 'message', 'ticketSubject', 'ticketUrl'] as const;
const OPTIONS = ['microphone', 'camera', 'systemAudio', 'maxDurationMs'] as const;

/** Moments differ between a command and its retry; how long the link was to work does not, until there is another link. */
function asksTheSame(before: KnownRequest, input: NewRequest): boolean {
  const erased =
    (before.submitted !== null || before.erasure !== 'none') && WORDS.every((word) => before[word] === undefined);
  const term = ({ requestedAt, expiresAt }: NewRequest) => Date.parse(expiresAt) - Date.parse(requestedAt);
  return (
    (erased || WORDS.every((word) => (before[word] ?? null) === (input[word] ?? null))) &&
    OPTIONS.every((option) => before.options[option] === input.options[option]) &&
    before.ticket?.connector === input.ticket?.connector &&
    before.ticket?.reference === input.ticket?.reference &&
    before.agentId === input.agentId &&
    (before.links > 1 || term(before) === term(input))
  );
}

/** From the moment its erasure has begun, nothing leads back. */
function refuseErased({ erasure }: KnownRequest): void {
  if (erasure === 'none') return;
  refuse('REQUEST_ERASED', 'This request has been deleted; ask for a new recording instead.', 'gone');
}

function isOpen({ status }: KnownRequest): boolean {
  return status === 'sent' || status === 'opened' || status === 'recording';
}

/** What lies open when a request is closed. */
export function discardAll(request: KnownRequest, requestId: string): RecordingRequestEvent[] {
  return request.open.map((recordingId) => ({
    type: 'RecordingDiscarded',
    data: { requestId, recordingId, why: 'request-closed' },
  }));
}
