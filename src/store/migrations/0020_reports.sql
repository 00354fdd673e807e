-- Reports ask what readers did because of an edition, and how the list changed between two.
CREATE INDEX consent_changes_by_edition ON consent_changes (edition) WHERE edition IS NOT NULL;
CREATE INDEX consent_changes_by_time ON consent_changes (at);
