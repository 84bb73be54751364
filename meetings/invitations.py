"""A meeting as an entry of people's calendars (iCalendar, RFC 5545): what invitations carry, and what members take away.

One event in UTC: a meeting's moment is fixed when it is planned, and calendars show it by their own clocks. So few lines need no library.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings

from groups.models import Person
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
UNTIL_KNOWN = timedelta(hours=2)  # how long a meeting is shown whose end nobody has said
_WIDTH = 75  # octets of a line


def media_type(method: str) -> str:
    return f"text/calendar; method={method}"


def entry(meeting: Meeting, at: datetime, *, method: str = PUBLISH, to: Person | None = None) -> str:
    """The entry as it stands. Calendars know it by its UID; a higher SEQUENCE takes the place of a lower one."""
    cancelled = meeting.status == MeetingStatus.CANCELLED
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//DAG Portal//Meetings//EN", f"METHOD:{method}", "BEGIN:VEVENT",
        f"UID:{meeting.code.lower()}@{settings.MAIL_DOMAIN}", f"SEQUENCE:{meeting.calendar_sequence}", f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(meeting.starts_at)}", f"DTEND:{_moment(meeting.ends_at or meeting.starts_at + UNTIL_KNOWN)}",
        f"SUMMARY:{escaped(f'{meeting.code}: {meeting.group.name}')}", f"LOCATION:{escaped(meeting.venue)}",
        f"DESCRIPTION:{escaped(_told(meeting))}", f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}", _organiser(),
    ]  # fmt: skip
    if to:
        lines.append(f"ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:{to.email}")
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VEVENT", "END:VCALENDAR"])


def _told(meeting: Meeting) -> str:
    link = f"Join: {meeting.joining_link}" if meeting.joining_link else ""
    page = f"Agenda: {settings.PORTAL_BASE_URL}/desk/meetings/{meeting.code}/"
    return "\n".join(filter(None, [link, page, "" if meeting.ends_at else "Its end is not known yet."]))


def _organiser() -> str:
    """The portal: it is where the meeting is planned, and whoever answers reaches whoever reads its mail."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    called = name.replace('"', "")
    return f'ORGANIZER;CN="{called}":mailto:{address}'


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Text as a value: what would end it, or begin another line, is written otherwise."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return text


def folded(line: str) -> str:
    """No line is longer than 75 octets, and no character is cut in two: it goes on after a line end and a blank."""
    parts: list[str] = []
    part = ""
    for character in line:
        if len((part + character).encode()) > _WIDTH - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
