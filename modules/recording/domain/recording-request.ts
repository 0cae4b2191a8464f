import type { StreamDefinition } from '#kernel/stream.js';
import { removedTogether } from '#kernel/removed.js';
import { unreachable } from '#kernel/unreachable.js';
import { BY_HAND, type Ticket } from '../contract.js';
import type {
  Call,
  Consent,
  RecordingOptions,
  RecordingRequestEvent,
  Requested,
  RequestWords,
  Submission,
} from './recording-request-events.js';

export type * from './recording-request-events.js';

export type RequestStatus =
  'sent' | 'opened' | 'recording' | 'received' | 'declined' | 'unsupported' | 'cancelled' | 'expired';

export interface KnownRequest extends RequestWords {
  readonly status: RequestStatus;
  readonly expiresAt: string;
  readonly ticket: Ticket | null;
  readonly agentId: string | null;
  readonly requestedAt: string;
  readonly options: RecordingOptions;
  /** How many links there have been; only the newest opens. */
  readonly links: number;
  /** Those that made links and may be repeated. */
  readonly calls: readonly Call[];
  /** The newest that was opened. */
  readonly opened: number;
  readonly consent: Consent | null;
  /** Recordings that were started and neither discarded nor submitted. */
  readonly open: readonly string[];
  /** Those among them whose customer is gone. */
  readonly left: readonly string[];
  readonly submitted: Received | null;
  readonly discarded: readonly string[];
  /** How often the customer has acted on the present link. */
  readonly turns: number;
  /** Whether its words are being destroyed, or are, without an answer having come. */
  readonly erasure: 'none' | 'begun' | 'done';
}
export type Received = { readonly recordingId: string } & Pick<
  Submission,
  'receivedAt' | 'deletesAt' | 'interrupted' | 'trim' | 'camera'
>;
export type RecordingRequest = { readonly status: 'unknown' } | KnownRequest;

export const recordingRequest: StreamDefinition<RecordingRequest, RecordingRequestEvent> = {
  category: 'recording_request',
  initial: { status: 'unknown' },
  personal: {
    RecordingRequested: ['customerName', 'customerEmail', 'message', 'ticketSubject', 'ticketUrl'],
    RecordingDeclined: ['reason'],
    RecorderUnsupported: ['browser'],
    RecordingSubmitted: ['note'],
  },
  schemaVersions: { RecordingRequested: 2, RecordingSubmitted: 2, RecordingRequestErased: 2 },
  upcasts: {
    RecordingRequested: { 1: namedByHand },
    RecordingSubmitted: { 1: (data) => data }, // it did not fix the day of deletion, and none is guessed
    RecordingRequestErased: { 1: removedTogether },
  },
  evolve(state, event) {
    if (event.type === 'RecordingRequested') return requested(event.data);
    return state.status === 'unknown' ? state : evolveKnown(state, event);
  },
};

/** Before there were connectors, people and programs named tickets themselves. */
function namedByHand({ ticketReference: reference, ...data }: Readonly<Record<string, unknown>>) {
  return { ...data, ticket: reference ? { connector: BY_HAND, reference } : null };
}

function requested({ requestId: _, ...data }: Requested & RequestWords): KnownRequest {
  const nothingYet = { consent: null, open: [], left: [], submitted: null, discarded: [], opened: 0, turns: 0 };
  return { ...data, status: 'sent', links: 1, calls: [], erasure: 'none', ...nothingYet };
}

function evolveKnown(
  state: KnownRequest,
  event: Exclude<RecordingRequestEvent, { type: 'RecordingRequested' }>,
): KnownRequest {
  switch (event.type) {
    case 'RecordingLinkIssued':
      return linkIssued(state, event.data);
    case 'RecordingLinkOpened':
      return { ...state, status: isUnderWay(state) ? 'recording' : 'opened', opened: event.data.link };
    case 'CustomerConsented':
      return { ...state, ...afterConsent(state), consent: event.data, turns: state.turns + 1 };
    case 'RecordingDeclined':
      return { ...state, status: 'declined', consent: null, turns: state.turns + 1 };
    case 'RecorderUnsupported':
      return { ...state, status: 'unsupported', turns: state.turns + 1 };
    case 'RecordingStarted':
      return started(state, event.data.recordingId);
    case 'RecordingLeft':
      return withoutCustomer(state, event.data.recordingId);
    case 'RecordingResumed':
      return { ...state, status: 'recording', left: state.left.filter((id) => id !== event.data.recordingId) };
    case 'RecordingDiscarded':
      return withoutRecording(state, event.data.recordingId);
    case 'RecordingSubmitted':
      return submitted(state, event.data);
    case 'RecordingRequestCancelled':
      return { ...state, status: 'cancelled' };
    case 'RecordingRequestExpired':
      return { ...state, status: 'expired' };
    case 'RecordingRequestErasureBegun':
      return { ...state, erasure: 'begun' };
    case 'RecordingRequestErased':
      return { ...state, erasure: 'done' };
    default:
      return unreachable(event);
  }
}

function linkIssued(
  state: KnownRequest,
  { link, expiresAt, call }: Extract<RecordingRequestEvent, { type: 'RecordingLinkIssued' }>['data'],
): KnownRequest {
  const calls = call ? [...state.calls, call] : state.calls;
  return { ...state, status: 'sent', links: link, calls, expiresAt, turns: 0 };
}

function started(state: KnownRequest, recordingId: string): KnownRequest {
  return { ...state, status: 'recording', open: [...state.open, recordingId], turns: state.turns + 1 };
}

/** Whoever agrees after all takes back their no, or has found a browser that can. */
export function afterConsent({ status }: { readonly status: RequestStatus }): { readonly status: RequestStatus } {
  return { status: status === 'declined' || status === 'unsupported' ? 'opened' : status };
}

/** Whether somebody records, or looks at what they recorded. */
export function isUnderWay({ open, left }: Pick<KnownRequest, 'open' | 'left'>): boolean {
  return open.some((id) => !left.includes(id));
}

function withoutCustomer(before: KnownRequest, recordingId: string): KnownRequest {
  return calmed({ ...before, left: [...before.left, recordingId] });
}

function withoutRecording(before: KnownRequest, recordingId: string): KnownRequest {
  const others = (ids: readonly string[]) => ids.filter((id) => id !== recordingId);
  const discarded = [...before.discarded, recordingId];
  return calmed({ ...before, open: others(before.open), left: others(before.left), discarded });
}

function calmed(state: KnownRequest): KnownRequest {
  return state.status === 'recording' && !isUnderWay(state) ? { ...state, status: 'opened' } : state;
}

function submitted(state: KnownRequest, received: Received): KnownRequest {
  const { recordingId, receivedAt, deletesAt, interrupted, trim, camera } = received;
  const others = (ids: readonly string[]) => ids.filter((id) => id !== recordingId);
  const submitted = { recordingId, receivedAt, deletesAt, interrupted, trim, camera };
  return { ...state, status: 'received', submitted, open: others(state.open), left: others(state.left) };
}
