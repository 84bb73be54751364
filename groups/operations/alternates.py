"""Who stands in for whom: named, approved by the constituency, revoked."""

from datetime import date

from groups.models import Alternate, Person, Seat, User
from groups.operations.addresses import hold_address_of_new
from groups.rules import (
    refusals_of_approval,
    refusals_of_revoking,
    refusals_of_somebody_new,
    refusals_to_approve_alternate,
    refusals_to_name_alternate,
    refusals_to_revoke_alternate,
    refusals_to_run_alternates,
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
def name_alternate(
    seat: Seat, person: Person, *, since: date, until: date | None = None, occasion: str = "", by: User
) -> Alternate:
    """Name who sits in for the holder: for a period, or for one meeting (its name, and its day). Both days are included.

    It gives no right until the constituency's approval is recorded (ToR: "constituency approval for alternates is
    required"). Somebody new is written down with it.
    """
    hold_address_of_new(person)
    seat, today = locked(Seat.objects.select_related("group")).get(pk=seat.pk), portal_today()
    require(refusals_to_run_alternates(Standing(by, today), seat), refusals_of_somebody_new(person), refusals_to_name_alternate(seat, person, since, until, today))
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
