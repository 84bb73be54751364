"""The rules of artefacts and of releases. Read-only: nothing here writes."""
