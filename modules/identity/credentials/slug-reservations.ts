import { Injectable } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { Database } from '#platform/database/database.js';
import { Streams } from '#platform/streams/streams.js';
import { workspace } from '../domain/workspace.js';
import { Clock } from './clock.js';
import type { IdentityTables } from './identity-tables.js';

/** How long a slug waits for the workspace it was reserved for. */
const RESERVED_MS = 120_000;

/** Keeps workspace slugs unique. */
@Injectable()
export class SlugReservations {
  constructor(
    private readonly database: Database,
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  /** Idempotent for the same workspace. @throws Refusal `SLUG_TAKEN` */
  async reserve(slug: string, workspaceId: string): Promise<void> {
    await this.db
      .insertInto('identity.slug')
      .values({ slug, workspace_id: workspaceId, reserved_at: this.clock.now() })
      .onConflict((known) => known.doNothing())
      .execute();
    const holder = await this.holderOf(slug);
    if (holder?.workspace_id === workspaceId || (holder && (await this.takeOver(slug, workspaceId, holder)))) return;
    refuse('SLUG_TAKEN', 'Another workspace has this address. Choose another.');
  }

  /** Whoever reserved it and then never created the workspace has lost it. */
  private async takeOver(slug: string, workspaceId: string, holder: { workspace_id: string; reserved_at: Date }) {
    const { version } = await this.streams.load(workspace, holder.workspace_id);
    if (version >= 0 || this.clock.now().getTime() - holder.reserved_at.getTime() < RESERVED_MS) return false;
    const taken = await this.db
      .updateTable('identity.slug')
      .set({ workspace_id: workspaceId, reserved_at: this.clock.now() })
      .where('slug', '=', slug)
      .where('workspace_id', '=', holder.workspace_id)
      .executeTakeFirst();
    return taken.numUpdatedRows > 0n;
  }

  private holderOf(slug: string) {
    const rows = this.db.selectFrom('identity.slug').select(['workspace_id', 'reserved_at']);
    return rows.where('slug', '=', slug).executeTakeFirst();
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}
