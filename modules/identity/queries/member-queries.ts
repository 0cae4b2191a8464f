import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '#platform/database/database.js';
import { type Page, pageOf, readCursor } from '#platform/http/cursor.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { openSealedFields } from '#platform/streams/personal-data.js';
import { Owners } from '../credentials/owners.js';
import type { MemberRole } from '../domain/member.js';
import { MEMBER_LIST, type MemberRow } from '../projections/member-list.js';

/** A member as admins see them. Name and e-mail are null once erased. */
export interface ListedMember {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: MemberRole;
  readonly addedAt: string;
  readonly version: number;
}

interface Tables {
  [MEMBER_LIST]: MemberRow;
}

@Injectable()
export class MemberQueries {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly owners: Owners,
  ) {}

  /** In the order they came. */
  async list(workspaceId: string, { cursor, limit }: { cursor?: string; limit: number }): Promise<Page<ListedMember>> {
    let rows = this.database
      .of<Tables>()
      .selectFrom(MEMBER_LIST)
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('removed', '=', false)
      .orderBy('added_at')
      .orderBy('id')
      .limit(limit + 1);
    if (cursor) {
      const [at, id] = readCursor(cursor, ['time', 'uuid']);
      rows = rows.where(sql<boolean>`(added_at, id) > (${at}::timestamptz, ${id}::uuid)`);
    }
    const page = pageOf(await rows.execute(), limit, ({ added_at, id }) => [added_at.toISOString(), id]);
    const unnamed = await this.owners.unnamed(workspaceId);
    const roleOf = ({ id, role }: MemberRow) => (id === unnamed ? 'owner' : role);
    const items = await Promise.all(page.items.map((row) => this.listed({ ...row, role: roleOf(row) })));
    return { ...page, items };
  }

  private async listed({ id, role, person, added_at, version }: MemberRow): Promise<ListedMember> {
    const { name = null, email = null } = await openSealedFields<{ name: string; email: string }>(this.keys, person);
    return { id, name, email, role, addedAt: added_at.toISOString(), version };
  }
}
