"""Pages about artefacts and their reviews, for those who are signed in."""
