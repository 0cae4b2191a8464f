-- What must be known at once and exactly, to let somebody in or to keep a name unique. History is in the events; no row
-- here holds a name, an e-mail address, a password or a usable key.
CREATE SCHEMA identity;

CREATE TABLE identity.slug (
  slug         text PRIMARY KEY,
  workspace_id uuid NOT NULL UNIQUE,
  reserved_at  timestamptz NOT NULL
);

-- One person's way in. Made as a reservation of the e-mail address before the event, in force once activated.
CREATE TABLE identity.account (
  member_id    uuid PRIMARY KEY,
  workspace_id uuid NOT NULL,
  email_index  bytea NOT NULL UNIQUE CHECK (octet_length(email_index) = 32),
  role         text NOT NULL CHECK (role IN ('agent', 'admin')),
  version      int NOT NULL DEFAULT 0,          -- of the member's stream, so that a late repair changes nothing newer
  reserved_at  timestamptz NOT NULL,
  activated_at timestamptz
);
CREATE INDEX account_workspace ON identity.account (workspace_id);

-- A password is one kind of proof; others will have tables of their own.
CREATE TABLE identity.credential (
  member_id     uuid PRIMARY KEY REFERENCES identity.account ON DELETE CASCADE,
  password_hash text NOT NULL
);

CREATE TABLE identity.session (
  token_sha256 bytea PRIMARY KEY CHECK (octet_length(token_sha256) = 32),
  session_id   uuid NOT NULL,
  member_id    uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
  last_seen_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX session_member ON identity.session (member_id);
CREATE INDEX session_expiry ON identity.session (expires_at);

CREATE TABLE identity.api_key_secret (
  key_id        uuid PRIMARY KEY,
  workspace_id  uuid NOT NULL,
  scopes        text[] NOT NULL,
  secret_sha256 bytea NOT NULL CHECK (octet_length(secret_sha256) = 32),
  last_used_at  timestamptz
);
