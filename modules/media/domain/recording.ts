import type { DomainEvent } from '#kernel/event.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { refuse } from '#kernel/refusal.js';
import { removedTogether, type RemovedByStore } from '#kernel/removed.js';
import { unreachable } from '#kernel/unreachable.js';
import {
  mayEndOtherwise,
  type Cut,
  type OwnedRecording as OfRecording,
  type SeekableFile,
  type Storyboard,
} from '../contract.js';

/** The media's life after Send: made seekable, or not; deleted, and proven so. */
export type RecordingEvent =
  | DomainEvent<'RecordingMadeSeekable', OfRecording & SeekableFile>
  | DomainEvent<
      'RecordingPreviewed',
      OfRecording & { readonly poster: boolean; readonly storyboard: Storyboard | null }
    >
  | DomainEvent<'RecordingCopiedToMp4', OfRecording & { readonly bytes: number }>
  | DomainEvent<'RecordingProcessingFailed', OfRecording & { readonly code: string; readonly sentence: string }>
  | DomainEvent<'RecordingProcessingRetried', OfRecording & Cut>
  | DomainEvent<'RecordingDeletionRequested', OfRecording>
  | DomainEvent<
      'RecordingErased',
      OfRecording & { readonly removed: RemovedByStore; readonly keyFingerprints: readonly string[] }
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
  schemaVersions: { RecordingErased: 2 },
  upcasts: { RecordingErased: { 1: removedTogether } },
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

/** Somebody wants another try. What is under way, or done, needs none. @throws Refusal when it would end the same way */
export function retryProcessing(state: Recording, wanted: OfRecording & Cut): readonly RecordingEvent[] {
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
  removed: RemovedByStore,
  keyFingerprints: readonly string[],
): readonly RecordingEvent[] {
  return state.deletion === 'done' ? [] : [{ type: 'RecordingErased', data: { ...ids, removed, keyFingerprints } }];
}
