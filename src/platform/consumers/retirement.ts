import type { Database } from '#platform/database/database.js';
import type { DurableJobs } from '#platform/jobs/jobs.js';
import { catchingUp, removeRows } from '#platform/projections/generations.js';
import type { Projection } from '#platform/projections/projection.js';
import type { ConsumerTables } from './consumer.js';
import type { InUse, Use } from './in-use.js';

/**
 * Removes what no running code knows any more: older versions' rows, checkpoints of processors that went, queues that
 * nobody fills. Older rows stay until this code's own are whole.
 */
export class Retirement {
  constructor(
    private readonly database: Database,
    private readonly inUse: InUse,
    private readonly work: { readonly projections: readonly Projection[]; readonly jobs: DurableJobs },
  ) {}

  /** @returns what was removed */
  async run(): Promise<Use[]> {
    if ((await catchingUp(this.database, this.work.projections)).length) return [];
    const abandoned = await this.inUse.abandoned();
    for (const use of abandoned) {
      await this.remove(use);
      await this.inUse.forget(use);
    }
    return abandoned;
  }

  private async remove({ kind, name }: Use): Promise<void> {
    if (kind === 'projection') await removeRows(this.database, name);
    else if (kind === 'queue') await this.work.jobs.removeQueue(name);
    else await this.database.of<ConsumerTables>().deleteFrom('platform.consumer').where('name', '=', name).execute();
  }
}
