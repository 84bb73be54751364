"""What past assessments say, counted and told: for everybody, and for those who may read all of it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from change_requests.assessed import CONFIDENTIAL
from change_requests.confidence import LABELS
from change_requests.models import ChangeRequest, PastAnswer, PastAssessment, Response
from records.editions import Body, part_of

NOT_STATED = "not_stated"


LOADED_FROM = ("version", "source")


def past_assessments(request: ChangeRequest) -> list[PastAssessment]:
    rows = PastAssessment.objects.filter(change_request=request).select_related(*LOADED_FROM).prefetch_related("answers")
    return list(rows.order_by("n"))


def in_order(request: ChangeRequest) -> list[PastAssessment]:
    """The same, of one with which they were read already."""
    return sorted(request.past_assessments.all(), key=lambda each: each.n)


def counts_of(answers: Iterable[PastAnswer], *, in_full: bool) -> list[dict[str, Any]]:
    """Each constituency with how many were asked and answered, as live assessments are counted; without names, and without what may be in confidence."""
    told: dict[str, list[PastAnswer]] = {}
    for answer in answers:
        told.setdefault(answer.constituency or "Constituency not stated", []).append(answer)
    return [_counted(name, own, in_full) for name, own in told.items()]


def _counted(name: str, own: list[PastAnswer], in_full: bool) -> dict[str, Any]:
    answered = [each for each in own if each.answered]
    in_time = [each for each in answered if not each.late]
    positions, impacts = (Counter(_as_told(each, field, in_full) for each in in_time) for field in ("position", "impact"))
    return {
        "constituency": name,
        "asked": len(own),
        "answered": len(in_time),
        "late": len(answered) - len(in_time),
        "unknown": sum(each.answered is None for each in own),
        "positions": [(value, positions[value]) for value in (*Response.Position.values, CONFIDENTIAL, NOT_STATED) if positions[value]],
        "impacts": [(value, impacts[value]) for value in (*Response.Impact.values, CONFIDENTIAL) if impacts[value]],
    }


def _as_told(answer: PastAnswer, field: str, in_full: bool) -> str:
    return getattr(answer, field) or NOT_STATED if in_full or answer.confidential is False else CONFIDENTIAL


def said_in(answer: PastAnswer) -> list[tuple[str, str]]:
    """(what, in words) of each field that says something."""
    told = {"position": answer.get_position_display(), "impact": answer.get_impact_display()} | {name: getattr(answer, name) for name in PastAnswer.TEXTS}
    return [(LABELS[name], said) for name, said in told.items() if said]


@part_of("change_request", "past_assessments")
def past_body(request: ChangeRequest) -> list[Body]:
    return [_told(each) for each in in_order(request)]


def _told(assessment: PastAssessment) -> Body:
    answers = list(assessment.answers.all())
    return {
        "n": assessment.n,
        "kind_in_words": assessment.kind_in_words,
        "version": assessment.version.label if assessment.version else None,
        "opened_on": assessment.opened_on,
        "closed_on": assessment.closed_on,
        "days": assessment.days,
        "question": assessment.question,
        "authority": assessment.authority,
        "counts": counts_of(answers, in_full=False),
        "answers": [
            {"organisation": each.organisation, "constituency": each.constituency, "late": bool(each.late), "said": said_in(each)}
            for each in answers
            if each.answered and each.confidential is False
        ],
        "source": {"name": assessment.source_name, "sha256": assessment.source_sha256, "lines": len(assessment.lines)},
    }


def days_of(assessments: Iterable[PastAssessment]) -> list:
    return [day for each in assessments for day in (each.opened_on, each.closed_on) if day]


def texts_of(body: Body) -> list[str]:
    """What is said in a past assessment, for the search."""
    return [body["question"], *(said for each in body["answers"] for _, said in each["said"])]
