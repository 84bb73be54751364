"""The demonstration: the retelling of DAG026, and a fictional group whose meetings lie around today."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from archive.operations import import_minutes
from archive.samples import DAG026
from groups.models import Group, User
from groups.programme import load
from records.clock import portal_today
from rehearsal.meetings import LAST, Meetings
from rehearsal.past import is_begun, load_planned, play_the_past
from rehearsal.sign_ins import make_accounts


def only_in_a_demonstration() -> None:
    """Nothing is ever deleted: invented people and meetings would stay in a real record for good."""
    if not settings.DEMO:
        raise CommandError("This is no demonstration (PORTAL_DEMO is not set): invented people and meetings would stay in its record for good. Nothing was loaded.")


def load_past() -> bool:
    """What happened before, each thing on its day. Returns whether it was played. Only the owner of the tables can set the clock back for it."""
    if is_begun():
        return False
    _load_people()
    play_the_past()
    return True


def _load_people() -> None:
    for file in ("demo-people.toml", "rehearsal.toml"):
        load(Path(__file__).parent / file)
    make_accounts()


@transaction.atomic
def load_demonstration() -> bool:
    """Load it once; a second time changes nothing. Returns whether anything was loaded."""
    _load_people()
    import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())
    load_planned()
    group = Group.objects.get(code="REH")
    if group.meetings.filter(number=LAST).exists():
        return False
    Meetings(group, portal_today()).play()
    return True
