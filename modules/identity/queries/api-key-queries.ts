import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '#platform/database/database.js';
import { type Page, pageOf, readCursor } from '#platform/http/cursor.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { openSealedFields } from '#platform/streams/personal-data.js';
import { IdentityQueries } from '../contract.js';
import { keyPrefix } from '../credentials/api-key-secrets.js';
import type { IdentityTables } from '../credentials/identity-tables.js';
import { API_KEY_LIST, type ApiKeyRow } from '../projections/api-key-list.js';

export interface ListedApiKey {
  readonly id: string;
  readonly name: string | null;
  /** How the key begins; enough to recognise it, useless to use. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  /** The member who made it or took it over, and with whose membership it ends. */
  readonly holder: { readonly id: string; readonly name: string | null } | null;
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
    private readonly identity: IdentityQueries,
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
    const holders = page.items.flatMap(({ holder_id }) => holder_id ?? []);
    const names = await this.identity.memberNames([...new Set(holders)]);
    return { ...page, items: await Promise.all(page.items.map((row) => this.listed(row, names))) };
  }

  async holderOf(memberId: string): Promise<ListedApiKey['holder']> {
    return { id: memberId, name: (await this.identity.memberNames([memberId])).get(memberId) ?? null };
  }

  private async listed(row: Row, names: ReadonlyMap<string, string>): Promise<ListedApiKey> {
    const { id, scopes, name: sealed, holder_id, issued_at, last_used_at } = row;
    const { name = null } = await openSealedFields<{ name: string }>(this.keys, sealed);
    const lastUsedAt = last_used_at?.toISOString() ?? null;
    const holder = holder_id === null ? null : { id: holder_id, name: names.get(holder_id) ?? null };
    return { id, name, prefix: keyPrefix(id), scopes, holder, createdAt: issued_at.toISOString(), lastUsedAt };
  }
}
