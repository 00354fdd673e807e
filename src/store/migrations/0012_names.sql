-- The field's names. Readers' exports and `status --json` have them, too.
ALTER TABLE editions RENAME COLUMN digest TO sha256;
ALTER TABLE editions RENAME COLUMN because TO pause_reason;
ALTER TABLE consent_changes RENAME COLUMN way TO source;
