"""The rules of artefacts, of their reviews and of releases. Read-only: nothing here writes."""
