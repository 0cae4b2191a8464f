import { sql, type UpdateObject } from 'kysely';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import type { Apply, Projection } from '#platform/projections/projection.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import type { RecordingOptions, RequestStatus } from '../domain/recording-request.js';

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

export interface RequestTables {
  request_list: RequestRow;
}

type Rows = Parameters<Apply<RequestTables>>[1];
type Change = UpdateObject<RequestTables, 'request_list'>;

/** Every change also moves the row's version, which is its ETag, so even events that change no column are applied. */
function change(of: (data: never, event: RecordedEvent) => Change): Apply<RequestTables> {
  return async (event, rows) => {
    await rows
      .updateTable('request_list')
      .set({ ...of(event.data as never, event), changed_at: event.at, version: event.version })
      .where('id', '=', (event.data as { requestId: string }).requestId)
      .execute();
  };
}

async function requested(event: RecordedEvent, rows: Rows): Promise<void> {
  const data = event.data as {
    requestId: string;
    ticketReference?: string;
    agentId?: string;
    requestedAt: string;
    expiresAt: string;
    options: RecordingOptions;
  };
  await rows
    .insertInto('request_list')
    .values({
      id: data.requestId,
      workspace_id: event.meta.workspaceId,
      status: 'sent',
      words: sealedFieldsOf(event),
      ticket_reference: data.ticketReference ?? null,
      agent_id: data.agentId ?? null,
      recording_id: null,
      open_recordings: 0,
      options: JSON.stringify(data.options) as never,
      created_at: new Date(data.requestedAt),
      expires_at: new Date(data.expiresAt),
      changed_at: event.at,
      erased: false,
      version: event.version,
    })
    .execute();
}

/** Back to "opened" when the last recording was discarded by the customer; a closed request keeps its ending. */
const discarded: Apply<RequestTables> = async (event, rows) => {
  const { requestId, recordingId } = event.data as { requestId: string; recordingId: string };
  await rows
    .updateTable('request_list')
    .set({
      status: sql`CASE WHEN status = 'recording' AND open_recordings <= 1 THEN 'opened' ELSE status END`,
      open_recordings: sql`open_recordings - 1`,
      recording_id: sql`CASE WHEN recording_id = ${recordingId} THEN NULL ELSE recording_id END`,
      changed_at: event.at,
      version: event.version,
    })
    .where('id', '=', requestId)
    .execute();
};

/** The recording was deleted, and the words go with it. Its events are another stream's, so the request's own version stays. */
const recordingGone: Apply<RequestTables> = async (event, rows) => {
  const { requestId } = event.data as { requestId: string };
  await rows
    .updateTable('request_list')
    .set({ recording_id: null, words: null, changed_at: event.at })
    .where('id', '=', requestId)
    .execute();
};

/** Moves only the version. When it ended stays as it was: a run that finishes the erasure finds it by that. */
const doomed: Apply<RequestTables> = async (event, rows) => {
  const { requestId } = event.data as { requestId: string };
  await rows.updateTable('request_list').set({ version: event.version }).where('id', '=', requestId).execute();
};

/** The requests that agents see, with their live status. */
export const requestList: Projection<RequestTables> = {
  name: 'recording.request_list',
  version: 3,
  tables: ['request_list'],
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
    RecordingLinkIssued: change(({ expiresAt }: { expiresAt: string }) => ({
      status: 'sent',
      expires_at: new Date(expiresAt),
    })),
    RecordingLinkOpened: change(() => ({
      status: sql`CASE WHEN open_recordings > 0 THEN 'recording' ELSE 'opened' END`,
    })),
    CustomerConsented: change(() => ({})),
    RecordingDeclined: change(() => ({ status: 'declined' })),
    RecorderUnsupported: change(() => ({ status: 'unsupported' })),
    RecordingStarted: change(({ recordingId }: { recordingId: string }) => ({
      status: 'recording',
      recording_id: recordingId,
      open_recordings: sql`open_recordings + 1`,
    })),
    RecordingDiscarded: discarded,
    RecordingSubmitted: change(({ recordingId }: { recordingId: string }) => ({
      status: 'received',
      recording_id: recordingId,
    })),
    RecordingRequestCancelled: change(() => ({ status: 'cancelled' })),
    RecordingDeletionRequested: recordingGone,
    RecordingRequestExpired: change(() => ({ status: 'expired' })),
    RecordingRequestErasureBegun: doomed,
    RecordingRequestErased: change(() => ({ erased: true, words: null })),
  },
};
