"""Who may give and end a right without a seat, and what each kind of it is for."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q

from groups.models import Appointment, Group, Organisation, Person
from groups.rules.membership import refusals_to_bring_in_members, refusals_to_run_membership
from groups.standing import Kind, Standing
from records.dates import as_day
from records.periods import in_words, period
from records.rules import Refusal

FOR_AN_ORGANISATION = (Kind.RAISER, Kind.RESPONDENT)
MAY_BE_FOR_ONE = (*FOR_AN_ORGANISATION, Kind.ARTEFACT_OWNER)


def refusals_to_give_appointment(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_bring_in_members(group, standing, now)


def refusals_of_appointment(
    person: Person, kind: str, group: Group | None, organisation: Organisation | None, scope: str, first: date, last: date | None, today: date
) -> Iterator[Refusal]:  # fmt: skip
    """A right is not given for days that are over: nobody acted by it then."""
    if kind not in Kind.values:
        yield Refusal("Choose what the appointment is.", field="kind")
        return
    called = Kind(kind).label
    if kind in FOR_AN_ORGANISATION and organisation is None:
        yield Refusal(f"Say for which organisation: somebody appointed as {called.lower()} speaks for one.", field="organisation")
    if kind not in MAY_BE_FOR_ONE and organisation:
        yield Refusal(f"{called} is no appointment for an organisation: leave it empty.", field="organisation")
    if kind == Kind.ARTEFACT_OWNER and not scope:
        yield Refusal("Say which artefact is owned.", field="scope")
    if kind != Kind.ARTEFACT_OWNER and scope:
        yield Refusal(f"{called} is no appointment for one artefact: leave it empty.", field="scope")
    if first < today:
        yield Refusal(f"It would begin in the past: an appointment is given from today ({as_day(today)}) on.", field="since")
    if last and last < first:
        yield Refusal(f"The last day ({as_day(last)}) is before the first ({as_day(first)}).", field="until")
    elif person.pk:
        yield from _refusals_to_have_it_twice(person, kind, group, organisation, scope, first, last)


def _refusals_to_have_it_twice(person: Person, kind: str, group: Group | None, organisation: Organisation | None, scope: str, first: date, last: date | None):
    same = Appointment.objects.filter(person=person, kind=kind, group=group, organisation=organisation, scope=scope)
    for known in same.filter(during__overlap=period(first, last)):
        yield Refusal(f"{person} has this appointment already, {in_words(known.during)}.", field="email")


def refusals_to_end_appointment(appointment: Appointment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Somebody has to be left who can appoint others."""
    yield from refusals_to_run_membership(standing)
    if appointment.last_day and appointment.last_day <= standing.on:
        yield Refusal(f"{appointment} has ended already, on {as_day(appointment.last_day)}.")
    elif appointment.kind == Kind.PMO and appointment.group_id is None and not _others_who_run_the_membership(appointment, standing.on):
        yield Refusal(f"{appointment.person} is the only one who runs the membership: appoint somebody else first.")


def _others_who_run_the_membership(appointment: Appointment, today: date) -> bool:
    lasting = Q(during__endswith=None)
    return Appointment.objects.on(today).filter(lasting, kind=Kind.PMO, group=None).exclude(person=appointment.person_id).exists()
