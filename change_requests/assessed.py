"""What came of an assessment, counted: of each constituency how many were asked, answered, and how."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from change_requests.confidence import READABLE, fields_for
from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment, AssessmentRow, Audience, OffRollAnswer, Response
from records.editions import Body

CONFIDENTIAL = "confidential"


def by_constituency(rows: Iterable[AssessmentRow], reader: str) -> list[dict[str, Any]]:
    """Each constituency with how many were asked and answered, and the counts of positions and impacts, as that reader may know them.

    Late answers are counted apart. What was given in confidence is counted as that: of one answer a count would tell it.
    """
    told: dict[str, list[AssessmentRow]] = {}
    for row in rows:
        told.setdefault(row.constituency_name, []).append(row)
    return [_counted(name, own, READABLE[Audience(reader)]) for name, own in told.items()]


def nothing_heard(asked: int, silent: int) -> str:
    """ "Nothing heard from 3 of 9." Empty if all were heard, in time or late."""
    return f"Nothing heard from {silent} of {asked}." if silent else ""


def _counted(name: str, rows: list[AssessmentRow], may: set) -> dict[str, Any]:
    answers = [answer for row in rows if (answer := row.counted)]
    in_time = [answer for answer in answers if not answer.late]
    positions, impacts = _count(in_time, "position", may), _count(in_time, "impact", may)
    return {
        "constituency": name,
        "asked": len(rows),
        "answered": len(in_time),
        "late": len(answers) - len(in_time),
        "positions": [(value, positions[value]) for value in (*Response.Position.values, CONFIDENTIAL) if positions[value]],
        "impacts": [(value, impacts[value]) for value in (*Response.Impact.values, CONFIDENTIAL) if impacts[value]],
    }


def _count(answers: list[Response], field: str, may: set) -> Counter:
    return Counter(getattr(each, field) if each.audience_of(field) in may else CONFIDENTIAL for each in answers if getattr(each, field))


def assessment_body(assessment: Assessment) -> Body:
    """As it is told to everybody: what is asked, until when, of how many; and when the results are published, what came of it."""
    rows = list(assessment.roll.all())
    decision = assessment.decision
    return {
        "n": assessment.n,
        "kind": assessment.kind,
        "kind_in_words": assessment.get_kind_display(),
        "version": assessment.version.label,
        "question": assessment.question,
        "decision": decision.reference if decision and decision.published_at else None,
        "authority": assessment.authority,
        "opens_at": assessment.opens_at,
        "closes_at": assessment.closes_at,
        "days": assessment.window_days,
        "days_why": assessment.days_why,
        "status": assessment.status,
        "status_in_words": assessment.get_status_display(),
        "withdrawn_why": assessment.withdrawn_why,
        "sends": assessment.sends,
        "extensions": [{"before": each.before, "after": each.after, "why": each.why, "made_at": each.made_at} for each in assessment.extensions.all()],
        "asked": [{"constituency": each["constituency"], "asked": each["asked"]} for each in by_constituency(rows, Audience.EVERYONE)],
        "results": _results(assessment, rows) if assessment.results_published_at else None,
    }


def _results(assessment: Assessment, rows: list[AssessmentRow]) -> Body:
    """Nothing of an answer stands here that its organisation does not let everyone read."""
    return {
        "published_at": assessment.results_published_at,
        "by_constituency": by_constituency(rows, Audience.EVERYONE),
        "themes": [
            {"n": each.n, "title": each.title, "text": each.text, "answers": len(each.rows), "reply": each.reply}
            for each in assessment.themes.all()
            if not each.dropped
        ],
        "answers": [
            {"organisation": row.organisation_name, "constituency": row.constituency_name, "late": answer.late, "said": fields_for(answer, Audience.EVERYONE)}
            for row in rows
            if (answer := row.counted)
        ],
        "off_roll": [{"team": each.team, "late": each.late, "said": fields_for(each, Audience.EVERYONE)} for each in off_roll_counted(assessment)],
        "clarifications": [
            {"n": each.n, "question": each.as_told, "answer": each.answer, "answered_at": each.answered_at}
            for each in assessment.clarifications.all()
            if each.answered_at
        ],
    }


def off_roll_counted(assessment: Assessment) -> list[OffRollAnswer]:
    """Of each who answered off the roll, the latest answer."""
    latest = {each.team.casefold(): each for each in sorted(assessment.off_roll.all(), key=lambda each: each.n)}
    return sorted(latest.values(), key=lambda each: each.n)


def texts_of(body: Body) -> list[str]:
    """What is said in an assessment, for the search."""
    results = body["results"] or {"themes": [], "answers": [], "off_roll": [], "clarifications": []}
    return [
        body["question"],
        *(text for theme in results["themes"] for text in (theme["title"], theme["text"], theme["reply"])),
        *(value for answer in (*results["answers"], *results["off_roll"]) for _, value in answer["said"]),
        *(text for each in results["clarifications"] for text in (each["question"], each["answer"])),
    ]


def earlier_only(assessment: Assessment, rows: Iterable[AssessmentRow]) -> set[int]:
    """The rows that answered the assessment before and have not confirmed that: they stand as they stood then, and are not counted here."""
    before = Response.objects.filter(
        row__assessment__version__change_request=assessment.version.change_request_id, row__assessment__n__lt=assessment.n,
        row__assessment__kind=assessment.kind,
    ).exclude(row__assessment__status=AssessmentStatus.WITHDRAWN)  # fmt: skip
    known = set(before.values_list("row__organisation", "row__constituency"))
    return {row.pk for row in rows if row.counted is None and (row.organisation_id, row.constituency_id) in known}
