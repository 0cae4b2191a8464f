-- What a workspace has stored and declared is added up before a recording begins, where it has a limit. As before, no
-- column that an append changes.
CREATE INDEX upload_of_workspace ON recording.upload (workspace_id) WHERE status <> 'discarded';
