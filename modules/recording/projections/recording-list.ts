import { sql } from 'kysely';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import type { Apply, Projection } from '#platform/projections/projection.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import { PROCESSING_FAILED, type SeekableFile, type Storyboard } from '../domain/recording.js';
import type { Submission } from '../domain/recording-request.js';

export type RecordingRowStatus = 'received' | 'ready' | 'failed' | 'deleting';

export interface RecordingRow {
  id: string;
  request_id: string;
  workspace_id: string;
  status: RecordingRowStatus;
  interrupted: boolean;
  /** The customer's note, still sealed. */
  note: string | null;
  duration_ms: number;
  width: number;
  height: number;
  bytes: number;
  media_type: string;
  camera: boolean;
  trimmed: boolean;
  received_at: Date;
  /** Null for what was sent before this was fixed at Send. */
  deletes_at: Date | null;
  processed_by: 'ffmpeg' | 'mediabunny' | null;
  failure: string | null;
  /** Another try may succeed: the failure is none of the file's. */
  retryable: boolean;
  poster: boolean;
  storyboard: Storyboard | null;
  mp4: boolean;
  /** Of the recording's own stream; -1 before its first event. */
  version: number;
}

export interface RecordingTables {
  recording_list: RecordingRow;
}

const submitted: Apply<RecordingTables> = async (event, rows) => {
  const data = event.data as unknown as Submission & { requestId: string; recordingId: string };
  await rows
    .insertInto('recording_list')
    .values({
      id: data.recordingId,
      request_id: data.requestId,
      workspace_id: event.meta.workspaceId,
      status: 'received',
      interrupted: data.interrupted,
      note: sealedFieldsOf(event),
      duration_ms: data.durationMs,
      width: data.width,
      height: data.height,
      bytes: data.bytes,
      media_type: data.mediaType,
      camera: data.camera,
      trimmed: Boolean(data.trim),
      received_at: event.at,
      deletes_at: data.deletesAt ? new Date(data.deletesAt) : null,
      processed_by: null,
      failure: null,
      retryable: false,
      poster: false,
      storyboard: null,
      mp4: false,
      version: -1,
    })
    .execute();
};

function change(of: (data: never) => Record<string, unknown>): Apply<RecordingTables> {
  return async (event: RecordedEvent, rows) => {
    await rows
      .updateTable('recording_list')
      .set({ ...of(event.data as never), version: event.version })
      .where('id', '=', (event.data as { recordingId: string }).recordingId)
      .execute();
  };
}

const madeSeekable = ({ tool, ...file }: SeekableFile) => ({
  status: sql`CASE WHEN status = 'deleting' THEN status ELSE 'ready' END`,
  processed_by: tool,
  duration_ms: Math.round(file.durationMs),
  width: file.width,
  height: file.height,
  bytes: file.bytes,
  media_type: file.mediaType,
  failure: null,
  retryable: false,
});

const erased: Apply<RecordingTables> = async (event, rows) => {
  const { recordingId } = event.data as { recordingId: string };
  await rows.deleteFrom('recording_list').where('id', '=', recordingId).execute();
};

/** The recordings that were sent, as the library shows them. Nothing is here before Send. */
export const recordingList: Projection<RecordingTables> = {
  name: 'recording.recording_list',
  version: 3,
  tables: ['recording_list'],
  ddl: `
    CREATE TABLE recording_list (
      id           uuid PRIMARY KEY,
      request_id   uuid NOT NULL,
      workspace_id uuid NOT NULL,
      status       text NOT NULL,
      interrupted  boolean NOT NULL,
      note         text,
      duration_ms  bigint NOT NULL,
      width        int NOT NULL,
      height       int NOT NULL,
      bytes        bigint NOT NULL,
      media_type   text NOT NULL,
      camera       boolean NOT NULL,
      trimmed      boolean NOT NULL,
      received_at  timestamptz(3) NOT NULL,
      deletes_at   timestamptz(3),
      processed_by text,
      failure      text,
      retryable    boolean NOT NULL,
      poster       boolean NOT NULL,
      storyboard   jsonb,
      mp4          boolean NOT NULL,
      version      int NOT NULL
    );
    CREATE INDEX ON recording_list (workspace_id, received_at DESC, id DESC);
    CREATE INDEX ON recording_list (request_id);
    CREATE INDEX ON recording_list (deletes_at);`,
  on: {
    RecordingSubmitted: submitted,
    RecordingMadeSeekable: change(madeSeekable),
    RecordingPreviewed: change(({ poster, storyboard }: { poster: boolean; storyboard: Storyboard | null }) => ({
      poster: sql`poster OR ${poster}`,
      storyboard: storyboard ? JSON.stringify(storyboard) : null,
    })),
    RecordingCopiedToMp4: change(() => ({ mp4: true })),
    RecordingProcessingFailed: change(({ code, sentence }: { code: string; sentence: string }) => ({
      status: 'failed',
      failure: sentence,
      retryable: code === PROCESSING_FAILED,
    })),
    RecordingProcessingRetried: change(() => ({ status: 'received', failure: null, retryable: false })),
    RecordingDeletionRequested: change(() => ({ status: 'deleting' })),
    RecordingErased: erased,
  },
};
