from django.core.management.base import BaseCommand, CommandError

from groups.operations import first_secretary
from records.rules import Refused


class Command(BaseCommand):
    help = "Appoint the first PMO secretary and send them an invitation. Refused once there is one: they invite the rest."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("email")

    def handle(self, *args, name: str, email: str, **options):
        try:
            user = first_secretary(name, email)
        except Refused as refused:
            raise CommandError(" ".join(refused.reasons)) from refused
        self.stdout.write(f"{user.person} is the first secretary. An invitation goes to {user.email} with the next sweep.")
