-- Since when its customer counts as gone: they were silent for long, and what belongs to them has heard of it. A sign of
-- life after that is a return. As before, no index may name a column that an append changes.
ALTER TABLE recording.upload ADD COLUMN left_at timestamptz;
