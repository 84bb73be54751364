"""Minutes as subjects of decisions: a later meeting approves them by a decision of its own (DAG-DEC55)."""

import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from groups.models import Group
from meetings.lifecycle import MinutesStatus
from meetings.models import Minutes
from records.models import Origin
from records.subjects import Described, Known, Subjects, register

KIND = "minutes"  # as a settlement calls it
CALLED = "Minutes of "  # then the meeting's code
SAID = re.compile(r"(?:the )?minutes of (?P<before>[\w.-]{1,30})|(?P<behind>[\w.-]{1,30}) minutes", re.IGNORECASE)


def reference_of(minutes: Minutes) -> str:
    return f"{CALLED}{minutes.meeting.code}"


def _known(minutes: Minutes) -> Known:
    return Known(KIND, reference_of(minutes))


def _meeting_meant(said: str) -> str:
    """ "the minutes of dag025" and "DAG025 minutes" mean DAG025; empty for anything else."""
    found = SAID.fullmatch(" ".join(said.split()))
    return (found["before"] or found["behind"]).upper() if found else ""


def find(references: Iterable[str]) -> dict[str, Known]:
    meant = {ref: code for ref in references if (code := _meeting_meant(ref))}
    rows = Minutes.objects.filter(meeting__code__in=meant.values()).select_related("meeting") if meant else ()
    known = {each.meeting.code: _known(each) for each in rows}
    return {ref: known[code] for ref, code in meant.items() if code in known}


def to_be_approved(group: Group) -> QuerySet[Minutes]:
    """Circulated, and not approved yet."""
    rows = Minutes.objects.filter(meeting__group=group, meeting__origin=Origin.PORTAL, status=MinutesStatus.CIRCULATED)
    return rows.select_related("meeting__group").order_by("meeting__held_on", "pk")


def open_in(group: Group) -> list[Known]:
    return [_known(each) for each in to_be_approved(group)]


def describe(ref: str, label: str) -> Described | None:
    code = _meeting_meant(ref)
    minutes = Minutes.objects.select_related("meeting").filter(meeting__code=code).first() if code else None
    if minutes is None:
        return None
    meeting = minutes.meeting
    address = meeting.get_absolute_url() if minutes.published_at else reverse("desk:meeting", args=[code])
    return Described(f"{reference_of(minutes)}", address, f"The minutes of {meeting} are marked as approved.")


register(Subjects(KIND, find, open_in, describe))
