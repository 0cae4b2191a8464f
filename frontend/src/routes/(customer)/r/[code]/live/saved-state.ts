import type { Keeping } from '#lib/recorder/upload/keeper-protocol.js';

/** The last few seconds are always on their way; only more than that is worth a word. */
const WORTH_A_WORD_BYTES = 3_000_000;

export type SavedState = 'saved' | 'behind' | 'offline';

export function savedState(keeping: Keeping | null): SavedState {
  if (!keeping) return 'saved';
  if (keeping.offline) return 'offline';
  return keeping.bytes - keeping.acknowledged > WORTH_A_WORD_BYTES ? 'behind' : 'saved';
}
