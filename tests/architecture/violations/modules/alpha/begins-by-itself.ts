import type { Kysely } from 'kysely';

export function change(rows: Kysely<unknown>): Promise<void> {
  return rows.transaction().execute(() => Promise.resolve());
}
