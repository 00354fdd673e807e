-- Reports ask what readers did because of an edition.
CREATE INDEX consent_changes_by_edition ON consent_changes (edition) WHERE edition IS NOT NULL;
