from groups import operations
from groups.commanding import MembershipCommand, the_person
from groups.models import Person, User


class Command(MembershipCommand):
    help = "Give a person an account and send them an invitation: invite “Ada Example” --email ada@example.org --by pmo@example.org"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("person", help="name, or e-mail address where it is known")
        parser.add_argument("--email", default="")
        parser.add_argument("--new", action="store_true", help="the person is not in the portal yet")

    def do(self, *, by: User, **options) -> str:
        person, email, new = options["person"], options["email"], options["new"]
        who = Person(name=person).save_by(by, "to be invited") if new else the_person(person, else_say="If that is somebody new, add --new and give the address with --email.")
        user = operations.invite(who, email=email, by=by)
        return f"An invitation for {who} goes to {user.email} with the next sweep."
