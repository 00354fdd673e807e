-- How many deliveries of an edition were enrolled, and how many are in each state that no sender holds: counting the
-- rows of two million takes a second. `writer` keeps transactions that run at the same time from waiting for each
-- other's row; what counts is the sum.
CREATE TABLE delivery_counts (
    edition BIGINT NOT NULL,
    counted TEXT   NOT NULL,
    writer  BIGINT NOT NULL,
    count   BIGINT NOT NULL,
    PRIMARY KEY (edition, counted, writer)
) /*WITHOUT ROWID*/;

-- A process of an earlier release that outlived its lease could still write to the ledger without counting. It does
-- not have this setting, so its statements fail. (On SQLite it cannot have the file open.)
/*POSTGRES
CREATE FUNCTION refuse_uncounted() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''this release of verdict does not count deliveries: run the one that upgraded the tables''; END';
CREATE TRIGGER refuse_uncounted BEFORE INSERT OR UPDATE OR DELETE ON deliveries FOR EACH STATEMENT
    WHEN (current_setting('verdict.counts_deliveries', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION refuse_uncounted();
POSTGRES*/

INSERT INTO delivery_counts (edition, counted, writer, count)
    SELECT edition, 'enrolled', 0, COUNT(*) FROM deliveries GROUP BY edition;
INSERT INTO delivery_counts (edition, counted, writer, count)
    SELECT edition, state, 0, COUNT(*) FROM deliveries
    WHERE owner IS NULL AND state IN ('accepted', 'deferred', 'refused', 'skipped', 'unknown')
    GROUP BY edition, state;

-- What an operator may send again: few rows.
CREATE INDEX deliveries_refused ON deliveries (edition, subscriber) WHERE state = 'refused';
