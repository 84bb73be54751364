"""An assessment as each may see it: in full, or as far as a seat may read it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from change_requests.assessed import by_constituency, earlier_only
from change_requests.confidence import LABELS, READABLE, fields_for
from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment, AssessmentRow, Audience, Response
from change_requests.rules.assessments import may_see_answers, objections_in_no_theme
from change_requests.rules.requests import keeps
from groups.standing import Standing
from records.clock import LONDON, portal_now
from records.verbs import offers


def assessment_page(assessment: Assessment, standing: Standing, now: datetime) -> dict[str, Any]:
    """Who was asked and what each said: in full for those who run it, as far as each field is open for a seat; names of the silent only for their own."""
    reader, rows = _reader(assessment, standing), _rows(assessment)
    in_full = reader == Audience.PROGRAMME
    shown = rows if in_full else _of_the_seat(rows, standing)
    only_before = earlier_only(assessment, rows)
    open_now = assessment.is_open(now)
    themes = list(assessment.themes.filter(dropped=False).order_by("n"))
    names = {row.pk: row.organisation_name for row in rows}
    return {
        "assessment": assessment,
        "change_request": assessment.version.change_request,
        "is_open": open_now,
        "left": standing.counting.left(standing.on, assessment.closes_at) if open_now else None,
        "in_full": in_full,
        "counts": by_constituency(rows, reader) if in_full or not open_now else [],
        "asked": len(rows),
        "answered": sum(row.counted is not None for row in rows),
        "constituencies": [(name, [_row(row, reader, row.pk in only_before, standing, now, in_full=in_full, told=in_full or not open_now) for row in own]) for name, own in _grouped(shown)],
        "drafted": drafted_comment(shown, reader) if not in_full and shown and not open_now else "",
        "themes": [{"theme": _with(theme, assessment), "made_of": [names[pk] for pk in theme.rows if pk in names], "offers": offers(theme, standing, now)} for theme in themes]
        if in_full or assessment.results_published_at or keeps(assessment.version.change_request, standing) else [],
        "unplaced": objections_in_no_theme(assessment) if in_full and assessment.status == AssessmentStatus.CLOSED else [],
        "under": _under(assessment, standing),
        "extensions": list(assessment.extensions.all()),
        "offers": offers(assessment, standing, now),
    }  # fmt: skip


def _under(assessment: Assessment, standing: Standing) -> str:
    decision = assessment.decision
    if decision and not decision.published_at and not standing.belongs_to(assessment.group):
        return "A decision that is not public yet"
    return decision.reference if decision else assessment.authority


def _with(theme, assessment: Assessment):
    theme.assessment = assessment
    return theme


def _reader(assessment: Assessment, standing: Standing) -> str:
    return Audience.PROGRAMME if may_see_answers(assessment, standing) else Audience.PARTICIPANTS


def _rows(assessment: Assessment) -> list[AssessmentRow]:
    rows = list(assessment.roll.select_related("organisation").prefetch_related("responses").order_by("order"))
    for row in rows:
        row.assessment = assessment
    return rows


def _of_the_seat(rows: list[AssessmentRow], standing: Standing) -> list[AssessmentRow]:
    """Those of the constituencies that the person's seats speak for."""
    own = {seat.constituency_id for seat in standing.seats if seat.constituency_id}
    return [row for row in rows if row.constituency_id in own]


def _grouped(rows: list[AssessmentRow]) -> list[tuple[str, list[AssessmentRow]]]:
    told: dict[str, list[AssessmentRow]] = {}
    for row in rows:
        told.setdefault(row.constituency_name, []).append(row)
    return list(told.items())


def _row(row: AssessmentRow, reader: str, only_before: bool, standing: Standing, now: datetime, *, in_full: bool, told: bool) -> dict[str, Any]:
    """`told`: whether what was answered may be read already. Before the close a seat reads only that it was."""
    answer = row.counted
    return {
        "row": row,
        "answer": answer,
        "said": fields_for(answer, reader) if answer and told else [],
        "silent": "" if answer else _how_silent(row, only_before),
        "offers": offers(row, standing, now) if in_full else [],
    }


def _how_silent(row: AssessmentRow, only_before: bool) -> str:
    """Silent is not one thing."""
    if only_before:
        return "Answered the assessment before; not confirmed for this version, and not counted"
    if row.opened_at:
        return "Silent: it was opened, and not answered"
    return "Silent: told, and not opened" if row.told_at else "Silent: nobody is known who answers for it"


def drafted_comment(rows: list[AssessmentRow], reader: str) -> str:
    """What a seat could say of its constituency, from fact: "20 asked: 3 support, 1 objects, 16 silent". Of what is closed to it, how many."""
    answers = [row.counted for row in rows if row.counted]
    readable = [each for each in answers if each.audience_of("position") in READABLE[Audience(reader)]]
    told = [(sum(each.position == position for each in readable), words) for position, words in _SAID]
    closed, silent = len(answers) - len(readable), len(rows) - len(answers)
    counted = [f"{n} {words[n != 1]}" for n, words in told if n]
    also = [f"{n} {words}" for n, words in ((closed, "in confidence"), (silent, "silent")) if n]
    return f"{len(rows)} asked: {', '.join((*counted, *also))}."


Position = Response.Position
_SAID = (
    (Position.SUPPORT, ("supports", "support")), (Position.WITH_COMMENTS, ("supports with comments", "support with comments")),
    (Position.OBJECT, ("objects", "object")), (Position.NO_IMPACT, ("sees no impact", "see no impact")), (Position.ABSTAIN, ("abstains", "abstain")),
)  # fmt: skip


def answers_table(assessment: Assessment, standing: Standing) -> Iterator[list[str]]:
    """The answers line by line, with what the person may read of them; for a spreadsheet."""
    reader, rows = _reader(assessment, standing), _rows(assessment)
    may_read = reader == Audience.PROGRAMME or not assessment.is_open(portal_now())
    shown, only_before = rows if reader == Audience.PROGRAMME else _of_the_seat(rows, standing), earlier_only(assessment, rows)
    yield ["constituency", "organisation", "answered", "late", "by", *LABELS.values()]
    for row in shown:
        answer = row.counted
        if answer is None:
            yield [row.constituency_name, row.organisation_name, _how_silent(row, row.pk in only_before), "", "", *[""] * len(LABELS)]
            continue
        said = dict(fields_for(answer, reader)) if may_read else {}
        when = f"{answer.submitted_at.astimezone(LONDON):%Y-%m-%d %H:%M}"
        yield [row.constituency_name, row.organisation_name, when, "yes" if answer.late else "no", answer.submitted_name, *(said.get(label, "") for label in LABELS.values())]
