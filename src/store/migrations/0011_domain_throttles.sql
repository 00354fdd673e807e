-- How slowly each relay writes to groups of receiving domains; one that is not throttled has no row. Nothing
-- is written to it before `ready_at`; the next delivery that is put back is due at `next_turn`.
CREATE TABLE domain_throttles (
    relay        TEXT   NOT NULL,
    domain_group TEXT   NOT NULL,
    level        BIGINT NOT NULL,
    accepted     BIGINT NOT NULL,
    slow_since   BIGINT NOT NULL,
    ready_at     BIGINT NOT NULL,
    next_turn    BIGINT NOT NULL,
    PRIMARY KEY (relay, domain_group)
) /*WITHOUT ROWID*/;
