"""Whose an action is: whoever came, a seat by its label, an organisation, everyone with a seat, or the secretariat. Found alike wherever it was typed."""

import re
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from groups.models import Group, Holding, Person, Seat
from groups.recipients import people_in
from groups.standing import Standing
from meetings.models import Action, Attendance, Meeting
from records.clock import portal_today

SECRETARIAT = ("pmo", "programme (pmo)", "secretariat", "pmo secretariat")  # as minutes call it
IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


def owner_of(group: Group, meeting: Meeting | None, said: str) -> tuple[str, Person | None]:
    """The owner as the log prints them, "Supplier Agent (Sade Agu)", and who that is. A seat is nobody by name: whoever holds it then owns it."""
    said = " ".join(said.split())
    if seat := _seat(group, said):
        return seat.label, None
    for find in (_who_came, _who_sits):
        if found := find(group, meeting, said.casefold()):
            return found
    if named := IN_BRACKETS.search(said):
        return said, owner_of(group, meeting, named[1])[1]
    return said, None


def _seat(group: Group, said: str) -> Seat | None:
    return Seat.objects.on(portal_today()).filter(group=group, label__iexact=said).first()


def _who_came(group: Group, meeting: Meeting | None, said: str) -> tuple[str, Person] | None:
    """Or sent apologies; by their initials or name."""
    there = meeting.attendances.filter(dropped=False).select_related("person") if meeting else []
    found = [each for each in there if said in (each.initials.casefold(), each.printed_name.casefold(), printed_owner(each).casefold())]
    return (printed_owner(found[0]), found[0].person) if len({each.person_id for each in found}) == 1 else None


def _who_sits(group: Group, meeting: Meeting | None, said: str) -> tuple[str, Person] | None:
    found = [each for each in _holdings(group) if said in (each.person.name.casefold(), _held_by(each).casefold())]
    return (_held_by(found[0]), found[0].person) if len({each.person_id for each in found}) == 1 else None


def _holdings(group: Group) -> list[Holding]:
    today = portal_today()
    held = Holding.objects.on(today).filter(seat__group=group, seat__during__contains=today)
    return list(held.select_related("seat", "person__organisation").order_by("seat__order", "seat", "pk"))


def _held_by(holding: Holding) -> str:
    return f"{holding.seat.label} ({holding.person.name})"


def printed_owner(attendance: Attendance) -> str:
    return f"{attendance.printed_role} ({attendance.printed_name})" if attendance.printed_role else attendance.printed_name


# --- whom that reaches


def owners_of(action: Action) -> list[Person]:
    """The person who is named; everyone with a seat where it is the group's own; who holds the seat, or sits for the organisation; else nobody that is known."""
    if action.owner_person:
        return [action.owner_person]
    if _is_everybodys(action):
        return people_in(action.group, *Seat.Role.values)
    held = Holding.objects.on(portal_today()).filter(seat__group=action.group_id)
    named = held.filter(Q(seat__label__iexact=action.owner) | Q(person__organisation__name__iexact=action.owner))
    return list(Person.objects.filter(holdings__in=named).distinct().order_by("pk"))


def owns(standing: Standing, action: Action) -> bool:
    """The same of one person, from the places they have; asks for their organisation at most."""
    person = standing.user.person
    if action.owner_person_id or person is None:
        return person is not None and action.owner_person_id == person.pk
    held = [place for place in standing.places if place.via == "holding" and place.group_id == action.group_id]
    own = {place.label.casefold() for place in held} | ({person.organisation.name.casefold()} if person.organisation else set())
    return bool(held) and (_is_everybodys(action) or action.owner.casefold() in own)


def owned_by(standing: Standing) -> Q:
    """The same for many actions at once."""
    mine = Q(owner_person=standing.user.person_id, owner_person__isnull=False)
    own = Person.objects.filter(pk=standing.user.person_id or 0, organisation__name__iexact=OuterRef("owner"))
    for place in standing.places:
        if place.via == "holding" and place.group_id:
            names = (place.label, *_everybody_called(place.group or ""))
            called = Exists(own) | Q(*(("owner__iexact", name) for name in names), _connector=Q.OR)
            mine |= Q(owner_person=None, group=place.group_id) & called
    return mine


def _everybody_called(code: str) -> tuple[str, str, str]:
    return f"{code} Members", "members", "all members"


def _is_everybodys(action: Action) -> bool:
    return action.owner.casefold() in {each.casefold() for each in _everybody_called(action.group.code)}


def why_unreached(action: Action) -> str:
    """Why nobody is sent it. What is the PMO's own, the secretariat has before it anyway."""
    if action.owner.casefold() in SECRETARIAT:
        return ""
    owners = owners_of(action)
    if not owners:
        return "which is nobody who came or sits in the group, and no seat or organisation with somebody in it: nobody is sent it."
    return "" if any(each.email for each in owners) else "of whom no e-mail address is known: nobody is sent it."


# --- who is offered, where one is typed


def offered(group: Group, meeting: Meeting | None) -> Iterator[dict[str, str]]:
    """Who may be given something to do: whoever came, then sent apologies, everyone, the secretariat, each seat, and each organisation that sits there."""
    rows = meeting.attendances.filter(dropped=False).order_by("order", "pk") if meeting else []
    apologies = Attendance.Section.APOLOGIES
    for each in sorted(rows, key=lambda row: row.section == apologies):
        told = f"{printed_owner(each)}, apologies" if each.section == apologies else printed_owner(each)
        yield {"initials": each.initials, "name": each.printed_name, "as": told, "owner": printed_owner(each)}
    yield _by_name(f"{group.code} Members", "everyone with a seat")
    yield _by_name("Programme (PMO)", "the secretariat")
    holdings = _holdings(group)
    holders = {each.seat_id: each.person.name for each in holdings}
    for seat in Seat.objects.on(portal_today()).filter(group=group).order_by("order", "pk"):
        yield _by_name(seat.label, f"the seat, held by {holders[seat.pk]}" if seat.pk in holders else "the seat, vacant")
    sits: dict[str, list[str]] = {}
    for holding in holdings:
        if organisation := holding.person.organisation:
            sits.setdefault(organisation.name, []).append(holding.person.name)
    yield from (_by_name(name, f"the organisation of {', '.join(dict.fromkeys(people))}") for name, people in sorted(sits.items()))


def _by_name(name: str, meant: str) -> dict[str, str]:
    return {"initials": "", "name": name, "as": meant, "owner": name}
