"""The rules of artefacts and of their reviews. Read-only: nothing here writes."""
