"""Who is told what about a meeting, its minutes and their deadline."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from groups.calendar import calendar
from groups.models import Appointment, Group, Holding, Person, Seat, User
from meetings.due import publication_in_words
from meetings.models import Meeting, Minutes, MinutesEdition
from notifications.models import Notice
from notifications.outbox import tell
from records.clock import london_date, portal_now
from records.templatetags.portal import moment
from records.working_days import Working


def people_in(group: Group, *roles: str) -> list[Person]:
    """Who sits in the group's seats of these roles today."""
    today = london_date(portal_now())
    held = Holding.objects.on(today).filter(seat__group=group, seat__role__in=roles)
    return list(Person.objects.filter(holdings__in=held).distinct())


def secretariat_of(group: Group) -> list[Person]:
    """The group's secretariat seats, and the PMO of the programme."""
    today = london_date(portal_now())
    pmo = Appointment.objects.on(today).filter(Q(group=group) | Q(group=None), kind=Appointment.Kind.PMO)
    people = Person.objects.filter(appointments__in=pmo).distinct()
    return list({p.pk: p for p in (*people_in(group, Seat.Role.SECRETARIAT), *people)}.values())


def minutes_circulated(minutes: Minutes, *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    members = people_in(meeting.group, *Seat.Role.values)
    return tell(
        members, key=f"{meeting}-circulated-{minutes.revision}", template="minutes_circulated", reference=meeting.code,
        by=by, meeting=meeting,
    )  # fmt: skip


def minutes_published(minutes: Minutes, edition: MinutesEdition, *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    return tell(
        people_in(meeting.group, *Seat.Role.values), key=f"{meeting}-edition-{edition.n}", template="minutes_published",
        reference=meeting.code, by=by, meeting=meeting, decisions=edition.body["decisions"],
    )  # fmt: skip


def publication_reminder(meeting: Meeting, now, *, by: User) -> list[Notice]:
    """One a day at most: the key carries the day."""
    today = london_date(now)
    left = calendar().between(today, meeting.publication_due_on)
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-remind-{today}", template="publication_reminder",
        reference=meeting.code, by=by, meeting=meeting, left=left, minutes=meeting.minutes,
    )  # fmt: skip


def published_by_the_clock(minutes: Minutes, findings: list[str], *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    held = [d for d in meeting.decisions.in_order() if d.held_until]
    return tell(
        [*secretariat_of(meeting.group), *people_in(meeting.group, Seat.Role.CHAIR)], key=f"{meeting}-published-by-clock",
        template="published_by_clock", reference=meeting.code, by=by, meeting=meeting, findings=findings, held=held,
    )  # fmt: skip


def publication_missed(meeting: Meeting, reasons: Sequence[str], *, by: User) -> list[Notice]:
    """The Chair and the SRO (who chairs the group above) are told; so is the secretariat, who can mend it."""
    chairs = people_in(meeting.group, Seat.Role.CHAIR)
    if meeting.group.parent:
        chairs += people_in(meeting.group.parent, Seat.Role.CHAIR)
    return tell(
        [*chairs, *secretariat_of(meeting.group)], key=f"{meeting}-missed",
        template="publication_missed", reference=meeting.code, by=by, meeting=meeting, reasons=reasons,
    )  # fmt: skip


def publication_moved(meeting: Meeting, before: date, working: Working, why: str, *, by: User) -> list[Notice]:
    """Chair and secretariat: whoever works towards the date. The template serves deadlines of every kind."""
    return tell(
        [*people_in(meeting.group, Seat.Role.CHAIR), *secretariat_of(meeting.group)], key=f"{meeting}-moved-{working.end}",
        template="deadline_moved", reference=meeting.code, by=by, group=meeting.group, what=publication_in_words(meeting),
        due=moment(meeting.publication_due_at), before=before, working=working, why=why, url=meeting.get_absolute_url(),
    )  # fmt: skip
