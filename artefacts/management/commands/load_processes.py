from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from artefacts.operations import load_processes
from artefacts.process_list import list_in
from groups.commanding import the_user
from groups.models import Group, User
from records.rules import Refused


class Command(BaseCommand):
    help = "Load the list of a programme's processes, and which artefacts describe each. Without --load it only says what would be done."

    def add_arguments(self, parser):
        parser.add_argument("table", type=Path, help="a CSV file: reference, name, stream, parent, artefacts (several between semicolons)")
        parser.add_argument("--group", required=True, metavar="CODE", help="the group whose artefacts describe them, such as DAG")
        parser.add_argument("--load", action="store_true", help="do it; without this, it is only said what would be done")
        parser.add_argument("--by", default="", metavar="USER", help="who loads it; the archivist if left out")

    def handle(self, *args, table: Path, group: str, load: bool, by: str, **options):
        user = the_user(by) if by else User.objects.the_archivist()
        known = Group.objects.filter(code__iexact=group).first()
        if known is None:
            raise CommandError(f"There is no group {group}.")
        try:
            text = table.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{table} cannot be read as a text in UTF-8.") from error
        try:
            told = load_processes(known, text, by=user) if load else list_in(text, known)
        except Refused as refused:
            raise CommandError("\n".join(["Nothing was loaded.", *refused.reasons])) from refused
        for line in told.refused:
            self.stderr.write(f"Line {line.n}: {' '.join(line.refusals)}")
        self.stdout.write(told.in_words())
        if not load:
            self.stdout.write("Nothing was written. Do it with --load.")
