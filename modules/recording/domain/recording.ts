import type { DomainEvent } from '#kernel/event.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { refuse } from '#kernel/refusal.js';
import { unreachable } from '#kernel/unreachable.js';
import type { Submission } from './recording-request.js';

export interface SeekableFile {
  readonly mediaType: string;
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly tool: 'ffmpeg' | 'mediabunny';
}

export interface Storyboard {
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  readonly intervalMs: number;
}

type OfRecording = { readonly recordingId: string; readonly requestId: string };

/** The media's life after Send: made seekable, or not; deleted, and proven so. */
export type RecordingEvent =
  | DomainEvent<'RecordingMadeSeekable', OfRecording & SeekableFile>
  | DomainEvent<
      'RecordingPreviewed',
      OfRecording & { readonly poster: boolean; readonly storyboard: Storyboard | null }
    >
  | DomainEvent<'RecordingCopiedToMp4', OfRecording & { readonly bytes: number }>
  | DomainEvent<'RecordingProcessingFailed', OfRecording & { readonly code: string; readonly sentence: string }>
  | DomainEvent<'RecordingProcessingRetried', OfRecording & Pick<Submission, 'trim' | 'camera'>>
  | DomainEvent<'RecordingDeletionRequested', OfRecording>
  | DomainEvent<
      'RecordingErased',
      OfRecording & { readonly objects: number; readonly keyFingerprints: readonly string[] }
    >;

export interface Recording {
  readonly seekable: boolean;
  readonly previewed: boolean;
  readonly mp4: boolean;
  /** Why it could not be processed; null while nothing is known to be in the way. */
  readonly failure: string | null;
  readonly deletion: 'none' | 'requested' | 'done';
}

export const recording: StreamDefinition<Recording, RecordingEvent> = {
  category: 'recording',
  initial: { seekable: false, previewed: false, mp4: false, failure: null, deletion: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'RecordingMadeSeekable':
        return { ...state, seekable: true, failure: null };
      case 'RecordingPreviewed':
        return { ...state, previewed: true };
      case 'RecordingCopiedToMp4':
        return { ...state, mp4: true };
      case 'RecordingProcessingFailed':
        return { ...state, failure: event.data.code };
      case 'RecordingProcessingRetried':
        return { ...state, failure: null };
      case 'RecordingDeletionRequested':
        return { ...state, deletion: 'requested' };
      case 'RecordingErased':
        return { ...state, deletion: 'done' };
      default:
        return unreachable(event);
    }
  },
};

/** Records what processing brought about. A retried job, and one whose recording was deleted meanwhile, add nothing. */
export function noteProcessing(
  state: Recording,
  event: Exclude<
    RecordingEvent,
    { type: 'RecordingProcessingRetried' | 'RecordingDeletionRequested' | 'RecordingErased' }
  >,
): readonly RecordingEvent[] {
  if (state.deletion !== 'none') return [];
  const known =
    (event.type === 'RecordingMadeSeekable' && state.seekable) ||
    (event.type === 'RecordingPreviewed' && state.previewed) ||
    (event.type === 'RecordingCopiedToMp4' && state.mp4) ||
    (event.type === 'RecordingProcessingFailed' && (state.failure !== null || state.seekable));
  return known ? [] : [event];
}

/** A failure in our own work: the machine had no room or no time, say, or what was made was not what was asked for. */
export const PROCESSING_FAILED = 'PROCESSING_FAILED';

/** What is in the file, or is not, whoever works on it. Everything else is our work, our limits or our tools. */
const FAULTS_OF_THE_FILE: readonly string[] = [
  'EMPTY_FILE',
  'NOT_A_VIDEO',
  'NO_VIDEO_TRACK',
  'TRUNCATED',
  'ENCRYPTED',
  'UNSAFE_FILE',
  'TRIM_LEAVES_NOTHING',
];
/** Said of whole files, too, when earlier versions had cut all pictures away themselves. */
const BLAMED_ON_CUT_FILES = 'TRUNCATED';

/** Whether another try, by a mended or better equipped version, may end otherwise. */
export function mayEndOtherwise(failure: string, trimmed: boolean): boolean {
  return !FAULTS_OF_THE_FILE.includes(failure) || (failure === BLAMED_ON_CUT_FILES && trimmed);
}

/** Somebody wants another try. What is under way, or done, needs none. @throws Refusal when it would end the same way */
export function retryProcessing(
  state: Recording,
  wanted: OfRecording & Pick<Submission, 'trim' | 'camera'>,
): readonly RecordingEvent[] {
  if (state.deletion !== 'none') refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
  if (state.failure === null) return [];
  if (!mayEndOtherwise(state.failure, wanted.trim !== null))
    refuse('RETRY_USELESS', 'The file itself cannot be prepared; another try would end in the same way.');
  return [{ type: 'RecordingProcessingRetried', data: wanted }];
}

export function requestDeletion(state: Recording, ids: OfRecording): readonly RecordingEvent[] {
  return state.deletion === 'none' ? [{ type: 'RecordingDeletionRequested', data: ids }] : [];
}

export function noteErasure(
  state: Recording,
  ids: OfRecording,
  objects: number,
  keyFingerprints: readonly string[],
): readonly RecordingEvent[] {
  return state.deletion === 'done' ? [] : [{ type: 'RecordingErased', data: { ...ids, objects, keyFingerprints } }];
}
