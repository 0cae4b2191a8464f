-- The event store. Appenders insert freely; one sequencer then gives every committed event its gapless position, so that
-- a reader who remembers only "the last position I saw" can never be overtaken by a slow transaction.
CREATE SCHEMA es;

CREATE TABLE es.stream (                        -- its row lock is what orders a stream; only HOT updates
  stream_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_id text COLLATE "C" NOT NULL UNIQUE CHECK (stream_id ~ '^[A-Za-z0-9._~-]{1,200}$'),
  version   bigint NOT NULL                     -- of its last event, from 0
) WITH (fillfactor = 70);

CREATE SEQUENCE es.event_seq AS bigint CACHE 1; -- a cache would hand out numbers against the order of a stream

CREATE TABLE es.event (
  seq            bigint PRIMARY KEY DEFAULT nextval('es.event_seq'), -- order of allocation, with gaps; never shown outside
  stream_no      bigint NOT NULL,
  version        bigint NOT NULL,
  event_id       uuid NOT NULL,
  type           text COLLATE "C" NOT NULL CHECK (type ~ '^[A-Za-z0-9._-]{1,120}$'),
  schema_version smallint NOT NULL,
  at             timestamptz(3) NOT NULL,
  data           text NOT NULL,                 -- canonical JSON (RFC 8785), no personal data; text, so its bytes stay
  meta           text NOT NULL,
  pii            text NOT NULL DEFAULT '[]',    -- [["<subject>","<sha256 of the sealed blob, hex>"],…], in order
  UNIQUE (stream_no, version)
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

CREATE TABLE es.log (                           -- gapless, in commit order; the position is the Merkle leaf's index
  position bigint PRIMARY KEY,
  seq      bigint NOT NULL UNIQUE
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
CREATE TRIGGER permanent BEFORE DELETE OR TRUNCATE ON es.stream FOR EACH STATEMENT EXECUTE FUNCTION es.deny();
CREATE TRIGGER permanent BEFORE DELETE OR TRUNCATE ON es.log_head FOR EACH STATEMENT EXECUTE FUNCTION es.deny();
ALTER TABLE es.event ENABLE ALWAYS TRIGGER immutable; -- also under session_replication_role = replica
ALTER TABLE es.log ENABLE ALWAYS TRIGGER immutable;

-- p_expected: the stream's last version, or -1: it must not exist. Answers the stream's version, which is that of the
-- last appended event when `appended`, and what the loser of the race needs to know when not. The transaction id is
-- assigned and the stream's row locked before nextval: both the order within a stream and es.sequence rest on that.
CREATE FUNCTION es.append(
  p_stream text, p_expected bigint,
  p_id uuid[], p_type text[], p_schema_version smallint[], p_at timestamptz[], p_data text[], p_meta text[], p_pii text[],
  p_sealed_event uuid[], p_sealed_digest bytea[], p_sealed_subject text[], p_sealed bytea[],
  OUT appended boolean, OUT version bigint
) LANGUAGE plpgsql AS $$
DECLARE
  n constant bigint := cardinality(p_id);
  v_no bigint;
BEGIN
  IF p_expected = -1 THEN
    INSERT INTO es.stream AS s (stream_id, version) VALUES (p_stream, n - 1) ON CONFLICT DO NOTHING
      RETURNING s.stream_no INTO v_no;
  ELSE
    UPDATE es.stream AS s SET version = p_expected + n WHERE s.stream_id = p_stream AND s.version = p_expected
      RETURNING s.stream_no INTO v_no;
  END IF;
  IF v_no IS NULL THEN
    SELECT o.appended, o.version INTO appended, version FROM es.retried(p_stream, p_expected, p_id) o;
    RETURN;
  END IF;
  INSERT INTO es.event (stream_no, version, event_id, type, schema_version, at, data, meta, pii)
    SELECT v_no, p_expected + x.ord, x.id, x.type, x.schema_version, x.at, x.data, x.meta, x.pii
      FROM unnest(p_id, p_type, p_schema_version, p_at, p_data, p_meta, p_pii)
        WITH ORDINALITY AS x(id, type, schema_version, at, data, meta, pii, ord);
  IF cardinality(p_sealed) > 0 THEN
    INSERT INTO es.event_pii (event_id, digest, subject, sealed)
      SELECT * FROM unnest(p_sealed_event, p_sealed_digest, p_sealed_subject, p_sealed);
  END IF;
  appended := true;
  version := p_expected + n;
END $$;

-- Whether an append that found another version is the repetition of one that succeeded: the same ids in the same place.
CREATE FUNCTION es.retried(p_stream text, p_expected bigint, p_id uuid[], OUT appended boolean, OUT version bigint)
LANGUAGE plpgsql AS $$
DECLARE
  n constant bigint := cardinality(p_id);
  s es.stream;
BEGIN
  SELECT * INTO s FROM es.stream WHERE stream_id = p_stream;
  appended := p_id = (SELECT array_agg(e.event_id ORDER BY e.version) FROM es.event e
    WHERE e.stream_no = s.stream_no AND e.version BETWEEN p_expected + 1 AND p_expected + n);
  appended := coalesce(appended, false);
  version := CASE WHEN appended THEN p_expected + n ELSE coalesce(s.version, -1) END;
END $$;

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
  ), logged AS (
    INSERT INTO es.log (position, seq) SELECT h.next_position + row_number() OVER (ORDER BY seq) - 1, seq FROM found
    RETURNING seq
  )
  SELECT count(*), count(*) FILTER (WHERE seq > h.scanned_seq), max(seq), coalesce(range_agg(int8range(seq, seq + 1)), '{}')
    INTO n, v_fresh, v_last, v_found FROM logged;

  v_last := greatest(h.scanned_seq, v_last, CASE WHEN v_fresh < p_max THEN v_tail END);
  h.undecided := h.undecided + int8multirange(int8range(h.scanned_seq + 1, v_last + 1)) - v_found;
  IF v_settled THEN h.undecided := h.undecided - h.awaited; END IF;
  h.awaited := h.awaited * h.undecided;
  IF h.awaited = '{}' THEN h.awaited := h.undecided; h.fence := NULL; END IF;
  UPDATE es.log_head SET next_position = h.next_position + n, scanned_seq = v_last,
    undecided = h.undecided, awaited = h.awaited, fence = h.fence;
  IF n > 0 THEN PERFORM pg_notify('es_log', ''); END IF;
  RETURN n;
END $$;
