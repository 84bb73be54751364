"""What the clock does for meetings: publishes their minutes at the hour, reminds of that and of the headline report before, and prints
what was published; reminds of papers that are due and of circulating them, records that none went out, and binds those that did."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from files.models import Blob
from files.operations import make_bindable
from files.packing import to_be_made_ready, unready
from groups.calendar import Counting, calendar
from groups.models import User
from meetings.back_plan import step_to_tell
from meetings.due import MORNING
from meetings.lifecycle import ActionStatus, ItemStatus, MeetingStatus, MinutesStatus
from meetings.models import (
    Action,
    AgendaPDF,
    CirculatedPaper,
    EditionPDF,
    HeadlinePDF,
    HeadlineReport,
    HeadlineReportEdition,
    Meeting,
    MeetingEdition,
    Minutes,
    MinutesEdition,
    Pack,
    Paper,
    RepliesAsked,
    StepTold,
)
from meetings.operations import (
    ask_for_replies,
    keep_idle,
    make_pack,
    meet_the_publication_deadline,
    note_late_headlines,
    note_papers_missed,
    remind_of_circulating,
    remind_of_headlines,
    remind_of_paper,
    remind_of_publication,
    remind_of_step,
)
from meetings.operations.chasing import chase_action
from meetings.operations.writing import being_typed
from meetings.papers import due_of
from meetings.papers_awaited import awaited, none_has_gone_out
from meetings.printing import print_agenda, print_edition, print_headlines
from meetings.replying import to_remind
from records.clock import london_date, london_moment
from records.models import Origin
from records.sweep import CLOSE, PACK, PRINT, PUBLISH, REMIND, chore
from records.working_days import KNOWN_YEARS


def _awaiting_publication() -> QuerySet:
    return Meeting.objects.filter(status=MeetingStatus.HELD, origin=Origin.PORTAL, published_at=None)


def publications_due(now: datetime) -> QuerySet:
    """Meetings past their hour, until they are published or the breach is recorded; and late ones that now can be."""
    circulated = Q(minutes__status__in=[MinutesStatus.CIRCULATED, MinutesStatus.APPROVED])
    return _awaiting_publication().filter(publication_due_at__lte=now).filter(Q(breach_recorded_at=None) | circulated)


def reminders_due(now: datetime) -> QuerySet:
    return _awaiting_publication().filter(next_reminder_at__lte=now, publication_due_at__gt=now)


def _headlines_awaited() -> QuerySet:
    return HeadlineReport.objects.filter(published_at=None, breach_recorded_at=None, meeting__published_at=None)


def headlines_late(now: datetime) -> QuerySet:
    return _headlines_awaited().filter(due_at__lte=now)


def headlines_to_remind_of(now: datetime) -> QuerySet:
    return _headlines_awaited().filter(next_reminder_at__lte=now, due_at__gt=now)


ASKED_FROM = timedelta(hours=9)  # of the day: a reminder that comes at midnight is read by nobody
ASKED_BEFORE = 2  # working days before the meeting


def replies_to_ask_for(now: datetime) -> QuerySet:
    """Meetings two working days ahead or nearer whose members were invited, and have not been reminded to reply, though they have had time to."""
    day = london_date(now - ASKED_FROM)
    if day.year not in KNOWN_YEARS:
        return Meeting.objects.none()
    near = Meeting.objects.filter(status=MeetingStatus.PLANNED, origin=Origin.PORTAL, starts_at__gt=now, held_on__lte=calendar().add(day, ASKED_BEFORE))
    unasked = near.filter(invited_at__isnull=False).exclude(Exists(RepliesAsked.objects.filter(meeting=OuterRef("pk"), to_begin_at=OuterRef("starts_at"))))
    return Meeting.objects.filter(pk__in=[each.pk for each in unasked if to_remind(each, now)])


def editions_to_print(now: datetime) -> QuerySet:
    """Minutes with an edition that has no PDF yet. The rows claimed are the minutes: editions are never written again."""
    return Minutes.objects.filter(Exists(unprinted().filter(minutes=OuterRef("pk"))))


def unprinted() -> QuerySet:
    return MinutesEdition.objects.exclude(Exists(EditionPDF.objects.standing().filter(edition=OuterRef("pk"))))


def steps_to_remind_of(now: datetime) -> QuerySet:
    """Minutes of which a step has its day, or is late, and of which nobody was told that."""
    counting = Counting()
    told = set(StepTold.objects.filter(minutes__published_at=None).values_list("minutes", "step", "late"))
    rows = Minutes.objects.filter(meeting__in=_awaiting_publication().filter(publication_due_at__gt=now)).select_related("meeting__group")
    steps = {each.pk: step for each in rows if (step := step_to_tell(each.meeting, counting, now))}
    return Minutes.objects.select_related("meeting").filter(pk__in=[pk for pk, step in steps.items() if (pk, step.name, step.is_late(now)) not in told])


def agendas_to_print(now: datetime) -> QuerySet:
    """Meetings whose minutes are not public yet, with a published agenda that is on no paper as the latest edition says it."""
    ahead = Meeting.objects.filter(published_agenda__isnull=False, published_at=None, classification=Meeting.Classification.PUBLIC, origin=Origin.PORTAL)
    later = MeetingEdition.objects.filter(meeting=OuterRef("meeting"), n__gt=OuterRef("n"))
    latest = MeetingEdition.objects.filter(~Exists(later), meeting=OuterRef("pk"))
    return ahead.exclude(status=MeetingStatus.CANCELLED).filter(Exists(latest.exclude(Exists(AgendaPDF.objects.standing().filter(edition=OuterRef("pk"))))))


def headlines_to_print(now: datetime) -> QuerySet:
    """Headline reports with an edition that has no PDF yet."""
    return HeadlineReport.objects.filter(Exists(unprinted_headlines().filter(headline_report=OuterRef("pk"))))


def unprinted_headlines() -> QuerySet:
    return HeadlineReportEdition.objects.exclude(Exists(HeadlinePDF.objects.standing().filter(edition=OuterRef("pk"))))


def actions_to_chase(now: datetime) -> QuerySet:
    return Action.objects.filter(status=ActionStatus.OPEN, chase_at__lte=now)


IDLE = timedelta(seconds=60)


def left_idle(now: datetime) -> QuerySet:
    """Paragraphs that somebody began to type into and went away from: what was typed is kept."""
    return being_typed().filter(typed__at__lte=now - IDLE)


def papers_due(now: datetime) -> QuerySet:
    """Papers to follow, of meetings to come, whose day has come, and of which nobody has been reminded."""
    owed = Paper.objects.filter(dropped=False, reminded_at=None, files=None, item__meeting__status=MeetingStatus.PLANNED, item__meeting__starts_at__gt=now)
    rows = owed.exclude(owed_by_person=None).exclude(item__status=ItemStatus.TAKEN_OFF).select_related("item__meeting__group")
    counting = Counting()
    return Paper.objects.filter(pk__in=[each.pk for each in rows if (day := due_of(each, counting)) and london_moment(day, MORNING) <= now])


def papers_to_make_ready(now: datetime) -> QuerySet:
    return to_be_made_ready(CirculatedPaper.objects.all())


def _papers_awaited(rows: QuerySet[Meeting], now: datetime, *, missed: bool) -> QuerySet:
    counting = Counting()
    found = {each.pk: awaited(each, counting, now) for each in rows}
    return Meeting.objects.filter(pk__in=[pk for pk, told in found.items() if told and told.missed == missed])


def papers_to_circulate(now: datetime) -> QuerySet:
    """Meetings to come whose papers are to go out today, and none has."""
    return _papers_awaited(none_has_gone_out().filter(starts_at__gt=now), now, missed=False)


def papers_missed(now: datetime) -> QuerySet:
    """Meetings of which none went out by the day. Also those that have begun since: it is recorded, and nobody is mailed."""
    return _papers_awaited(none_has_gone_out(), now, missed=True)


def packs_to_make(now: datetime) -> QuerySet:
    """When every paper in them is ready."""
    return Pack.objects.unmade().exclude(meeting__circulations__papers__blob__in=unready(CirculatedPaper.objects.all())).select_related("meeting__group")


chore("keep what was typed in", CLOSE, left_idle, lasting=True)(keep_idle)
chore("publish minutes of", PUBLISH, publications_due, lasting=True)(meet_the_publication_deadline)
chore("remind of", REMIND, reminders_due, lasting=True)(remind_of_publication)
chore("note late headlines", PUBLISH, headlines_late, lasting=True)(note_late_headlines)
chore("remind of the next step of", REMIND, steps_to_remind_of)(remind_of_step)
chore("remind of headlines", REMIND, headlines_to_remind_of, lasting=True)(remind_of_headlines)
chore("chase action", REMIND, actions_to_chase, lasting=True)(chase_action)
chore("ask for replies to", REMIND, replies_to_ask_for)(ask_for_replies)
chore("remind of paper", REMIND, papers_due)(remind_of_paper)
chore("note missed papers of", PUBLISH, papers_missed)(note_papers_missed)
chore("remind of circulating papers of", REMIND, papers_to_circulate)(remind_of_circulating)
chore("make the pack", PACK, packs_to_make, lasting=True)(make_pack)


@chore("get papers ready", PACK, papers_to_make_ready)
def look_through(blob: Blob) -> None:
    make_bindable(blob, by=User.objects.the_clock())


@chore("print", PRINT, editions_to_print, lasting=True)
def print_editions(minutes: Minutes) -> None:
    # One a transaction, the latest first: it is sealed at the very end, so that nobody waits for the ledger meanwhile.
    print_edition(unprinted().filter(minutes=minutes).order_by("-n")[0])


@chore("print headlines", PRINT, headlines_to_print, lasting=True)
def print_headline_editions(report: HeadlineReport) -> None:
    print_headlines(unprinted_headlines().filter(headline_report=report).order_by("-n")[0])


@chore("print agenda", PRINT, agendas_to_print, lasting=True)
def print_agendas(meeting: Meeting) -> None:
    print_agenda(MeetingEdition.objects.filter(meeting=meeting).order_by("-n")[0])
