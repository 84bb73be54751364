"""What whoever answers for an organisation is shown beside the form: what was asked and answered, and at the end what became of the answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max
from django.urls import reverse

from change_requests.became import decided_on, themes_of
from change_requests.models import AssessmentRow, ChangeRequestVersion, RequestFile, ResponseDraft
from change_requests.rules.requests import may_have
from files.models import Visibility
from groups.standing import Standing


def clarified(row: AssessmentRow) -> dict[str, Any]:
    """Questions that were answered, whoever asked them; and those of the organisation's own that wait."""
    told = list(row.assessment.clarifications.order_by("n"))
    return {"clarifications": [each for each in told if each.answered_at], "own_questions": [each for each in told if each.row_id == row.pk and not each.answered_at]}


class Sent(NamedTuple):
    """One attachment of what is asked about: its address, or why there is none for whoever looks."""

    title: str
    address: str
    why_not: str


def sent_with(row: AssessmentRow, standing: Standing | None) -> list[Sent]:
    """`standing` is of whoever is signed in."""
    version = row.assessment.version
    files = RequestFile.objects.filter(version=version, dropped=False, attachment__isnull=False).select_related("attachment", "blob__clean_copy")
    there = {file.attachment.n: file for file in files if file.attachment} if row.assessment.sends else {}
    return [_sent(each["title"], there.get(each["n"]), version, standing) for each in row.assessment.sends]


def _sent(title: str, file: RequestFile | None, version: ChangeRequestVersion, standing: Standing | None) -> Sent:
    if file is None:
        return Sent(title, "", "")
    file.version = version
    if file.visibility == Visibility.PUBLIC:
        return Sent(title, reverse("register:change_request_file", args=[version.change_request.reference, file.digest]), "")
    if standing and may_have(file, standing):
        return Sent(title, reverse("change_requests:file", args=[file.pk]), "")
    return Sent(title, "", "sign in to read it" if file.visibility == Visibility.PARTICIPANTS else "for the PMO and assurance only")


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
