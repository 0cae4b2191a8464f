-- Uploads in progress: operational rows, not events. The events around them are the recording context's.
CREATE SCHEMA IF NOT EXISTS recording;

-- One tus upload: one track of one recording. `offset_bytes` is what has been acknowledged, and only ever grows.
-- The limits are those that held when it was opened.
CREATE TABLE recording.upload (
  id              uuid        PRIMARY KEY,
  workspace_id    uuid        NOT NULL,
  request_id      uuid        NOT NULL,
  recording_id    uuid        NOT NULL,
  track           text        NOT NULL CHECK (track IN ('screen', 'camera')),
  source          text        NOT NULL CHECK (source IN ('capture', 'file')),
  media_type      text        NOT NULL,
  max_bytes       bigint      NOT NULL CHECK (max_bytes > 0),
  max_duration_ms bigint      NOT NULL CHECK (max_duration_ms > 0),
  declared_length bigint      CHECK (declared_length BETWEEN 0 AND max_bytes),
  offset_bytes    bigint      NOT NULL DEFAULT 0 CHECK (offset_bytes BETWEEN 0 AND max_bytes),
  status          text        NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'complete', 'finalised', 'discarded')),
  created_at      timestamptz NOT NULL DEFAULT now(),
  last_append_at  timestamptz NOT NULL DEFAULT now(),
  expires_at      timestamptz NOT NULL,
  -- Since when it takes no appends; since when its recording needs no more care from us (sent, kept or discarded);
  -- since when no object without a row can be left of it.
  closed_at       timestamptz,
  settled_at      timestamptz,
  swept_at        timestamptz,
  -- What the client claimed on completion; the digest was verified against the stored bytes, the rest was not.
  sha256          bytea       CHECK (octet_length(sha256) = 32),
  duration_ms     bigint,
  width           int,
  height          int,
  CHECK ((status = 'open') = (closed_at IS NULL)),
  CHECK (settled_at IS NULL OR closed_at IS NOT NULL)
) WITH (fillfactor = 50);

-- Every append rewrites its upload's row, so no index may name a column that an append changes: the row then stays in
-- its page (HOT) and no index is touched.
CREATE INDEX upload_of_request ON recording.upload (request_id);
CREATE UNIQUE INDEX upload_of_track ON recording.upload (recording_id, track) WHERE status <> 'discarded';
CREATE INDEX upload_unsettled ON recording.upload (recording_id) WHERE settled_at IS NULL;
CREATE INDEX upload_unswept ON recording.upload (closed_at) WHERE closed_at IS NOT NULL AND swept_at IS NULL;

-- One append: one immutable sealed object, whose key follows from these columns (see `segmentKey`).
CREATE TABLE recording.segment (
  upload_id    uuid   NOT NULL REFERENCES recording.upload,
  offset_bytes bigint NOT NULL CHECK (offset_bytes >= 0),
  length       int    NOT NULL CHECK (length > 0),
  sha256       bytea  NOT NULL CHECK (octet_length(sha256) = 32),
  PRIMARY KEY (upload_id, offset_bytes)
);
