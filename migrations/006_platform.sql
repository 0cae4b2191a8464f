CREATE SCHEMA platform;

-- One row per reader of the log: a projection's generation or a processor. The checkpoint commits together with the
-- rows it covers, under this row's lock; the fence counts owners, so that a worker that lost its lease applies nothing.
CREATE TABLE platform.consumer (
  name        text        NOT NULL,
  generation  int         NOT NULL DEFAULT 1,
  version     int         NOT NULL,
  status      text        NOT NULL CHECK (status IN ('serving', 'building')),
  position    bigint      NOT NULL DEFAULT -1,
  owner       uuid,
  fence       bigint      NOT NULL DEFAULT 0,
  lease_until timestamptz NOT NULL DEFAULT '-infinity',
  parked_at   bigint,
  parked_why  text,
  PRIMARY KEY (name, generation)
) WITH (fillfactor = 50);
