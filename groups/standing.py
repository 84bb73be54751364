"""What an account may do on a day: read from seats, alternates and appointments in force, never from a role on the account."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import BigIntegerField, CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from groups.calendar import Counting
from groups.models import Alternate, Appointment, Group, Holding, Seat, User
from records.clock import london_date, portal_now
from records.periods import days_in_words, in_words, last_day
from records.prepared import Prepared
from records.rules import Refusal

Role = Seat.Role
Kind = Appointment.Kind


@dataclass(frozen=True)
class Place:
    """One thing in force that gives rights."""

    via: str  # "holding", "alternate" or "appointment"
    what: str  # the seat's role, or the appointment's kind
    group_id: int | None
    seat_id: int | None
    group: str | None = None  # the group's code
    label: str = ""  # the seat's
    during: DateRange | None = None
    occasion: str = ""  # the one meeting that an alternate was named for
    scope: str = ""  # the one artefact that an appointment is for, say; else the organisation
    organisation_id: int | None = None  # for which somebody appointed raises, or answers

    @property
    def called(self) -> str:
        """ "DNO Representative", or "Assurance reader"."""
        return self.label if self.seat_id else Appointment.Kind(self.what).label

    @property
    def when(self) -> str:
        """ "since 1 Nov 2021"; of an alternate, the meeting or the days."""
        during = self.during
        if during is None:
            return ""
        return days_in_words(during.lower, last_day(during), self.occasion) if self.via == "alternate" else in_words(during)


@dataclass
class Standing:
    """A user's places on a day (London). Loaded once, in one query; asked many times."""

    user: User
    on: date
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, name: str, find: Callable[[], Any]) -> Any:
        """What was found under that name before; else it is found now. For what several rules and lists of one page look at."""
        if name not in self._kept:
            self._kept[name] = find()
        return self._kept[name]

    @classmethod
    def at(cls, user: User, moment: datetime) -> "Standing":
        """On the day it is in London at that moment."""
        return cls(user, london_date(moment))

    @classmethod
    def of_anybody_with(cls, *places: Place, on: date) -> "Standing":
        """Nobody in particular: whoever has these places on the day. For saying what they may read."""
        standing = cls(User(), on)
        standing.places = list(places)
        return standing

    @cached_property
    def places(self) -> list[Place]:
        person = getattr(self.user, "person_id", None)
        if person is None or not self.user.is_active:
            return []
        return [Place(*row) for row in _IN_FORCE.rows(person=person, on=self.on)]

    @cached_property
    def facts(self) -> Hashable:
        """All that a query for this person can depend on: with the same facts it is the same query."""
        person = getattr(self.user, "person", None)
        return self.on, self.user.pk, person and (person.pk, person.name), tuple(self.places)

    @cached_property
    def counting(self) -> Counting:
        """Calendar and policies, as they are read for this person's page: once."""
        return Counting()

    @cached_property
    def seats(self) -> list[Seat]:
        """The seats the person may vote for, as holder or approved alternate, in order."""
        own = Seat.objects.on(self.on).filter(pk__in=self.voting_seat_ids) if self.voting_seat_ids else Seat.objects.none()
        return list(own.select_related("group", "constituency").order_by("group", "order", "pk"))

    def seats_in(self, group: Group) -> list[Seat]:
        return [seat for seat in self.seats if seat.group_id == group.pk]

    def runs(self, group: Group) -> bool:
        """Chairs it, or is its secretariat: whoever prepares its decisions and answers for it."""
        return self.chairs(group) or self.is_secretary_of(group)

    def chairs(self, group: Group) -> bool:
        return any(p.what == Role.CHAIR and p.group_id == group.pk and p.via != "appointment" for p in self.places)

    def is_secretary_of(self, group: Group) -> bool:
        """The group's secretariat, or the PMO for the whole programme."""
        return any(
            (p.what == Role.SECRETARIAT and p.group_id == group.pk)
            or (p.via == "appointment" and p.what == Kind.PMO and p.group_id in (None, group.pk))
            for p in self.places
        )

    @property
    def is_a_secretary(self) -> bool:
        """Of some group, or of the programme."""
        return any(p.what in (Role.SECRETARIAT, Kind.PMO) for p in self.places)

    @property
    def is_pmo(self) -> bool:
        """Runs the membership of the whole programme."""
        return any(p.via == "appointment" and p.what == Kind.PMO and p.group_id is None for p in self.places)

    @property
    def kept_group_ids(self) -> list[int]:
        """The groups whose secretariat the person is: what waits for the programme's PMO waits for the groups' own."""
        return [p.group_id for p in self.places if p.what in (Role.SECRETARIAT, Kind.PMO) and p.group_id]

    @property
    def must_use_second_factor(self) -> bool:
        """Chair and secretariat: what they do cannot be taken back quietly."""
        return any(p.what in (Role.CHAIR, Role.SECRETARIAT, Kind.PMO) for p in self.places)

    def votes_in(self, seat: Seat | None) -> str:
        """In which capacity the user may vote for the seat: "holder", "alternate", or "" for not at all."""
        via = {p.via for p in self.places if seat and p.seat_id == seat.pk and p.what == Role.MEMBER}
        return "holder" if "holding" in via else "alternate" if "alternate" in via else ""

    def holds(self, seat: Seat) -> bool:
        """Sits in the seat in their own right, whatever the seat is."""
        return any(p.seat_id == seat.pk and p.via == "holding" for p in self.places)

    def belongs_to(self, group: Group) -> bool:
        """Has a place in the group that lets them see its drafts."""
        return group.pk in self.group_ids or self.reads_for_assurance(group) or self.is_secretary_of(group)

    def reads_for_assurance(self, group: Group) -> bool:
        """Reads drafts and confidential responses of the group, and writes nothing."""
        return any(
            p.via == "appointment" and p.what == Kind.ASSURANCE and p.group_id in (None, group.pk) for p in self.places
        )

    def assures(self, group: Group) -> bool:
        """Sits in the group for the Independent Programme Assurance."""
        return any(p.via != "appointment" and p.what == Role.ASSURANCE and p.group_id == group.pk for p in self.places)

    def looks_behind(self, group: Group) -> bool:
        """Sees the names and times behind "Was process followed?": whoever assures, and whoever answers for it."""
        return self.reads_for_assurance(group) or self.assures(group) or self.runs(group)

    def owns(self, scope: str) -> bool:
        """Was appointed the owner of this artefact."""
        return any(p.via == "appointment" and p.what == Kind.ARTEFACT_OWNER and p.scope == scope for p in self.places)

    @property
    def raises_for(self) -> set[int]:
        """The organisations in whose name the person raises change requests."""
        return {p.organisation_id for p in self.places if p.via == "appointment" and p.what == Kind.RAISER and p.organisation_id}

    @property
    def answers_for(self) -> set[int]:
        """The organisations for which the person answers assessments."""
        return {p.organisation_id for p in self.places if p.via == "appointment" and p.what == Kind.RESPONDENT and p.organisation_id}

    @property
    def voting_seat_ids(self) -> set[int]:
        """The seats the user may vote for, as holder or approved alternate."""
        return {p.seat_id for p in self.places if p.seat_id and p.what == Role.MEMBER}

    @property
    def _reading_rights(self) -> list[Place]:
        return [p for p in self.places if p.via == "appointment" and p.what in (Kind.PMO, Kind.ASSURANCE)]

    @property
    def reads_everywhere(self) -> bool:
        """The programme's PMO and assurance readers see the drafts of every group."""
        return any(p.group_id is None for p in self._reading_rights)

    @property
    def readable_group_ids(self) -> set[int]:
        """The groups whose drafts and unpublished meetings the user may know of."""
        return self.group_ids | {p.group_id for p in self._reading_rights if p.group_id}

    @property
    def groups_near(self) -> list[str]:
        """The codes of the groups in which the person has a place, or whose drafts they may read."""
        return sorted({p.group for p in self.places if p.group})

    @property
    def group_ids(self) -> set[int]:
        return {p.group_id for p in self.places if p.group_id and p.via != "appointment"}


def _in_force(person: int, on: date) -> QuerySet:
    held = Holding.objects.on(on).filter(person=person, seat__during__contains=on)
    stood_in = Alternate.objects.standing_in(on).filter(person=person, seat__during__contains=on)
    appointed = Appointment.objects.on(on).filter(person=person).order_by()
    none, empty = Value(None, IntegerField()), Value("", CharField())
    named = (
        Value("appointment", CharField()), F("kind"), F("group_id"), none, F("group__code"), empty, F("during"), empty, Coalesce(NullIf(F("scope"), Value("")), F("organisation__name"), Value("")), F("organisation_id"),
    )  # fmt: skip
    return _rows(held, "holding", Value("", CharField())).union(_rows(stood_in, "alternate", F("occasion")), appointed.values_list(*named), all=True)


def _rows(queryset: QuerySet, via: str, occasion: Any) -> QuerySet:
    seat = (F("seat__role"), F("seat__group_id"), F("seat_id"), F("seat__group__code"), F("seat__label"))
    nothing = (Value("", CharField()), Cast(Value(None), BigIntegerField()))  # said, since a union of nothing and nothing is text
    return queryset.order_by().values_list(Value(via, CharField()), *seat, F("during"), occasion, *nothing)


def before_looking(rule: Callable[[Any, Standing, datetime], Iterable[Refusal]], record: Any, *, by: User) -> Iterable[Refusal]:
    """What a rule says before a file is looked into, which takes seconds: whoever may not is told at once. It is asked again behind the lock."""
    now = portal_now()
    return rule(record, Standing.at(by, now), now)


_IN_FORCE = Prepared(_in_force, person=-1, on=date.min)
