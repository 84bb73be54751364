"""What whoever answers for an organisation is shown beside the form: what was asked and answered, and at the end what became of the answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from change_requests.became import decided_on, themes_of
from change_requests.models import AssessmentRow, ResponseDraft


def clarified(row: AssessmentRow) -> dict[str, Any]:
    """Questions that were answered, whoever asked them; and those of the organisation's own that wait."""
    told = list(row.assessment.clarifications.order_by("n"))
    return {"clarifications": [each for each in told if each.answered_at], "own_questions": [each for each in told if each.row_id == row.pk and not each.answered_at]}


def kept_at(rows: Iterable[AssessmentRow]) -> dict[int, datetime]:
    """When the draft of each row was last kept. One query, however many."""
    return dict(ResponseDraft.history.filter(row__in=[row.pk for row in rows]).values_list("row").annotate(Max("history_date")))


def is_unsent(row: AssessmentRow, kept: dict[int, datetime]) -> bool:
    """Whether something was kept since the answer was sent that counts."""
    return row.counted is not None and row.pk in kept and kept[row.pk] > row.counted.submitted_at


def what_became(row: AssessmentRow) -> dict[str, Any] | None:
    """None before what came of the assessment and the decision are both public."""
    if row.counted is None or not row.assessment.results_published_at:
        return None
    determination = decided_on(row.assessment.version.change_request)
    return {"themes": themes_of(row), "determination": determination} if determination else None
