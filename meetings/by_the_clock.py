"""What the clock does for meetings: publishes their minutes at the hour, reminds of that before, and prints what was published."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.lifecycle import MeetingStatus, MinutesStatus
from meetings.models import EditionPDF, Meeting, Minutes, MinutesEdition
from meetings.operations import keep_idle, meet_the_publication_deadline, remind_of_publication
from meetings.operations.writing import being_typed
from meetings.printing import print_edition
from records.models import Origin
from records.sweep import CLOSE, PRINT, PUBLISH, REMIND, chore


def _awaiting_publication() -> QuerySet:
    return Meeting.objects.filter(status=MeetingStatus.HELD, origin=Origin.PORTAL, published_at=None)


def publications_due(now: datetime) -> QuerySet:
    """Meetings past their hour, until they are published or the breach is recorded; and late ones that now can be."""
    circulated = Q(minutes__status__in=[MinutesStatus.CIRCULATED, MinutesStatus.APPROVED])
    return _awaiting_publication().filter(publication_due_at__lte=now).filter(Q(breach_recorded_at=None) | circulated)


def reminders_due(now: datetime) -> QuerySet:
    return _awaiting_publication().filter(next_reminder_at__lte=now, publication_due_at__gt=now)


def editions_to_print(now: datetime) -> QuerySet:
    """Minutes with an edition that has no PDF yet. The rows claimed are the minutes: editions are never written again."""
    return Minutes.objects.filter(Exists(unprinted().filter(minutes=OuterRef("pk"))))


def unprinted() -> QuerySet:
    return MinutesEdition.objects.exclude(Exists(EditionPDF.objects.standing().filter(edition=OuterRef("pk"))))


IDLE = timedelta(seconds=60)


def left_idle(now: datetime) -> QuerySet:
    """Paragraphs that somebody began to type into and went away from: what was typed is kept."""
    return being_typed().filter(typed__at__lte=now - IDLE)


chore("keep what was typed in", CLOSE, left_idle)(keep_idle)
chore("publish minutes of", PUBLISH, publications_due)(meet_the_publication_deadline)
chore("remind of", REMIND, reminders_due)(remind_of_publication)


@chore("print", PRINT, editions_to_print)
def print_editions(minutes: Minutes) -> None:
    # One a transaction, the latest first: it is sealed at the very end, so that nobody waits for the ledger meanwhile.
    print_edition(unprinted().filter(minutes=minutes).order_by("-n")[0])
