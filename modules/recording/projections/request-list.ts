import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { change, keyedRows, put } from '#platform/projections/keyed-rows.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import type { RecordingOptions, RequestStatus } from '../domain/recording-request.js';

/** Its version is raised whenever the columns change, or what is written to them. */
export const REQUEST_LIST = 'recording_v4.request_list';

export interface RequestRow {
  id: string;
  workspace_id: string;
  status: RequestStatus;
  /** The agent's words, still sealed. */
  words: string | null;
  ticket_reference: string | null;
  agent_id: string | null;
  recording_id: string | null;
  /** Recordings under way. */
  open_recordings: number;
  options: RecordingOptions;
  created_at: Date;
  expires_at: Date;
  changed_at: Date;
  /** The words were destroyed without an answer having come. */
  erased: boolean;
  version: number;
}

const idOf = ({ data }: RecordedEvent) => (data as { requestId: string }).requestId;

/** Every change also moves the row's version, which is its ETag, so even events that change no column are applied. */
function changed(of: (data: never, before: RequestRow) => Partial<RequestRow>) {
  return (event: RecordedEvent) =>
    change<RequestRow>(idOf(event), (before) => ({
      ...of(event.data as never, before),
      changed_at: event.at,
      version: event.version,
    }));
}

function requested(event: RecordedEvent) {
  const data = event.data as {
    requestId: string;
    ticketReference?: string;
    agentId?: string;
    requestedAt: string;
    expiresAt: string;
    options: RecordingOptions;
  };
  return put<RequestRow>({
    id: data.requestId,
    workspace_id: event.meta.workspaceId,
    status: 'sent',
    words: sealedFieldsOf(event),
    ticket_reference: data.ticketReference ?? null,
    agent_id: data.agentId ?? null,
    recording_id: null,
    open_recordings: 0,
    options: data.options,
    created_at: new Date(data.requestedAt),
    expires_at: new Date(data.expiresAt),
    changed_at: event.at,
    erased: false,
    version: event.version,
  });
}

/** Back to "opened" when the last recording was discarded by the customer; a closed request keeps its ending. */
const discarded = ({ recordingId }: { recordingId: string }, before: RequestRow) => ({
  status: before.status === 'recording' && before.open_recordings <= 1 ? ('opened' as const) : before.status,
  open_recordings: before.open_recordings - 1,
  recording_id: before.recording_id === recordingId ? null : before.recording_id,
});

/** The recording was deleted, and the words go with it. Its events are another stream's, so the request's own version stays. */
const recordingGone = (event: RecordedEvent) =>
  change<RequestRow>(idOf(event), { recording_id: null, words: null, changed_at: event.at });

/** Moves only the version. When it ended stays as it was: a run that finishes the erasure finds it by that. */
const doomed = (event: RecordedEvent) => change<RequestRow>(idOf(event), { version: event.version });

/** The requests that agents see, with their live status. */
export const requestList = keyedRows<RequestRow>(REQUEST_LIST, {
  ddl: `
    CREATE TABLE request_list (
      id               uuid PRIMARY KEY,
      workspace_id     uuid NOT NULL,
      status           text NOT NULL,
      words            text,
      ticket_reference text,
      agent_id         uuid,
      recording_id     uuid,
      open_recordings  int NOT NULL,
      options          jsonb NOT NULL,
      created_at       timestamptz(3) NOT NULL,
      expires_at       timestamptz(3) NOT NULL,
      changed_at       timestamptz(3) NOT NULL,
      erased           boolean NOT NULL,
      version          int NOT NULL
    );
    CREATE INDEX ON request_list (workspace_id, created_at DESC, id DESC);
    CREATE INDEX ON request_list (workspace_id, ticket_reference);`,
  on: {
    RecordingRequested: requested,
    RecordingLinkIssued: changed(({ expiresAt }: { expiresAt: string }) => ({
      status: 'sent',
      expires_at: new Date(expiresAt),
    })),
    RecordingLinkOpened: changed((_, { open_recordings }) => ({
      status: open_recordings > 0 ? 'recording' : 'opened',
    })),
    CustomerConsented: changed(() => ({})),
    RecordingDeclined: changed(() => ({ status: 'declined' })),
    RecorderUnsupported: changed(() => ({ status: 'unsupported' })),
    RecordingStarted: changed(({ recordingId }: { recordingId: string }, { open_recordings }) => ({
      status: 'recording',
      recording_id: recordingId,
      open_recordings: open_recordings + 1,
    })),
    RecordingDiscarded: changed(discarded),
    RecordingSubmitted: changed(({ recordingId }: { recordingId: string }) => ({
      status: 'received',
      recording_id: recordingId,
    })),
    RecordingRequestCancelled: changed(() => ({ status: 'cancelled' })),
    RecordingDeletionRequested: recordingGone,
    RecordingRequestExpired: changed(() => ({ status: 'expired' })),
    RecordingRequestErasureBegun: doomed,
    RecordingRequestErased: changed(() => ({ erased: true, words: null })),
  },
});
