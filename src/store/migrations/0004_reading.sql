-- What the archive is looked through by. `words` is the folded text of title and tools; it is NULL for
-- editions from before this, until the next start fills it in. A digest is no part of the archive.
ALTER TABLE editions ADD COLUMN kind TEXT NOT NULL DEFAULT 'issue';
ALTER TABLE editions ADD COLUMN words TEXT;

CREATE INDEX editions_by_time ON editions (kind, created_at, id);

CREATE TABLE edition_tools (
    edition  BIGINT NOT NULL,
    side     BIGINT NOT NULL,
    slug     TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    category TEXT   NOT NULL,
    PRIMARY KEY (edition, side)
) /*WITHOUT ROWID*/;

CREATE INDEX edition_tools_by_slug ON edition_tools (slug, edition);
CREATE INDEX edition_tools_by_category ON edition_tools (category, edition);

-- What an issue's file says otherwise than the edition that was sent, and since when.
CREATE TABLE corrections (
    edition    BIGINT NOT NULL,
    field      TEXT   NOT NULL,
    sent       TEXT   NOT NULL,
    now        TEXT   NOT NULL,
    noticed_at BIGINT NOT NULL,
    PRIMARY KEY (edition, field)
) /*WITHOUT ROWID*/;
