"""Which bank holidays can be written down late, and to which day a deadline that runs may move for them."""

from datetime import date

from groups.models import HolidayChange
from groups.rules.membership import refusals_to_run_membership
from groups.standing import Standing
from records.dates import as_day
from records.rules import Refusal


def refusals_to_change_holiday(day: date, kind: str, is_working_day: bool):
    if HolidayChange.objects.filter(day=day).exists():
        yield Refusal(f"A change of {as_day(day)} is recorded already.", field="day")
    elif day.weekday() >= 5:
        yield Refusal(f"{as_day(day)} is a {day:%A}: it is no working day anyway.", field="day")
    elif kind == HolidayChange.Kind.PROCLAIMED and not is_working_day:
        yield Refusal(f"{as_day(day)} is a bank holiday already.", field="day")
    elif kind == HolidayChange.Kind.WITHDRAWN and is_working_day:
        yield Refusal(f"{as_day(day)} is no bank holiday, so it cannot be withdrawn.", field="day")


def refusals_to_move_deadline(before: date, after: date, is_running: bool, standing: Standing):
    """Whoever relied on a day may go on relying on it: a deadline that runs is moved to a later day, and what is over stays."""
    yield from refusals_to_run_membership(standing)
    if not is_running:
        yield Refusal("This deadline does not run any more.")
    elif after <= before:
        yield Refusal(f"It is due by {as_day(before)}: no deadline moves to an earlier day.")
