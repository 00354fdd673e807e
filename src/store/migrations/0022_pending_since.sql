-- On PostgreSQL, an index that names `consent` gets a new entry for everyone who leaves, and so does every other index of
-- the list. With this column, leaving changes nothing that an index has, and the new version of the row stays on its
-- page, which has room for it (HOT).
/*POSTGRES
ALTER TABLE subscribers SET (fillfactor = 90);
ALTER TABLE subscribers ADD COLUMN pending_since BIGINT
    GENERATED ALWAYS AS (CASE WHEN consent = 'pending' THEN created_at END) STORED;
DROP INDEX subscribers_pending;
CREATE INDEX subscribers_pending ON subscribers (pending_since) WHERE pending_since IS NOT NULL;
POSTGRES*/
