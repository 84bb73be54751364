from datetime import date

from groups.calendar import calendar
from groups.commanding import MembershipCommand
from groups.holidays import record_holiday, with_change
from groups.models import HolidayChange, User
from groups.rules import refusals_to_run_membership
from groups.standing import Standing
from records.clock import portal_now, portal_today
from records.dates import as_day
from records.moved_by_holidays import Later, what_would_move
from records.rules import require


class Command(MembershipCommand):
    help = (
        "A bank holiday proclaimed (or --withdrawn) late. Lists the running deadlines it would move; with --confirm, records "
        "it and moves them: holiday 2026-07-20 “A day of thanksgiving” --by pmo@example.org"
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("day", type=date.fromisoformat)
        parser.add_argument("name")
        parser.add_argument("--withdrawn", action="store_true", help="the day was a bank holiday and is not any more")
        parser.add_argument("--announced", type=date.fromisoformat, help="when it was announced; today if left out")
        parser.add_argument("--confirm", action="store_true")

    def do(self, *, by: User, **options) -> str:
        day, name = options["day"], options["name"]
        kind = HolidayChange.Kind.WITHDRAWN if options["withdrawn"] else HolidayChange.Kind.PROCLAIMED
        if options["confirm"]:
            moved = record_holiday(day, kind, name=name, announced_on=options["announced"] or portal_today(), by=by)
            return _listed(moved, f"{name} ({as_day(day)}) is recorded.", "Moved:")
        now = portal_now()
        require(refusals_to_run_membership(Standing.at(by, now)))
        moved = what_would_move(with_change(calendar(), day, kind, name), now)
        return _listed(moved, "Nothing is recorded yet: add --confirm.", "Would move:")


def _listed(moved: list[Later], first: str, heading: str) -> str:
    lines = [heading, *(f"  {each}" for each in moved)] if moved else ["No running deadline moves."]
    return "\n".join([first, *lines])
