from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from ledger.erasing import counted, in_the_chain, search
from ledger.models import BlackOut
from ledger.operations import redact
from records.dates import as_day
from records.rules import Refused


class Command(BaseCommand):
    help = "Erase the words of a black-out from every table. Only the owner of the tables can, and it cannot be undone."

    def add_arguments(self, parser):
        parser.add_argument("--black-out", type=int, required=True, metavar="N", help="the number of the black-out, as manage.py black_out told it")
        parser.add_argument("--by", required=True, help="the sign-in of whoever does it")
        parser.add_argument("--dry-run", action="store_true", help="say how many rows of which columns hold the words, and change nothing")

    def handle(self, *args, black_out: int, by: str, dry_run: bool, **options):
        user = get_user_model().objects.filter(username__iexact=by, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {by}.")
        found = BlackOut.objects.filter(pk=black_out).first()
        if found is None:
            raise CommandError(f"There is no black-out {black_out}. {self._known()}")
        if hasattr(found, "redaction"):
            self.stdout.write(f"The words of black-out {found.pk} were erased before, on {as_day(found.redaction.at)}. Nothing was done.")
        elif dry_run:
            self._foretell(found)
        else:
            self._redact(found, user)

    def _known(self) -> str:
        known = [f"{each.pk} ({as_day(each.at)}: {each.why})" for each in BlackOut.objects.all()]
        return f"Known are {', '.join(known)}." if known else "Nothing was ever blacked out."

    def _foretell(self, found: BlackOut) -> None:
        for column, rows in counted(search(found.words)).items():
            self.stdout.write(f"{column.table}.{column.name}: {rows}")
        if stay := in_the_chain(found.words):
            self.stdout.write(f"Of {len(stay)} entries the actor or subject holds the words. They are hashed: they stay, and are withdrawn when shown.")
        self.stdout.write("Nothing was changed.")

    def _redact(self, found: BlackOut, user) -> None:
        try:
            made = redact(found, by=user)
        except Refused as refused:
            raise CommandError(" ".join(map(str, refused.reasons))) from refused
        if made is None:
            self.stdout.write("Somebody else erased them just now. Nothing was done.")
            return
        rows = sum(map(len, made.rows.values()))
        self.stdout.write(self.style.SUCCESS(f"Erased from {rows} rows and from what {len(made.entries)} entries sealed. Back-ups made before still hold the words."))
        if made.columns:
            self.stdout.write(f"They stay in the columns of entries {', '.join(made.columns)}, which are hashed; there they are withdrawn when shown.")
