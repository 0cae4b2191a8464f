import type { RecordedEvent } from '#platform/event-store/event-store.js';
import type { Apply, Projection } from '#platform/projections/projection.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import type { MemberRole } from '../domain/member.js';

export interface MemberRow {
  id: string;
  workspace_id: string;
  role: MemberRole;
  /** Name and e-mail address, still sealed. */
  person: string | null;
  /** Removed members keep their row: what they did still names them. */
  removed: boolean;
  added_at: Date;
  version: number;
}

export interface MemberTables {
  member_list: MemberRow;
}

type Rows = Parameters<Apply<MemberTables>>[1];

async function added(event: RecordedEvent, rows: Rows): Promise<void> {
  const { memberId, workspaceId, role } = event.data as { memberId: string; workspaceId: string; role: MemberRole };
  await rows
    .insertInto('member_list')
    .values({
      id: memberId,
      workspace_id: workspaceId,
      role,
      person: sealedFieldsOf(event),
      removed: false,
      added_at: event.at,
      version: event.version,
    })
    .execute();
}

/** Every event moves the version, which is the row's ETag. */
function change(of: (data: never) => Partial<MemberRow>): Apply<MemberTables> {
  return async (event, rows) => {
    await rows
      .updateTable('member_list')
      .set({ ...of(event.data as never), version: event.version })
      .where('id', '=', (event.data as { memberId: string }).memberId)
      .execute();
  };
}

/** Who belongs to a workspace, and who did. */
export const memberList: Projection<MemberTables> = {
  name: 'identity.member_list',
  version: 1,
  tables: ['member_list'],
  ddl: `
    CREATE TABLE member_list (
      id           uuid PRIMARY KEY,
      workspace_id uuid NOT NULL,
      role         text NOT NULL,
      person       text,
      removed      boolean NOT NULL,
      added_at     timestamptz(3) NOT NULL,
      version      int NOT NULL
    );
    CREATE INDEX ON member_list (workspace_id, added_at, id);`,
  on: {
    MemberAdded: added,
    MemberRoleChanged: change(({ role }: { role: MemberRole }) => ({ role })),
    MemberPasswordChanged: change(() => ({})),
    MemberRemoved: change(() => ({ removed: true })),
  },
};
