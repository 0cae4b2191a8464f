import { sql } from 'kysely';
import type { Database } from '#platform/database/database.js';

/** Something that outlives a process: the rows of a projection's version, a processor's checkpoint, a queue. */
export interface Use {
  readonly kind: 'projection' | 'processor' | 'queue';
  readonly name: string;
}

interface Tables {
  'platform.in_use': Use & { seen_at: Date };
}

/** Longer than going back to older code is put off, or a deploy takes. */
const ABANDONED_AFTER = sql`interval '1 hour'`;

/** What the code of the running processes works with, so that what no code knows any more can go. */
export class InUse {
  constructor(
    private readonly database: Database,
    private readonly uses: readonly Use[],
  ) {}

  /** Every process says this at its start, and then several times an hour. */
  async say(): Promise<void> {
    await this.database
      .of<Tables>()
      .insertInto('platform.in_use')
      .values(this.uses.map((use) => ({ ...use, seen_at: sql<Date>`now()` })))
      .onConflict((conflict) => conflict.columns(['kind', 'name']).doUpdateSet({ seen_at: sql`now()` }))
      .execute();
  }

  /** What no running process has needed for an hour. Processes from before there was this list hold leases. */
  async abandoned(): Promise<Use[]> {
    const { rows } = await sql<Use>`SELECT kind, name FROM platform.in_use u
      WHERE seen_at < now() - ${ABANDONED_AFTER} AND NOT EXISTS (SELECT FROM platform.consumer c
        WHERE c.name = u.name AND c.lease_until > now() - ${ABANDONED_AFTER})`.execute(this.database.of());
    return rows.filter(({ kind, name }) => !this.uses.some((use) => use.kind === kind && use.name === name));
  }

  async forget({ kind, name }: Use): Promise<void> {
    const row = this.database.of<Tables>().deleteFrom('platform.in_use').where('kind', '=', kind);
    await row.where('name', '=', name).execute();
  }
}
