-- The event store. Appenders insert freely; one sequencer then gives every committed event its gapless position, so that
-- a reader who remembers only "the last position I saw" can never be overtaken by a slow transaction.
CREATE SCHEMA es;

CREATE SEQUENCE es.event_seq AS bigint CACHE 1; -- a cache would hand out numbers against the order of a stream

-- Whoever inserts must have its transaction id, and must have seen the stream's previous version, before it calls
-- nextval: es.sequence and the order within a stream rest on that (see append-statement.ts). Names are checked by the
-- store: CHECK constraints with patterns cost as much as the rest of the INSERT.
CREATE TABLE es.event (
  seq            bigint PRIMARY KEY DEFAULT nextval('es.event_seq'), -- order of allocation, with gaps; never shown outside
  stream         text COLLATE "C" NOT NULL,
  version        bigint NOT NULL,
  event_id       uuid NOT NULL,
  type           text COLLATE "C" NOT NULL,
  schema_version smallint NOT NULL,
  at             timestamptz(3) NOT NULL,
  data           text NOT NULL,                 -- canonical JSON (RFC 8785), no personal data; text, so its bytes stay
  meta           text NOT NULL,
  pii            text NOT NULL DEFAULT '[]',    -- [["<subject>","<sha256 of the sealed blob, hex>"],…], in order
  CONSTRAINT event_version UNIQUE (stream, version)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.02);

-- The only erasable part, also of events that are kept in EventStoreDB. The digest is in the key because a retry may
-- bring a newly sealed blob for an event that already has one: the event itself says which of them is its own.
CREATE TABLE es.event_pii (
  event_id uuid NOT NULL,
  digest   bytea NOT NULL,
  subject  text COLLATE "C" NOT NULL,
  sealed   bytea NOT NULL,
  PRIMARY KEY (event_id, digest)
);
CREATE INDEX event_pii_subject ON es.event_pii (subject);

-- Gapless, in commit order; the position is the Merkle leaf's index. One row per run of consecutive seqs: position + n
-- belongs to seq + n. Under load a run holds what many appends brought, and sequencing them costs next to nothing.
CREATE TABLE es.log (
  position bigint PRIMARY KEY,
  seq      bigint NOT NULL UNIQUE,
  length   int NOT NULL
);

CREATE TABLE es.log_head (                      -- the sequencer's memory
  one           boolean PRIMARY KEY DEFAULT true CHECK (one),
  next_position bigint NOT NULL DEFAULT 0,
  scanned_seq   bigint NOT NULL DEFAULT 0,      -- every seq up to here is in the log, undecided, or rolled back
  undecided     int8multirange NOT NULL DEFAULT '{}', -- allocated, not visible yet: still running, or rolled back
  awaited       int8multirange NOT NULL DEFAULT '{}', -- the part of it that the fence will settle
  fence         xid8                            -- once all transactions below it have ended, awaited is settled
) WITH (fillfactor = 20);
INSERT INTO es.log_head DEFAULT VALUES;

CREATE FUNCTION es.deny() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'es: % on % is forbidden', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON es.event FOR EACH STATEMENT EXECUTE FUNCTION es.deny();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON es.log FOR EACH STATEMENT EXECUTE FUNCTION es.deny();
CREATE TRIGGER sealed_once BEFORE UPDATE OR TRUNCATE ON es.event_pii FOR EACH STATEMENT EXECUTE FUNCTION es.deny();
CREATE TRIGGER permanent BEFORE DELETE OR TRUNCATE ON es.log_head FOR EACH STATEMENT EXECUTE FUNCTION es.deny();
ALTER TABLE es.event ENABLE ALWAYS TRIGGER immutable; -- also under session_replication_role = replica
ALTER TABLE es.log ENABLE ALWAYS TRIGGER immutable;

-- Whether es.sequence has anything to do. Read-only, so that polling an idle system costs no transaction ids.
CREATE FUNCTION es.sequence_due() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN q.is_called THEN q.last_value ELSE 0 END > h.scanned_seq
      OR h.awaited <> '{}' AND (h.fence IS NULL OR pg_snapshot_xmin(pg_current_snapshot()) >= h.fence)
      OR EXISTS (SELECT FROM unnest(h.undecided) r, LATERAL (
           SELECT FROM es.event e WHERE e.seq >= lower(r) AND e.seq < upper(r) LIMIT 1) late)
    FROM es.event_seq q, es.log_head h
$$;

-- Gives positions to committed events, at most p_max new ones, and answers how many. Any number of sequencers may run.
--
-- A seq that was allocated but is not visible belongs to a running transaction or to one that rolled back, and stays
-- `undecided`. Its allocator had its transaction id before it called nextval, and we saw that call's effect; so an id
-- that is taken in any later call (the fence) is above the allocator's. When every transaction below the fence has
-- ended and the seq still is not visible, it was rolled back. pg_snapshot_xmax cannot serve as the fence: it is the last
-- *completed* id + 1, and running ones may exceed it.
CREATE FUNCTION es.sequence(p_max int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  h es.log_head;
  v_tail bigint;
  v_last bigint;
  v_fresh int;
  v_found int8multirange;
  v_settled boolean;
  n int;
BEGIN
  IF NOT es.sequence_due() THEN RETURN 0; END IF;
  PERFORM pg_advisory_xact_lock(7317002);       -- unlike a row lock it needs no transaction id, which must come after
  IF pg_current_xact_id_if_assigned() IS NOT NULL OR current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'es.sequence needs a READ COMMITTED transaction of its own';
  END IF;
  SELECT * INTO h FROM es.log_head FOR UPDATE;
  IF h.fence IS NULL AND h.awaited <> '{}' THEN h.fence := pg_current_xact_id(); END IF;
  v_settled := coalesce(pg_snapshot_xmin(pg_current_snapshot()) >= h.fence, false);
  SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO v_tail FROM es.event_seq;

  WITH found AS (
    SELECT f.seq FROM (SELECT e.seq FROM es.event e WHERE e.seq > h.scanned_seq ORDER BY e.seq LIMIT p_max) f
    UNION ALL
    SELECT late.seq FROM unnest(h.undecided) r, LATERAL (
      SELECT e.seq FROM es.event e WHERE e.seq >= lower(r) AND e.seq < upper(r) ORDER BY e.seq OFFSET 0) late
  ), numbered AS (
    SELECT seq, row_number() OVER (ORDER BY seq) AS nth FROM found
  ), logged AS (
    INSERT INTO es.log (position, seq, length)
      SELECT h.next_position + min(nth) - 1, min(seq), count(*) FROM numbered GROUP BY seq - nth
      RETURNING seq, length
  )
  SELECT sum(length), max(seq + length - 1), range_agg(int8range(seq, seq + length)),
         (SELECT count(*) FROM found WHERE seq > h.scanned_seq)
    INTO n, v_last, v_found, v_fresh FROM logged;

  v_last := greatest(h.scanned_seq, v_last, CASE WHEN v_fresh < p_max THEN v_tail END);
  h.undecided := h.undecided + int8multirange(int8range(h.scanned_seq + 1, v_last + 1)) - coalesce(v_found, '{}');
  IF v_settled THEN h.undecided := h.undecided - h.awaited; END IF;
  h.awaited := h.awaited * h.undecided;
  IF h.awaited = '{}' THEN h.awaited := h.undecided; h.fence := NULL; END IF;
  n := coalesce(n, 0);
  UPDATE es.log_head SET next_position = h.next_position + n, scanned_seq = v_last,
    undecided = h.undecided, awaited = h.awaited, fence = h.fence;
  IF n > 0 THEN PERFORM pg_notify('es_log', ''); END IF;
  RETURN n;
END $$;
