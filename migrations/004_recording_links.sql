CREATE SCHEMA IF NOT EXISTS recording;

-- A short link's code is kept as a hash only. The row reserves it and leads to its request; the request's own stream
-- says whether it still opens.
CREATE TABLE recording.link (
  code_sha256  bytea  PRIMARY KEY CHECK (octet_length(code_sha256) = 32),
  request_id   uuid   NOT NULL,
  number       int    NOT NULL,
  workspace_id uuid   NOT NULL,
  UNIQUE (request_id, number)
);

-- How far the worker has come with a recording; not history, so not an event.
CREATE TABLE recording.progress (
  recording_id uuid PRIMARY KEY,
  fraction     real NOT NULL CHECK (fraction BETWEEN 0 AND 1)
) WITH (fillfactor = 50);
