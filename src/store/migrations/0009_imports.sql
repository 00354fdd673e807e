-- Imports of lists, each with a number, so that one can be taken back.
CREATE TABLE imports (
    id        BIGINT NOT NULL PRIMARY KEY,
    at        BIGINT NOT NULL,
    source    TEXT   NOT NULL,
    undone_at BIGINT
) /*WITHOUT ROWID*/;

INSERT INTO counters (name, value) VALUES ('import', 0);

ALTER TABLE consent_changes ADD COLUMN import BIGINT;
CREATE INDEX consent_changes_by_import ON consent_changes (import) WHERE import IS NOT NULL;

ALTER TABLE subscribers ADD COLUMN language TEXT;
