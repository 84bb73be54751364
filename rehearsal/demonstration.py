"""The demonstration: the retelling of DAG026, and a fictional group whose meetings lie around today."""

from pathlib import Path

from django.db import transaction

from archive.operations import import_minutes
from archive.samples import DAG026
from groups.models import Group, User
from groups.programme import load
from records.clock import portal_today
from rehearsal.meetings import Meetings
from rehearsal.sign_ins import make_accounts


@transaction.atomic
def load_demonstration() -> bool:
    """Load it once; a second time changes nothing. Returns whether anything was loaded."""
    for file in ("demo-people.toml", "rehearsal.toml"):
        load(Path(__file__).parent / file)
    import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())
    make_accounts()
    group = Group.objects.get(code="REH")
    if group.meetings.exists():
        return False
    Meetings(group, portal_today()).play()
    return True
