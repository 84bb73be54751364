"""Who is who in published minutes: people and seats, found by what is printed and never guessed.

Two mentions are one person only when the full name and the organisation, section or seat agree;
else a new person is written down, and a warning. Nobody gets an account, a seat or a right from this.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from groups.models import ConstituencyAlias, Group, Holding, Person, Seat, User
from groups.models.people import normalised
from records.models import Origin


class Seats:
    """The group's voting seats on a day, by the words papers print."""

    def __init__(self, group: Group, on: date):
        seats = Seat.objects.on(on).filter(group=group, role=Seat.Role.MEMBER).select_related("constituency", "group")
        self.by_label = {normalised(seat.label): seat for seat in seats}
        by_constituency = {seat.constituency_id: seat for seat in seats}
        self.by_alias: dict[str, set[Seat]] = defaultdict(set)
        for alias in ConstituencyAlias.objects.filter(constituency__in=by_constituency):
            self.by_alias[normalised(alias.printed)].add(by_constituency[alias.constituency_id])

    def meant_by(self, printed: str) -> set[Seat]:
        """Every seat the words may stand for."""
        return self.by_alias.get(normalised(printed), set())

    def in_a_list(self, printed: str) -> Seat | None:
        """The seat an attendance list means; None where the same words stand for two (both supplier agents)."""
        meant = self.meant_by(printed)
        return next(iter(meant)) if len(meant) == 1 else None

    def in_a_vote(self, printed: str) -> Seat | None:
        """The seat a row of a vote means: there each seat has a row of its own, so its label is enough."""
        return self.by_label.get(normalised(printed)) or self.in_a_list(printed)


class People:
    """Everybody the portal knows, by normalised name, and which seats and sections they have been seen in."""

    def __init__(self, group: Group, by: User):
        self.group, self.by = group, by
        self.warnings: list[str] = []
        self.known: dict[str, list[Person]] = defaultdict(list)
        for person in Person.objects.select_related("organisation").order_by("pk"):
            self.known[normalised(person.name)].append(person)
        self.seats_of: dict[int, set[int]] = defaultdict(set)
        self.roles_of: dict[int, set[str]] = defaultdict(set)
        for person_id, seat_id, role in Holding.objects.filter(seat__group=group).values_list(
            "person_id", "seat_id", "seat__role"
        ):
            self.seats_of[person_id].add(seat_id)
            self.roles_of[person_id].add(role)

    def find(self, name: str, *, affiliation: str, seats: Collection[Seat] = (), chair: bool = False) -> Person:
        """The person of that name who is with that organisation, section or seat; a new one if there is none, or two."""
        namesakes = self.known[normalised(name)]
        agreeing = [p for p in namesakes if self._agrees(p, affiliation, seats, chair)]
        if len(agreeing) == 1:
            return agreeing[0]
        if namesakes:
            others = " and ".join(p.of or "no organisation" for p in namesakes)
            self.warnings.append(
                f"The portal knows {name} ({others}) already; {name} of these minutes ({affiliation or 'no organisation'}) "
                "is not taken to be the same person."
            )
        person = Person(name=name, affiliation=affiliation, origin=Origin.IMPORTED).save_by(self.by, "read in")
        namesakes.append(person)
        return person

    def _agrees(self, person: Person, affiliation: str, seats: Collection[Seat], chair: bool) -> bool:
        if chair:
            return Seat.Role.CHAIR in self.roles_of[person.pk] or normalised(person.of) == normalised(affiliation)
        if self.seats_of[person.pk] & {seat.pk for seat in seats}:
            return True
        said, known = set(normalised(affiliation).split()), set(normalised(person.of).split())
        return bool(said) and said <= known
