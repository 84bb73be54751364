from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from ledger.operations import black_out
from records.rules import Refused


class Command(BaseCommand):
    help = "Take words that should never have been public out of every page, file, list and PDF. The words are read from a file, not from the command line."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a text file with the words, as they are published; everything in it is one passage")
        parser.add_argument("--why", required=True, help="what the public reads of it: “a person’s address”")
        parser.add_argument("--ordered-by", required=True, help="on whose order: “the data protection officer”")
        parser.add_argument("--by", required=True, help="the sign-in of whoever does it")

    def handle(self, *args, file: Path, why: str, ordered_by: str, by: str, **options):
        user = get_user_model().objects.filter(username__iexact=by, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {by}.")
        try:
            words = file.read_text()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        try:
            made = black_out(words, why=why, ordered_by=ordered_by, by=user)
        except Refused as refused:
            raise CommandError(" ".join(map(str, refused.reasons))) from refused
        self.stdout.write(self.style.SUCCESS(f"Withdrawn by {made}, number {made.pk}. PDFs that held the words are made anew by the next sweep."))
