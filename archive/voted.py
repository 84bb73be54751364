"""A vote as a paper prints it: what was read of it, and what a correction changes of it, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from archive.people import Seats
from decisions.lifecycle import QuestionStatus
from decisions.models import Choice, Decision, Question, RollRow
from decisions.operations.past import NOT_IN_IT
from groups.models import Seat
from meetings.models import Meeting
from meetings.operations.past import MENDED
from records.models import Origin
from records.references import key_of

UNHEARD = {RollRow.State.ABSENT.value: "Not in attendance", RollRow.State.VACANT.value: "Seat vacant", RollRow.State.UNREADABLE.value: "Could not be read"}
SAID = {**dict(Choice.choices), **UNHEARD}
GONE = {NOT_IN_IT: "Not in the paper: it was made up"}
SPARE = ("missed", "missed-2", "missed-3")  # in place of the key of a row: seats that the reader passed over


@dataclass(frozen=True)
class Row:
    """What a row says: the seat as it is printed, its choice or why it has none, and its words."""

    constituency: str = ""
    said: str = ""
    comment: str = ""

    @property
    def in_words(self) -> str:
        return f"“{SAID.get(self.said, self.said)}”" + (f" (“{self.comment}”)" if self.comment else "")


@dataclass(frozen=True)
class Voted:
    """What was voted on, on which decision that advises (by its key), and the rows by theirs."""

    subject: str = ""
    version: str = ""
    wording: str = ""
    decision: int | None = None
    rows: dict[str, Row] = field(default_factory=dict)
    made_up: bool = False

    @property
    def on(self) -> str:
        return f"{self.subject} v{self.version}" if self.version else self.subject


def votes_of(meeting: Meeting) -> QuerySet[Question]:
    """Those that were read in and stand."""
    read = Question.objects.filter(item__meeting=meeting, origin=Origin.IMPORTED).exclude(status=QuestionStatus.WITHDRAWN)
    return read.select_related("item", "decision").order_by("item__number", "pk")


def decisions_of(meeting: Meeting) -> QuerySet[Decision]:
    """Those on which a vote at it may have advised."""
    return meeting.decisions.filter(origin=Origin.IMPORTED).order_by("number", "pk")


def rows_of(question: Question) -> dict[str, RollRow]:
    return {str(row.pk): row for row in question.roll.order_by("order", "pk").prefetch_related("casts")}


def as_read(question: Question) -> Voted:
    rows = {key: Row(row.constituency, row.result, row.counted.comment if row.counted else row.state_words) for key, row in rows_of(question).items()}
    return Voted(question.subject, question.version, question.wording, question.decision_id, rows)


def is_on_the_same(subject: str, other: str) -> bool:
    """CR901, cr901 and "CR 901" are one."""
    return (key_of(subject) or subject.casefold()) == (key_of(other) or other.casefold())


def asked_for(meeting: Meeting) -> dict[str, Row]:
    """For a vote that was missed: a row for each seat that the group had; where it is not known to have had any, for each that another vote names."""
    seats = [seat.label for seat in Seats(meeting.group, meeting.held_on).by_label.values()]
    named = RollRow.objects.filter(question__in=votes_of(meeting)).order_by("question", "order", "pk").values_list("constituency", flat=True)
    return {f"seat-{n}": Row(label) for n, label in enumerate(dict.fromkeys(seats or named), 1)}


# --- in sentences


def changes_by_hand(question: Question, now: Voted) -> list[str]:
    """ "South Representative was “Approve”, and is “Reject”." """
    then = as_read(question)
    if now.made_up:
        return [f"The vote on {then.on} is not in the paper, and is taken out."]
    found = [*_asked(then, now, question.item.meeting if question.item else None), *_rows(then, now)]
    return [f"The vote on {then.on}: {each}" for each in found]


def missed_vote(meeting: Meeting, now: Voted) -> str:
    rows = "; ".join(f"{row.constituency} {row.in_words}" for row in now.rows.values() if row.said)
    return f"The vote on {now.on} was missed: {rows}. It advises on {_advises(meeting, now.decision)}."


def _asked(then: Voted, now: Voted, meeting: Meeting | None) -> Iterator[str]:
    if now.subject != then.subject:
        yield f"what was voted on was “{then.subject}”, and is “{now.subject}”."
    if now.version != then.version:
        yield f"its version was “{then.version or '-'}”, and is “{now.version or '-'}”."
    if now.wording != then.wording:
        yield f"what was asked was “{then.wording or '-'}”, and is “{now.wording or '-'}”."
    if now.decision != then.decision:
        yield f"it advised on {_advises(meeting, then.decision)}, and advises on {_advises(meeting, now.decision)}."


def _advises(meeting: Meeting | None, decision: int | None) -> str:
    found = decisions_of(meeting).filter(pk=decision).first() if meeting and decision else None
    return str(found) if found else "no decision"


def _rows(then: Voted, now: Voted) -> Iterator[str]:
    for key, row in now.rows.items():
        before = then.rows.get(key)
        if before is None:
            if row.said:
                yield f"{row.constituency} was missed: {row.in_words}."
        elif row.said == NOT_IN_IT:
            yield f"{before.constituency} was {before.in_words}, and is not in the paper."
        else:
            yield from _of_one(before, row)


def _of_one(then: Row, now: Row) -> Iterator[str]:
    if now.constituency != then.constituency:
        yield f"“{then.constituency}” is “{now.constituency}”."
    if now.said != then.said:
        yield f"{now.constituency} was {Row('', then.said).in_words}, and is {Row('', now.said).in_words}."
    if now.comment != then.comment:
        yield f"{now.constituency} said “{then.comment or '-'}”, and says “{now.comment or '-'}”."


# --- as it is put down


def seats_meant(meeting: Meeting, rows: dict[str, Row]) -> dict[str, Seat | None]:
    seats = Seats(meeting.group, meeting.held_on)
    return {key: seats.in_a_vote(row.constituency) for key, row in rows.items()}


def as_told(row: Row, seat: Seat | None) -> dict[str, Any]:
    """What a row of a roll says of it: where there is no choice, the words beside it say why."""
    unheard = row.said in UNHEARD
    return {
        "seat": seat, "constituency": row.constituency, "choice": None if unheard else row.said, "comment": "" if unheard else row.comment,
        "state": row.said if unheard else RollRow.State.EXPECTED, "state_words": row.comment if unheard else "",
    }  # fmt: skip


def was_mended(question: Question) -> bool:
    """Whether somebody put it down, corrected it, or took it out by hand."""
    return question.history.filter(history_change_reason__startswith=MENDED).exists()  # type: ignore[attr-defined]
