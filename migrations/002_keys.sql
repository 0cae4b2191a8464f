-- The vault: one wrapped data key per subject. Its rows are the only things in the system that are ever truly destroyed.
CREATE SCHEMA keys;

CREATE TABLE keys.subject_key (
  subject uuid PRIMARY KEY,
  -- 256 random bits, encrypted by the key-encryption key `kek_id`; null once destroyed. The row stays, so that no new
  -- key can ever be made for an erased subject.
  wrapped bytea,
  kek_id text,
  -- Names the key in evidence of its destruction; says nothing about the key. Null when the subject never had one.
  fingerprint text,
  created_at timestamptz NOT NULL DEFAULT now(),
  erased_at timestamptz,
  CONSTRAINT destroyed_means_gone CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL)),
  CONSTRAINT wrapped_by_someone CHECK (wrapped IS NULL OR (kek_id IS NOT NULL AND fingerprint IS NOT NULL))
)
-- A destroyed key's old row version must leave the table soon, not when a fifth of all keys have changed.
WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20);

-- Which key-encryption keys are still needed.
CREATE INDEX subject_key_kek ON keys.subject_key (kek_id) WHERE wrapped IS NOT NULL;
