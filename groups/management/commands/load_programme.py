from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from groups.programme import load
from records.rules import Refused


class Command(BaseCommand):
    help = "Load groups, constituencies, seats, people and policies from a TOML file. Running it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        try:
            counts = load(file)
        except Refused as refused:
            raise CommandError("Nothing was loaded. " + " ".join(refused.reasons)) from refused
        self.stdout.write(f"{file.name}: {counts['added']} added, {counts['changed']} changed, {counts['unchanged']} unchanged.")
