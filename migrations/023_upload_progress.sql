-- When an upload last took a byte. `last_append_at` is a sign of life, which a page gives by its mere presence; what was
-- declared holds its room only while it comes. As before, no index may name a column that an append changes.
ALTER TABLE recording.upload ADD COLUMN progressed_at timestamptz NOT NULL DEFAULT now();
