import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { openSealedFields } from '#platform/streams/personal-data.js';
import { Streams } from '#platform/streams/streams.js';
import { IdentityQueries, type Workspace } from '../contract.js';
import { knownWorkspace, workspace } from '../domain/workspace.js';
import { MEMBER_LIST, type MemberRow } from '../projections/member-list.js';

interface Tables {
  [MEMBER_LIST]: MemberRow;
}

/** Answers other contexts. */
@Injectable()
export class IdentityReads extends IdentityQueries {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly streams: Streams,
  ) {
    super();
  }

  async workspace(workspaceId: string): Promise<Workspace> {
    const { status: _, ...found } = knownWorkspace((await this.streams.load(workspace, workspaceId)).state);
    return { id: workspaceId, ...found };
  }

  async memberNames(memberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (memberIds.length === 0) return new Map();
    const rows = await this.database
      .of<Tables>()
      .selectFrom(MEMBER_LIST)
      .select(['id', 'person'])
      .where('id', 'in', [...memberIds])
      .execute();
    const named = await Promise.all(rows.map(async ({ id, person }) => [id, await this.nameOf(person)] as const));
    return new Map(named.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
  }

  private async nameOf(person: string | null): Promise<string | undefined> {
    return (await openSealedFields<{ name: string }>(this.keys, person)).name;
  }
}
