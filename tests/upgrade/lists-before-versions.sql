-- How lists lay before each version of them had a schema of its own: one that serves, beside the context's other tables.
CREATE TABLE recording.request_list (
  id               uuid PRIMARY KEY,
  workspace_id     uuid NOT NULL,
  status           text NOT NULL,
  words            text,
  ticket_reference text,
  agent_id         uuid,
  recording_id     uuid,
  open_recordings  int NOT NULL,
  options          jsonb NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  expires_at       timestamptz(3) NOT NULL,
  changed_at       timestamptz(3) NOT NULL,
  erased           boolean NOT NULL,
  version          int NOT NULL
);
CREATE INDEX ON recording.request_list (workspace_id, created_at DESC, id DESC);
CREATE INDEX ON recording.request_list (workspace_id, ticket_reference);
CREATE SCHEMA recording_next;
INSERT INTO platform.consumer (name, generation, version, status) VALUES ('recording.request_list', 2, 3, 'serving');
