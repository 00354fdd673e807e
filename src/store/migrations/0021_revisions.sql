-- Texts of an edition that were corrected while it was being sent. The first is in `editions`, and counts as revision 0.
CREATE TABLE edition_mails (
    edition      BIGINT NOT NULL,
    revision     BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    sha256       TEXT   NOT NULL,
    content_hash TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    comparison   TEXT   NOT NULL,
    mail         TEXT   NOT NULL,
    PRIMARY KEY (edition, revision)
) /*WITHOUT ROWID*/;

-- The hash that approvals of the first text are about; NULL if an earlier release froze it.
ALTER TABLE editions ADD COLUMN content_hash TEXT;

-- Which text a delivery was last tried with: NULL is the first.
ALTER TABLE deliveries ADD COLUMN revision BIGINT;
