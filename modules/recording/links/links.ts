import { Injectable } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { Config } from '#platform/config/config.js';
import { Database } from '#platform/database/database.js';
import { Gathering } from '#platform/database/gathering.js';
import { KeyRing, SubjectErased } from '#platform/key-ring/key-ring.js';
import { encodeLinkCode, hashLinkCode, normaliseLinkCode } from './link-code.js';

interface LinkTables {
  'recording.link': { code_sha256: Buffer; request_id: string; number: number; workspace_id: string };
}

export interface LinkTarget {
  readonly requestId: string;
  readonly number: number;
  readonly workspaceId: string;
}

/**
 * Short links. A code is derived from the request's own secret key, so that a retried command shows the same link
 * although only its hash is stored, and erasing the request kills its links.
 */
@Injectable()
export class Links {
  private readonly lookUps = new Gathering((hashes: readonly Buffer[]) => this.lookUp(hashes));

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly config: Config,
  ) {}

  /** Reserves a request's n-th link and returns the address to send. Idempotent. @throws Refusal `REQUEST_ERASED` */
  async issue(target: LinkTarget): Promise<string> {
    const code = await this.codeOf(target);
    await this.db
      .insertInto('recording.link')
      .values({
        code_sha256: hashLinkCode(code),
        request_id: target.requestId,
        number: target.number,
        workspace_id: target.workspaceId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return `${this.config.publicUrl}/r/${code}`;
  }

  /** What a code leads to, or null. Known and unknown codes take the same indexed look-up. */
  async resolve(text: string): Promise<LinkTarget | null> {
    const code = normaliseLinkCode(text);
    return code ? this.lookUps.call(hashLinkCode(code)) : null;
  }

  private async lookUp(hashes: readonly Buffer[]): Promise<(LinkTarget | null)[]> {
    const { rows } = await this.database.pool.query<LinkTarget & { hash: string }>({
      name: 'recording.links',
      text: `SELECT encode(code_sha256, 'hex') AS hash, request_id AS "requestId", number, workspace_id AS "workspaceId"
        FROM recording.link WHERE code_sha256 = ANY ($1)`,
      values: [hashes],
    });
    const found = new Map(rows.map(({ hash, ...target }) => [hash, target]));
    return hashes.map((each) => found.get(each.toString('hex')) ?? null);
  }

  private async codeOf({ requestId, number }: LinkTarget): Promise<string> {
    try {
      return encodeLinkCode(await this.keys.derive(requestId, `recording link ${number}`));
    } catch (error) {
      if (error instanceof SubjectErased) refuse('REQUEST_ERASED', 'This request has been deleted.', 'gone');
      throw error;
    }
  }

  private get db() {
    return this.database.of<LinkTables>();
  }
}
