import type { Database } from '#platform/database/database.js';
import { catchingUp } from './generations.js';
import type { Projection } from './projection.js';

/**
 * A check that fails while the rows of this code are still being built: what they show is a part of what there is, so
 * older processes should go on answering. Once they are whole they stay so.
 */
export function listsAreWhole(database: Database, projections: readonly Projection[]): () => Promise<void> {
  let whole = false;
  return async () => {
    whole ||= (await catchingUp(database, projections)).length === 0;
    if (!whole) throw new Error('Lists are being built.');
  };
}
