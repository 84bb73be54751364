"""What somebody is told of the rows here that are about them: what they asked and answered for their organisation.

Whoever answers a question for clarification is not told who asked it: of those, they are told how many.
"""

from change_requests.models import ChangeRequest, Clarification, OffRollAnswer, Response
from groups.held_about import about

ANSWERED = (
    "position", "impact", "cost", "effort", "lead_time", "test_dates", "alternatives", "comments", "answer", "confidence", "submitted_name", "how",
    "submitted_at", "late",
)  # fmt: skip

about(ChangeRequest, "raised_by_person", "reference", "title", "raised_on")
about(Clarification, "asked_by", "assessment", "n", "question", "asked_name", "asked_at")
about(Response, "submitted_by", "row", *ANSWERED)
about(OffRollAnswer, "submitted_by", "team", *ANSWERED)
