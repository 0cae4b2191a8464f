import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { change, keyedRows, put, remove } from '#platform/projections/keyed-rows.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';

/** Its version is raised whenever the columns change, or what is written to them. */
export const API_KEY_LIST = 'identity_v3.api_key_list';

export interface ApiKeyRow {
  id: string;
  workspace_id: string;
  scopes: string[];
  /** Still sealed. */
  name: string | null;
  /** The member who answers for it; null when no member made it. */
  holder_id: string | null;
  issued_at: Date;
}

interface Issued {
  readonly keyId: string;
  readonly workspaceId: string;
  readonly scopes: string[];
  /** Absent from the first events, which name their maker as their actor alone. */
  readonly holderId?: string;
}

function issued(event: RecordedEvent) {
  const { keyId, workspaceId, scopes, holderId } = event.data as unknown as Issued;
  const { kind, id } = event.meta.actor;
  return put<ApiKeyRow>({
    id: keyId,
    workspace_id: workspaceId,
    scopes,
    name: sealedFieldsOf(event),
    holder_id: holderId ?? (kind === 'member' ? id : null),
    issued_at: event.at,
  });
}

function handedOver({ data }: RecordedEvent) {
  const { keyId, holderId } = data as { keyId: string; holderId: string };
  return change<ApiKeyRow>(keyId, { holder_id: holderId });
}

/** The API keys that are in force. */
export const apiKeyList = keyedRows<ApiKeyRow>(API_KEY_LIST, {
  ddl: `
    CREATE TABLE api_key_list (
      id           uuid PRIMARY KEY,
      workspace_id uuid NOT NULL,
      scopes       text[] NOT NULL,
      name         text,
      holder_id    uuid,
      issued_at    timestamptz(3) NOT NULL
    );
    CREATE INDEX ON api_key_list (workspace_id, issued_at DESC, id DESC);`,
  on: {
    ApiKeyIssued: issued,
    ApiKeyHandedOver: handedOver,
    ApiKeyRevoked: ({ data }) => remove((data as { keyId: string }).keyId),
  },
});
