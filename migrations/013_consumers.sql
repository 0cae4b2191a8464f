-- What the code of some running process works with: rows of projections, readers of the log, queues. What nobody has
-- needed for a while, since its code is gone, is removed.
CREATE TABLE platform.in_use (
  kind    text        NOT NULL CHECK (kind IN ('projection', 'processor', 'queue')),
  name    text        NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, name)
);
-- Processes of older code say nothing here, but renew the leases of what they apply.
INSERT INTO platform.in_use (kind, name)
  SELECT DISTINCT CASE WHEN name LIKE 'jobs.%' THEN 'processor' ELSE 'projection' END, name FROM platform.consumer;

-- Every job that was asked for, until some time after its end: the queue may lose it, this does not. Ids and numbers only.
CREATE TABLE platform.job (
  id         text        PRIMARY KEY,      -- also the queue's own, so that asking twice is asking once
  queue      text        NOT NULL,
  data       jsonb       NOT NULL,
  asked_at   timestamptz NOT NULL DEFAULT now(),
  due_at     timestamptz NOT NULL,
  looked_at  timestamptz,                  -- when somebody last made sure that the queue has it
  done_at    timestamptz,
  failed_at  timestamptz,                  -- for good: it waits for somebody to run it again
  failed_why text
);
CREATE INDEX job_unfinished ON platform.job (due_at) WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX job_failed ON platform.job (queue, failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX job_done ON platform.job (done_at) WHERE done_at IS NOT NULL;
