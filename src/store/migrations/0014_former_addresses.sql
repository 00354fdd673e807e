CREATE INDEX edition_tools_by_old_slug ON edition_tools (old_slug, edition) WHERE old_slug IS NOT NULL;
