-- The notices of earlier releases were three things in one table: what a visitor asked for, mails, and what
-- can be taken back. Their numbers stand in links that were mailed, so rows keep them. New messages and undos
-- get random numbers.
INSERT INTO counters (name, value) SELECT 'request', value FROM counters WHERE name = 'notice';
INSERT INTO counters (name, value) VALUES ('node', 0);

-- Processes that are running: each renews its lease while it lives. `parts` are those of `verdict serve`.
CREATE TABLE nodes (
    id          BIGINT NOT NULL PRIMARY KEY,
    lease_until BIGINT NOT NULL,
    parts       TEXT   NOT NULL,
    what        TEXT   NOT NULL
) /*WITHOUT ROWID*/;

-- What a visitor asked for on a page, until the outbox worker has decided it.
CREATE TABLE requests (
    id         BIGINT NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL,
    subscriber BIGINT,
    address    TEXT   NOT NULL,
    name       TEXT,
    time_zone  TEXT,
    form       TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    due_at     BIGINT NOT NULL
) /*WITHOUT ROWID*/;

CREATE INDEX requests_due ON requests (due_at, id);
CREATE INDEX requests_by_subscriber ON requests (subscriber) WHERE subscriber IS NOT NULL;

-- Every mail that is not an edition. `recipient` is NULL where the mail goes to the subscriber's own
-- address. The link in it, if there is one, is good until `expires_at`. `owner` is the node that has it in
-- hand. `subject` and `text` are those of an alert to an editor.
CREATE TABLE outbox (
    id         BIGINT NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    subscriber BIGINT,
    recipient  TEXT,
    name       TEXT,
    time_zone  TEXT,
    form       TEXT,
    subject    TEXT,
    text       TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    due_at     BIGINT NOT NULL,
    attempts   BIGINT NOT NULL,
    owner      BIGINT,
    at         BIGINT,
    reply      TEXT,
    used_at    BIGINT
) /*WITHOUT ROWID*/;

CREATE INDEX outbox_queued ON outbox (due_at, id) WHERE state = 'queued' AND owner IS NULL;
CREATE INDEX outbox_owned ON outbox (owner) WHERE owner IS NOT NULL;
CREATE INDEX outbox_by_subscriber ON outbox (subscriber) WHERE subscriber IS NOT NULL;
CREATE INDEX outbox_by_end ON outbox (expires_at);

-- What a reader can take back on the page that did it. `before` is what it was.
CREATE TABLE undos (
    id         BIGINT NOT NULL PRIMARY KEY,
    subscriber BIGINT NOT NULL,
    before     TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) /*WITHOUT ROWID*/;

CREATE INDEX undos_by_subscriber ON undos (subscriber);
CREATE INDEX undos_by_end ON undos (expires_at);

INSERT INTO requests (id, kind, subscriber, address, name, time_zone, form, created_at, expires_at, due_at)
SELECT id, kind, subscriber, address, name, time_zone, form, created_at, expires_at, COALESCE(due_at, created_at)
FROM notices WHERE kind IN ('join', 'move') AND address IS NOT NULL;

INSERT INTO outbox (id, kind, state, subscriber, recipient, name, time_zone, form, created_at, expires_at,
                    due_at, attempts)
SELECT id, kind, CASE WHEN due_at IS NULL THEN 'accepted' ELSE 'queued' END, subscriber,
       CASE WHEN kind IN ('address', 'taken', 'moved') THEN address END, name, time_zone, form, created_at,
       expires_at, COALESCE(due_at, created_at), attempts
FROM notices WHERE kind IN ('confirm', 'already', 'settings', 'address', 'taken', 'moved', 'erase');

INSERT INTO undos (id, subscriber, before, created_at, expires_at)
SELECT id, subscriber, before, created_at, expires_at
FROM notices WHERE kind = 'undo' AND subscriber IS NOT NULL AND before IS NOT NULL;

DROP TABLE notices;
DELETE FROM counters WHERE name = 'notice';

-- A short keyed hash of each reader's address, which links carry: one that was mailed to another address is told
-- by it. 0 for addresses from before this release.
ALTER TABLE subscribers ADD COLUMN address_tag BIGINT NOT NULL DEFAULT 0;
