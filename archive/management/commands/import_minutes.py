import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from archive.operations import Import, import_minutes, read_only
from groups.commanding import the_user
from groups.models import User
from minutes_reader import Reading
from records.rules import Refused


class Command(BaseCommand):
    help = "Read published minutes or a headline report (.txt or Markdown) into the portal. The same file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--group", default="", help="whose minutes they are, such as DAG; else as the file says")
        parser.add_argument("--by", default="", metavar="USER", help="who reads them in; the archivist if left out")
        parser.add_argument("--dry-run", action="store_true", help="say what would be read, and write nothing")
        parser.add_argument("--confirm", action="store_true", help="the paper corrects what was read in before: read what it changes first, without this")
        parser.add_argument("--json", action="store_true", help="print what was read as one JSON object, and nothing else")

    def handle(self, *args, file: Path, group: str, by: str, dry_run: bool, json: bool, confirm: bool, **options):
        user = the_user(by) if by else User.objects.the_archivist()
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        try:
            done = (
                read_only(content, file.name, group)
                if dry_run
                else import_minutes(content, file.name, group_code=group, confirmed=confirm, by=user)
            )
            refusal = "" if done.reading.recognised else done.reading.refusal or "Not recognised."
        except Refused as refused:
            done, refusal = self._refused(content, file, refused), _listed(refused.reasons)
        self._print(done, refusal, as_json=json, dry_run=dry_run)
        if refusal:
            raise CommandError(f"{file.name} was not read in. {refusal}", returncode=1)

    def _refused(self, content: bytes, file: Path, refused: Refused) -> Import:
        """For --json: what could be read all the same, with the reason among the warnings."""
        foreign = any(reason.code == "foreign" for reason in refused.reasons)
        reading = Reading() if foreign else read_only(content, file.name).reading
        reading.warnings = [*refused.reasons, *(w for w in reading.warnings if w not in refused.reasons)]
        return Import(reading)

    def _print(self, done: Import, refusal: str, *, as_json: bool, dry_run: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
        elif not refusal:
            self._say(done, dry_run)

    def _say(self, done: Import, dry_run: bool) -> None:
        reading = done.reading
        what = f"{reading.header.doc_type} of {reading.header.group} {reading.header.meeting_no}"
        counts = f"{len(reading.decisions)} decisions, {len(reading.actions)} actions, {len(reading.votes)} votes"
        done_what = "Would read in" if dry_run else "Read in" if done.changed else "Unchanged (read in before)"
        self.stdout.write(f"{done_what}: {what}: {counts}, {len(reading.warnings)} warnings.")
        for warning in reading.warnings:
            self.stdout.write(f"  - {warning}")


def _listed(reasons: list) -> str:
    """One reason as a sentence; what a correction changes, a line each."""
    return "\n  - ".join(reasons)
