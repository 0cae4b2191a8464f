import type { DomainEvent } from '#kernel/event.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { refuse } from '#kernel/refusal.js';
import { removedTogether, type RemovedByStore } from '#kernel/removed.js';
import { unreachable } from '#kernel/unreachable.js';
import { mayEndOtherwise, type Cut, type OwnedRecording, type SeekableFile, type Storyboard } from '../contract.js';
import { namedAsBefore, ownedByKind } from './before-owner-kinds.js';

/** `requestId` is for programs from before owners had kinds, and for nobody else. */
type OfRecording = OwnedRecording & ReturnType<typeof namedAsBefore>;

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
  schemaVersions: {
    RecordingMadeSeekable: 2,
    RecordingPreviewed: 2,
    RecordingCopiedToMp4: 2,
    RecordingProcessingFailed: 2,
    RecordingProcessingRetried: 2,
    RecordingDeletionRequested: 2,
    RecordingErased: 3,
  },
  upcasts: {
    RecordingMadeSeekable: { 1: ownedByKind },
    RecordingPreviewed: { 1: ownedByKind },
    RecordingCopiedToMp4: { 1: ownedByKind },
    RecordingProcessingFailed: { 1: ownedByKind },
    RecordingProcessingRetried: { 1: ownedByKind },
    RecordingDeletionRequested: { 1: ownedByKind },
    RecordingErased: { 1: removedTogether, 2: ownedByKind },
  },
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
  return known ? [] : [{ ...event, data: { ...event.data, ...namedAsBefore(event.data.owner) } } as RecordingEvent];
}

/** Somebody wants another try. What is under way, or done, needs none. @throws Refusal when it would end the same way */
export function retryProcessing(state: Recording, wanted: OwnedRecording & Cut): readonly RecordingEvent[] {
  if (state.deletion !== 'none') refuse('RECORDING_UNKNOWN', 'There is no such recording.', 'not_found');
  if (state.failure === null) return [];
  if (!mayEndOtherwise(state.failure, wanted.trim !== null))
    refuse('RETRY_USELESS', 'The file itself cannot be prepared; another try would end in the same way.');
  return [{ type: 'RecordingProcessingRetried', data: { ...wanted, ...namedAsBefore(wanted.owner) } }];
}

export function requestDeletion(state: Recording, { recordingId, owner }: OwnedRecording): readonly RecordingEvent[] {
  const data = { recordingId, owner, ...namedAsBefore(owner) };
  return state.deletion === 'none' ? [{ type: 'RecordingDeletionRequested', data }] : [];
}

export function noteErasure(
  state: Recording,
  { recordingId, owner }: OwnedRecording,
  removed: RemovedByStore,
  keyFingerprints: readonly string[],
): readonly RecordingEvent[] {
  if (state.deletion === 'done') return [];
  const ids = { recordingId, owner, ...namedAsBefore(owner) };
  return [{ type: 'RecordingErased', data: { ...ids, removed, keyFingerprints } }];
}
