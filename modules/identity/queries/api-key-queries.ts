import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '#platform/database/database.js';
import { type Page, pageOf, readCursor } from '#platform/http/cursor.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { openSealedFields } from '#platform/streams/personal-data.js';
import { keyPrefix } from '../credentials/api-key-secrets.js';
import type { IdentityTables } from '../credentials/identity-tables.js';
import { API_KEY_LIST, type ApiKeyRow } from '../projections/api-key-list.js';

export interface ListedApiKey {
  readonly id: string;
  readonly name: string | null;
  /** How the key begins; enough to recognise it, useless to use. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** To the minute. */
  readonly lastUsedAt: string | null;
}

type Tables = IdentityTables & { [API_KEY_LIST]: ApiKeyRow };
type Row = ApiKeyRow & { last_used_at: Date | null };

@Injectable()
export class ApiKeyQueries {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  /** Newest first. */
  async list(workspaceId: string, { cursor, limit }: { cursor?: string; limit: number }): Promise<Page<ListedApiKey>> {
    let rows = this.database
      .of<Tables>()
      .selectFrom(`${API_KEY_LIST} as k`)
      .leftJoin('identity.api_key_secret as s', 's.key_id', 'k.id')
      .selectAll('k')
      .select('s.last_used_at')
      .where('k.workspace_id', '=', workspaceId)
      .orderBy('k.issued_at', 'desc')
      .orderBy('k.id', 'desc')
      .limit(limit + 1);
    if (cursor) {
      const [at, id] = readCursor(cursor, ['time', 'uuid']);
      rows = rows.where(sql<boolean>`(k.issued_at, k.id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const page = pageOf(await rows.execute(), limit, ({ issued_at, id }) => [issued_at.toISOString(), id]);
    return { ...page, items: await Promise.all(page.items.map((row) => this.listed(row))) };
  }

  private async listed({ id, scopes, name: sealed, issued_at, last_used_at }: Row): Promise<ListedApiKey> {
    const { name = null } = await openSealedFields<{ name: string }>(this.keys, sealed);
    const lastUsedAt = last_used_at?.toISOString() ?? null;
    return { id, name, prefix: keyPrefix(id), scopes, createdAt: issued_at.toISOString(), lastUsedAt };
  }
}
