-- Who approved which content of an issue: the last approval of each person.
CREATE TABLE approvals (
    issue       TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    content     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (issue, approved_by)
) /*WITHOUT ROWID*/;

-- The looks ahead at a slot that have been taken, each once on all machines.
CREATE TABLE slot_reminders (
    slot_at BIGINT NOT NULL,
    hours   BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (slot_at, hours)
) /*WITHOUT ROWID*/;
