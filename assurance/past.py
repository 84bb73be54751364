"""Assessments that were loaded from spreadsheets, in the figures of the list of change requests: as their table states them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from change_requests.models import PastAssessment


@dataclass(frozen=True)
class PastCounted:
    """One of them. Whether an answer came in time, and why somebody was silent, is told as far as the table does."""

    assessment: PastAssessment
    asked: int
    in_time: int
    time_not_stated: int
    late: int
    confidential: int
    silent: int
    not_stated: int

    @property
    def called(self) -> str:
        told = self.assessment
        return f"{told.kind_in_words}, {told.version_in_words}, loaded from {told.source_name} (sha256 {told.source_sha256[:12]}…)"

    @property
    def in_time_in_words(self) -> str:
        return f"{self.in_time}; of {self.time_not_stated} more it is not stated" if self.time_not_stated else str(self.in_time)

    @property
    def silent_in_words(self) -> str:
        told = [f"{self.silent} by the table’s word" if self.silent else "", f"{self.not_stated} not stated" if self.not_stated else ""]
        return "; ".join(filter(None, told))

    @property
    def cells(self) -> list[Any]:
        """Under the same headings as an assessment of the portal's own."""
        told = self.assessment
        return [
            self.called, told.opened_on or "not stated", told.closed_on or "not stated", told.days or "not stated", "", "", self.asked, self.in_time_in_words, self.late,
            "not stated", self.confidential, self.silent_in_words, "", "", "", "", "",
        ]  # fmt: skip


def past_of(requests: Iterable[int]) -> dict[int, list[PastCounted]]:
    """By change request, in the order in which they were loaded. Two queries, however many there are."""
    found: dict[int, list[PastCounted]] = defaultdict(list)
    rows = PastAssessment.objects.filter(change_request__in=requests).select_related("version", "source").prefetch_related("answers")
    for assessment in rows.order_by("change_request_id", "n"):
        found[assessment.change_request_id].append(_counted(assessment))
    return found


def _counted(assessment: PastAssessment) -> PastCounted:
    answers = list(assessment.answers.all())
    given = [each for each in answers if each.answered]
    return PastCounted(
        assessment, asked=len(answers), in_time=sum(each.late is False for each in given), time_not_stated=sum(each.late is None for each in given),
        late=sum(each.late is True for each in given), confidential=sum(each.confidential is True for each in given),
        silent=sum(each.answered is False for each in answers), not_stated=sum(each.answered is None for each in answers),
    )  # fmt: skip
