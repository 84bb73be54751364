"""Who could be at a meeting, seat by seat, how each is recorded, and by which initials the minutes know them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import chain

from groups.models import Alternate, Holding, Person, Seat
from meetings.models import Attendance, Meeting, MeetingReply, ReplyChoice
from records.dates import as_day

Mode, Section, Role = Attendance.Mode, Attendance.Section, Seat.Role
SECTION_OF = {Role.CHAIR: Section.CHAIR, Role.MEMBER: Section.REPRESENTATIVES, Role.PROGRAMME: Section.PROGRAMME, Role.SECRETARIAT: Section.PROGRAMME}
PRESENT, DIALLED_IN, APOLOGIES, ABSENT, TAKEN_BACK = "present", "dialled_in", "apologies", "absent", "taken_back"
AS_RECORDED = "as_recorded"  # by somebody who neither holds the seat nor stands in by what is on record now: left as it is
AS_REPLIED = {ReplyChoice.ATTEND: PRESENT, ReplyChoice.DIAL_IN: DIALLED_IN, ReplyChoice.APOLOGIES: APOLOGIES}
LONGEST_INITIALS = 12


@dataclass(frozen=True)
class Presence:
    """What is said of one seat, or of one person without a seat: how they were there, and for how much of it."""

    choice: str  # "present", "dialled_in", "alternate-7", "apologies", "absent"; "taken_back"; "" while nothing is said
    part: bool = False
    from_item: int | None = None
    to_item: int | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None


@dataclass
class Place:
    """A seat of the group on the day of the meeting: who holds it, who may stand in, who was named and not approved by then, and what is recorded."""

    seat: Seat
    holder: Person | None = None
    alternates: list[Alternate] = field(default_factory=list)
    named: list[Alternate] = field(default_factory=list)
    recorded: list[Attendance] = field(default_factory=list)
    replied: MeetingReply | None = None

    @property
    def key(self) -> str:
        return f"seat-{self.seat.pk}"

    @property
    def section(self) -> str:
        return SECTION_OF.get(Role(self.seat.role), Section.OTHERS)

    @property
    def came(self) -> Attendance | None:
        """Of what is recorded, the row that says who came for the seat, or that nobody did."""
        return next(iter(sorted(self.recorded, key=lambda row: row.section == Section.APOLOGIES)), None)

    @property
    def people(self) -> list[Person]:
        """Whose initials are asked for beside it."""
        told = [*([self.holder] if self.holder else []), *(each.person for each in self.standing_in), *([self.came.person] if self.came else [])]
        return list({person.pk: person for person in told}.values())

    @property
    def standing_in(self) -> list[Alternate]:
        """Whoever may be recorded as having come in the holder's place: those who were approved, then those who were only named."""
        return [*self.alternates, *self.named]

    def alternate(self, choice: str) -> Alternate | None:
        return next((each for each in self.standing_in if choice == f"alternate-{each.pk}"), None)

    def may_not(self, row: Attendance) -> str:
        """Why whoever came for it may not speak for it; empty where they may."""
        if row.person_id in {self.holder and self.holder.pk, *(each.person_id for each in self.alternates)}:
            return ""
        named = any(each.person_id == row.person_id for each in self.named)
        return "was not approved as its alternate by then" if named else "neither held it that day nor stands in for it"

    def as_recorded(self) -> Presence:
        """As it is recorded now."""
        row = self.came
        if row is None:
            return Presence("")
        return Presence(self._choice(row), row.part_meeting, row.from_item, row.to_item, row.joined_at, row.left_at)

    def expected(self) -> str:
        """As was said beforehand, while nothing is recorded. It is shown, and recorded by nobody but whoever saves it."""
        if self.replied is None or self.recorded or self.holder is None or self.replied.said_by_id != self.holder.pk:
            return ""
        if self.replied.choice == ReplyChoice.ALTERNATE:
            return next((f"alternate-{each.pk}" for each in self.standing_in if each.pk == self.replied.alternate_id), "")
        return AS_REPLIED[ReplyChoice(self.replied.choice)]

    def _choice(self, row: Attendance) -> str:
        if self.holder is None:
            return AS_RECORDED
        if row.section == Section.APOLOGIES and row.person_id == self.holder.pk:
            return APOLOGIES
        if standing_in := next((each for each in self.standing_in if each.person_id == row.person_id), None):
            return f"alternate-{standing_in.pk}"
        return row.mode if row.person_id == self.holder.pk else AS_RECORDED


@dataclass
class Room:
    """Everybody who could be there: every seat of the day in order, and whoever was added by name."""

    meeting: Meeting
    places: list[Place]
    others: list[Attendance]

    @property
    def represented(self) -> int:
        """How many constituencies somebody came for."""
        return sum(place.came is not None and came_in_fact(place.came) for place in self.constituencies)

    def place(self, key: str) -> Place | None:
        return next((place for place in self.places if place.key == key), None)

    @property
    def constituencies(self) -> list[Place]:
        return [place for place in self.places if place.seat.votes]

    @property
    def how_many(self) -> str:
        return f"{self.represented} of {len(self.constituencies)} constituencies represented"

    def recorded_by(self, key: str) -> str:
        """Who wrote down last what stands in a row; nobody, where nothing ever did."""
        last = max((row.history.select_related("history_user__person").latest("history_id") for row in self._ever(key)), key=lambda row: row.history_id, default=None)
        return str(last.history_user) if last else ""

    def _ever(self, key: str) -> Iterable[Attendance]:
        """What was taken back, too."""
        kind, _, pk = key.partition("-")
        return self.meeting.attendances.filter(**({"seat": pk} if kind == "seat" else {"pk": pk}))

    @property
    def seen(self) -> str:
        """What was recorded when a form was opened: whoever saves it sees whether somebody else has recorded more meanwhile."""
        return seen_in([*(row for place in self.places for row in place.recorded), *self.others])

    def seen_by_row(self) -> dict[str, str]:
        """The same of each row by itself, so that two may write down different rows at once."""
        return {place.key: seen_in(place.recorded) for place in self.places} | {f"other-{row.pk}": seen_in([row]) for row in self.others}

    def initials(self) -> dict[int, str]:
        """By person: as they are recorded, else their own from earlier meetings, else proposed. Two people never have the same."""
        rows = [*(row for place in self.places for row in place.recorded), *self.others]
        people = {person.pk: person.name for place in self.places for person in place.people} | {row.person_id: row.printed_name for row in rows}
        here = {row.person_id: row.initials for row in rows if row.initials}
        return proposed_initials(people, own_initials(self.meeting, people) | here)


def seen_in(rows: Iterable[Attendance]) -> str:
    return sha256(",".join(sorted(f"{row.pk}:{row.revision}" for row in rows)).encode()).hexdigest()[:16]


def outstanding(alternate: Alternate) -> str:
    """Of one who was named and not approved by the day of the meeting: what is missing, or came too late."""
    return f"approved on {as_day(alternate.approved_on)}, after the meeting" if alternate.approved_on else "approval outstanding"


def came_in_fact(row: Attendance) -> bool:
    return row.section != Section.APOLOGIES and row.mode != Mode.ABSENT


def recorded_of(row: Attendance) -> Presence:
    """What is recorded of somebody without a seat."""
    choice = APOLOGIES if row.section == Section.APOLOGIES else row.mode
    return Presence(choice, row.part_meeting, row.from_item, row.to_item, row.joined_at, row.left_at)


def room_of(meeting: Meeting) -> Room:
    """So many queries, however many seats there are."""
    day = meeting.held_on
    places = {seat.pk: Place(seat) for seat in Seat.objects.on(day).filter(group=meeting.group_id).select_related("constituency").order_by("order", "pk")}
    for holding in Holding.objects.on(day).filter(seat__in=places).select_related("person__organisation"):
        places[holding.seat_id].holder = holding.person
    approved = set(Alternate.objects.standing_in(day).filter(seat__in=places).values_list("pk", flat=True))
    for alternate in Alternate.objects.on(day).filter(seat__in=places, revoked_at=None).select_related("person__organisation").order_by("pk"):
        place = places[alternate.seat_id]
        (place.alternates if alternate.pk in approved else place.named).append(alternate)
    for reply in MeetingReply.objects.filter(meeting=meeting, seat__in=places, to_begin_at=meeting.starts_at):
        places[reply.seat_id].replied = reply
    others: list[Attendance] = []
    for row in meeting.attendances.filter(dropped=False).select_related("person"):
        place_of_row = places.get(row.seat_id or 0)
        (place_of_row.recorded if place_of_row else others).append(row)
    return Room(meeting, sorted(places.values(), key=lambda place: (Section.values.index(place.section), place.seat.order, place.seat.pk)), others)


# --- initials


def own_initials(meeting: Meeting, people: Iterable[int]) -> dict[int, str]:
    """Those that each had last at a meeting of the group."""
    rows = Attendance.objects.filter(meeting__group=meeting.group_id, person__in=people, dropped=False).exclude(initials="").exclude(meeting=meeting.pk)
    return dict(rows.order_by("meeting__held_on", "pk").values_list("person_id", "initials"))


def proposed_initials(people: Mapping[int, str], own: Mapping[int, str]) -> dict[int, str]:
    """ "SC"; where that is two people, "SCh" and "SCo". Whoever has some of their own keeps them, as long as nobody had them before."""
    given: dict[int, str] = {}
    for key in people:
        if key in own and own[key] not in given.values():
            given[key] = own[key]
    left = [key for key in people if key not in given]
    short = {key: _letters(people[key], 1) for key in left}
    for key in left:
        alone = [each for each in left if short[each] == short[key]] == [key]
        given[key] = _free(people[key], 1 if alone else 2, set(given.values()))
    return given


def _free(name: str, letters: int, taken: set[str]) -> str:
    longer = (_letters(name, n)[:LONGEST_INITIALS] for n in range(letters, LONGEST_INITIALS))
    numbered = (f"{_letters(name, 1)[: LONGEST_INITIALS - 4]}{n}" for n in range(2, 1000))
    return next(each for each in chain(longer, numbered) if each not in taken)


def _letters(name: str, of_the_last: int) -> str:
    """The first letter of each name, and so many of the last one."""
    parts = [part for part in (re.sub(r"[^\w]", "", part) for part in re.sub(r"\([^)]*\)", " ", name).split()) if part] or ["X"]
    return "".join(part[0].upper() for part in parts[:-1]) + parts[-1][0].upper() + parts[-1][1:of_the_last].lower()
