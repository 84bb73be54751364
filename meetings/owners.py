"""Whose an action is: whoever came, a seat by its label, an organisation, everyone with a seat, or the secretariat; or several of these. Found alike
wherever it was typed."""

import re
from collections.abc import Iterable, Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.db.models.lookups import IContains

from groups.models import Group, Holding, Person, Seat
from groups.recipients import people_in
from groups.standing import Standing
from meetings.models import Action, Attendance, Meeting
from records.clock import portal_today

SECRETARIAT = ("pmo", "programme (pmo)", "secretariat", "pmo secretariat")  # as minutes call it
IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


AND = " & "  # between several owners, as the log prints them
PARTED = (r" & ", r"\s*(?:,|;|&|\+|\band\b)\s*")  # how several are typed; the first as the log has them, where a label may have a comma of its own
LONGEST_OWNER = 200  # characters
Owner = tuple[str, Person | None]


def owner_of(group: Group, meeting: Meeting | None, said: str) -> Owner:
    """The owner as the log prints them, "Supplier Agent (Sade Agu)", and who that is. A seat is nobody by name: whoever holds it then owns it.
    Nor are several one: each is found again by how they are printed."""
    said = " ".join(said.split())
    as_logged, as_typed = (_several(group, meeting, said, mark) for mark in PARTED)
    found = [each for each in (as_logged, as_typed) if any(each.values())]
    in_full = [each for each in found if all(each.values())]
    owner = (
        _one(group, meeting, said) or _joined(in_full[:1]) or _joined([as_logged] if as_logged in found else []) or _in_brackets(group, meeting, said) or _joined(found)
    )  # fmt: skip
    return owner or (said, None)


def _several(group: Group, meeting: Meeting | None, said: str, mark: str) -> dict[str, Owner | None]:
    """Each that is named, and as whom they are found. Empty where it is one."""
    parts = [part for part in re.split(mark, said, maxsplit=MOST_OWNERS, flags=re.IGNORECASE) if part]
    return {part: _named(group, meeting, part) for part in parts} if len(parts) > 1 else {}


MOST_OWNERS = 8


def _joined(ways: list[dict[str, Owner | None]]) -> Owner | None:
    for parts in ways:
        each = {(owner or (part, None)) for part, owner in parts.items()}
        if len(each) == 1:
            return each.pop()
        printed = AND.join(dict.fromkeys(owner[0] if owner else part for part, owner in parts.items()))
        if len(printed) <= LONGEST_OWNER:
            return printed, None
    return None


def _named(group: Group, meeting: Meeting | None, said: str) -> Owner | None:
    return _one(group, meeting, said) or _in_brackets(group, meeting, said)


def _one(group: Group, meeting: Meeting | None, said: str) -> Owner | None:
    if said.casefold() in {*SECRETARIAT, *_all_of(group.code)}:
        return said, None
    if seat := _seat(group, said):
        return seat.label, None
    for find in (_who_came, _who_sits):
        if found := find(group, meeting, said.casefold()):
            return found
    return (said, None) if _held(group).filter(person__organisation__name__iexact=said).exists() else None


def _in_brackets(group: Group, meeting: Meeting | None, said: str) -> Owner | None:
    """Somebody behind a role that is called otherwise here: the role stays as it was typed."""
    named = IN_BRACKETS.search(said)
    found = _one(group, meeting, named[1]) if named else None
    return (said, found[1]) if found and found[1] else None


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
    found = {person.pk: person for part in parts_of(action) for person in _people(action, part)}
    return list(found.values())


def parts_of(action: Action) -> list[str]:
    """Each of several owners, as the log prints them."""
    parts = action.owner.split(AND)
    return parts if len(parts) > 1 and not _sitting(action.group, action.owner).exists() else [action.owner]


def _people(action: Action, said: str) -> list[Person]:
    if said.casefold() in _all_of(action.group.code):
        return people_in(action.group, *Seat.Role.values)
    if sitting := list(Person.objects.filter(holdings__in=_sitting(action.group, said)).distinct().order_by("pk")):
        return sitting
    found = _named(action.group, action.meeting, said) if said != action.owner else None
    return [found[1]] if found and found[1] else []


def _held(group: Group) -> QuerySet[Holding]:
    return Holding.objects.on(portal_today()).filter(seat__group=group)


def _sitting(group: Group, said: str) -> QuerySet[Holding]:
    return _held(group).filter(Q(seat__label__iexact=said) | Q(person__organisation__name__iexact=said))


def owns(standing: Standing, action: Action) -> bool:
    """The same of one person, from the places they have; where there is one owner, asks for their organisation at most."""
    person = standing.user.person
    if action.owner_person_id or person is None:
        return person is not None and action.owner_person_id == person.pk
    if AND in action.owner:
        return person in owners_of(action)
    held = [place for place in standing.places if place.via == "holding" and place.group_id == action.group_id]
    own = {place.label.casefold() for place in held} | ({person.organisation.name.casefold()} if person.organisation else set())
    return bool(held) and (action.owner.casefold() in {*_all_of(action.group.code), *own})


def owned_by(standing: Standing) -> Q:
    """The same for many actions at once."""
    person = standing.user.person
    if person is None:
        return Q(pk__in=[])
    own = Person.objects.filter(pk=person.pk).alias(called=_between(F("organisation__name")), owners=_between(OuterRef("owner")))
    came = Attendance.objects.filter(meeting=OuterRef("meeting"), person=person, dropped=False).alias(owners=_between(OuterRef("owner")))
    called, in_brackets = _between(F("printed_name")), Concat(Value("("), F("printed_name"), Value(")" + AND))
    several = Q(owner_person=None, owner__contains=AND)
    named_there = came.filter(Q(IContains(F("owners"), called)) | Q(IContains(F("owners"), in_brackets)))
    mine = Q(owner_person=person) | Q(several, Exists(named_there))
    for place in standing.places:
        if place.via == "holding" and place.group_id:
            named = _named_among(place.label, *_all_of(place.group or "")) | (several & _named_among(person.name, f"{place.label} ({person.name})"))
            mine |= Q(owner_person=None, group=place.group_id) & (Q(Exists(own.filter(IContains(F("owners"), F("called"))))) | named)
    return mine


def _named_among(*names: str) -> Q:
    return Q(*(Q(IContains(_between(F("owner")), Value(AND + name + AND))) for name in names), _connector=Q.OR)


def _between(names: F | OuterRef) -> Concat:
    """One among several stands between two marks, wherever it stands."""
    return Concat(Value(AND), names, Value(AND))


def _all_of(code: str) -> set[str]:
    return {f"{code} Members".casefold(), "members", "all members"}


def why_unreached(action: Action) -> str:
    """Why nobody is sent it, or one of several is not. What is the PMO's own, the secretariat has before it anyway."""
    parts = [part for part in parts_of(action) if part.casefold() not in SECRETARIAT]
    if action.owner_person or len(parts_of(action)) == 1:
        owners = owners_of(action)
        if not owners and parts:
            return "which is nobody who came or sits in the group, and no seat or organisation with somebody in it: nobody is sent it."
        return "" if not parts or any(each.email for each in owners) else "of whom no e-mail address is known: nobody is sent it."
    unreached = [f"“{part}”" for part in parts if not any(each.email for each in _people(action, part))]
    return f"of whom {' and '.join(unreached)} cannot be told: nobody known so who came or sits in the group, or no e-mail address." if unreached else ""


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
        yield _by_name(seat.label, f"the seat, held by {holders[seat.pk]}" if seat.pk in holders else VACANT)
    sits: dict[str, list[str]] = {}
    for holding in holdings:
        if organisation := holding.person.organisation:
            sits.setdefault(organisation.name, []).append(holding.person.name)
    yield from (_by_name(name, f"the organisation of {', '.join(dict.fromkeys(people))}") for name, people in sorted(sits.items()))


VACANT = "the seat, vacant"


def _by_name(name: str, meant: str) -> dict[str, str]:
    return {"initials": "", "name": name, "as": meant, "owner": name}


def unknown_in(owner: str, people: Iterable[dict[str, str]]) -> list[str]:
    """Of the owners that a line gave it to: those who are none of the people offered, or a seat that is vacant. Asks for nothing."""
    people = list(people)
    known = {each[key].casefold() for each in people for key in ("owner", "name", "initials") if each["as"] != VACANT} | {*SECRETARIAT, "members", "all members"}
    parts = [owner] if owner.casefold() in known else owner.split(AND)
    return [part for part in parts if part.casefold() not in known and not ((named := IN_BRACKETS.search(part)) and named[1].casefold() in known)]
