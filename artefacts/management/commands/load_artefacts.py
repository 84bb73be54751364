from pathlib import Path

from artefacts.loading import Library
from artefacts.operations import load_library, look_at_library
from groups.loading import LoadingCommand
from groups.models import Group, User


class Command(LoadingCommand):
    help = "Load a library of artefacts that was kept elsewhere: a table of versions, and the folder with their files. The same again changes nothing."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help="where the files lie that the table names")

    def looked_at(self, table: Path, group: Group, **options) -> Library:
        return look_at_library(table, options["folder"], group)

    def loaded(self, table: Path, group: Group, skip_refused: bool, user: User, **options) -> Library:
        return load_library(table, options["folder"], group, skip_refused=skip_refused, by=user)
