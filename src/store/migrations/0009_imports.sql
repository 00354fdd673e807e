-- Imports of lists, each with a number, so that one can be taken back. Its changes of consent are among those
-- numbered from `first_change` to `last_change`.
CREATE TABLE imports (
    id           BIGINT NOT NULL PRIMARY KEY,
    at           BIGINT NOT NULL,
    source       TEXT   NOT NULL,
    first_change BIGINT,
    last_change  BIGINT,
    undone_at    BIGINT
) /*WITHOUT ROWID*/;

INSERT INTO counters (name, value) VALUES ('import', 0);

ALTER TABLE consent_changes ADD COLUMN import BIGINT;

ALTER TABLE subscribers ADD COLUMN language TEXT;
