-- Up to which byte each journal of departures is known to be in this database. A restored backup has a
-- smaller number, or none, so what came after it is read again.
CREATE TABLE journals (
    id       TEXT   NOT NULL PRIMARY KEY,
    replayed BIGINT NOT NULL
) /*WITHOUT ROWID*/;
