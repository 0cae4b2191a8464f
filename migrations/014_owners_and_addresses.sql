-- Five roles instead of two, and a workspace always has an owner.
ALTER TABLE identity.account DROP CONSTRAINT account_role_check;
ALTER TABLE identity.account
  ADD CONSTRAINT account_role_check CHECK (role IN ('owner', 'admin', 'auditor', 'agent', 'viewer')),
  ADD COLUMN leaving_at timestamptz;            -- an owner is being demoted or removed and no longer counts as one who stays

-- Workspaces founded before there were owners have admins only. Until they name an owner, the admin who has been a
-- member longest counts as one: computed and never written, so that older servers beside this one go on as before.
CREATE VIEW identity.owner AS
  SELECT a.workspace_id, a.member_id, a.role = 'owner' AS is_named, a.leaving_at
  FROM identity.account a
  WHERE a.activated_at IS NOT NULL
    AND (a.role = 'owner' OR a.role = 'admin' AND NOT EXISTS (
      SELECT FROM identity.account o
      WHERE o.workspace_id = a.workspace_id AND o.activated_at IS NOT NULL
        AND (o.role = 'owner' OR o.role = 'admin' AND (o.reserved_at, o.member_id) < (a.reserved_at, a.member_id))));

-- An e-mail address is unique in its workspace only: elsewhere it is none of anybody's business.
ALTER TABLE identity.account DROP CONSTRAINT account_email_index_key;
ALTER TABLE identity.account ADD CONSTRAINT account_address UNIQUE (workspace_id, email_index);
CREATE INDEX account_email ON identity.account (email_index);

-- The member who answers for a key: it opens nothing once they are no member any more. Null for keys whose makers have to
-- be looked up in the log first, which a worker does.
ALTER TABLE identity.api_key_secret ADD COLUMN holder_id uuid;
CREATE INDEX api_key_holder ON identity.api_key_secret (holder_id);
