"""Who is told of a meeting: everyone with a seat in its group, and the secretariat."""

from groups.models import Person, Seat
from groups.recipients import people_in, secretariat_of
from meetings.models import Action, Meeting
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


def without_address(meeting: Meeting) -> list[Person]:
    return [person for person in audience(meeting) if not person.email]


SECRETARIAT = ("pmo", "programme (pmo)", "secretariat", "pmo secretariat")  # as minutes call it


def owners_of(action: Action) -> list[Person]:
    """The person who is named; everyone with a seat where it is the group's own; else nobody that the portal knows."""
    if action.owner_person:
        return [action.owner_person]
    return people_in(action.group, *Seat.Role.values) if _is_everybodys(action) else []


def _is_everybodys(action: Action) -> bool:
    return action.owner.casefold() in {f"{action.group.code} members".casefold(), "members", "all members"}


def reaches_nobody(action: Action) -> bool:
    """Its owner is nobody that the portal knows; what is the PMO's own, the secretariat has before it anyway. Asks nothing of the database."""
    return not action.owner_person_id and not _is_everybodys(action) and action.owner.casefold() not in SECRETARIAT
