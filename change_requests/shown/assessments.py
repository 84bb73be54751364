"""An assessment as each may see it: in full, or as far as a seat may read it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, cast

from change_requests.assessed import by_constituency, earlier_only, nothing_heard, off_roll_counted
from change_requests.back_plan import back_plan, between_meetings, no_meeting
from change_requests.confidence import LABELS, READABLE, fields_for, given_in_confidence, marked_for
from change_requests.lifecycle import AssessmentStatus, RequestStatus
from change_requests.models import Answered, Assessment, AssessmentRow, Audience, ChangeRequest, Response
from change_requests.rules.assessments import may_have_original, may_see_answers, objections_in_no_theme
from change_requests.rules.clarifying import may_know_who_asked
from change_requests.rules.requests import keeps
from change_requests.silence import bounced_among, how_silent
from groups.standing import Standing
from records.clock import LONDON, london_date, portal_now
from records.verbs import offers
from records.working_days import UnknownYear


def assessment_page(assessment: Assessment, standing: Standing, now: datetime) -> dict[str, Any]:
    """Who was asked and what each said: in full for those who run it, as far as each field is open for a seat; names of the silent only for their own."""
    reader, rows = _reader(assessment, standing), _rows(assessment)
    in_full = reader == Audience.PROGRAMME
    shown = rows if in_full else _of_the_seat(rows, standing)
    only_before, bounced = earlier_only(assessment, rows), bounced_among(row for row in shown if row.counted is None)
    open_now = assessment.is_open(now)
    themes = list(assessment.themes.filter(dropped=False).order_by("n"))
    names = {row.pk: row.organisation_name for row in rows}
    first = {answer.pk: row.organisation_name for row in rows for answer in row.responses.all()}
    return {
        "assessment": assessment,
        "change_request": assessment.version.change_request,
        "is_open": open_now,
        "left": standing.counting.left(standing.on, assessment.closes_at) if open_now else None,
        "in_full": in_full,
        "counts": by_constituency(rows, reader) if in_full or not open_now else [],
        "asked": len(rows),
        "answered": sum(row.counted is not None for row in rows),
        "nothing_heard": "" if open_now or assessment.status == AssessmentStatus.WITHDRAWN else nothing_heard(len(rows), sum(row.counted is None for row in rows)),
        "constituencies": [(name, [_row(row, reader, "" if row.counted else how_silent(row, before=row.pk in only_before, bounced=bounced).label, standing, now, in_full=in_full, told=in_full or not open_now, first=first) for row in own]) for name, own in _grouped(shown)],
        "drafted": drafted_comment(shown, reader) if not in_full and shown and not open_now else "",
        "themes": [{"theme": _with(theme, assessment), "made_of": [names[pk] for pk in theme.rows if pk in names], "offers": offers(theme, standing, now)} for theme in themes]
        if in_full or assessment.results_published_at or keeps(assessment.version.change_request, standing) else [],
        "off_roll": [{"answer": each, "said": marked_for(each, reader)} for each in off_roll_counted(assessment)] if in_full or not open_now else [],
        "clarifications": _clarifications(assessment, standing, now),
        "unplaced": objections_in_no_theme(assessment) if in_full and assessment.status == AssessmentStatus.CLOSED else [],
        "under": _under(assessment, standing),
        "extensions": list(assessment.extensions.all()),
        "offers": offers(assessment, standing, now),
    } | _plan(assessment, standing)  # fmt: skip


def planned(request: ChangeRequest, standing: Standing, *, days: int, issued: date | None = None, closes: date | None = None) -> dict[str, Any]:
    """Whether the days fit, from the issue (today, if it is still to come) to the meeting; and between meetings, the other way.

    Nothing is said where a year begins before all is done of which nobody knows the holidays yet.
    """
    counting, issued = standing.counting, issued or standing.on
    near = standing.belongs_to(request.group)
    try:
        closes = closes or counting.days.add(issued, days)
        plan = back_plan(request, issued, closes, days, standing.on, counting, public_only=not near)
        without = "" if plan else no_meeting(request, closes, standing.on, public_only=not near)
        return {"plan": plan, "no_meeting": without, "between": between_meetings(request, closes, counting)}
    except UnknownYear:
        return {}


def _plan(assessment: Assessment, standing: Standing) -> dict[str, Any]:
    """While nothing is decided of it that the person may know. How long it is open is counted from its issue, with any time it was given more."""
    request = assessment.version.change_request
    decided = request.determinations.all() if standing.belongs_to(request.group) else request.determinations.filter(settlement__decision__published_at__isnull=False)
    if assessment.status == AssessmentStatus.WITHDRAWN or request.status != RequestStatus.RAISED or decided.exists():
        return {}
    opened, closes = cast(datetime, assessment.opens_at), cast(datetime, assessment.closes_at)
    return planned(request, standing, days=assessment.window_days or 0, issued=london_date(opened), closes=london_date(closes))


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
    rows = list(assessment.roll.select_related("organisation").prefetch_related("responses__approval__approved_by", "responses__original").order_by("order"))
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


def _clarifications(assessment: Assessment, standing: Standing, now: datetime) -> list[dict[str, Any]]:
    """Questions with their answers; before that, only for those who can answer. Who asked is for those alone who read every answer."""
    answers, knows = keeps(assessment.version.change_request, standing), may_know_who_asked(assessment, standing)
    told = assessment.clarifications.select_related("row").order_by("n")
    for each in told:
        each.assessment = assessment
    return [
        {
            "clarification": each, "question": each.as_told or each.question, "who": f"{each.asked_name} for {each.row.organisation_name}" if knows else "",
            "offers": offers(each, standing, now),
        }
        for each in told
        if each.answered_at or answers or knows
    ]  # fmt: skip


def _row(
    row: AssessmentRow, reader: str, silent: str, standing: Standing, now: datetime, *, in_full: bool, told: bool, first: dict[int, str]
) -> dict[str, Any]:  # fmt: skip
    """`told`: whether what was answered may be read already. Before the close a seat reads only that it was. `first`: whose each answer is."""
    answer = row.counted
    return {
        "row": row,
        "answer": answer,
        "said": marked_for(answer, reader) if answer and told else [],
        "given_with": first.get(answer.given_with_id, "") if answer and answer.given_with_id else "",
        "silent": silent,
        "approval": getattr(answer, "approval", None) if answer else None,
        "original": getattr(answer, "original", None) if answer and may_have_original(row.assessment, standing) else None,
        "is_mailed": in_full and answer is not None and answer.how == Response.How.MAILED,
        "offers": offers(row, standing, now) if in_full else [],
    }


def drafted_comment(rows: list[AssessmentRow], reader: str) -> str:
    """What a seat could say of its constituency, from fact: "20 asked: 3 support, 1 objects. Nothing heard from 16 of 20." Of what is closed to it, how many."""
    answers = [row.counted for row in rows if row.counted]
    readable = [each for each in answers if each.audience_of("position") in READABLE[Audience(reader)]]
    told = [(sum(each.position == position for each in readable), words) for position, words in _SAID]
    closed = len(answers) - len(readable)
    counted = [f"{n} {words[n != 1]}" for n, words in told if n] + ([f"{closed} in confidence"] if closed else [])
    return " ".join(filter(None, (f"{len(rows)} asked{': ' if counted else ''}{', '.join(counted)}.", nothing_heard(len(rows), len(rows) - len(answers)))))


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
    bounced = bounced_among(row for row in shown if row.counted is None)
    yield ["constituency", "organisation", "answered", "late", "by", *LABELS.values(), "not for everyone"]
    for row in shown:
        answer = row.counted
        if answer is None:
            yield [row.constituency_name, row.organisation_name, how_silent(row, before=row.pk in only_before, bounced=bounced).label, "", "", *[""] * (len(LABELS) + 1)]
            continue
        said = dict(fields_for(answer, reader)) if may_read else {}
        when = f"{answer.submitted_at.astimezone(LONDON):%Y-%m-%d %H:%M}"
        yield [row.constituency_name, row.organisation_name, when, "yes" if answer.late else "no", answer.submitted_name, *(said.get(label, "") for label in LABELS.values()), _closed(answer, reader) if may_read else ""]
    for each in off_roll_counted(assessment) if may_read else ():
        said, when = dict(fields_for(each, reader)), f"{each.submitted_at.astimezone(LONDON):%Y-%m-%d %H:%M}"
        yield ["off the roll", each.team, when, "yes" if each.late else "no", each.submitted_name, *(said.get(label, "") for label in LABELS.values()), _closed(each, reader)]


def _closed(answer: Answered, reader: str) -> str:
    return "; ".join(f"{label}: {whom}" for label, whom in given_in_confidence(answer, reader).items())
