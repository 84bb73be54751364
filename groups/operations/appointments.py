"""Rights without a seat, given and ended: reading for assurance, owning an artefact, answering for an organisation."""

from datetime import date

from django.db.models import Q

from groups.models import Appointment, Group, Organisation, Person, User
from groups.operations.addresses import hold_address_of_new
from groups.rules import (
    refusals_of_appointment,
    refusals_of_last_day,
    refusals_of_somebody_new,
    refusals_of_why,
    refusals_to_end_appointment,
    refusals_to_run_membership,
)
from groups.standing import Standing
from ledger.operations import seal
from records.clock import portal_now
from records.dates import as_day
from records.hooks import effects_above, refusals_from_above
from records.locks import locked
from records.operations import operation
from records.periods import period
from records.rules import Refusal, require


@operation
def give_appointment(
    person: Person, kind: str, *, group: Group | None = None, organisation: Organisation | None = None, scope: str = "", since: date, until: date | None = None, by: User,
) -> Appointment:  # fmt: skip
    """Appoint a person, for a group or the whole programme. Somebody new is written down with it, and whoever it is, is told."""
    hold_address_of_new(person)
    if person.pk:  # of two who give the same at once, the second sees what the first gave
        person = locked(Person.objects).get(pk=person.pk)
    now = portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_run_membership(standing), refusals_of_somebody_new(person), refusals_of_appointment(person, kind, group, organisation, scope, since, until, standing.on))
    appointment = Appointment(person=person, kind=kind, group=group, organisation=organisation, scope=scope, during=period(since, until))
    require(refusals_from_above("groups.give_appointment", appointment))
    if person.pk is None:
        appointment.person = person.save_by(by, f"appointed: {appointment.get_kind_display()}", at=now)
    appointment.save_by(by, at=now)
    effects_above("groups.give_appointment", appointment, by=by)
    seal("appointed", appointment, by=by, at=now)
    return appointment


@operation
def end_appointment(appointment: Appointment, *, last: date, why: str, by: User) -> Appointment:
    """The person has the right for the last time on that day."""
    appointment = _locked_with_those_who_appoint(appointment)
    now = portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_end_appointment(appointment, standing, now), refusals_of_why(why), refusals_of_last_day(last, standing.on))
    require(_refusals_to_end_before_it_begins(appointment, last))
    appointment.during = period(appointment.first_day, last)
    appointment.save_by(by, why.strip(), at=now)
    effects_above("groups.end_appointment", appointment, by=by, why=why.strip())
    seal("appointment ended", appointment, by=by, at=now, why=why.strip())
    return appointment


def _locked_with_those_who_appoint(appointment: Appointment) -> Appointment:
    """Two who would end each other's appointment at once wait for each other: one of them is left."""
    rows = Appointment.objects.filter(Q(pk=appointment.pk) | Q(kind=Appointment.Kind.PMO, group=None))
    found = {each.pk: each for each in locked(rows.select_related("person", "group", "organisation")).order_by("pk")}
    return found[appointment.pk]


def _refusals_to_end_before_it_begins(appointment: Appointment, last: date):
    if last < appointment.first_day:
        yield Refusal(f"It only begins on {as_day(appointment.first_day)}.", field="last")
    if appointment.last_day and last >= appointment.last_day:
        yield Refusal(f"It ends on {as_day(appointment.last_day)} already.", field="last")
