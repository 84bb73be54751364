"""What reading in adds to the edition of a meeting: where it comes from, and what the reader wondered about."""

from typing import Any

from meetings.models import Meeting
from records.editions import part_of


@part_of("meeting", "source")
def source_of(meeting: Meeting) -> dict[str, Any] | None:
    file = meeting.imported_files.order_by("-pk").defer("text").first() if meeting.published_at else None
    if file is None:
        return None
    return {
        "name": file.name, "doc_type": file.doc_type, "issued_on": file.issued_on, "sha256": file.sha256, "warnings": file.warnings,
    }  # fmt: skip
