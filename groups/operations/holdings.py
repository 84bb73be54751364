"""Who sits in which seat, from when to when."""

from datetime import date, datetime, timedelta

from groups.models import Alternate, Holding, Organisation, Person, Seat, User
from groups.operations.addresses import hold_address_of_new
from groups.rules import (
    refusals_of_last_day,
    refusals_of_somebody_new,
    refusals_to_appoint,
    refusals_to_end_holding,
    refusals_to_run_membership,
)
from groups.standing import Standing
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.dates import as_day
from records.editions import issue
from records.hooks import effects_above
from records.locks import locked
from records.operations import operation
from records.periods import period
from records.rules import require


@operation
def appoint(
    seat: Seat, person: Person, *, since: date, until: date | None = None, organisation: Organisation | None = None, by: User
) -> Holding:
    """Seat a person from a day on (London date), perhaps until a last day. One person a seat at a time."""
    hold_address_of_new(person)
    seat, now = locked(Seat.objects.select_related("group")).get(pk=seat.pk), portal_now()
    require(refusals_to_run_membership(Standing.at(by, now)))
    require(refusals_of_somebody_new(person), refusals_to_appoint(seat, since, until))
    if person.pk is None:
        person.save_by(by, f"appointed to {seat}")
    holding = Holding(seat=seat, person=person, organisation=organisation, during=period(since, until)).save_by(by)
    seal("appointed", holding, by=by)
    effects_above("groups.appoint", holding, by=by)
    issue("seat", seat.pk, f"{person} was appointed.", by=by)
    return holding


@operation
def end_holding(holding: Holding, *, last: date, by: User, why: str = "", alternates_too: bool = False) -> Holding:
    """The person sits in the seat for the last time on that day. Open sessions lose the right with it; alternates, if it is said so."""
    holding, now = locked(Holding.objects.select_related("seat__group", "person")).get(pk=holding.pk), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_run_membership(standing))
    require(refusals_to_end_holding(holding, last), refusals_of_last_day(last, standing.on))
    holding.during = period(holding.first_day, last)
    holding.save_by(by, why, at=now)
    seal("holding ended", holding, by=by, at=now, why=why)
    effects_above("groups.end_holding", holding, by=by)
    if alternates_too:
        for alternate in locked(alternates_beyond(holding.seat, last)):
            _end_alternate(alternate, last, by=by, at=now, why=why)
    issue("seat", holding.seat_id, f"{holding.person} sits in it until {as_day(last)}.", by=by, at=now)
    return holding


def alternates_beyond(seat: Seat, last: date):
    """Those who would go on standing in after that day."""
    return seat.alternates.filter(revoked_at=None).exclude(during__fully_lt=period(last + timedelta(days=1))).select_related("person", "seat__group").order_by("pk")


def _end_alternate(alternate: Alternate, last: date, *, by: User, at: datetime, why: str) -> None:
    """With the holder's last day; at once, where that is over or the alternate only begins after it."""
    if alternate.first_day <= last and last >= london_date(at):
        alternate.during = period(alternate.first_day, last)
        alternate.save_by(by, why, at=at)
        seal("alternate ended", alternate, by=by, at=at, why=why)
    else:
        alternate.revoked_at = at
        alternate.save_by(by, why, at=at)
        seal("alternate revoked", alternate, by=by, at=at, why=why)
    effects_above("groups.end_alternate", alternate, by=by, why=why)
