-- How much of a subject was there once its key was destroyed, before any of it was deleted: an erasure that was cut off,
-- or that two began, still tells all that went.
CREATE TABLE recording.erasure_tally (
  subject uuid PRIMARY KEY,
  found   int  NOT NULL CHECK (found >= 0)
);
