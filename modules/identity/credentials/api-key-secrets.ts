import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { roleHolds } from '../domain/permissions.js';
import type { ApiKeyCaller } from './callers.js';
import { Clock } from './clock.js';
import type { IdentityTables } from './identity-tables.js';
import type { MemberOf } from './owners.js';

const TOKEN = /^sdk_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;
const NOTED_EVERY_MS = 60_000;

/** What tells an API key from others without revealing it: the beginning of its id. */
export function keyPrefix(keyId: string): string {
  return `sdk_${keyId.slice(0, 8)}`;
}

interface NewSecret {
  readonly keyId: string;
  readonly workspaceId: string;
  readonly holderId: string;
  readonly scopes: readonly string[];
}

/** The usable half of API keys: `sdk_<id>_<secret>`, of which only the secret's hash is kept. */
@Injectable()
export class ApiKeySecrets {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes the secret of a key and returns the whole key, for the only time. */
  async make({ keyId, workspaceId, holderId, scopes }: NewSecret): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    await this.db
      .insertInto('identity.api_key_secret')
      .values({
        key_id: keyId,
        workspace_id: workspaceId,
        scopes: [...scopes],
        holder_id: holderId,
        secret_sha256: hashOf(secret),
        last_used_at: null,
      })
      .execute();
    return `sdk_${keyId.replaceAll('-', '')}_${secret}`;
  }

  /** The key behind a token, or null when it is malformed, unknown, wrong or revoked, or its holder may not make one (any more). */
  async recognise(token: string, use: boolean): Promise<ApiKeyCaller | null> {
    const [, id, secret] = TOKEN.exec(token) ?? [];
    if (!id || !secret) return null;
    const row = await this.db
      .selectFrom('identity.api_key_secret as s')
      .leftJoin('identity.account as a', 'a.member_id', 's.holder_id')
      .selectAll('s')
      .select('a.role as holderRole')
      .where((is) => is.or([is('s.holder_id', 'is', null), is('a.activated_at', 'is not', null)]))
      .where('s.key_id', '=', id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
      .executeTakeFirst();
    if (!row || !timingSafeEqual(hashOf(secret), row.secret_sha256)) return null;
    if (row.holderRole && !roleHolds(row.holderRole, 'api_keys.manage')) return null;
    if (use) await this.noteUse(row.key_id, row.last_used_at);
    return {
      kind: 'api_key',
      id: row.key_id,
      workspaceId: row.workspace_id,
      scopes: row.scopes,
      via: { kind: 'api_key', id: row.key_id },
      proof: { by: 'api_key' },
      ...(row.holder_id && { onBehalfOf: { kind: 'member', id: row.holder_id } as const }),
    };
  }

  /** The keys that a member holds. */
  async heldBy({ memberId, workspaceId }: MemberOf): Promise<string[]> {
    const rows = this.db.selectFrom('identity.api_key_secret').select('key_id');
    const held = await rows.where('holder_id', '=', memberId).where('workspace_id', '=', workspaceId).execute();
    return held.map(({ key_id }) => key_id);
  }

  /** From now on the key lives as long as this member is one. */
  async hold(keyId: string, memberId: string): Promise<void> {
    const row = this.db.updateTable('identity.api_key_secret').set({ holder_id: memberId });
    await row.where('key_id', '=', keyId).execute();
  }

  /**
   * For a key from before rows named its holder. One whose maker had gone by then goes on: nobody had been told that
   * it would end with them.
   */
  async holdUnheld(keyId: string, memberId: string): Promise<void> {
    await this.db
      .updateTable('identity.api_key_secret')
      .set({ holder_id: memberId })
      .where('key_id', '=', keyId)
      .where('holder_id', 'is', null)
      .where((is) => is.exists(is.selectFrom('identity.account').select('member_id').where('member_id', '=', memberId)))
      .execute();
  }

  /** After this the key opens nothing. Idempotent. */
  async destroy(keyId: string): Promise<void> {
    await this.db.deleteFrom('identity.api_key_secret').where('key_id', '=', keyId).execute();
  }

  private async noteUse(keyId: string, last: Date | null): Promise<void> {
    const now = this.clock.now();
    if (last && now.getTime() - last.getTime() < NOTED_EVERY_MS) return;
    const row = this.db.updateTable('identity.api_key_secret').set({ last_used_at: now });
    await row.where('key_id', '=', keyId).execute();
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
