"""Votes mended by hand: one that was read wrongly, one that the reader made up, and one that it missed."""

from typing import Any, cast

from django.db.models import Max

from archive import voted
from archive.operations.by_hand import frozen_again
from archive.rules import (
    refusals_of_correcting_vote,
    refusals_of_mending,
    refusals_of_missed_vote,
    refusals_to_correct_meeting,
    refusals_to_correct_vote,
)
from archive.voted import Voted
from decisions.models import Decision, Question
from decisions.operations import correct_past_vote, record_past_question, take_out_past_question
from groups.models import User
from groups.standing import Standing
from meetings.models import AgendaItem, Meeting, Paragraph
from meetings.operations.locking import locked_meeting
from meetings.operations.past import MENDED
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require

Kind = Paragraph.Kind


@operation
def correct_vote_by_hand(question: Question, now: Voted, *, why: str, by: User) -> Question:
    """Mend what the reader made of a vote, or take out one that it made up. Its decision, and the minutes, say so."""
    meeting = locked_meeting(Meeting.objects.get(items__questions=question))
    decisions = _locked_decisions(question, now)
    question, at = locked(Question.objects.select_related("group", "item__meeting__group", "decision", "paragraph")).get(pk=question.pk), portal_now()
    _lock_items(meeting)
    require(refusals_to_correct_vote(question, Standing.at(by, at), at), refusals_of_correcting_vote(question, now))
    changes = voted.changes_by_hand(question, now)
    require(refusals_of_mending(changes, why))
    said = " ".join([*changes, why.strip()])
    if now.made_up:
        _keep_words(question, f"{MENDED}{said}", by=by)
        take_out_past_question(question, why=f"{MENDED}{said}", by=by)
    else:
        question = correct_past_vote(
            question, subject=now.subject, version=now.version, wording=now.wording, decision=decisions.get(now.decision),
            rows=_as_rows(meeting, question, now), why=said, by=by,
        )  # fmt: skip
    frozen_again(meeting, "Votes", said, by=by, at=at)
    return question


def _lock_items(meeting: Meeting) -> None:
    """Their paragraphs are numbered when the minutes are frozen."""
    list(locked(meeting.items.all()).order_by("pk").values_list("pk"))


def _locked_decisions(question: Question, now: Voted) -> dict[int | None, Decision]:
    """Those that it advised on, and advises on."""
    meant = [pk for pk in (Question.objects.values_list("decision_id", flat=True).get(pk=question.pk), now.decision) if pk]
    return {each.pk: each for each in locked(Decision.objects.select_related("group").filter(pk__in=meant)).order_by("pk")}


def _keep_words(question: Question, why: str, *, by: User) -> None:
    """What the vote showed of the paper, and its place does not: the comments, where they had a table of their own."""
    place = question.paragraph
    if place is None or question.item is None:
        return
    shown = [(row.constituency, row.counted.comment) for row in voted.rows_of(question).values() if row.counted and row.counted.comment]
    lost = [f"{seat}: {comment}" for seat, comment in shown if comment not in place.text]
    after = question.item.paragraphs.filter(dropped=False, order__gt=place.order).order_by("order").first()
    for n, text in enumerate(lost, 1):
        order = place.order + (after.order - place.order) * n / (len(lost) + 1) if after else place.order + n
        Paragraph(item=question.item, order=order, kind=Kind.TEXT, text=text).save_by(by, why)


def _as_rows(meeting: Meeting, question: Question, now: Voted) -> list[tuple[Any, dict[str, Any]]]:
    """Each row that the paper has, with the row that was read; one whose seat is called as it was keeps its seat."""
    then, meant = voted.rows_of(question), voted.seats_meant(meeting, now.rows)
    kept = {key: row for key, row in now.rows.items() if row.said and row.said not in voted.GONE}
    seats = {key: then[key].seat if key in then and then[key].constituency == row.constituency else meant[key] for key, row in kept.items()}
    return [(then.get(key), voted.as_told(row, seats[key])) for key, row in kept.items()]


@operation
def add_missed_vote(meeting: Meeting, now: Voted, *, item: AgendaItem | None, why: str, by: User) -> Question:
    """Write down a vote that the reader passed over, as the paper prints it: before the decision on which it advises, or last under its item."""
    meeting, at = locked_meeting(meeting), portal_now()
    decision = locked(Decision.objects.select_related("group", "paragraph").filter(pk=now.decision)).first() if now.decision else None
    require(
        refusals_to_correct_meeting(meeting, Standing.at(by, at), at), refusals_of_missed_vote(meeting, now, item), refusals_of_mending([now.subject], why),
    )  # fmt: skip
    _lock_items(meeting)
    item = AgendaItem.objects.select_related("meeting__group").get(pk=cast(AgendaItem, item).pk)
    said = f"{voted.missed_vote(meeting, now)} {why.strip()}"
    seats = voted.seats_meant(meeting, now.rows)
    made = record_past_question(
        item, now.wording, paragraph=_place(item, decision, f"{MENDED}{said}", by=by), decision=decision, subject=now.subject, version=now.version,
        held_at=meeting.starts_at, rows=[voted.as_told(row, seats[key]) for key, row in now.rows.items() if row.said], why=f"{MENDED}{said}", by=by,
    )  # fmt: skip
    frozen_again(meeting, "Votes", said, by=by, at=at)
    return made


def _place(item: AgendaItem, decision: Decision | None, why: str, *, by: User) -> Paragraph:
    """Where it stands in the minutes."""
    there = item.paragraphs.filter(dropped=False)
    beside = decision.paragraph if decision else None
    if beside and beside.item_id == item.pk:
        before = there.filter(order__lt=beside.order).aggregate(last=Max("order"))["last"]
        order = ((before if before is not None else beside.order - 2) + beside.order) / 2
    else:
        order = (there.aggregate(last=Max("order"))["last"] or 0) + 1
    return Paragraph(item=item, order=order, kind=Kind.VOTE).save_by(by, why)
