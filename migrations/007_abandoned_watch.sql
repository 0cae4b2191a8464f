-- When somebody last looked after abandoned recordings: an absence of ours must not count as the customers' silence.
CREATE TABLE recording.abandoned_watch (
  one       boolean     PRIMARY KEY DEFAULT true CHECK (one),
  looked_at timestamptz NOT NULL DEFAULT now()
);
