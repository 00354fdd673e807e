-- A reader is in nearly every edition, so their deliveries are found by edition and number as fast.
DROP INDEX deliveries_by_subscriber;

-- What senders hold or is in doubt: few rows. SQLite finds them by the index of owners.
/*SQLITE
CREATE VIEW held_deliveries AS
    SELECT edition, subscriber, state, at, owner, reply, first_due_at, repeated FROM deliveries
    WHERE owner BETWEEN 1 AND 9223372036854775807;
SQLITE*/

/*POSTGRES
-- Which partial index has the row: `open` is queued, claimed or in flight, `unknown` only what is in doubt. A claim and
-- a mark change the state and not this, so they stay on their page and touch no index (HOT).
ALTER TABLE deliveries ADD COLUMN listed TEXT GENERATED ALWAYS AS (
    CASE WHEN state IN ('queued', 'claimed', 'in_flight') THEN 'open'
         WHEN state IN ('deferred', 'refused') OR state = 'unknown' AND owner IS NOT NULL THEN state END
) STORED;

DROP INDEX deliveries_queued;
DROP INDEX deliveries_owned;
DROP INDEX deliveries_deferred;
DROP INDEX deliveries_refused;
CREATE INDEX deliveries_open ON deliveries (edition, due_at, subscriber) WHERE listed = 'open';
CREATE INDEX deliveries_deferred ON deliveries (edition, due_at) WHERE listed = 'deferred';
CREATE INDEX deliveries_refused ON deliveries (edition, subscriber) WHERE listed = 'refused';
CREATE INDEX deliveries_unknown ON deliveries (edition, subscriber) WHERE listed = 'unknown';

-- A page has room for the versions of its rows; the claim of a batch needs as much as the rows themselves.
ALTER TABLE deliveries SET (fillfactor = 45);

-- A sender claims in the order of the queue, so what it holds lies within the stretch that it has claimed from.
CREATE TABLE claimed_ranges (
    edition       BIGINT NOT NULL,
    sender        BIGINT NOT NULL,
    from_due_at   BIGINT NOT NULL,
    to_due_at     BIGINT NOT NULL,
    to_subscriber BIGINT NOT NULL,
    PRIMARY KEY (edition, sender)
);
INSERT INTO claimed_ranges (edition, sender, from_due_at, to_due_at, to_subscriber)
    SELECT edition, owner, MIN(due_at), MAX(due_at), MAX(subscriber) FROM deliveries
    WHERE listed = 'open' AND owner IS NOT NULL GROUP BY edition, owner;

-- `OFFSET 0` keeps the planner from joining by other means than that index. Both ends of the range are unknown to it, so
-- it expects few rows, with statistics or without.
CREATE VIEW held_deliveries AS
    SELECT d.edition, d.subscriber, d.state, d.at, d.owner, d.reply, d.first_due_at, d.repeated
    FROM claimed_ranges AS c CROSS JOIN LATERAL (
        SELECT * FROM deliveries
        WHERE deliveries.edition = c.edition AND listed = 'open'
          AND deliveries.due_at BETWEEN c.from_due_at AND c.to_due_at
          AND (deliveries.due_at, deliveries.subscriber) <= (c.to_due_at, c.to_subscriber)
          AND owner = c.sender
        OFFSET 0) AS d
    UNION ALL
    SELECT edition, subscriber, state, at, owner, reply, first_due_at, repeated FROM deliveries
    WHERE listed = 'unknown' AND edition BETWEEN 1 AND 9223372036854775807;
POSTGRES*/
