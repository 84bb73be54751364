from django.core.management.base import BaseCommand

from rehearsal.demonstration import load_demonstration, only_in_a_demonstration


class Command(BaseCommand):
    help = "Load the demonstration: the retelling of DAG026 and the fictional Rehearsal group. A second time changes nothing."

    def handle(self, *args, **options):
        only_in_a_demonstration()
        loaded = load_demonstration()
        self.stdout.write("The demonstration is loaded." if loaded else "The demonstration was loaded before; nothing has changed.")
