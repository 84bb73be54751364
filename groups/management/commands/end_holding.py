from datetime import date

from django.core.management.base import CommandError

from groups import operations
from groups.commanding import MembershipCommand, the_seat
from groups.models import Holding, User
from records.clock import portal_today
from records.dates import as_day


class Command(MembershipCommand):
    help = "End a person's time in a seat: end_holding DAG “DNO Representative” --last 2026-12-31 --by pmo@example.org"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("group")
        parser.add_argument("seat")
        parser.add_argument("--last", type=date.fromisoformat, help="the last day in the seat; today if left out")
        parser.add_argument("--why", default="")

    def do(self, *, by: User, **options) -> str:
        group, seat, last, why = options["group"], options["seat"], options["last"], options["why"]
        last = last or portal_today()
        chosen = the_seat(group, seat, last)
        holding = Holding.objects.on(last).filter(seat=chosen).first()
        if holding is None:
            raise CommandError(f"{chosen} is vacant on {as_day(last)}.")
        operations.end_holding(holding, last=last, by=by, why=why)
        return f"{holding} ends on {as_day(last)}."
