from pathlib import Path

from django.core.management.base import CommandError

from artefacts.catalogue import Catalogue, catalogue_in
from artefacts.operations import load_catalogue
from files.looking import as_text
from groups.loading import LoadingCommand
from groups.models import Group, User


class Command(LoadingCommand):
    help = "Put the artefacts of a table into the catalogue, and describe those that are there as it says. The same again changes nothing."

    def looked_at(self, table: Path, group: Group, **options) -> Catalogue:
        return catalogue_in(_text_of(table), group)

    def loaded(self, table: Path, group: Group, skip_refused: bool, user: User, **options) -> Catalogue:
        return load_catalogue(group, _text_of(table), skip_refused=skip_refused, by=user)


def _text_of(table: Path) -> str:
    if (text := as_text(table.read_bytes())) is None:
        raise CommandError("The table is not text: save it as CSV first.")
    return text
