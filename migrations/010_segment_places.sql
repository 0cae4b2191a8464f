-- Where an append's sealed bytes lie: several may share an object, which then grows. Until now each had one of its own,
-- whose key followed from the other columns.
ALTER TABLE recording.segment ADD COLUMN object_key text, ADD COLUMN object_start bigint NOT NULL DEFAULT 0;

UPDATE recording.segment s
SET object_key = format('recordings/%s/%s/%s-%s', u.recording_id, u.id, lpad(s.offset_bytes::text, 12, '0'),
  encode(substr(s.sha256, 1, 8), 'hex'))
FROM recording.upload u WHERE u.id = s.upload_id;

ALTER TABLE recording.segment ALTER COLUMN object_key SET NOT NULL, ALTER COLUMN object_start DROP DEFAULT,
  ADD CHECK (object_start >= 0);
