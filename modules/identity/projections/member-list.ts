import { change, keyedRows, put } from '#platform/projections/keyed-rows.js';
import { handlersOf } from '#platform/streams/handlers.js';
import type { EventOf, EventWith } from '#platform/streams/lift.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import { member, type MemberEvent, type MemberRole } from '../domain/member.js';

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

function added(event: EventOf<MemberEvent, 'MemberAdded'>) {
  const { memberId, workspaceId, role } = event.data;
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
function changed<Data extends { readonly memberId: string }>(of: (data: Data) => Partial<MemberRow>) {
  return ({ data, version }: EventWith<Data>) => change<MemberRow>(data.memberId, { ...of(data), version });
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
  on: handlersOf(member, {
    MemberAdded: added,
    MemberRoleChanged: changed(({ role }) => ({ role })),
    MemberPasswordChanged: changed(() => ({})),
    MemberRemoved: changed(() => ({ removed: true })),
  }),
});
