from django.core.management.base import BaseCommand, CommandError

from files.models import Blob
from files.nightly import check_and_remember
from files.verifying import faults


class Command(BaseCommand):
    help = "Check that every file is there, byte for byte, and that nothing else is. Exit code 1 if anything is amiss."

    def add_arguments(self, parser):
        parser.add_argument("--remember", action="store_true", help="sweep away what nothing speaks of first, and keep what was found for the status page")

    def handle(self, *args, **options):
        found = check_and_remember(everything=True).faults if options["remember"] else list(faults())
        for fault in found:
            self.stdout.write(self.style.ERROR(fault))
        if found:
            raise CommandError(f"{len(found)} fault{'s' if len(found) > 1 else ''} found.")
        count = Blob.objects.count()
        self.stdout.write(self.style.SUCCESS(f"Every file is as it was handed in: {count} file{'' if count == 1 else 's'}."))
