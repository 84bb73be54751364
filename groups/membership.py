"""Who held what on a day: the seats of a group, vacant ones first, with their alternates; and who is appointed besides."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.db.models import Q

from groups.models import Alternate, Appointment, Group, Holding, Organisation, Person, Seat, User
from groups.shown import Stage, stage_of
from records.clock import london_date
from records.periods import in_words


@dataclass
class Sitting:
    """A seat on a day: who sat in it, who comes after, and who stood in or was named to."""

    seat: Seat
    holding: Holding | None = None
    next: Holding | None = None
    alternates: list[tuple[Alternate, Stage]] = field(default_factory=list)

    @property
    def when(self) -> str:
        return in_words(self.holding.during) if self.holding else ""

    @property
    def next_when(self) -> str:
        return in_words(self.next.during) if self.next else ""


def seats_on(group: Group, day: date) -> list[Sitting]:
    """So many queries, however many seats there are."""
    sittings = {seat.pk: Sitting(seat) for seat in Seat.objects.on(day).filter(group=group).select_related("group", "constituency").order_by("order", "pk")}
    held = Holding.objects.filter(seat__in=sittings).select_related("person", "organisation").order_by("during")
    for holding in held:
        sitting = sittings[holding.seat_id]
        if holding.in_force_on(day):
            sitting.holding = holding
        elif holding.first_day > day and sitting.next is None:
            sitting.next = holding
    for alternate in Alternate.objects.on(day).filter(seat__in=sittings).select_related("person").order_by("pk"):
        if not (alternate.revoked_at and london_date(alternate.revoked_at) <= day):
            sittings[alternate.seat_id].alternates.append((alternate, stage_of(alternate, day)))
    return sorted(sittings.values(), key=lambda each: each.holding is not None)


def appointments_on(group: Group, day: date) -> list[Appointment]:
    """Those for the group, and those for the whole programme that reach it: of a fictional group's organisations, only the fictional ones."""
    reaching = Q(group=group) | Q(group=None) & (Q(organisation=None) | Q(organisation__fictional=group.fictional))
    found = Appointment.objects.on(day).filter(reaching).select_related("person", "group", "organisation")
    kinds = Appointment.Kind.values
    return sorted(found, key=lambda each: (each.group_id is None, kinds.index(each.kind), each.person.name, each.pk))


def with_accounts(people: set[int]) -> set[int]:
    """Of these people, who can sign in."""
    return set(User.objects.filter(person__in=people, is_active=True).values_list("person_id", flat=True))


@dataclass(frozen=True)
class Earlier:
    """What somebody was called, and where they were reached, until it was corrected."""

    name: str
    email: str
    until: date
    why: str


def earlier_of(person: Person) -> list[Earlier]:
    """The latest first."""
    steps = list(person.history.order_by("history_id").values_list("name", "email", "history_date", "history_change_reason"))
    changed = [Earlier(old[0], old[1] or "none", london_date(new[2]), new[3] or "") for old, new in pairwise(steps) if old[:2] != new[:2]]
    return changed[::-1]


def organisations_called(group: Group) -> dict[str, Organisation]:
    """By name, for the sheets of a group."""
    return {each.name.casefold(): each for each in Organisation.objects.filter(fictional=group.fictional)}
