-- The digest of every month is decided once, by whichever node comes first. `month` is the one that it tells
-- of, as in 2026-11. Months before this release have no row.
CREATE TABLE digests (
    month      TEXT   NOT NULL PRIMARY KEY,
    decided_at BIGINT NOT NULL,
    decision   TEXT   NOT NULL
) /*WITHOUT ROWID*/;
