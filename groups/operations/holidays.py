"""A bank holiday written down late."""

from datetime import date

from groups.calendar import calendar, lock_calendar
from groups.models import HolidayChange, User
from groups.rules import refusals_to_change_holiday, refusals_to_run_membership
from groups.standing import Standing
from records.clock import portal_today
from records.hooks import effects_above
from records.operations import operation
from records.rules import require


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
