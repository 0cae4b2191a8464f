import { HttpException } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { isDatabaseAway } from '#platform/database/database-away.js';
import { EventStoreAway, WrongExpectedVersion } from '#platform/event-store/event-store.js';
import { isDiskTrouble } from '#platform/files/disk-trouble.js';
import { ObjectAltered, ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import { EventTooNew } from '#platform/streams/lift.js';

/** A refusal and, where its kind has no status of its own, the status to answer with. */
export interface Answer {
  readonly refusal: Refusal;
  readonly status?: number;
  /** What the log should say of it: a part of ours that is away. */
  readonly trouble?: unknown;
}

const AWAY = new Refusal(
  'TEMPORARILY_UNAVAILABLE',
  'This server cannot reach its data just now. Try again in a moment.',
  'unavailable',
);

/** What frameworks throw about a request, in our words: theirs may quote the request. */
const BY_STATUS: Readonly<Record<number, [code: string, sentence: string]>> = {
  400: ['REQUEST_MALFORMED', 'The request could not be read.'],
  401: ['SIGN_IN_REQUIRED', 'Sign in, or send a valid key, and try again.'],
  403: ['FORBIDDEN', 'This is not allowed.'],
  404: ['NOT_FOUND', 'There is nothing at this address.'],
  405: ['METHOD_NOT_ALLOWED', 'This address does not answer that method.'],
  406: ['NOT_ACCEPTABLE', 'This address cannot answer in a format you accept.'],
  408: ['REQUEST_TIMEOUT', 'The request took too long to arrive.'],
  409: ['CONFLICT', 'This conflicts with the present state.'],
  410: ['GONE', 'This is no longer here.'],
  412: ['PRECONDITION_FAILED', 'This has changed since you read it.'],
  413: ['BODY_TOO_LARGE', 'The request is larger than this address accepts.'],
  415: [
    'MEDIA_TYPE_NOT_SUPPORTED',
    'This address takes no body of that type. Send it as the type that "Accept" names.',
  ],
  416: ['RANGE_NOT_SATISFIABLE', 'There is nothing in that range.'],
  429: ['RATE_LIMITED', 'Too many requests. Try again later.'],
  503: ['NOT_READY', 'This server is not ready. Try again in a moment.'],
};

/** How to answer a thrown value; null when it is a bug, about which a caller learns nothing. */
export function answerTo(thrown: unknown, conditional: boolean): Answer | null {
  if (thrown instanceof Refusal) return { refusal: thrown };
  if (thrown instanceof WrongExpectedVersion) return { refusal: lostRace(conditional) };
  if (isAway(thrown)) return { refusal: AWAY, trouble: thrown };
  // What a newer program wrote this one cannot decide on: another server may, and so will this one once it is upgraded.
  const status = thrown instanceof EventTooNew ? 503 : statusOf(thrown);
  const known = status === null ? undefined : BY_STATUS[status];
  return known && status !== null ? { refusal: new Refusal(...known), status } : null;
}

function isAway(thrown: unknown): boolean {
  const isApart = [EventStoreAway, ObjectStorageAway, ObjectAltered].some((Away) => thrown instanceof Away);
  return isApart || isDiskTrouble(thrown) || isDatabaseAway(thrown);
}

function lostRace(conditional: boolean): Refusal {
  return conditional
    ? new Refusal('STALE_VERSION', 'This has changed since you read it. Read it again and retry.', 'stale')
    : new Refusal('CHANGED_MEANWHILE', 'Someone else changed this at the same moment. Try again.', 'conflict');
}

/** The status that Nest's exceptions and `http-errors` (body parsers, `send`) carry. Other errors' fields are not trusted. */
function statusOf(thrown: unknown): number | null {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (!(thrown instanceof Error)) return null;
  const { status, statusCode, expose } = thrown as { status?: unknown; statusCode?: unknown; expose?: unknown };
  const isHttpError = typeof expose === 'boolean' && typeof status === 'number' && status === statusCode;
  return isHttpError && status < 500 ? status : null;
}
