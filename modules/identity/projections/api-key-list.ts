import { change, keyedRows, put, remove } from '#platform/projections/keyed-rows.js';
import { handlersOf } from '#platform/streams/handlers.js';
import type { EventOf } from '#platform/streams/lift.js';
import { sealedFieldsOf } from '#platform/streams/personal-data.js';
import { apiKey, type ApiKeyEvent } from '../domain/api-key.js';

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

function issued(event: EventOf<ApiKeyEvent, 'ApiKeyIssued'>) {
  const { keyId, workspaceId, scopes, holderId } = event.data;
  const { kind, id } = event.meta.actor;
  return put<ApiKeyRow>({
    id: keyId,
    workspace_id: workspaceId,
    scopes: [...scopes],
    name: sealedFieldsOf(event),
    holder_id: holderId ?? (kind === 'member' ? id : null),
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
      holder_id    uuid,
      issued_at    timestamptz(3) NOT NULL
    );
    CREATE INDEX ON api_key_list (workspace_id, issued_at DESC, id DESC);`,
  on: handlersOf(apiKey, {
    ApiKeyIssued: issued,
    ApiKeyHandedOver: ({ data }) => change<ApiKeyRow>(data.keyId, { holder_id: data.holderId }),
    ApiKeyRevoked: ({ data }) => remove(data.keyId),
  }),
});
