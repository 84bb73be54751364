"""Who may name, approve and revoke alternates, and when not."""

from datetime import date, datetime

from django.db.models import QuerySet

from groups.models import Alternate, Holding, Person, Seat
from groups.rules.membership import refusals_to_invite, refusals_to_run_membership
from groups.standing import Standing
from records.dates import as_day, as_moment
from records.periods import in_words, period
from records.rules import Refusal


def refusals_to_run_alternates(standing: Standing, seat: Seat):
    """Who names alternates and revokes them: the seat's holder, for the seat and no other, and the PMO."""
    if not (standing.holds(seat) or standing.is_pmo):
        yield Refusal(f"Only whoever holds the {seat.label} seat, or the PMO secretariat, may name and revoke its alternates.", status=403)


def refusals_to_name_alternate(seat: Seat, person: Person, first: date, last: date | None, today: date):
    if last and last < first:
        yield Refusal(f"The last day ({as_day(last)}) is before the first ({as_day(first)}).", field="until")
        return
    if first < today:
        yield Refusal(f"It would begin in the past: an alternate is named from today ({as_day(today)}) on.", field="since")
    if seat.group.closed_on and seat.group.closed_on <= first:
        yield Refusal(f"{seat.group} closed on {as_day(seat.group.closed_on)}.")
    during = period(first, last)
    holders = {h.person_id for h in Holding.objects.filter(seat=seat, during__overlap=during)}
    if not holders:
        yield Refusal(f"Nobody holds {seat} in that time, so there is nobody to stand in for. The PMO appoints a holder.", field="term")
    if person.pk in holders:
        yield Refusal(f"{person} holds {seat}: an alternate is somebody else.", field="email")
    if person.pk:
        yield from _refusals_to_stand_in_twice(seat, person, during)


def _refusals_to_stand_in_twice(seat: Seat, person: Person, during):
    for known in Alternate.objects.filter(seat=seat, person=person, revoked_at=None, during__overlap=during):
        stands = "is approved" if known.approved_on else "waits for approval"
        yield Refusal(f"{person} is named already ({in_words(known.during)}), and that {stands}. Revoke it first to change the days.", field="email")


def refusals_to_approve_alternate(alternate: Alternate, standing: Standing, now: datetime):
    yield from refusals_to_run_membership(standing)
    if alternate.approved_on:
        yield Refusal(f"{alternate} was approved on {as_day(alternate.approved_on)}.")
    if alternate.revoked_at:
        yield Refusal(f"{alternate} was revoked: name the alternate again.")
    if alternate.last_day and alternate.last_day < standing.on:
        yield Refusal(f"It was for {in_words(alternate.during)}, which is over: name the alternate again.")


def refusals_of_approval(approved_by: str, how: str, on: date, today: date):
    if not approved_by.strip():
        yield Refusal("Say who approved the alternate for the constituency.", field="approved_by")
    if not how.strip():
        yield Refusal("Say how the constituency's approval is evidenced.", field="how")
    if on > today:
        yield Refusal(f"An approval is not dated ahead: today is {as_day(today)}.", field="on")


def refusals_to_revoke_alternate(alternate: Alternate, standing: Standing, now: datetime):
    yield from refusals_to_run_alternates(standing, alternate.seat)
    if alternate.revoked_at:
        yield Refusal(f"{alternate} was revoked already, at {as_moment(alternate.revoked_at)}.")
    elif alternate.last_day and alternate.last_day < standing.on:
        yield Refusal(f"{alternate} ended on {as_day(alternate.last_day)}: there is nothing left to revoke.")


def refusals_of_revoking(why: str):
    if not why.strip():
        yield Refusal("Say why: the holder and the alternate are told.", field="why")


def refusals_to_invite_alternate(alternate: Alternate, standing: Standing, now: datetime):
    """Without an account nobody can vote."""
    yield from refusals_to_run_membership(standing)
    yield from refusals_to_invite(alternate.person, alternate.person.email or "")


def alternates_to_approve(standing: Standing) -> QuerySet[Alternate]:
    """The alternates whose constituency's approval this person can record now."""
    if not standing.is_pmo:
        return Alternate.objects.none()
    waiting = Alternate.objects.filter(approved_on=None, revoked_at=None).exclude(during__fully_lt=period(standing.on))
    return waiting.select_related("seat__group", "seat__constituency", "person", "named_by").order_by("during", "pk")
