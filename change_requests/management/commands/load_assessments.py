from pathlib import Path

from change_requests.loading import Spreadsheet
from change_requests.operations import load_assessments, look_at_assessments
from groups.loading import LoadingCommand
from groups.models import Group, User


class Command(LoadingCommand):
    help = "Load assessments of past change requests that were kept in a spreadsheet: one line an organisation that was asked. The same again changes nothing."

    def looked_at(self, table: Path, group: Group, **options) -> Spreadsheet:
        return look_at_assessments(table, group)

    def loaded(self, table: Path, group: Group, skip_refused: bool, user: User, **options) -> Spreadsheet:
        return load_assessments(table, group, skip_refused=skip_refused, by=user)
