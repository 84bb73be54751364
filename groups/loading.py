"""What the commands share that load a table which was kept elsewhere: looked at first, then done, with a sentence for each line that is refused."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.commanding import the_user
from groups.models import Group, User
from records.rules import Refused


class LoadingCommand(BaseCommand):
    """Without --load it only says what it would do. A command of its own says how it looks and how it loads."""

    def add_arguments(self, parser):
        parser.add_argument("table", type=Path, help="a CSV file")
        parser.add_argument("--group", required=True, metavar="CODE", help="the group whose record it is, such as DAG")
        parser.add_argument("--load", action="store_true", help="do it; without this, it is only said what would be done")
        parser.add_argument("--skip-refused", action="store_true", help="load the rest, if lines are refused")
        parser.add_argument("--by", default="", metavar="USER", help="who loads it; the archivist if left out")

    def handle(self, *args, table: Path, group: str, load: bool, skip_refused: bool, by: str, **options):
        user = the_user(by) if by else User.objects.the_archivist()
        known = Group.objects.filter(code__iexact=group).first()
        if known is None:
            raise CommandError(f"There is no group {group}.")
        if not table.is_file():
            raise CommandError(f"There is no file {table}.")
        try:
            looked: Any = self.loaded(table, known, skip_refused, user, **options) if load else self.looked_at(table, known, **options)
        except Refused as refused:
            raise CommandError(" ".join(refused.reasons)) from refused
        for line in looked.refused:
            self.stderr.write(f"Line {line.n}: {' '.join(line.refusals)}")
        nothing = load and looked.refused and not skip_refused
        self.stdout.write("Nothing is loaded: " * bool(nothing) + looked.in_words("loaded" if load and not nothing else "can be loaded"))
        if nothing:
            raise CommandError("Mend the lines that are refused, or load the rest with --skip-refused.", returncode=1)
        if not load:
            self.stdout.write("Nothing was written. Do it with --load.")

    def looked_at(self, table: Path, group: Group, **options) -> Any:
        """What loading would do: `refused` lines, and all of it `in_words`."""
        raise NotImplementedError

    def loaded(self, table: Path, group: Group, skip_refused: bool, user: User, **options) -> Any:
        """The same, done."""
        raise NotImplementedError
