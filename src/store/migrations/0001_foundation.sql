-- One text for SQLite and PostgreSQL. Times are Unix milliseconds UTC, booleans 0 or 1.
-- On SQLite the runner turns the comment /*WITHOUT ROWID*/ into the clause: a table whose rows
-- live in their primary key's tree takes one tree instead of two. PostgreSQL sees a comment.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) /*WITHOUT ROWID*/;

-- Numbers handed out by the app, in blocks.
CREATE TABLE counters (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
) /*WITHOUT ROWID*/;

INSERT INTO counters (name, value) VALUES ('subscriber', 0);
INSERT INTO counters (name, value) VALUES ('edition', 0);
INSERT INTO counters (name, value) VALUES ('sender', 0);
INSERT INTO counters (name, value) VALUES ('consent_change', 0);

-- An erased subscriber keeps the number, so that the ledger stays whole, and nothing else.
CREATE TABLE subscribers (
    id          BIGINT NOT NULL PRIMARY KEY,
    address     TEXT,
    address_key TEXT UNIQUE,
    name        TEXT,
    time_zone   TEXT,
    consent     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL
) /*WITHOUT ROWID*/;

-- Every change of consent: when, by which way, which edition led to it, and why.
CREATE TABLE consent_changes (
    id         BIGINT NOT NULL PRIMARY KEY,
    subscriber BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    consent    TEXT   NOT NULL,
    way        TEXT   NOT NULL,
    edition    BIGINT,
    reason     TEXT
) /*WITHOUT ROWID*/;

CREATE INDEX consent_changes_by_subscriber ON consent_changes (subscriber, at);

-- Addresses that may never be mailed again, as a keyed hash.
CREATE TABLE suppressions (
    hash   TEXT   NOT NULL PRIMARY KEY,
    at     BIGINT NOT NULL,
    reason TEXT   NOT NULL
) /*WITHOUT ROWID*/;

-- An issue frozen for sending. Rows are never changed but for state and finished_at.
CREATE TABLE editions (
    id          BIGINT NOT NULL PRIMARY KEY,
    slug        TEXT   NOT NULL UNIQUE,
    digest      TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    mail        TEXT   NOT NULL,
    comparison  TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    slot_at     BIGINT,
    created_at  BIGINT NOT NULL,
    finished_at BIGINT
) /*WITHOUT ROWID*/;

-- The ledger: one row a subscriber and edition.
CREATE TABLE deliveries (
    edition    BIGINT NOT NULL,
    subscriber BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    due_at     BIGINT NOT NULL,
    attempts   BIGINT NOT NULL,
    at         BIGINT,
    owner      BIGINT,
    reply      TEXT,
    PRIMARY KEY (edition, subscriber)
) /*WITHOUT ROWID*/;

-- The queue. On `queued` alone: with a list of states SQLite walks the primary key instead.
CREATE INDEX deliveries_queued ON deliveries (edition, due_at, subscriber) WHERE state = 'queued';

-- What is open or in doubt: few rows at any time.
CREATE INDEX deliveries_owned ON deliveries (owner) WHERE owner IS NOT NULL;
CREATE INDEX deliveries_deferred ON deliveries (edition, due_at) WHERE state = 'deferred';

CREATE INDEX deliveries_by_subscriber ON deliveries (subscriber);

-- Processes that send. A sender whose lease has run out is dead: its claims go back to the queue.
CREATE TABLE senders (
    id          BIGINT NOT NULL PRIMARY KEY,
    lease_until BIGINT NOT NULL
) /*WITHOUT ROWID*/;

-- Every slot of the schedule is decided once, by whichever node comes first.
CREATE TABLE slots (
    slot_at    BIGINT NOT NULL PRIMARY KEY,
    decided_at BIGINT NOT NULL,
    decision   TEXT   NOT NULL,
    slug       TEXT
) /*WITHOUT ROWID*/;

CREATE TABLE votes (
    slug       TEXT   NOT NULL,
    tool       TEXT   NOT NULL,
    subscriber BIGINT NOT NULL,
    verdict    TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (slug, tool, subscriber)
) /*WITHOUT ROWID*/;
