"""Who may change the membership, and when not. Read-only: nothing here writes."""

from datetime import date, datetime

from django.db.models import QuerySet

from groups.models import Alternate, Appointment, Holding, HolidayChange, Person, Seat, User
from groups.standing import Kind, Standing
from records.clock import LONDON
from records.periods import in_words, period
from records.rules import Refusal


def refusals_to_run_membership(standing: Standing):
    if not standing.is_pmo:
        yield Refusal("Only the PMO secretariat may change who sits where.", status=403)


def refusals_to_be_first_secretary(on: date):
    serving = Appointment.objects.on(on).filter(kind=Kind.PMO, group=None).select_related("person").first()
    if serving:
        yield Refusal(f"There is a secretary already: {serving.person}. Ask them to invite you.")


def refusals_to_invite(person: Person, email: str):
    if User.objects.filter(person=person).exists():
        yield Refusal(f"{person} has an account already.", field="person")
    if not email:
        yield Refusal(f"{person} has no e-mail address: give one to send the invitation to.", field="email")
    elif User.objects.filter(email__iexact=email).exists():
        yield Refusal(f"{email} belongs to another account.", field="email")


def refusals_to_appoint(seat: Seat, first: date, last: date | None):
    if last and last < first:
        yield Refusal(f"The last day ({last:%-d %b %Y}) is before the first ({first:%-d %b %Y}).", field="until")
    if not Seat.objects.on(first).filter(pk=seat.pk).exists():
        yield Refusal(f"{seat} does not exist on {first:%-d %b %Y}: it is there {in_words(seat.during)}.", field="since")
    elif last is None or last >= first:
        yield from _refusals_to_sit_beside(seat, first, last)


def _refusals_to_sit_beside(seat: Seat, first: date, last: date | None):
    for holding in Holding.objects.filter(seat=seat, during__overlap=period(first, last)).select_related("person"):
        yield Refusal(
            f"{holding.person} holds {seat} {in_words(holding.during)}: end that first (end_holding).", field="seat"
        )


def refusals_to_end_holding(holding: Holding, last: date):
    if holding.last_day and holding.last_day <= last:
        yield Refusal(f"{holding} has ended already, on {holding.last_day:%-d %b %Y}.")
    if last < holding.first_day:
        yield Refusal(f"{holding} only begins on {holding.first_day:%-d %b %Y}.")


def refusals_to_run_alternates(standing: Standing, seat: Seat):
    """Who names alternates and revokes them: the seat's holder, for the seat and no other, and the PMO."""
    if not (standing.holds(seat) or standing.is_pmo):
        yield Refusal(f"Only whoever holds the {seat.label} seat, or the PMO secretariat, may name and revoke its alternates.", status=403)


def refusals_to_name_alternate(seat: Seat, person: Person, first: date, last: date | None, today: date):
    if last and last < first:
        yield Refusal(f"The last day ({last:%-d %b %Y}) is before the first ({first:%-d %b %Y}).", field="until")
        return
    if first < today:
        yield Refusal(f"It would begin in the past: an alternate is named from today ({today:%-d %b %Y}) on.", field="since")
    if seat.group.closed_on and seat.group.closed_on <= first:
        yield Refusal(f"{seat.group} closed on {seat.group.closed_on:%-d %b %Y}.")
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
        yield Refusal(f"{alternate} was approved on {alternate.approved_on:%-d %b %Y}.")
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
        yield Refusal(f"An approval is not dated ahead: today is {today:%-d %b %Y}.", field="on")


def refusals_to_revoke_alternate(alternate: Alternate, standing: Standing, now: datetime):
    yield from refusals_to_run_alternates(standing, alternate.seat)
    if alternate.revoked_at:
        yield Refusal(f"{alternate} was revoked already, at {alternate.revoked_at.astimezone(LONDON):%H:%M on %-d %b %Y}.")
    elif alternate.last_day and alternate.last_day < standing.on:
        yield Refusal(f"{alternate} ended on {alternate.last_day:%-d %b %Y}: there is nothing left to revoke.")


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


def refusals_to_change_holiday(day: date, kind: str, is_working_day: bool):
    if HolidayChange.objects.filter(day=day).exists():
        yield Refusal(f"A change of {day:%-d %b %Y} is recorded already.", field="day")
    elif day.weekday() >= 5:
        yield Refusal(f"{day:%-d %b %Y} is a {day:%A}: it is no working day anyway.", field="day")
    elif kind == HolidayChange.Kind.PROCLAIMED and not is_working_day:
        yield Refusal(f"{day:%-d %b %Y} is a bank holiday already.", field="day")
    elif kind == HolidayChange.Kind.WITHDRAWN and is_working_day:
        yield Refusal(f"{day:%-d %b %Y} is no bank holiday, so it cannot be withdrawn.", field="day")


def refusals_to_move_deadline(before: date, after: date, is_running: bool, standing: Standing):
    """Whoever relied on a day may go on relying on it: a deadline that runs is moved to a later day, and what is over stays."""
    yield from refusals_to_run_membership(standing)
    if not is_running:
        yield Refusal("This deadline does not run any more.")
    elif after <= before:
        yield Refusal(f"It is due by {before:%a %-d %b %Y}: no deadline moves to an earlier day.")
