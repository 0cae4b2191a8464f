-- When a web server last said that it is there: while none is, nobody can take what customers send, and their silence
-- says nothing. Null until the first one that says so.
ALTER TABLE recording.abandoned_watch ADD COLUMN web_at timestamptz;
