from datetime import date

from groups import operations
from groups.commanding import MembershipCommand, the_person, the_seat
from groups.models import User
from records.clock import portal_today
from records.dates import as_day


class Command(MembershipCommand):
    help = "Seat a person: appoint “Ada Example” DAG “DNO Representative” --since 2026-12-01 --by pmo@example.org"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("person")
        parser.add_argument("group")
        parser.add_argument("seat")
        parser.add_argument("--since", type=date.fromisoformat, help="the first day; today if left out")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day, if it is known")

    def do(self, *, by: User, **options) -> str:
        person, group, seat = options["person"], options["group"], options["seat"]
        since, until = options["since"], options["until"]
        since = since or portal_today()
        holding = operations.appoint(the_seat(group, seat, since), the_person(person), since=since, until=until, by=by)
        return f"{holding} from {as_day(since)}."
