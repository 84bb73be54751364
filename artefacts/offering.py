"""What of the design could go on an agenda: versions that were reviewed, and what came into others without a change request."""

from collections.abc import Iterator

from artefacts.lifecycle import ReviewStatus, VersionStatus
from artefacts.models import Artefact, ArtefactVersion, Carried
from artefacts.on_agendas import SOURCE, for_decision, version_meant
from meetings.models import AgendaItem, Meeting
from meetings.tabling import Tableable, reached
from records.models import Origin
from records.versions import is_same_version

BROUGHT = "brought_in:"  # what an item is tabled from, then the key of the version
LONGEST = 300  # of the title of an item


def to_be_decided(meeting: Meeting) -> Iterator[Tableable]:
    """The newest version of each artefact, if its review is over, no decision has baselined it, and it is on no agenda yet."""
    rows = Artefact.objects.filter(group=meeting.group, origin=Origin.PORTAL).prefetch_related("versions__reviews", "versions__loadings", "baselines")
    artefacts = list(rows.order_by("name", "pk"))
    there, places = reached(meeting.group, SOURCE), for_decision(artefacts, near=[meeting.group_id])
    for artefact in artefacts:
        version = version_meant(artefact, "")
        key = f"{SOURCE}{version.pk}" if version else ""
        if version and key not in there and artefact.pk not in places and _waits(version, artefact):
            version.artefact = artefact
            yield Tableable(key, str(version)[:LONGEST], "Reviewed, and on no agenda yet", AgendaItem.Purpose.DECISION)


def _waits(version: ArtefactVersion, artefact: Artefact) -> bool:
    """What carries a change request comes back for that."""
    told = [each for each in version.reviews.all() if each.status != ReviewStatus.WITHDRAWN]
    reviewed = bool(told) and all(each.status == ReviewStatus.CLOSED for each in told)
    baselined = any(each.version_id == version.pk or is_same_version(each.label, version.label) for each in artefact.baselines.all())
    return reviewed and not baselined and not any(each["kind"] == Carried.CHANGE_REQUEST for each in version.carries)


def to_be_listed(meeting: Meeting) -> Iterator[Tableable]:
    """What versions brought in without a change request, each once: a defect, a design issue, a work-off item, a correction."""
    rows = ArtefactVersion.objects.filter(artefact__group=meeting.group, status=VersionStatus.FIXED, origin=Origin.PORTAL, loadings=None).exclude(carries=[])
    there = reached(meeting.group, BROUGHT)
    for version in rows.select_related("artefact").order_by("fixed_at", "pk"):
        without = [f"{Carried(each['kind']).label.lower()} {each['reference']}, authorised by {each['authorised_by']}" for each in version.carries if each["kind"] != Carried.CHANGE_REQUEST]
        if without and (key := f"{BROUGHT}{version.pk}") not in there:
            title = f"{version}: what came without a change request"[:LONGEST]
            yield Tableable(key, title, f"It carries {'; '.join(without)}", AgendaItem.Purpose.INFORMATION)
