-- Key-encryption keys by their ids; the keys themselves are never in the database. One that is retired is about to be
-- destroyed, so nothing may be wrapped by it any more: not by a process that has not heard of it either.
CREATE TABLE keys.kek (
  id text PRIMARY KEY,
  retired_at timestamptz
);

CREATE FUNCTION keys.refuse_retired_kek() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO keys.kek (id) VALUES (NEW.kek_id) ON CONFLICT DO NOTHING;
  -- Kept until this transaction ends: retiring waits for it, and then sees what was wrapped.
  PERFORM 1 FROM keys.kek WHERE id = NEW.kek_id AND retired_at IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The key-encryption key % is retired', NEW.kek_id USING ERRCODE = 'SD001';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER refuse_retired_kek BEFORE INSERT OR UPDATE OF wrapped, kek_id ON keys.subject_key
  FOR EACH ROW WHEN (NEW.wrapped IS NOT NULL) EXECUTE FUNCTION keys.refuse_retired_kek();
