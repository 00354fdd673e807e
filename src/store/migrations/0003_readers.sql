-- What a reader chose. A frequency of NULL is every issue.
ALTER TABLE subscribers ADD COLUMN frequency TEXT;
ALTER TABLE subscribers ADD COLUMN paused_until BIGINT;

-- Who signed up and has not confirmed: few at any time, and gone when their time is over.
CREATE INDEX subscribers_pending ON subscribers (created_at) WHERE consent = 'pending';

-- Which form it was, for a change that came by a form.
ALTER TABLE consent_changes ADD COLUMN form TEXT;

INSERT INTO counters (name, value) VALUES ('notice', 0);

-- Mails to one reader, and what their links may still do. A row is gone when its link was used or has
-- expired. `due_at` is NULL once the mail went out, or if there is none to send.
CREATE TABLE notices (
    id          BIGINT NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    subscriber  BIGINT,
    address     TEXT,
    name        TEXT,
    time_zone   TEXT,
    form        TEXT,
    before      TEXT,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    due_at      BIGINT,
    attempts    BIGINT NOT NULL
) /*WITHOUT ROWID*/;

CREATE INDEX notices_due ON notices (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notices_by_subscriber ON notices (subscriber);
CREATE INDEX notices_by_end ON notices (expires_at);

-- How often something was done in a stretch of time. `subject` is a keyed hash: of an address, of a
-- network.
CREATE TABLE limits (
    name    TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    since   BIGINT NOT NULL,
    until   BIGINT NOT NULL,
    count   BIGINT NOT NULL,
    PRIMARY KEY (name, subject, since)
) /*WITHOUT ROWID*/;

CREATE INDEX limits_by_end ON limits (until);

CREATE INDEX votes_by_subscriber ON votes (subscriber);

-- Few want the digest; everybody else has NULL.
CREATE INDEX subscribers_digest ON subscribers (frequency) WHERE frequency IS NOT NULL;
