-- 1 for a delivery that was sent again because it was in doubt: that happens once.
ALTER TABLE deliveries ADD COLUMN repeated BIGINT;
