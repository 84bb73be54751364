"""The rules of what is said against decisions and passed between groups. Read-only: nothing here writes."""
