"""What waits to be done with questions and votes."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse

from decisions.due import correct_until
from decisions.lifecycle import QuestionStatus
from decisions.models import Cast, Question, RollRow
from decisions.operations.votes import answer_until
from decisions.rules.questions import (
    refusals_to_answer_for,
    refusals_to_cast,
    refusals_to_close,
    refusals_to_correct,
    refusals_to_open,
)
from desk.things.thing import Thing
from groups.calendar import calendar
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.clock import london_date
from records.models import Origin


def things(standing: Standing, now: datetime) -> Iterator[Thing]:
    yield from _votes_to_give(standing, now)
    yield from _votes_to_confirm(standing, now)
    yield from _silences_to_check(standing, now)
    yield from _questions_to_run(standing, now)


def _left(moment: datetime | None, standing: Standing) -> int | None:
    return calendar().between(standing.on, london_date(moment)) if moment else None


def _votes_to_give(standing: Standing, now: datetime) -> Iterator[Thing]:
    rows = RollRow.objects.filter(seat__in=standing.voting_seat_ids, question__status=QuestionStatus.OPEN, question__follows=None, casts=None)
    for row in rows.select_related("question__group", "seat"):
        if not any(refusals_to_cast(row, "approve", "", standing, now)):
            question = row.question
            on = question.on or question.reference
            asked = f"Say if the {row.constituency} seat objects to {on}" if question.asks_for_objections else f"Vote on {on} for the {row.constituency} seat"
            yield Thing(
                "vote", asked, question.group.name, question.closes_at,
                _left(question.closes_at, standing), reverse("decisions:vote", args=[question.pk, row.pk]),
            )  # fmt: skip


def _votes_to_confirm(standing: Standing, now: datetime) -> Iterator[Thing]:
    """What the secretariat recorded on behalf of one's seat, while it can be disputed and nothing later replaced it."""
    rows = RollRow.objects.filter(seat__in=standing.voting_seat_ids, casts__capacity=Cast.Capacity.PMO_ON_BEHALF).distinct()
    casts = Prefetch("casts", Cast.objects.select_related("holder_answer", "row__question__group", "row__seat"))
    for row in rows.select_related("question__group", "seat").prefetch_related(casts):
        cast = row.counted
        if cast is None or cast.capacity != Cast.Capacity.PMO_ON_BEHALF:
            continue
        until = answer_until(cast)
        if not any(refusals_to_answer_for(cast, True, "", standing, until, now)):
            yield Thing(
                "confirm", f"Confirm or dispute the vote recorded for the {row.constituency} seat", row.question.group.name, until,
                _left(until, standing), reverse("decisions:answer_for", args=[cast.pk]),
            )  # fmt: skip


def _silences_to_check(standing: Standing, now: datetime) -> Iterator[Thing]:
    """What stands in the roll as no objection of one's seat, while it can be corrected."""
    rows = RollRow.objects.filter(seat__in=standing.voting_seat_ids, state=RollRow.State.SILENT, question__close_recorded_at__isnull=False)
    for row in rows.select_related("question__group", "seat", "correction").prefetch_related("casts"):
        if not any(refusals_to_correct(row, "to be typed", standing, now)):
            until, on = correct_until(row), row.question.on or row.question.reference
            yield Thing(
                "correct", f"No objection to {on} is recorded for the {row.constituency} seat: correct that if it is not right",
                row.question.group.name, until, _left(until, standing), reverse("decisions:correct_silence", args=[row.pk]),
            )  # fmt: skip


def _questions_to_run(standing: Standing, now: datetime) -> Iterator[Thing]:
    """The secretariat's: a drafted question to open, a vote in the room to close."""
    live = Question.objects.filter(status__in=(QuestionStatus.DRAFT, QuestionStatus.OPEN), origin=Origin.PORTAL, follows=None)
    for question in live.select_related("group", "decision"):
        if any(refusals_to_keep_the_record(standing, question.group)):
            continue
        if not any(refusals_to_open(question, now)):
            yield Thing("open", f"{'Ask the room about' if question.asks_for_objections else 'Open the vote on'} {question.on or question.reference}", question.group.name, None, None, reverse("decisions:open_question", args=[question.pk]))
        elif question.in_the_room and not any(refusals_to_close(question, now)):
            page = "roll_call" if question.asks_for_objections else "question"
            yield Thing("close", f"{'Finish asking the room about' if question.asks_for_objections else 'Close the vote on'} {question.on or question.reference}", question.group.name, None, None, reverse(f"decisions:{page}", args=[question.pk]))
