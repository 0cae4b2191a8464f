import type { Keeping } from '#lib/recorder/upload/keeper-protocol.js';

/** The last few seconds are always on their way; only more than that is worth a word. */
const WORTH_A_WORD_BYTES = 3_000_000;

/** `nothing_yet`: a browser on a busy machine may take many seconds before it gives anything that could be saved. */
export type SavedState = 'nothing_yet' | 'saved' | 'behind' | 'offline' | 'foreign' | 'no_room' | 'refused';

export function savedState(keeping: Keeping | null): SavedState {
  if (!keeping || keeping.bytes === 0) return 'nothing_yet';
  if (keeping.closed === 'refused') return 'refused';
  if (keeping.unheard) return keeping.unheard;
  if (keeping.noRoom) return 'no_room';
  return keeping.bytes - keeping.acknowledged > WORTH_A_WORD_BYTES ? 'behind' : 'saved';
}
