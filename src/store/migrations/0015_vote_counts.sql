-- `slug` was the issue's, beside `tool`. The rename locks the table until the votes are counted, and makes the
-- statements of an earlier release fail from then on: they would add votes without counting them.
ALTER TABLE votes RENAME COLUMN slug TO issue;

-- How many votes there are, kept by the transaction that records them.
CREATE TABLE vote_counts (
    issue   TEXT   NOT NULL,
    tool    TEXT   NOT NULL,
    verdict TEXT   NOT NULL,
    votes   BIGINT NOT NULL,
    PRIMARY KEY (issue, tool, verdict)
) /*WITHOUT ROWID*/;

INSERT INTO vote_counts (issue, tool, verdict, votes)
    SELECT issue, tool, verdict, COUNT(*) FROM votes GROUP BY issue, tool, verdict;
