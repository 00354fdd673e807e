-- `slug` becomes that of the tool's own page, and `old_slug` the page that it may have shared before. The next start
-- fills them in, and turns the words of `corrections` into keys and values: SQL cannot fold names in every script.
ALTER TABLE edition_tools ADD COLUMN old_slug TEXT;
