"""Who may change the membership, and when not. Read-only: nothing here writes."""

from datetime import date

from groups.models import Alternate, Appointment, Holding, HolidayChange, Person, Seat, User
from groups.standing import Kind, Standing
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


def refusals_to_approve_alternate(alternate: Alternate, approved_by: str, how: str):
    if alternate.approved_on:
        yield Refusal(f"{alternate} was approved on {alternate.approved_on:%-d %b %Y}.")
    if alternate.revoked_at:
        yield Refusal(f"{alternate} was revoked: name the alternate again.")
    if not approved_by.strip():
        yield Refusal("Say who approved the alternate for the constituency.", field="approved_by")
    if not how.strip():
        yield Refusal("Say how the constituency's approval is evidenced.", field="how")


def refusals_to_change_holiday(day: date, kind: str, is_working_day: bool):
    if HolidayChange.objects.filter(day=day).exists():
        yield Refusal(f"A change of {day:%-d %b %Y} is recorded already.", field="day")
    elif day.weekday() >= 5:
        yield Refusal(f"{day:%-d %b %Y} is a {day:%A}: it is no working day anyway.", field="day")
    elif kind == HolidayChange.Kind.PROCLAIMED and not is_working_day:
        yield Refusal(f"{day:%-d %b %Y} is a bank holiday already.", field="day")
    elif kind == HolidayChange.Kind.WITHDRAWN and is_working_day:
        yield Refusal(f"{day:%-d %b %Y} is no bank holiday, so it cannot be withdrawn.", field="day")
