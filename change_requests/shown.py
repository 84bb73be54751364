"""What the signed-in pages show of change requests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from change_requests.assessed import LABELS, by_constituency, earlier_only, fields_for
from change_requests.life import is_settled, state_of
from change_requests.lifecycle import AssessmentStatus, VersionStatus
from change_requests.models import Assessment, AssessmentRow, Audience, ChangeRequest, ChangeRequestVersion, Response
from change_requests.rules.assessments import may_see_answers, objections_in_no_theme
from change_requests.rules.requests import named_attachments, what_is_missing
from change_requests.verbs import readable
from groups.models import Group
from groups.standing import Standing
from records.clock import LONDON
from records.verbs import offers


def of_the_person(standing: Standing) -> dict[str, Any]:
    """The change requests that are the person's business: drafts first, then what is open, then what is settled."""
    told_with = ("determinations__settlement__decision", "determinations__version", "versions__assessments")
    rows = readable(standing).select_related("group", "raised_by").prefetch_related(*told_with)
    told = [_row(request) for request in rows.order_by("-number", "-pk")[:500]]
    return {
        "drafts": [each for each in told if each["request"].published_at is None],
        "open": [each for each in told if each["request"].published_at and not each["settled"]],
        "settled": [each for each in told if each["request"].published_at and each["settled"]],
        "groups": may_begin_in(standing),
    }


def may_begin_in(standing: Standing) -> list[Group]:
    """The groups to which the person can put a change request."""
    living = Group.objects.filter(closed_on=None, level=3).order_by("code")
    return [group for group in living if standing.raises_for or standing.is_secretary_of(group)]


def _row(request: ChangeRequest) -> dict[str, Any]:
    determinations = [each for each in request.determinations.all() if each.settlement.decision.published_at]
    versions = {version.pk: version for version in request.versions.all()}
    assessments = sorted((each for version in versions.values() for each in version.assessments.all() if each.status != AssessmentStatus.WITHDRAWN), key=lambda each: each.n)
    for each in assessments:
        each.version = versions[each.version_id]
    return {"request": request, "state": state_of(request, determinations, assessments), "settled": is_settled(determinations)}


def request_page(request: ChangeRequest, standing: Standing, now: datetime) -> dict[str, Any]:
    versions = list(request.versions.prefetch_related("attachments").order_by("-key", "-pk"))
    for version in versions:
        version.change_request = request
    determinations = list(request.determinations.select_related("settlement__decision", "version").order_by("pk"))
    assessments = list(Assessment.objects.filter(version__change_request=request).select_related("version").order_by("n"))
    return {
        "change_request": request,
        "state": state_of(request, determinations, [each for each in assessments if each.status != AssessmentStatus.WITHDRAWN]),
        "offers": offers(request, standing, now),
        "versions": [_version(version, standing, now) for version in versions],
        "determinations": determinations,
        "assessments": assessments,
    }


def _version(version: ChangeRequestVersion, standing: Standing, now: datetime) -> dict[str, Any]:
    texts = [(version._meta.get_field(name).verbose_name, getattr(version, name)) for name in ChangeRequestVersion.TEXTS]
    return {
        "version": version,
        "texts": [(name, text) for name, text in texts if text],
        "attachments": named_attachments(version),
        "missing": list(what_is_missing(version)) if version.status == VersionStatus.DRAFT else [],
        "offers": offers(version, standing, now),
    }


# --- assessments


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
        "constituencies": [(name, [_row(row, reader, row.pk in only_before, standing, now, in_full) for row in own]) for name, own in _grouped(shown)],
        "drafted": drafted_comment(shown) if not in_full and shown else "",
        "themes": [{"theme": _with(theme, assessment), "made_of": [names[pk] for pk in theme.rows if pk in names], "offers": offers(theme, standing, now)} for theme in themes]
        if in_full or assessment.results_published_at or standing.raises_for else [],
        "unplaced": objections_in_no_theme(assessment) if in_full and assessment.status == AssessmentStatus.CLOSED else [],
        "extensions": list(assessment.extensions.all()),
        "offers": offers(assessment, standing, now),
    }  # fmt: skip


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


def _row(row: AssessmentRow, reader: str, only_before: bool, standing: Standing, now: datetime, in_full: bool) -> dict[str, Any]:
    answer = row.counted
    return {
        "row": row,
        "answer": answer,
        "said": fields_for(answer, reader) if answer else [],
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


def drafted_comment(rows: list[AssessmentRow]) -> str:
    """What a seat could say of its constituency, from fact: "20 asked: 3 support, 1 objects, 16 silent"."""
    answers = [row.counted for row in rows if row.counted]
    told = [(sum(each.position == position for each in answers), words) for position, words in _SAID]
    silent = len(rows) - len(answers)
    counted = ", ".join(f"{n} {words[n != 1]}" for n, words in told if n)
    return f"{len(rows)} asked: {', '.join(filter(None, (counted, f'{silent} silent' if silent else '')))}."


Position = Response.Position
_SAID = (
    (Position.SUPPORT, ("supports", "support")), (Position.WITH_COMMENTS, ("supports with comments", "support with comments")),
    (Position.OBJECT, ("objects", "object")), (Position.NO_IMPACT, ("sees no impact", "see no impact")), (Position.ABSTAIN, ("abstains", "abstain")),
)  # fmt: skip


def answers_table(assessment: Assessment, standing: Standing) -> Iterator[list[str]]:
    """The answers line by line, with what the person may read of them; for a spreadsheet."""
    reader, rows = _reader(assessment, standing), _rows(assessment)
    shown, only_before = rows if reader == Audience.PROGRAMME else _of_the_seat(rows, standing), earlier_only(assessment, rows)
    yield ["constituency", "organisation", "answered", "late", "by", *LABELS.values()]
    for row in shown:
        answer = row.counted
        if answer is None:
            yield [row.constituency_name, row.organisation_name, _how_silent(row, row.pk in only_before), "", "", *[""] * len(LABELS)]
            continue
        said = dict(fields_for(answer, reader))
        when = f"{answer.submitted_at.astimezone(LONDON):%Y-%m-%d %H:%M}"
        yield [row.constituency_name, row.organisation_name, when, "yes" if answer.late else "no", answer.submitted_name, *(said.get(label, "") for label in LABELS.values())]
