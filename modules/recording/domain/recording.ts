import type { DomainEvent } from '#kernel/event.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { unreachable } from '#kernel/unreachable.js';

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
  | DomainEvent<'RecordingDeletionRequested', OfRecording>
  | DomainEvent<
      'RecordingErased',
      OfRecording & { readonly objects: number; readonly keyFingerprints: readonly string[] }
    >;

export interface Recording {
  readonly seekable: boolean;
  readonly previewed: boolean;
  readonly mp4: boolean;
  readonly failed: boolean;
  readonly deletion: 'none' | 'requested' | 'done';
}

export const recording: StreamDefinition<Recording, RecordingEvent> = {
  category: 'recording',
  initial: { seekable: false, previewed: false, mp4: false, failed: false, deletion: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'RecordingMadeSeekable':
        return { ...state, seekable: true, failed: false };
      case 'RecordingPreviewed':
        return { ...state, previewed: true };
      case 'RecordingCopiedToMp4':
        return { ...state, mp4: true };
      case 'RecordingProcessingFailed':
        return { ...state, failed: true };
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
  event: Exclude<RecordingEvent, { type: 'RecordingDeletionRequested' | 'RecordingErased' }>,
): readonly RecordingEvent[] {
  if (state.deletion !== 'none') return [];
  const known =
    (event.type === 'RecordingMadeSeekable' && state.seekable) ||
    (event.type === 'RecordingPreviewed' && state.previewed) ||
    (event.type === 'RecordingCopiedToMp4' && state.mp4) ||
    (event.type === 'RecordingProcessingFailed' && (state.failed || state.seekable));
  return known ? [] : [event];
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
