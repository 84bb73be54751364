"""Who may send a mail about a vote or a decision again, and when what it says is so no more."""

from collections.abc import Iterator
from datetime import datetime

from decisions import notices
from decisions.due import correct_until
from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Cast, Decision, Question, RollRow
from decisions.telling import Kind, is_about, kind_of
from groups.models import Holding, Person, Seat, User
from groups.recipients import answering_for, people_in, secretariat_of
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from notifications.models import Notice
from notifications.rules import refusals_while_it_waits, refusals_without_address
from records.dates import as_day, as_moment
from records.rules import Refusal

ASKING = {Kind.OPENED, Kind.PAPERS}
LEADS_TO_A_SIGN_IN = {*ASKING, Kind.SILENCE}  # and asks for something there
ANSWERING = {Kind.CLOSED, Kind.DISPUTE, Kind.CORRECTION, Kind.MOVED}


def refusals_to_send_again(record: Question | Decision, notice: Notice, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, record.group)
    if not is_about(notice, record, now):
        yield Refusal(f"That is no mail about {record}.", status=404)
        return
    yield from refusals_while_it_waits(notice)
    yield from refusals_without_address(notice)
    yield from refusals_of_what_is_over(record, notice.key, now)
    yield from _refusals_of_the_person(record, notice, standing, now)


def refusals_of_what_is_over(record: Question | Decision, key: str, now: datetime) -> Iterator[Refusal]:
    """What the mail says is so no more, whoever got it."""
    kind, of = kind_of(key)
    yield from _over_of_a_vote(record, kind, of, now) if isinstance(record, Question) else _over_of_a_decision(record, kind, of, now)


def _over_of_a_vote(question: Question, kind: Kind, of: str, now: datetime) -> Iterator[Refusal]:
    decision = question.decision
    if kind in ASKING and question.status == QuestionStatus.WITHDRAWN:
        yield Refusal("The question is withdrawn, and nobody is asked any more.", code="state")
    elif kind in ASKING and not question.is_open(now):
        yield Refusal("The vote is over, and nobody is asked any more.", code="state")
    if kind == Kind.CLOSED and decision and decision.status != DecisionStatus.TABLED:
        yield Refusal(f"It says that the decision is the Chair's to make, and {decision} waits for that no more.", code="state")
    if kind == Kind.SILENCE and of and now >= (end := correct_until(RollRow.objects.select_related("question__group").get(pk=of))):
        yield Refusal(f"It asks whether the roll is right, and that could be corrected until {as_moment(end)}.", code="state")
    if kind == Kind.RECEIPT and of and Cast.objects.filter(row__casts=int(of)).order_by("n").values_list("pk", flat=True).last() != int(of):
        yield Refusal("The seat voted again since, and has a receipt of that.", code="state")


def _over_of_a_decision(decision: Decision, kind: Kind, of: str, now: datetime) -> Iterator[Refusal]:
    if kind == Kind.DETERMINED and decision.published_at:
        yield Refusal(f"It says that {decision} is not public yet: it is public since {as_day(decision.published_at)}, and its page says all of it.", code="state")
    if kind == Kind.EMBARGOED and (decision.embargoed_until is None or decision.embargoed_until.isoformat() != of or decision.published_at):
        yield Refusal(f"It speaks of an embargo until {as_day(of)}, and there is none until that day any more.", code="state")


def _refusals_of_the_person(record: Question | Decision, notice: Notice, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A link is good for whoever may go there; and what is not public is for nobody who has left."""
    kind, of = kind_of(notice.key)
    person = notice.person
    if person is None:
        return
    if person.pk not in {each.pk for each in _who_would_be_told(record, kind, of, standing)}:
        yield Refusal(f"{person} is not among those who are told of it any more.", code="state")
    elif kind in LEADS_TO_A_SIGN_IN and not User.objects.filter(person=person, is_active=True).exists():
        yield Refusal(f"{person} has no account, and the mail leads to where one signs in: invite them first.", code="state")


def _who_would_be_told(record: Question | Decision, kind: Kind, of: str, standing: Standing) -> list[Person]:
    if isinstance(record, Question):
        if kind in {*ASKING, Kind.WITHDRAWN}:
            return notices.asked(record)
        if kind == Kind.SILENCE:
            return _holders(RollRow.objects.get(pk=of), standing)
        if kind == Kind.RECEIPT:
            cast = Cast.objects.select_related("cast_by", "row").get(pk=of)
            return [*([cast.cast_by] if cast.cast_by else []), *_holders(cast.row, standing)]
    elif kind == Kind.DETERMINED:
        return notices.told_of_determination(record)
    elif kind == Kind.EMBARGOED:
        return notices.watching_over(record)
    if kind in ANSWERING:
        return answering_for(record.group)
    return [*people_in(record.group, *Seat.Role.values), *secretariat_of(record.group)]


def _holders(row: RollRow, standing: Standing) -> list[Person]:
    return [holding.person for holding in Holding.objects.on(standing.on).filter(seat=row.seat_id).select_related("person")]
