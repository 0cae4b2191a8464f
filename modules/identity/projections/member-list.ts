import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { change, keyedRows, put } from '#platform/projections/keyed-rows.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import type { MemberRole } from '../domain/member.js';

/** Its version is raised whenever the columns change, or what is written to them. */
export const MEMBER_LIST = 'identity_v2.member_list';

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

function added(event: RecordedEvent) {
  const { memberId, workspaceId, role } = event.data as { memberId: string; workspaceId: string; role: MemberRole };
  return put<MemberRow>({
    id: memberId,
    workspace_id: workspaceId,
    role,
    person: sealedFieldsOf(event),
    removed: false,
    added_at: event.at,
    version: event.version,
  });
}

/** Every event moves the version, which is the row's ETag. */
function changed(of: (data: never) => Partial<MemberRow>) {
  return ({ data, version }: RecordedEvent) =>
    change<MemberRow>((data as { memberId: string }).memberId, { ...of(data as never), version });
}

/** Who belongs to a workspace, and who did. */
export const memberList = keyedRows<MemberRow>(MEMBER_LIST, {
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
    MemberRoleChanged: changed(({ role }: { role: MemberRole }) => ({ role })),
    MemberPasswordChanged: changed(() => ({})),
    MemberRemoved: changed(() => ({ removed: true })),
  },
});
