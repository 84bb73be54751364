from django.core.management.base import BaseCommand

from rehearsal.demonstration import load_past, only_in_a_demonstration


class Command(BaseCommand):
    help = "Play what lies weeks before the demonstration, with the clock set back: as the owner of the tables, and before load_demo. A second time changes nothing."

    def handle(self, *args, **options):
        only_in_a_demonstration()
        played = load_past()
        self.stdout.write("The past of the demonstration is loaded." if played else "The past of the demonstration lies behind it already; nothing has changed.")
