"""Who may consult a constituency, and who may reply, when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date, datetime, time

from decisions.lifecycle import MOST_MAILS_A_DAY, QuestionStatus
from decisions.models import Consultation, Consultee, Question
from groups.models import Seat
from groups.recipients import is_contact
from groups.standing import Standing
from records.clock import london_date, london_moment
from records.dates import as_clock, as_day
from records.rules import Refusal

LONGEST_BRIEF = LONGEST_REPLY = 5000  # characters
LONGEST_NAME = 160


def refusals_to_see(question: Question, seat: Seat, standing: Standing) -> Iterator[Refusal]:
    """Private to whoever may vote for the seat: for anybody else, whatever their rights, it does not exist."""
    if not standing.votes_in(seat) or seat.group_id != question.group_id:
        yield Refusal("There is no such consultation.", status=404)


def refusals_to_consult(
    question: Question, seat: Seat, brief: str, reply_by: date | None, standing: Standing, now: datetime
) -> Iterator[Refusal]:
    yield from refusals_to_see(question, seat, standing)
    yield from refusals_of_time(question, now)
    if not brief.strip():
        yield Refusal("Write what you ask, in plain words.", field="brief")
    if len(brief) > LONGEST_BRIEF or "\0" in brief:
        yield Refusal(f"Keep it under {LONGEST_BRIEF:,} characters.", field="brief")
    if reply_by and reply_by < london_date(now):
        yield Refusal("That day is over: give one to come, or none.", field="reply_by")
    elif reply_by and question.closes_at and reply_by > london_date(question.closes_at):
        yield Refusal(f"The vote closes on {as_day(question.closes_at)}: a reply after that comes too late.", field="reply_by")


def refusals_of_time(question: Question, now: datetime) -> Iterator[Refusal]:
    """From the draft on, until the vote is over."""
    if question.status != QuestionStatus.DRAFT and not question.is_open(now):
        yield Refusal(f"The vote on {question.on or 'this'} is over: a reply would come too late.", code="over")


def refusals_to_ask(consultee: Consultee, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """What the seat wrote goes out in the portal's name: so often a day, and no more."""
    consultation = consultee.consultation
    yield from refusals_to_see(consultation.question, consultation.seat, standing)
    if consultee.replied_at:
        yield Refusal(f"{consultee.organisation} has replied already.")
    yield from refusals_of_time(consultation.question, now)
    if mails_today(consultation.seat, now) >= MOST_MAILS_A_DAY:
        yield Refusal(f"{MOST_MAILS_A_DAY} mails have gone out for this seat today, and no more do: copy the link and send it yourself, or go on tomorrow.")


def mails_today(seat: Seat, now: datetime) -> int:
    asked = Consultee.history.filter(consultation__seat=seat, asked_at__gte=london_moment(london_date(now), time.min))
    return asked.values("id", "asked_at", "address").distinct().count()


def refusals_of_address(consultee: Consultee, address: str, now: datetime) -> Iterator[Refusal]:
    """The portal writes to nobody of whom it does not know that they are with the organisation."""
    asked_at = consultee.asked_at
    if not address.strip():
        yield Refusal("Give an e-mail address.", field="address")
    elif not is_contact(consultee.organisation, address, london_date(now)):
        yield Refusal(
            f"The portal does not know {address} as an address of {consultee.organisation}. Copy the link and send it yourself, or ask the PMO to put the person on record.",
            field="address",
        )  # fmt: skip
    if asked_at and consultee.address == address and london_date(asked_at) == london_date(now):
        yield Refusal(f"{address} has been asked today, at {as_clock(asked_at)}. Ask again tomorrow.", field="address")


def refusals_to_use_the_replies(consultation: Consultation, standing: Standing) -> Iterator[Refusal]:
    yield from refusals_to_see(consultation.question, consultation.seat, standing)
    if not consultation.consultees.exclude(replied_at=None).exists():
        yield Refusal("Nobody has replied yet, so there is nothing to draft a comment from.")


def refusals_to_reply(consultee: Consultee, view: str, text: str, name: str, now: datetime) -> Iterator[Refusal]:
    if consultee.replied_at:
        yield Refusal(f"{consultee.organisation} has replied already: a link is good for one reply.", code="replied")
    yield from refusals_of_time(consultee.consultation.question, now)
    if view not in Consultee.View.values:
        yield Refusal("Choose in favour, against, or no view.", field="view")
    if not name.strip() or len(name.strip()) > LONGEST_NAME or "\0" in name:
        yield Refusal("Give your name.", field="name")
    if len(text) > LONGEST_REPLY or "\0" in text:
        yield Refusal(f"Keep the reply under {LONGEST_REPLY:,} characters.", field="text")
