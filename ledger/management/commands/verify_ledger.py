from django.core.management.base import BaseCommand, CommandError

from ledger.heads import Head
from ledger.heads import head as current_head
from ledger.nightly import remember
from ledger.redacted import Redactions
from ledger.verifying import faults
from records.clock import portal_now
from records.guards import remembered_for_the_role


class Command(BaseCommand):
    help = "Check every entry of the ledger and every record it speaks of. Exit code 1 if anything is amiss."

    def add_arguments(self, parser):
        parser.add_argument("--head", help="a head kept outside, such as 412:3f9a…: also shows missing last entries")
        parser.add_argument("--remember", action="store_true", help="keep what was found, for the status page")

    def handle(self, *args, head: str | None = None, **options):
        try:
            known = Head.parse(head) if head else None
        except ValueError as error:
            raise CommandError(str(error)) from error
        started_at, redactions = portal_now(), Redactions.sealed()
        found = [*faults(known, redactions), *remembered_for_the_role()]
        if options.get("remember"):
            remember(started_at, found)
        for fault in found:
            self.stdout.write(self.style.ERROR(fault))
        if redactions.met_entries or redactions.met_rows:
            self.stdout.write(f"Redacted, and as sealed redactions left it: {redactions}.")
        now = current_head()
        if found:
            raise CommandError(f"{len(found)} fault{'s' if len(found) > 1 else ''} found. The head is {now}.")
        against = f", and agrees with the head of entry {known.seq}" if known else ""
        self.stdout.write(self.style.SUCCESS(f"The ledger is whole: {now.seq} entries{against}. The head is {now}."))
