"""Pages about artefacts, their reviews and releases, for those who are signed in."""
