"""Everything that changes who may do what. Views, commands and the programme file's loader call these."""

from datetime import date

from groups.calendar import calendar, lock_calendar
from groups.models import (
    Alternate,
    Appointment,
    AssuranceReading,
    Holding,
    HolidayChange,
    Organisation,
    Person,
    Seat,
    User,
)
from groups.rules import (
    refusals_of_approval,
    refusals_of_revoking,
    refusals_to_appoint,
    refusals_to_approve_alternate,
    refusals_to_be_first_secretary,
    refusals_to_change_holiday,
    refusals_to_end_holding,
    refusals_to_invite,
    refusals_to_name_alternate,
    refusals_to_revoke_alternate,
    refusals_to_run_alternates,
    refusals_to_run_membership,
)
from groups.standing import Standing
from ledger.operations import seal
from records.clock import portal_now, portal_today
from records.editions import issue
from records.hooks import effects_above
from records.locks import locked
from records.operations import operation
from records.periods import period
from records.rules import require


@operation
def first_secretary(name: str, email: str) -> User:
    """Appoint the portal's first secretary, from whom every other right comes. Refused once there is one."""
    today, installer = portal_today(), User.objects.the_installer()
    require(refusals_to_be_first_secretary(today))
    person = Person.objects.filter(email__iexact=email).first() or Person(name=name, email=email).save_by(installer)
    appointment = Appointment(person=person, kind=Appointment.Kind.PMO, during=period(today)).save_by(
        installer, "the first secretary"
    )
    seal("appointed", appointment, by=installer)
    return _account_for(person, email, by=installer)


@operation
def invite(person: Person, *, email: str = "", by: User) -> User:
    """Give a person an account, and tell them how to choose a password. Rights come from their seats, not from this."""
    require(refusals_to_run_membership(Standing(by, portal_today())))
    return _account_for(person, email, by=by)


def _account_for(person: Person, email: str, *, by: User) -> User:
    person = locked(Person.objects).get(pk=person.pk)
    email = email or person.email or ""
    require(refusals_to_invite(person, email))
    if person.email != email:
        person.email = email
        person.save_by(by, "invited")
    user = User.objects.create_user(username=email, email=email, password=None, person=person)
    effects_above("groups.invite", user, by=by)
    return user


@operation
def appoint(
    seat: Seat, person: Person, *, since: date, until: date | None = None, organisation: Organisation | None = None, by: User
) -> Holding:
    """Seat a person from a day on (London date), perhaps until a last day. One person a seat at a time."""
    require(refusals_to_run_membership(Standing(by, portal_today())))
    seat = locked(Seat.objects).get(pk=seat.pk)
    require(refusals_to_appoint(seat, since, until))
    holding = Holding(seat=seat, person=person, organisation=organisation, during=period(since, until)).save_by(by)
    seal("appointed", holding, by=by)
    effects_above("groups.appoint", holding, by=by)
    issue("seat", seat.pk, f"{person} was appointed.", by=by)
    return holding


@operation
def end_holding(holding: Holding, *, last: date, by: User, why: str = "") -> Holding:
    """The person sits in the seat for the last time on that day. Open sessions lose the right with it."""
    require(refusals_to_run_membership(Standing(by, portal_today())))
    holding = locked(Holding.objects).get(pk=holding.pk)
    require(refusals_to_end_holding(holding, last))
    holding.during = period(holding.first_day, last)
    holding.save_by(by, why)
    seal("holding ended", holding, by=by, why=why)
    effects_above("groups.end_holding", holding, by=by)
    issue("seat", holding.seat_id, f"{holding.person} sits in it until {last:%-d %B %Y}.", by=by)
    return holding


def known_or_new(name: str, email: str) -> Person:
    """The person with that address, under the name the portal knows; else somebody new, not yet written down."""
    return Person.objects.filter(email__iexact=email.strip()).first() or Person(name=name.strip(), email=email.strip())


@operation
def name_alternate(
    seat: Seat, person: Person, *, since: date, until: date | None = None, occasion: str = "", by: User
) -> Alternate:
    """Name who sits in for the holder: for a period, or for one meeting (its name, and its day). Both days are included.

    It gives no right until the constituency's approval is recorded (ToR: "constituency approval for alternates is
    required"). Somebody new is written down with it.
    """
    seat, today = locked(Seat.objects.select_related("group")).get(pk=seat.pk), portal_today()
    require(refusals_to_run_alternates(Standing(by, today), seat), refusals_to_name_alternate(seat, person, since, until, today))
    if person.pk is None:
        person.save_by(by, f"named as alternate for {seat}")
    alternate = Alternate(seat=seat, person=person, during=period(since, until), occasion=occasion, named_by=by.person)
    alternate.save_by(by)
    effects_above("groups.name_alternate", alternate, by=by)
    return alternate


@operation
def approve_alternate(alternate: Alternate, *, approved_by: str, how: str, on: date, by: User) -> Alternate:
    """Record that the constituency approved the alternate, with the evidence."""
    alternate, now = locked(Alternate.objects.select_related("seat__group", "person")).get(pk=alternate.pk), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_approve_alternate(alternate, standing, now), refusals_of_approval(approved_by, how, on, standing.on))
    alternate.approved_by, alternate.approved_how, alternate.approved_on = approved_by.strip(), how.strip(), on
    alternate.save_by(by)
    effects_above("groups.approve_alternate", alternate, by=by)
    seal("alternate approved", alternate, by=by)
    issue("seat", alternate.seat_id, f"{alternate.person} was approved as alternate.", by=by, at=now)
    return alternate


@operation
def revoke_alternate(alternate: Alternate, *, why: str, by: User) -> Alternate:
    """End an alternate's rights at once. A vote waits for this row (`decisions.operations.voting`), so none slips in after it."""
    alternate, now = locked(Alternate.objects.select_related("seat__group", "person")).get(pk=alternate.pk), portal_now()
    require(refusals_to_revoke_alternate(alternate, Standing.at(by, now), now), refusals_of_revoking(why))
    alternate.revoked_at = now
    alternate.save_by(by, why.strip(), at=now)
    effects_above("groups.revoke_alternate", alternate, by=by, why=why.strip())
    seal("alternate revoked", alternate, by=by, at=now, why=why.strip())
    issue("seat", alternate.seat_id, f"{alternate.person} is no longer alternate.", by=by, at=now)
    return alternate


@operation
def change_holiday(day: date, kind: str, *, name: str, announced_on: date, by: User) -> HolidayChange:
    """Record a bank holiday proclaimed or withdrawn late. What it moves is for `groups.holidays.record_holiday`, which calls this."""
    lock_calendar()
    require(
        refusals_to_run_membership(Standing(by, portal_today())),
        refusals_to_change_holiday(day, kind, calendar().is_working_day(day)),
    )
    change = HolidayChange(day=day, kind=kind, name=name, announced_on=announced_on).save_by(by)
    effects_above("groups.change_holiday", change, by=by)
    return change


@operation
def log_reading(user: User, reference: str) -> AssuranceReading:
    """Write down that an assurance reader read something not public."""
    return AssuranceReading(person=user.person, reference=reference, read_at=portal_now()).save_by(user)
