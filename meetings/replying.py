"""What is expected of a meeting to come: who comes for each seat, and who has not said; and the links by which it is said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core import signing

from groups.calendar import calendar
from groups.models import Alternate, Holding, Person, Seat
from meetings.links import mark_of, parts_of
from meetings.models import Meeting, MeetingReply, ReplyChoice
from meetings.recipients import last_told
from records.clock import LONDON, london_moment

_SIGNER = signing.Signer(salt="meetings.reply")


@dataclass
class Expected:
    """A seat on the day of the meeting: who holds it, what was said for it, and whether the alternate that it sends is approved by that day."""

    seat: Seat
    holder: Person | None = None
    reply: MeetingReply | None = None
    approved: bool = False

    @property
    def is_represented(self) -> bool:
        if self.reply is None:
            return False
        return self.reply.choice in (ReplyChoice.ATTEND, ReplyChoice.DIAL_IN) or (self.reply.choice == ReplyChoice.ALTERNATE and self.approved)

    @property
    def waits_for_approval(self) -> bool:
        return self.reply is not None and self.reply.choice == ReplyChoice.ALTERNATE and not self.approved

    @property
    def is_silent(self) -> bool:
        """Those who run the meeting are there anyway."""
        return self.holder is not None and self.reply is None and self.seat.role != Seat.Role.SECRETARIAT

    @property
    def in_words(self) -> str:
        """ "Ruth Ansell dials in", "Sam Cole comes for Ruth Ansell"."""
        if self.holder is None:
            return "The seat is vacant"
        if self.reply is None:
            return f"{self.holder} has not replied"
        if self.reply.alternate:
            said = f"{self.reply.alternate.person} comes for {self.holder}"
            return said if self.approved else f"{said}, and is not approved yet"
        return {ReplyChoice.ATTEND: f"{self.holder} comes", ReplyChoice.DIAL_IN: f"{self.holder} dials in"}.get(ReplyChoice(self.reply.choice), f"Apologies of {self.holder}")


@dataclass
class Forecast:
    """Every seat of the day, in order."""

    seats: list[Expected] = field(default_factory=list)

    @property
    def constituencies(self) -> list[Expected]:
        return [each for each in self.seats if each.seat.votes]

    @property
    def represented(self) -> int:
        return sum(each.is_represented for each in self.constituencies)

    @property
    def silent(self) -> list[Expected]:
        return [each for each in self.seats if each.is_silent]

    @property
    def told(self) -> list[Expected]:
        return [each for each in self.seats if each.reply]

    @property
    def vacant(self) -> list[Expected]:
        return [each for each in self.constituencies if each.holder is None]


def forecast_of(meeting: Meeting) -> Forecast:
    """So many queries, however many seats there are. What was said of another time than it begins at now counts no more."""
    day = meeting.held_on
    seats = {seat.pk: Expected(seat) for seat in Seat.objects.on(day).filter(group=meeting.group_id).order_by("order", "pk")}
    for holding in Holding.objects.on(day).filter(seat__in=seats).select_related("person"):
        seats[holding.seat_id].holder = holding.person
    approved = set(Alternate.objects.standing_in(day).filter(seat__in=seats).values_list("pk", flat=True))
    said = meeting.replies.filter(seat__in=seats, to_begin_at=meeting.starts_at).select_related("alternate__person", "said_by")
    for reply in said:
        expected = seats[reply.seat_id]
        if expected.holder and expected.holder.pk == reply.said_by_id:  # whoever holds the seat by now says it for themselves
            expected.reply, expected.approved = reply, reply.alternate_id in approved
    return Forecast(list(seats.values()))


def to_remind(meeting: Meeting, now: datetime) -> list[Person]:
    """Whoever is silent, and has had a whole working day since they were invited, or told that it is moved."""
    told = last_told(meeting)
    holders = [each.holder for each in forecast_of(meeting).silent if each.holder]
    return [person for person in holders if person.email not in told or _a_working_day_after(told[person.email]) <= now]


def _a_working_day_after(moment: datetime) -> datetime:
    there = moment.astimezone(LONDON)
    return london_moment(calendar().add(there.date(), 1), there.time())


def held_by(person: int | None, meeting: Meeting) -> list[Seat]:
    """The seats that the person holds on the day of the meeting."""
    held = Holding.objects.on(meeting.held_on).filter(person=person, seat__group=meeting.group_id, seat__during__contains=meeting.held_on)
    return list(Seat.objects.filter(holdings__in=held).select_related("group", "constituency").order_by("order", "pk"))


def unanswered_by(person: int | None, meetings: Iterable[Meeting]) -> list[Meeting]:
    """Of these meetings: those on whose day the person holds a seat and has not said who comes for it. Two queries, however many."""
    meetings = list(meetings)
    groups = {meeting.group_id for meeting in meetings}
    held = list(Holding.objects.filter(person=person, seat__group__in=groups).exclude(seat__role=Seat.Role.SECRETARIAT).select_related("seat"))
    said = set(MeetingReply.objects.filter(said_by=person, meeting__in=meetings).values_list("meeting_id", "seat_id", "to_begin_at"))
    return [
        meeting for meeting in meetings
        if any(
            holding.seat.group_id == meeting.group_id and holding.in_force_on(meeting.held_on) and (meeting.pk, holding.seat_id, meeting.starts_at) not in said
            for holding in held
        )
    ]  # fmt: skip


def alternates_for(seats: Iterable[Seat], meeting: Meeting) -> list[Alternate]:
    """Who could come instead: approved, or named and waiting for it."""
    rows = Alternate.objects.on(meeting.held_on).filter(seat__in=list(seats), revoked_at=None)
    return list(rows.select_related("person", "seat").order_by("seat__order", "pk"))


# --- links


def token_for(meeting: Meeting, person: Person) -> str:
    """The secret part of a person's link: signed, not stored. When the address is corrected, what went to the one before leads nowhere."""
    return _SIGNER.sign(f"{meeting.pk}.{person.pk}.{mark_of(person)}")


def invited_by(token: str) -> tuple[Meeting, Person] | None:
    """Whose link it is, to which meeting; none if it is nobody's."""
    if (parts := parts_of(_SIGNER, token, 3)) is None:
        return None
    meeting_pk, person_pk, mark = parts
    meeting = Meeting.objects.select_related("group").filter(pk=meeting_pk).first()
    person = Person.objects.filter(pk=person_pk).first()
    return (meeting, person) if meeting and person and mark_of(person) == mark else None


def token_anew(token: str, person: Person) -> str | None:
    """For a mail that is sent again: the secret part for the address that is known now; none if the person holds no seat any more."""
    parts = parts_of(_SIGNER, token, 3)
    if parts is None or parts[1] != str(person.pk):
        return None
    meeting = Meeting.objects.filter(pk=parts[0]).first()
    return token_for(meeting, person) if meeting and held_by(person.pk, meeting) else None


def links_for(meeting: Meeting, people: Iterable[Person]) -> dict[int, str]:
    """Person -> the secret part of their link, of those who hold a seat on the day."""
    held = set(Holding.objects.on(meeting.held_on).filter(seat__group=meeting.group_id).values_list("person_id", flat=True))
    return {person.pk: token_for(meeting, person) for person in people if person.pk in held}
