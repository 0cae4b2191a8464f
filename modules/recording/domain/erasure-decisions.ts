import type { RecordingRequest, RecordingRequestEvent } from './recording-request.js';

/** What was destroyed, as proof that it was. */
export interface ErasedWords {
  readonly objects: number;
  readonly keyFingerprints: readonly string[];
}

/**
 * Whether nobody could answer the request any more at that moment, and nobody did. One that was answered is none of these: its words
 * stay, and go, with the recording.
 */
export function endedUnanswered(state: RecordingRequest, before: Date): boolean {
  if (state.status === 'unknown' || state.submitted || state.erased) return false;
  return state.status === 'cancelled' || (!state.open.length && new Date(state.expiresAt) <= before);
}

/** The words are gone: whatever happened to the request meanwhile, it ends here. */
export function noteRequestErased(
  state: RecordingRequest,
  requestId: string,
  erased: ErasedWords,
): readonly RecordingRequestEvent[] {
  if (state.status === 'unknown' || state.erased) return [];
  return [{ type: 'RecordingRequestErased', data: { requestId, ...erased } }];
}
