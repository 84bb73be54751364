from django.core.management.base import BaseCommand, CommandError

from ledger.redacted import Redactions
from records.editions import nouns
from register.checking import check_and_remember, faults


class Command(BaseCommand):
    help = "Check that every public page reads as its record says, and that lists say what the pages do. Exit code 1 if anything is amiss."

    def add_arguments(self, parser):
        parser.add_argument("--remember", action="store_true", help="keep what was found, for the status page")

    def handle(self, *args, **options):
        found = check_and_remember(everything=True).faults if options["remember"] else list(faults())
        for fault in found:
            self.stdout.write(self.style.ERROR(fault))
        if found:
            raise CommandError(f"{len(found)} fault{'s' if len(found) > 1 else ''} found.")
        told = ", ".join(f"{noun.editions.objects.filter(n=1).count()} {noun.name}s" for noun in nouns.values())
        if erased := Redactions.sealed().editions:
            self.stdout.write(f"Redacted: {erased} editions. Whether they are as they were left, verify_ledger tells.")
        self.stdout.write(self.style.SUCCESS(f"What is public reads as the record says: {told}."))
