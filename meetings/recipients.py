"""Who is told of a meeting: everyone with a seat in its group, and the secretariat."""

from datetime import datetime

from django.db.models import Max

from groups.models import Person, Seat
from groups.recipients import people_in, secretariat_of
from meetings.models import Meeting
from notifications.models import Notice


def audience(meeting: Meeting) -> list[Person]:
    """Each person once, by name."""
    found = {person.pk: person for person in (*people_in(meeting.group, *Seat.Role.values), *secretariat_of(meeting.group))}
    return sorted(found.values(), key=lambda person: (person.name, person.pk))


def calendar_key(meeting: Meeting) -> str:
    """The beginning of the key of every mail that carries the meeting to a calendar."""
    return f"{meeting}-calendar-"


def not_invited_yet(meeting: Meeting) -> list[Person]:
    """Of the audience, whoever has an address and no invitation: who took a seat since, say."""
    told = set(Notice.objects.filter(key__startswith=calendar_key(meeting)).values_list("address", flat=True))
    return [person for person in audience(meeting) if person.email and person.email not in told]


def last_told(meeting: Meeting) -> dict[str, datetime]:
    """Address -> when the last mail that carries the meeting to a calendar was written to it."""
    written = Notice.history.filter(key__startswith=calendar_key(meeting), history_type="+")
    return dict(written.order_by("address").values_list("address").annotate(Max("history_date")))


def without_address(meeting: Meeting) -> list[Person]:
    return [person for person in audience(meeting) if not person.email]

