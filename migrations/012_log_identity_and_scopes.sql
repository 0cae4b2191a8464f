-- A dump that is restored into a younger cluster brings a fence above all ids there: it would take that cluster years to
-- pass it, and until then every look of the sequencer walks all that was undecided. Such a fence says nothing here. Who
-- takes one commits it, and whoever sees it committed has a snapshot whose xmax is above it. One that is not came from
-- elsewhere, and the transactions that it waits for did not come along.
CREATE FUNCTION es.is_from_elsewhere(fence xid8) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT fence >= pg_snapshot_xmax(pg_current_snapshot())
$$;

-- Whether es.sequence has anything to do. Read-only, so that polling an idle system costs no transaction ids.
CREATE OR REPLACE FUNCTION es.sequence_due() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN q.is_called THEN q.last_value ELSE 0 END > h.scanned_seq
      OR h.awaited <> '{}' AND (h.fence IS NULL OR es.is_from_elsewhere(h.fence)
           OR pg_snapshot_xmin(pg_current_snapshot()) >= h.fence)
      OR EXISTS (SELECT FROM unnest(h.undecided) r, LATERAL (
           SELECT FROM es.event e WHERE e.seq >= lower(r) AND e.seq < upper(r) LIMIT 1) late)
    FROM es.event_seq q, es.log_head h
$$;

-- As in 001, and what is said there holds; but a fence from elsewhere is passed. That is asked of the stored one, before
-- a new one is taken, which is above every snapshot until it commits.
CREATE OR REPLACE FUNCTION es.sequence(p_max int) RETURNS int LANGUAGE plpgsql AS $$
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
  v_settled := coalesce(es.is_from_elsewhere(h.fence), false);
  IF h.fence IS NULL AND h.awaited <> '{}' THEN h.fence := pg_current_xact_id(); END IF;
  v_settled := v_settled OR coalesce(pg_snapshot_xmin(pg_current_snapshot()) >= h.fence, false);
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

-- Each event's place in the log of its scope, its workspace or the cell: gapless from 0, in the order of the cell's log.
-- Written by one reader of the log (scope-indexer.ts), which would write the same again.
CREATE TABLE es.scope_index (
  scope    text COLLATE "C" NOT NULL,            -- 'cell' or 'workspace/<id>'
  index    bigint NOT NULL,
  position bigint NOT NULL UNIQUE,               -- in the cell's log
  leaf     bytea NOT NULL,                       -- SHA-256(0x00 ‖ entry), see leaf.ts
  PRIMARY KEY (scope, index)
);

CREATE TABLE es.scope_reader (
  one         boolean PRIMARY KEY DEFAULT true CHECK (one),
  position    bigint NOT NULL DEFAULT -1,
  owner       uuid,
  lease_until timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 20);
INSERT INTO es.scope_reader DEFAULT VALUES;

-- Which cell this database is of. Its log says the same in its first event (log-identity.ts).
CREATE TABLE es.cell (
  one           boolean PRIMARY KEY DEFAULT true CHECK (one),
  id            uuid NOT NULL,
  stream_prefix text NOT NULL,                   -- of its streams in EventStoreDB
  in_log        boolean NOT NULL DEFAULT false   -- whether the log is known to say so
);
