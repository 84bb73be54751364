"""Pages about artefacts and releases, for those who are signed in."""
