"""Who may change the membership, and when not."""

from collections.abc import Iterator
from datetime import date, datetime

from groups.models import Appointment, Group, Holding, Person, Seat, User
from groups.policies import TOLD_LATE
from groups.standing import Kind, Standing
from records.dates import as_day
from records.periods import in_words, period
from records.rules import Refusal
from records.typed import refusal_of_letters


def refusals_to_run_membership(standing: Standing):
    if not standing.is_pmo:
        yield Refusal("Only the PMO secretariat may change who sits where.", status=403)


def refusals_to_be_first_secretary(on: date):
    serving = Appointment.objects.on(on).filter(kind=Kind.PMO, group=None).select_related("person").first()
    if serving:
        yield Refusal(f"There is a secretary already: {serving.person}. Ask them to invite you.")


def refusals_of_somebody_new(person: Person) -> Iterator[Refusal]:
    """Read once the address is held: somebody else may have written down its owner since it was looked up."""
    if person.pk is None and (refusal := refusal_of_letters(person.name)):
        yield Refusal(refusal, field="name")
    known = Person.objects.filter(email__iexact=person.email).first() if person.pk is None and person.email else None
    if known:
        yield Refusal(f"{known.email} has been written down in the meantime, as the address of {known}: look whether that is who you mean, and send it again.", field="email")


def refusals_to_invite(person: Person, email: str):
    if User.objects.filter(person=person).exists():
        yield Refusal(f"{person} has an account already.", field="person")
    if refusal := refusal_of_letters(person.name):
        yield Refusal(refusal, field="person")
    if not email:
        yield Refusal(f"{person} has no e-mail address: give one to send the invitation to.", field="email")
    elif User.objects.filter(email__iexact=email).exists():
        yield Refusal(f"{email} belongs to another account.", field="email")
    elif Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        yield Refusal(f"{email} is the address of somebody else.", field="email")


def refusals_to_appoint(seat: Seat, first: date, last: date | None):
    if last and last < first:
        yield Refusal(f"The last day ({as_day(last)}) is before the first ({as_day(first)}).", field="until")
    if not Seat.objects.on(first).filter(pk=seat.pk).exists():
        yield Refusal(f"{seat} does not exist on {as_day(first)}: it is there {in_words(seat.during)}.", field="since")
    elif last is None or last >= first:
        yield from _refusals_to_sit_beside(seat, first, last)


def _refusals_to_sit_beside(seat: Seat, first: date, last: date | None):
    for holding in Holding.objects.filter(seat=seat, during__overlap=period(first, last)).select_related("person"):
        yield Refusal(
            f"{holding.person} holds {seat} {in_words(holding.during)}: end that first.", field="seat"
        )


def refusals_to_end_holding(holding: Holding, last: date):
    if holding.last_day and holding.last_day <= last:
        yield Refusal(f"{holding} has ended already, on {as_day(holding.last_day)}.")
    if last < holding.first_day:
        yield Refusal(f"{holding} only begins on {as_day(holding.first_day)}.")


def refusals_to_look_at_members(standing: Standing, group: Group) -> Iterator[Refusal]:
    """With addresses, and with what waits: for those who answer for the group, and for the PMO. Who sits where is public."""
    if not (standing.runs(group) or standing.is_pmo):
        yield Refusal(f"Only the Chair and the secretariat of {group} see its membership with addresses; who sits where is public.", status=403)


def refusals_to_bring_in_members(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_run_membership(standing)
    if group.closed_on and group.closed_on <= standing.on:
        yield Refusal(f"{group} closed on {as_day(group.closed_on)}: its record can be read, not changed.", code="closed")


def refusals_to_seat(seat: Seat, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A successor can be seated ahead, once it is known when the one before goes."""
    yield from refusals_to_bring_in_members(seat.group, standing, now)
    if seat.during.upper and seat.during.upper <= standing.on:
        yield Refusal(f"{seat} is there no more: it was there {in_words(seat.during)}.")
    for holding in Holding.objects.filter(seat=seat, during__endswith=None).select_related("person"):
        yield Refusal(f"{holding.person} holds {seat} {in_words(holding.during)}: end that first.")


def refusals_to_end_now(holding: Holding, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_run_membership(standing)
    if holding.last_day and holding.last_day <= standing.on:
        yield Refusal(f"{holding} has ended already, on {as_day(holding.last_day)}.")


def refusals_of_last_day(last: date, today: date) -> Iterator[Refusal]:
    """What somebody did in the meantime was done in the right of the seat."""
    if (today - last).days > TOLD_LATE:
        yield Refusal(f"That is more than {TOLD_LATE} days ago: what was done in the seat since then was done by right. Give a later day.", field="last")


def refusals_of_why(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why: it is kept with the record, and the person is told.", field="why")


def refusals_to_invite_person(person: Person, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_run_membership(standing)
    yield from refusals_to_invite(person, person.email or "")


def refusals_to_correct_person(person: Person, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_run_membership(standing)


def refusals_of_person(person: Person, name: str, email: str) -> Iterator[Refusal]:
    """A name is as the person writes it; an address is one person's, and whoever signs in needs one."""
    if not name.strip():
        yield Refusal("Give the name.", field="name")
    if name.strip() != person.name and (refusal := refusal_of_letters(name)):
        yield Refusal(refusal, field="name")
    if not email and User.objects.filter(person=person).exists():
        yield Refusal(f"{person} signs in by the address: it can be another one, and not none.", field="email")
    if email and Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        yield Refusal(f"{email} is the address of somebody else.", field="email")
    elif email and User.objects.filter(email__iexact=email).exclude(person=person).exists():
        yield Refusal(f"{email} belongs to another account.", field="email")
    if (name.strip(), email) == (person.name, person.email or ""):
        yield Refusal("That is what is on record already.", field="name")
