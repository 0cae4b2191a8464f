-- How much each store held of a subject once its key was destroyed, before any of it was deleted: an erasure that was cut
-- off, or that two began, still tells all that went. What recording.erasure_tally says is taken over; that table stays as
-- long as processes of the version before may still write to it.
CREATE TABLE platform.erasure_tally (
  subject      uuid NOT NULL,
  store        text NOT NULL,
  rows         int  NOT NULL CHECK (rows >= 0),
  objects      int  NOT NULL CHECK (objects >= 0),
  versions     int  NOT NULL CHECK (versions >= 0),
  sealed_parts int  NOT NULL CHECK (sealed_parts >= 0),
  PRIMARY KEY (subject, store)
);

INSERT INTO platform.erasure_tally (subject, store, rows, objects, versions, sealed_parts)
SELECT t.subject, CASE WHEN media THEN 'media objects' ELSE 'events' END, 0, CASE WHEN media THEN t.found ELSE 0 END, 0,
  CASE WHEN media THEN 0 ELSE t.found END
FROM (SELECT subject, found, subject IN (SELECT recording_id FROM recording.upload) AS media
      FROM recording.erasure_tally) t;

-- What an upload belongs to; `request_id` is the owner's id, of whatever kind. Processes of the version before know of no
-- other kind than the default, and never meet one: they answer for no other.
ALTER TABLE recording.upload ADD COLUMN owner_kind text NOT NULL DEFAULT 'recording_request';

-- Erasing looks for a subject's uploads whatever has become of them. No append changes the column, so none touches this.
CREATE INDEX upload_of_recording ON recording.upload (recording_id);
