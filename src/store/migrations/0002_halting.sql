-- Why an edition was paused, in words for the operator; and when it was last taken up again, from
-- which on deferred mails have their time to retry.
ALTER TABLE editions ADD COLUMN because TEXT;
ALTER TABLE editions ADD COLUMN resumed_at BIGINT;

-- Every mark asks whether its edition is being sent, and every look at the queue which ones are. The
-- answer must not read a row of the table: it holds a whole mail.
CREATE INDEX editions_by_state ON editions (state, id, slug);
