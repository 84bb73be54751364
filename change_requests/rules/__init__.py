"""The rules of change requests and of their assessments. Read-only: nothing here writes."""
