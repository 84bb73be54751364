"""Who is told what about a meeting, its minutes and their deadline."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from groups.calendar import calendar
from groups.models import Person, Seat, User
from groups.recipients import answering_for, people_in, secretariat_of
from meetings.due import publication_in_words
from meetings.invitations import CANCEL, REQUEST, entry, media_type
from meetings.models import CommentAnswer, DraftComment, Meeting, Minutes, MinutesEdition
from meetings.recipients import audience, calendar_key, not_invited_yet
from notifications.models import Notice
from notifications.outbox import Attached, tell
from records.clock import london_date
from records.templatetags.portal import moment
from records.working_days import Working


def invited(meeting: Meeting, *, by: User, at: datetime) -> list[Notice]:
    """Whoever has not been invited yet."""
    return _to_calendars(meeting, not_invited_yet(meeting), "meeting_invitation", REQUEST, by=by, at=at)


def changed(meeting: Meeting, *, by: User, at: datetime) -> list[Notice]:
    return _to_calendars(meeting, _who_was_invited(meeting), "meeting_changed", REQUEST, by=by, at=at)


def moved(meeting: Meeting, *, by: User, at: datetime) -> list[Notice]:
    return _to_calendars(meeting, _who_was_invited(meeting), "meeting_moved", REQUEST, by=by, at=at)


def cancelled(meeting: Meeting, *, by: User, at: datetime) -> list[Notice]:
    return _to_calendars(meeting, _who_was_invited(meeting), "meeting_cancelled", CANCEL, by=by, at=at)


def _who_was_invited(meeting: Meeting) -> list[Person]:
    """Before anybody was invited, no calendar has to be mended."""
    return audience(meeting) if meeting.invited_at else []


def _to_calendars(meeting: Meeting, people: Sequence[Person], template: str, method: str, *, by: User, at: datetime) -> list[Notice]:
    return tell(
        people, key=f"{calendar_key(meeting)}{meeting.calendar_sequence}", template=template, reference=meeting.code, by=by, at=at,
        attach=_carrying(meeting, method, at), meeting=meeting,
    )  # fmt: skip


def _carrying(meeting: Meeting, method: str, at: datetime) -> Callable[[Person], Attached]:
    return lambda person: Attached(entry(meeting, at, method=method, to=person), media_type(method))


def minutes_circulated(minutes: Minutes, *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    members = people_in(meeting.group, *Seat.Role.values)
    return tell(
        members, key=f"{meeting}-circulated-{minutes.revision}", template="minutes_circulated", reference=meeting.code,
        by=by, meeting=meeting,
    )  # fmt: skip


def minutes_sent_back(minutes: Minutes, why: str, *, by: User) -> list[Notice]:
    meeting = minutes.meeting
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-sent-back-{minutes.revision}", template="minutes_sent_back", reference=meeting.code,
        by=by, meeting=meeting, why=why,
    )  # fmt: skip


def comment_made(comment: DraftComment, *, by: User) -> list[Notice]:
    meeting = comment.paragraph.item.meeting
    return tell(
        secretariat_of(meeting.group), key=f"{meeting}-comment-{comment.pk}", template="comment_made", reference=meeting.code, by=by, meeting=meeting,
        comment=comment,
    )  # fmt: skip


def comment_answered(answer: CommentAnswer, *, by: User) -> list[Notice]:
    comment = answer.comment
    meeting = comment.paragraph.item.meeting
    return tell(
        [comment.made_by], key=f"{meeting}-comment-{comment.pk}-answered", template="comment_answered", reference=meeting.code, by=by, meeting=meeting,
        comment=comment, answer=answer,
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
    held = [d for d in meeting.decisions.in_order() if d.embargoed_until]
    return tell(
        answering_for(meeting.group), key=f"{meeting}-published-by-clock",
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
        answering_for(meeting.group), key=f"{meeting}-moved-{working.end}",
        template="deadline_moved", reference=meeting.code, by=by, group=meeting.group, what=publication_in_words(meeting),
        due=moment(meeting.publication_due_at), before=before, working=working, why=why, url=meeting.get_absolute_url(),
    )  # fmt: skip
