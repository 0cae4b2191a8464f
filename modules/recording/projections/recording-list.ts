import {
  mayEndOtherwise,
  mediaPublished,
  PROCESSING_FAILED,
  type SeekableFile,
  type Storyboard,
} from '#modules/media/contract.js';
import { causeOf } from '#platform/jobs/caused-by.js';
import { change, keyedRows, put, remove } from '#platform/projections/keyed-rows.js';
import { handlersOf, joined, subscriptionsTo } from '#platform/streams/handlers.js';
import type { EventOf, EventWith } from '#platform/streams/lift.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import { recordingRequest, type RecordingRequestEvent } from '../domain/recording-request.js';

export type RecordingRowStatus = 'received' | 'ready' | 'failed' | 'deleting';

/** Its version is raised whenever the columns change, or what is written to them. */
export const RECORDING_LIST = 'recording_v7.recording_list';

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
  /** Why it was not prepared; of one that is `received` still, why not so far. */
  failure: string | null;
  /** Another try may succeed: the failure is none of the file's. */
  retryable: boolean;
  poster: boolean;
  storyboard: Storyboard | null;
  mp4: boolean;
  /** When somebody first began to watch it; null while nobody has. */
  watched_at: Date | null;
  /** Of the recording's own stream; -1 before its first event. */
  version: number;
}

function submitted(event: EventOf<RecordingRequestEvent, 'RecordingSubmitted'>) {
  const { data } = event;
  return put<RecordingRow>({
    id: data.recordingId,
    request_id: data.requestId,
    workspace_id: causeOf(event).workspaceId,
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
    watched_at: null,
    version: -1,
  });
}

type OfRecording = { readonly recordingId: string };

/** Every event of the recording's own stream moves the version, which `If-Match` asks for. */
function changed<Data extends OfRecording>(of: (data: Data, before: RecordingRow) => Partial<RecordingRow>) {
  return ({ data, version }: EventWith<Data>) =>
    change<RecordingRow>(data.recordingId, (before) => ({ ...of(data, before), version }));
}

const madeSeekable = ({ tool, ...file }: SeekableFile & OfRecording, { status }: RecordingRow) => ({
  status: status === 'deleting' ? status : ('ready' as const),
  processed_by: tool,
  duration_ms: Math.round(file.durationMs),
  width: file.width,
  height: file.height,
  bytes: file.bytes,
  media_type: file.mediaType,
  failure: null,
  retryable: false,
});

/** The recordings that were sent, as the library shows them. Nothing is here before Send. */
export const recordingList = keyedRows<RecordingRow>(RECORDING_LIST, {
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
      watched_at   timestamptz(3),
      version      int NOT NULL
    );
    CREATE INDEX ON recording_list (workspace_id, received_at DESC, id DESC);
    CREATE INDEX ON recording_list (workspace_id, status, received_at DESC, id DESC);
    CREATE INDEX ON recording_list (workspace_id, received_at DESC, id DESC) WHERE watched_at IS NULL;
    CREATE INDEX ON recording_list (workspace_id, received_at DESC, id DESC) WHERE watched_at IS NOT NULL;
    CREATE INDEX ON recording_list (request_id);
    CREATE INDEX ON recording_list (deletes_at);`,
  on: joined(
    handlersOf(recordingRequest, { RecordingSubmitted: submitted }),
    subscriptionsTo(mediaPublished, {
      'media.made_seekable.v1': changed(madeSeekable),
      'media.previewed.v1': changed(({ poster, storyboard }, before) => ({
        poster: before.poster || poster,
        storyboard,
      })),
      'media.copied_to_mp4.v1': changed(() => ({ mp4: true })),
      'media.processing_failed.v1': changed(({ code, sentence }, before) => ({
        status: code === PROCESSING_FAILED ? 'received' : 'failed', // a failure of ours ends nothing
        failure: sentence,
        retryable: mayEndOtherwise(code, before.trimmed),
      })),
      'media.processing_retried.v1': changed(() => ({ status: 'received', failure: null, retryable: false })),
      'media.viewed.v1': ({ data, at }) =>
        change<RecordingRow>(data.recordingId, ({ watched_at }) => ({ watched_at: watched_at ?? at })),
      'media.deletion_requested.v1': changed(() => ({ status: 'deleting' })),
      'media.erased.v1': ({ data }) => remove(data.recordingId),
    }),
  ),
});
