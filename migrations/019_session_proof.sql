-- How strongly it was proven who began a session, as its events say (kernel/event.ts). All that there were so far, and
-- those that servers of the version before begin beside this one, began with a password.
ALTER TABLE identity.session ADD COLUMN proof jsonb NOT NULL DEFAULT '{"by": "password"}';
