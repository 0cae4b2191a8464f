import type { RecordedEvent } from '#platform/event-store/event-store.js';
import type { Apply, Projection } from '#platform/projections/projection.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';

export interface ApiKeyRow {
  id: string;
  workspace_id: string;
  scopes: string[];
  /** Still sealed. */
  name: string | null;
  issued_at: Date;
}

export interface ApiKeyTables {
  api_key_list: ApiKeyRow;
}

type Rows = Parameters<Apply<ApiKeyTables>>[1];

async function issued(event: RecordedEvent, rows: Rows): Promise<void> {
  const { keyId, workspaceId, scopes } = event.data as { keyId: string; workspaceId: string; scopes: string[] };
  await rows
    .insertInto('api_key_list')
    .values({ id: keyId, workspace_id: workspaceId, scopes, name: sealedFieldsOf(event), issued_at: event.at })
    .execute();
}

async function revoked(event: RecordedEvent, rows: Rows): Promise<void> {
  const { keyId } = event.data as { keyId: string };
  await rows.deleteFrom('api_key_list').where('id', '=', keyId).execute();
}

/** The API keys that are in force. */
export const apiKeyList: Projection<ApiKeyTables> = {
  name: 'identity.api_key_list',
  version: 1,
  tables: ['api_key_list'],
  ddl: `
    CREATE TABLE api_key_list (
      id           uuid PRIMARY KEY,
      workspace_id uuid NOT NULL,
      scopes       text[] NOT NULL,
      name         text,
      issued_at    timestamptz(3) NOT NULL
    );
    CREATE INDEX ON api_key_list (workspace_id, issued_at DESC, id DESC);`,
  on: { ApiKeyIssued: issued, ApiKeyRevoked: revoked },
};
