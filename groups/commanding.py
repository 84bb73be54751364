"""What the membership commands share: who runs them, and finding people and seats by the words a person would type."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from groups.models import Group, Person, Seat, User
from records.rules import Refused


class MembershipCommand(BaseCommand):
    """A command run on behalf of a secretary, who is named with --by and whose rights are checked."""

    def add_arguments(self, parser):
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the secretary who does this")

    def handle(self, *args, by: str, **options):
        try:
            with transaction.atomic():  # refused means that nothing has changed
                said = self.do(by=the_user(by), **options)
        except Refused as refused:
            raise CommandError(" ".join(refused.reasons)) from refused
        self.stdout.write(said)

    def do(self, *, by: User, **options) -> str:
        """Do it, and say in a sentence what was done."""
        raise CommandError("A membership command says what it does in do().")


def the_user(email_or_name: str) -> User:
    user = User.objects.filter(email__iexact=email_or_name).first() or User.objects.filter(username=email_or_name).first()
    if user is None:
        raise CommandError(f"There is no account {email_or_name}.")
    return user


def the_person(email_or_name: str, *, else_say: str = "") -> Person:
    people = Person.objects.filter(email__iexact=email_or_name) or Person.objects.filter(name__iexact=email_or_name)
    if len(people) > 1:
        raise CommandError(f"There are {len(people)} people called {email_or_name}: give the e-mail address.")
    if not people:
        raise CommandError(f"There is nobody called {email_or_name}. {else_say}".strip())
    return people[0]


def the_seat(group: str, label: str, on: date) -> Seat:
    """The seat of the group whose label, constituency or role is what was typed."""
    if not Group.objects.filter(code__iexact=group).exists():
        raise CommandError(f"There is no group {group}.")
    seats = Seat.objects.on(on).filter(group__code__iexact=group).select_related("group", "constituency")
    typed = label.casefold()
    named = [s for s in seats if typed in (s.label.casefold(), s.role, str(s.constituency).casefold())]
    if len(named) != 1:
        known = "; ".join(s.label for s in seats)
        raise CommandError(f"{'No seat' if not named else 'More than one seat'} of {group} is “{label}”. There are: {known}.")
    return named[0]
