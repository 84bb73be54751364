"""What falls due after a meeting: its publication, and the reminders before it.

ToR, Decision Making: "Decisions and outputs of the DAG will be published within 10 working days of
the meeting." The moment is worked out once, when the meeting is held, and stored with its working.
"""

from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q

from groups.calendar import calendar, deadline
from groups.models import Group
from groups.policies import Key, working_days
from meetings.lifecycle import MeetingStatus, MinutesStatus
from meetings.models import Meeting, Minutes, MinutesEdition
from records.clock import london_date, london_moment
from records.models import Origin
from records.sweep import PRINT, PUBLISH, REMIND, chore
from records.working_days import Working

# Working days before the last day at which the secretariat is reminded, at this time of the morning in London.
REMINDERS = (5, 2, 1, 0)
MORNING = time(9)


def publication_due(group: Group | None, held_on: date) -> tuple[datetime, Working]:
    """When what happened on that day must be public: the n-th working day after it, at the group's closing time in London."""
    return deadline(group, held_on, working_days(group, Key.PUBLICATION, held_on))


def next_reminder(due_at: datetime, after: datetime) -> datetime | None:
    """The first reminder later than `after`; those whose moment has passed are skipped."""
    days, last = calendar(), london_date(due_at)
    moments = (london_moment(days.add(last, -n), MORNING) for n in REMINDERS)
    return next((moment for moment in moments if moment > after), None)


def editions_to_print(now: datetime):
    """Minutes with an edition that has no PDF yet. The rows claimed are the minutes: editions are never written again."""
    return Minutes.objects.filter(Exists(MinutesEdition.objects.filter(minutes=OuterRef("pk"), pdf=None)))


def _awaiting_publication():
    return Meeting.objects.filter(status=MeetingStatus.HELD, origin=Origin.PORTAL, published_at=None)


def publications_due(now: datetime):
    """Meetings past their hour, until they are published or the breach is recorded; and late ones that now can be."""
    circulated = Q(minutes__status__in=[MinutesStatus.CIRCULATED, MinutesStatus.APPROVED])
    return _awaiting_publication().filter(publication_due_at__lte=now).filter(Q(breach_recorded_at=None) | circulated)


def reminders_due(now: datetime):
    return _awaiting_publication().filter(next_reminder_at__lte=now, publication_due_at__gt=now)


@chore("publish minutes of", PUBLISH, publications_due)
def publish_or_say_why_not(meeting: Meeting) -> None:
    from meetings.operations import meet_the_publication_deadline

    meet_the_publication_deadline(meeting)


@chore("remind of", REMIND, reminders_due)
def remind(meeting: Meeting) -> None:
    from meetings.operations import remind_of_publication

    remind_of_publication(meeting)


@chore("print", PRINT, editions_to_print)
def print_editions(minutes: Minutes) -> None:
    from meetings.printing import print_edition

    # One a transaction, the latest first: it is sealed at the very end, so that nobody waits for the ledger meanwhile.
    print_edition(minutes.editions.filter(pdf=None).order_by("-n")[0])
