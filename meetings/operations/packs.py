"""The pack: all papers of a meeting in one PDF and one ZIP, made by the worker."""

from files.kinds import Kind
from files.operations import keep_made
from groups.models import User
from meetings.models import Pack
from meetings.packing import packed
from records.clock import portal_now
from records.locks import locked
from records.operations import operation


@operation
def make_pack(pack: Pack) -> Pack:
    """Bind what was circulated. Asked for meanwhile once more, it is made once more."""
    asked, clock = pack.wanted, User.objects.the_clock()
    made = packed(pack, portal_now())
    pdf, archive = (keep_made(content, kind, by=clock) if content else None for content, kind in ((made.pdf, Kind.PDF), (made.zip, Kind.ZIP)))
    pack, now = locked(Pack.objects).get(pk=pack.pk), portal_now()
    pack.pdf, pack.zip, pack.layout, pack.pages, pack.why_not = pdf, archive, made.layout, made.pages, made.why_not
    pack.made, pack.made_at = asked, now
    return pack.save_by(clock, made.why_not, at=now)
