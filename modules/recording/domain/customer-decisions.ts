import { refuse } from '#kernel/refusal.js';
import { receiptOf } from './receipt.js';
import type {
  Consent,
  KnownRequest,
  Received,
  RecordingRequest,
  RecordingRequestEvent,
  Unsupported,
} from './recording-request.js';
import { discardAll, known } from './request-decisions.js';

type Events = readonly RecordingRequestEvent[];

/** One act of whoever holds a link: which of the request's links it was that let them in, and when they act. */
export interface Turn {
  readonly link: number;
  readonly at: Date;
}

/**
 * Whether a link leads anywhere. To open it is no act yet: mail programs open links as well, and run their scripts. A
 * reminder replaces a link, but not for whoever is in the middle of a recording and has to reload.
 * @throws Refusal
 */
export function openLink(state: RecordingRequest, { link, at }: Turn): KnownRequest {
  const request = usable(state, at);
  if (link < request.opened || (link !== request.links && !request.open.length)) replaced();
  return request;
}

/** Somebody is at the opened link: the first thing that a person does there, and a program does not. */
export function arrive(state: RecordingRequest, requestId: string, turn: Turn): Events {
  return arrival(present(state, turn), requestId, turn);
}

/**
 * An unsuitable browser is no end: they may come back with another. A no stays one until they agree; only then is it
 * undone. Whatever they do says that they are here.
 */
export function arrival({ status, opened }: KnownRequest, requestId: string, { link }: Turn): Events {
  const isHere = status === 'opened' || status === 'recording' || status === 'declined';
  return isHere && opened === link ? [] : [{ type: 'RecordingLinkOpened', data: { requestId, link } }];
}

export function giveConsent(state: RecordingRequest, requestId: string, consent: Consent, turn: Turn): Events {
  const request = withTurnsLeft(state, turn);
  const before = request.consent;
  const same =
    before?.textSha256 === consent.textSha256 &&
    before.locale === consent.locale &&
    before.abandonedPolicy === consent.abandonedPolicy &&
    before.scope.join() === consent.scope.join();
  const here = arrival(request, requestId, turn);
  return same ? here : [...here, { type: 'CustomerConsented', data: { requestId, ...consent } }];
}

export function declineRequest(
  state: RecordingRequest,
  requestId: string,
  reason: string | undefined,
  turn: Turn,
): Events {
  const request = withTurnsLeft(state, turn);
  const here = arrival(request, requestId, turn);
  if (request.status === 'declined') return here;
  return [...here, ...discardAll(request, requestId), { type: 'RecordingDeclined', data: { requestId, reason } }];
}

export function reportUnsupported(
  state: RecordingRequest,
  requestId: string,
  reason: Unsupported,
  browser: string,
  turn: Turn,
): Events {
  const request = withTurnsLeft(state, turn);
  if (request.status === 'unsupported' || request.open.length) return [];
  return [{ type: 'RecorderUnsupported', data: { requestId, reason, browser } }];
}

/** Who may still record under this request. @throws Refusal saying why not */
export function usable(state: RecordingRequest, at: Date): KnownRequest {
  const request = known(state);
  if (request.status === 'cancelled')
    refuse('LINK_CANCELLED', 'This request was withdrawn. You do not need to do anything.', 'gone');
  if (request.submitted) linkUsed(request.submitted);
  const over = request.status === 'expired' || request.erasure !== 'none';
  const late = over || (new Date(request.expiresAt) <= at && !request.open.length);
  if (late) refuse('LINK_EXPIRED', 'This link is too old. Ask the person who sent it for a new one.', 'gone');
  return request;
}

/** Everybody changes their mind, but a history that is read at every step must not grow without end. */
const MOST_TURNS = 100;

/**
 * Who may still add to what has happened under this request. A link that was replaced still does until the newer one
 * is opened: whoever waits for a customer must not shut them out by sending a reminder.
 * @throws Refusal as {@link usable}, `LINK_REPLACED` or `TOO_MUCH_HAPPENED`
 */
export function withTurnsLeft(state: RecordingRequest, { link, at }: Turn): KnownRequest {
  const request = present(state, { link, at });
  if (request.turns >= MOST_TURNS)
    refuse('TOO_MUCH_HAPPENED', 'This link has been used too often. Ask the person who sent it for a new one.');
  return request;
}

/** @throws Refusal when somebody is at a newer link already */
function present(state: RecordingRequest, { link, at }: Turn): KnownRequest {
  const request = usable(state, at);
  return link < request.opened ? replaced() : request;
}

function replaced(): never {
  refuse('LINK_REPLACED', 'This link was replaced by a newer one. Use the link you were sent last.', 'gone');
}

/** The receipt: whoever holds the link may know that, and when, the recording arrived, and how long it stays. */
export function linkUsed(received: Received): never {
  refuse('LINK_USED', 'The recording for this request has already been received.', 'gone', { ...receiptOf(received) });
}

/** As {@link linkUsed}, of a recording that is no longer there: the receipt says that it had come. */
export function linkOfDeleted(received: Received): never {
  const { reference, receivedAt } = receiptOf(received);
  refuse('RECORDING_DELETED', 'The recording for this request was received, and has been deleted since.', 'gone', {
    reference,
    receivedAt,
  });
}
