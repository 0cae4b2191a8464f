import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Proof } from '#kernel/event.js';
import { Database } from '#platform/database/database.js';
import type { MemberCaller } from './callers.js';
import { Clock } from './clock.js';
import type { IdentityTables } from './identity-tables.js';

const HOUR_MS = 3_600_000;
/** Unused this long, a session ends. */
export const IDLE_MS = 8 * HOUR_MS;
/** However much it is used, a session ends after this. */
export const ABSOLUTE_MS = 7 * 24 * HOUR_MS;
/** Last use is written at most this often: exact enough for {@link IDLE_MS}, and reading stays cheap. */
const NOTED_EVERY_MS = 60_000;

export interface StartedSession {
  /** 256 random bits, base64url: the only copy. */
  readonly token: string;
  readonly sessionId: string;
}

/** Signed-in browsers. A row holds the token's hash only, and lives no longer than its member's account. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a session for someone who has proven who they are. Every way of signing in ends here: password now, single
   * sign-on and second factors later. The token is always new, whatever the browser presented before.
   * @param proof what every event says that comes of this session
   */
  async startSession(memberId: string, proof: Proof): Promise<StartedSession> {
    const [token, sessionId, now] = [randomBytes(32).toString('base64url'), randomUUID(), this.clock.now()];
    await this.db.deleteFrom('identity.session').where('expires_at', '<=', now).execute();
    await this.db
      .insertInto('identity.session')
      .values({
        token_sha256: hashOf(token),
        session_id: sessionId,
        member_id: memberId,
        last_seen_at: now,
        expires_at: new Date(now.getTime() + ABSOLUTE_MS),
        proof: JSON.stringify(proof) as never,
      })
      .execute();
    return { token, sessionId };
  }

  /**
   * The member behind a token, or null when it is unknown, ended or timed out.
   * @param use whether this is a use that keeps it from timing out
   */
  async recognise(token: string, use: boolean): Promise<MemberCaller | null> {
    const row = await this.db
      .selectFrom('identity.session as s')
      .innerJoin('identity.account as a', 'a.member_id', 's.member_id')
      .leftJoin('identity.owner as o', 'o.member_id', 'a.member_id')
      .select(['s.session_id', 's.last_seen_at', 's.expires_at', 'a.member_id', 'a.workspace_id', 'a.role'])
      .select(['s.proof', 'o.member_id as owner'])
      .where('s.token_sha256', '=', hashOf(token))
      .executeTakeFirst();
    const now = this.clock.now();
    const unseenMs = row ? now.getTime() - row.last_seen_at.getTime() : Infinity;
    if (!row || unseenMs >= IDLE_MS || row.expires_at <= now) return null;
    if (use && unseenMs >= NOTED_EVERY_MS) await this.noteUse(token, now);
    const { member_id: id, workspace_id: workspaceId, session_id: sessionId, proof } = row;
    const via = { kind: 'session', id: sessionId } as const;
    const role = row.owner ? 'owner' : row.role;
    return { kind: 'member', id, workspaceId, role, sessionId, via, proof };
  }

  async end(token: string): Promise<void> {
    await this.db.deleteFrom('identity.session').where('token_sha256', '=', hashOf(token)).execute();
  }

  async endAllOf(memberId: string): Promise<void> {
    await this.db.deleteFrom('identity.session').where('member_id', '=', memberId).execute();
  }

  private async noteUse(token: string, now: Date): Promise<void> {
    const row = this.db.updateTable('identity.session').set({ last_seen_at: now });
    await row.where('token_sha256', '=', hashOf(token)).execute();
  }

  private get db() {
    return this.database.of<IdentityTables>();
  }
}

/** A random token of 256 bits needs no slow hash: there is nothing to guess. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
