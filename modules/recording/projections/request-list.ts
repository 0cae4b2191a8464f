import { mediaPublished, type OwnedRecording } from '#modules/media/contract.js';
import { causeOf } from '#platform/jobs/caused-by.js';
import { change, keyedRows, put } from '#platform/projections/keyed-rows.js';
import { handlersOf, joined, subscriptionsTo } from '#platform/streams/handlers.js';
import type { EventOf, EventWith } from '#platform/streams/lift.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import {
  afterConsent,
  recordingRequest,
  type RecordingOptions,
  type RecordingRequestEvent,
  type RequestStatus,
} from '../domain/recording-request.js';

/** Its version is raised whenever the columns change, or what is written to them. */
export const REQUEST_LIST = 'recording_v6.request_list';

export interface RequestRow {
  id: string;
  workspace_id: string;
  status: RequestStatus;
  /** The agent's words, still sealed. */
  words: string | null;
  ticket_connector: string | null;
  ticket_reference: string | null;
  agent_id: string | null;
  recording_id: string | null;
  /** Recordings at which somebody is. */
  under_way: readonly string[];
  /** What arrived was handed over without its customer. */
  interrupted: boolean;
  options: RecordingOptions;
  created_at: Date;
  expires_at: Date;
  changed_at: Date;
  /** The words were destroyed without an answer having come. */
  erased: boolean;
  version: number;
}

type OfRequest = { readonly requestId: string };

/** Every change also moves the row's version, which is its ETag, so even events that change no column are applied. */
function changed<Data extends OfRequest>(of: (data: Data, before: RequestRow) => Partial<RequestRow>) {
  return ({ data, at, version }: EventWith<Data>) =>
    change<RequestRow>(data.requestId, (before) => ({ ...of(data, before), changed_at: at, version }));
}

function requested(event: EventOf<RecordingRequestEvent, 'RecordingRequested'>) {
  const { data } = event;
  return put<RequestRow>({
    id: data.requestId,
    workspace_id: causeOf(event).workspaceId,
    status: 'sent',
    words: sealedFieldsOf(event),
    ticket_connector: data.ticket?.connector ?? null,
    ticket_reference: data.ticket?.reference ?? null,
    agent_id: data.agentId,
    recording_id: null,
    under_way: [],
    interrupted: false,
    options: data.options,
    created_at: new Date(data.requestedAt),
    expires_at: new Date(data.expiresAt),
    changed_at: event.at,
    erased: false,
    version: event.version,
  });
}

type OfRecording = OfRequest & { readonly recordingId: string };

const others = (ids: readonly string[], gone: string) => ids.filter((id) => id !== gone);

const underWay = ({ recordingId }: OfRecording, before: RequestRow) => ({
  status: 'recording' as const,
  under_way: [...others(before.under_way, recordingId), recordingId],
});

/** Back to "opened" when nobody is at any recording any more; a closed request keeps its ending. */
const left = ({ recordingId }: OfRecording, before: RequestRow) => {
  const under_way = others(before.under_way, recordingId);
  const status = before.status === 'recording' && !under_way.length ? ('opened' as const) : before.status;
  return { status, under_way };
};

const discarded = (data: OfRecording, before: RequestRow) => ({
  ...left(data, before),
  recording_id: before.recording_id === data.recordingId ? null : before.recording_id,
});

/** The recording was deleted, and the words go with it. Its events are another stream's, so the request's own version stays. */
const recordingGone = ({ data, at }: EventWith<OwnedRecording>) =>
  change<RequestRow>(data.owner.id, { recording_id: null, words: null, changed_at: at });

/** Moves only the version. When it ended stays as it was: a run that finishes the erasure finds it by that. */
const doomed = ({ data, version }: EventWith<OfRequest>) => change<RequestRow>(data.requestId, { version });

/** The requests that agents see, with their live status. */
export const requestList = keyedRows<RequestRow>(REQUEST_LIST, {
  ddl: `
    CREATE TABLE request_list (
      id               uuid PRIMARY KEY,
      workspace_id     uuid NOT NULL,
      status           text NOT NULL,
      words            text,
      ticket_connector text,
      ticket_reference text,
      agent_id         uuid,
      recording_id     uuid,
      under_way        jsonb NOT NULL,
      interrupted      boolean NOT NULL,
      options          jsonb NOT NULL,
      created_at       timestamptz(3) NOT NULL,
      expires_at       timestamptz(3) NOT NULL,
      changed_at       timestamptz(3) NOT NULL,
      erased           boolean NOT NULL,
      version          int NOT NULL
    );
    CREATE INDEX ON request_list (workspace_id, created_at DESC, id DESC);
    CREATE INDEX ON request_list (workspace_id, status, created_at DESC, id DESC);
    CREATE INDEX ON request_list (workspace_id, ticket_connector, created_at DESC, id DESC);
    CREATE INDEX ON request_list (workspace_id, ticket_reference, created_at DESC, id DESC);`,
  on: joined(
    handlersOf(recordingRequest, {
      RecordingRequested: requested,
      RecordingLinkIssued: changed(({ expiresAt }) => ({ status: 'sent', expires_at: new Date(expiresAt) })),
      RecordingLinkOpened: changed((_, { under_way }) => ({ status: under_way.length ? 'recording' : 'opened' })),
      CustomerConsented: changed((_, before) => afterConsent(before)),
      RecordingDeclined: changed(() => ({ status: 'declined' })),
      RecorderUnsupported: changed(() => ({ status: 'unsupported' })),
      RecordingStarted: changed((data, before) => ({ ...underWay(data, before), recording_id: data.recordingId })),
      RecordingLeft: changed(left),
      RecordingResumed: changed(underWay),
      RecordingDiscarded: changed(discarded),
      RecordingSubmitted: changed(({ recordingId, interrupted }) => ({
        status: 'received',
        recording_id: recordingId,
        interrupted,
      })),
      RecordingRequestCancelled: changed(() => ({ status: 'cancelled' })),
      RecordingRequestExpired: changed(() => ({ status: 'expired' })),
      RecordingRequestErasureBegun: doomed,
      RecordingRequestErased: changed(() => ({ erased: true, words: null })),
    }),
    subscriptionsTo(mediaPublished, { 'media.deletion_requested.v1': recordingGone }),
  ),
});
