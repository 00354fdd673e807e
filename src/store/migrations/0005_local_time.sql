-- When a delivery was first due, where each reader gets the edition at their own time: its time to retry
-- counts from then on, and its mail carries that date. NULL where everybody was due when it was frozen.
ALTER TABLE deliveries ADD COLUMN first_due_at BIGINT;
