"""The pack: all papers of a meeting in one PDF and one ZIP, made by the worker."""

from files.packing import bind
from groups.models import User
from meetings.models import Pack
from meetings.packing import circulated, cover_of
from records.operations import operation


@operation
def make_pack(pack: Pack) -> Pack:
    """Bind what was circulated. Asked for meanwhile once more, it is made once more."""
    return bind(pack, list(circulated(pack.meeting)), cover_of(pack.meeting), by=User.objects.the_clock())
