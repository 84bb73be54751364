from datetime import date

from django.core.management.base import BaseCommand, CommandError

from groups.calendar import calendar
from records.dates import as_weekday
from records.working_days import UnknownYear


class Command(BaseCommand):
    help = "The date so many working days after a day, and how it was counted. To count back: working_day 2027-01-06 -- -5"

    def add_arguments(self, parser):
        parser.add_argument("start", type=date.fromisoformat, help="such as 2023-07-12: day 0")
        parser.add_argument("days", type=int)

    def handle(self, *args, start: date, days: int, **options):
        try:
            working = calendar().working(start, days)
        except UnknownYear as error:
            raise CommandError(str(error)) from error
        self.stdout.write(working.end.isoformat())
        n = 0
        for step in working.steps:
            n += step.counted
            said = f"working day {n * (1 if days > 0 else -1)}" if step.counted else f"skipped: {step.why}"
            self.stdout.write(f"  {as_weekday(step.day)}  {said}")
        self.stdout.write(working.sentence())
