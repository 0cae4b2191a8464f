import type { RemovedByStore } from '#kernel/removed.js';
import type { RecordingRequest, RecordingRequestEvent } from './recording-request.js';

/** What was destroyed, as proof that it was. */
export interface ErasedWords {
  readonly removed: RemovedByStore;
  readonly keyFingerprints: readonly string[];
}

/**
 * Whether nobody could answer the request any more at that moment, and nobody did. One that was answered is none of these: its words
 * stay, and go, with the recording.
 */
export function endedUnanswered(state: RecordingRequest, before: Date): boolean {
  if (state.status === 'unknown' || state.submitted || state.erasure !== 'none') return false;
  return state.status === 'cancelled' || (!state.open.length && new Date(state.expiresAt) <= before);
}

/**
 * From this event on nobody can be asked again under the request, so that its key may go. Whoever is asked again before
 * it keeps their words: the event names its version, so only one of the two happens.
 */
export function beginErasure(
  state: RecordingRequest,
  requestId: string,
  before: Date,
): readonly RecordingRequestEvent[] {
  return endedUnanswered(state, before) ? [{ type: 'RecordingRequestErasureBegun', data: { requestId } }] : [];
}

/** The words are gone: whatever happened to the request meanwhile, it ends here. */
export function noteRequestErased(
  state: RecordingRequest,
  requestId: string,
  erased: ErasedWords,
): readonly RecordingRequestEvent[] {
  if (state.status === 'unknown' || state.erasure === 'done') return [];
  return [{ type: 'RecordingRequestErased', data: { requestId, ...erased } }];
}
