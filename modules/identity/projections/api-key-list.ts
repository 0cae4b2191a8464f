import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { keyedRows, put, remove } from '#platform/projections/keyed-rows.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';

/** Its version is raised whenever the columns change, or what is written to them. */
export const API_KEY_LIST = 'identity_v2.api_key_list';

export interface ApiKeyRow {
  id: string;
  workspace_id: string;
  scopes: string[];
  /** Still sealed. */
  name: string | null;
  issued_at: Date;
}

function issued(event: RecordedEvent) {
  const { keyId, workspaceId, scopes } = event.data as { keyId: string; workspaceId: string; scopes: string[] };
  return put<ApiKeyRow>({
    id: keyId,
    workspace_id: workspaceId,
    scopes,
    name: sealedFieldsOf(event),
    issued_at: event.at,
  });
}

/** The API keys that are in force. */
export const apiKeyList = keyedRows<ApiKeyRow>(API_KEY_LIST, {
  ddl: `
    CREATE TABLE api_key_list (
      id           uuid PRIMARY KEY,
      workspace_id uuid NOT NULL,
      scopes       text[] NOT NULL,
      name         text,
      issued_at    timestamptz(3) NOT NULL
    );
    CREATE INDEX ON api_key_list (workspace_id, issued_at DESC, id DESC);`,
  on: { ApiKeyIssued: issued, ApiKeyRevoked: ({ data }) => remove((data as { keyId: string }).keyId) },
});
