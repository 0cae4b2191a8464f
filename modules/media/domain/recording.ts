import type { DomainEvent } from '#kernel/event.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { refuse } from '#kernel/refusal.js';
import { removedTogether, type RemovedByStore } from '#kernel/removed.js';
import { unreachable } from '#kernel/unreachable.js';
import { mayEndOtherwise, type Cut, type OwnedRecording, type SeekableFile, type Storyboard } from '../contract.js';
import { namedAsBefore, ownedByKind } from './before-owner-kinds.js';

/** `requestId` is for programs from before owners had kinds, and for nobody else. */
type OfRecording = OwnedRecording & ReturnType<typeof namedAsBefore>;

/** Who tried in vain. Not there of failures that were noted before this was. */
export interface Tried {
  /** Program and tools with their versions: others may do better. */
  readonly by: string;
  /** When the same try once more, by themselves (ISO 8601); null when they would only fail again. */
  readonly againAt: string | null;
}

/** The media's life after Send: made seekable, or not; deleted, and proven so. */
export type RecordingEvent =
  | DomainEvent<'RecordingMadeSeekable', OfRecording & SeekableFile>
  | DomainEvent<
      'RecordingPreviewed',
      OfRecording & { readonly poster: boolean; readonly storyboard: Storyboard | null }
    >
  | DomainEvent<'RecordingCopiedToMp4', OfRecording & { readonly bytes: number }>
  | DomainEvent<
      'RecordingProcessingFailed',
      OfRecording & { readonly code: string; readonly sentence: string; readonly tried?: Tried }
    >
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
  /** By whom; null where that is not known. */
  readonly tried: Tried | null;
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
  initial: { seekable: false, previewed: false, mp4: false, failure: null, tried: null, deletion: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'RecordingMadeSeekable':
        return { ...state, seekable: true, failure: null };
      case 'RecordingPreviewed':
        return { ...state, previewed: true };
      case 'RecordingCopiedToMp4':
        return { ...state, mp4: true };
      case 'RecordingProcessingFailed':
        return { ...state, failure: event.data.code, tried: event.data.tried ?? null };
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
    (event.type === 'RecordingProcessingFailed' && (state.seekable || isKnownFailure(state, event.data.tried)));
  return known ? [] : [{ ...event, data: { ...event.data, ...namedAsBefore(event.data.owner) } } as RecordingEvent];
}

/** A failure is told once; but that another program, or another day, has tried as much in vain is news. */
function isKnownFailure({ failure, tried }: Recording, by: Tried | undefined): boolean {
  return failure !== null && (!by || (by.by === tried?.by && by.againAt === tried.againAt));
}

/** Whether it is time for another try without anybody's asking, by these tools. */
export function isTimeToRetry({ failure, tried }: Recording, by: string, now: Date): boolean {
  // Only who did not say their name yet blamed files for what they had cut themselves.
  if (failure === null || !mayEndOtherwise(failure, tried === null)) return false;
  return tried?.by !== by || (tried.againAt !== null && new Date(tried.againAt) <= now);
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
