"""By when a decision without a meeting is public; and until when a holder may say that what others recorded for the seat, a vote
or a silence, is wrong.

Whoever counts many of them hands in one `Counting`.
"""

from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import QuerySet

from decisions.lifecycle import DecisionStatus
from decisions.models import Cast, Decision, Question, RollRow
from groups.calendar import Counting
from groups.policies import Key
from records.clock import LONDON, london_date
from records.dates import as_moment
from records.models import Origin

# What was recorded longer ago than this is not looked through for what can still be disputed: no group gives that many days.
LONGEST_DISPUTE = timedelta(days=90)


def publications_running(now: datetime) -> QuerySet[Decision]:
    """Determined ex-committee, not public yet, and the hour still to come: embargoed or not, since an embargo may end before it."""
    determined = Decision.objects.filter(status=DecisionStatus.DETERMINED, origin=Origin.PORTAL, published_at=None, meeting=None)
    return determined.filter(publication_due_at__gt=now).select_related("group")


def publication_hour(decision: Decision) -> datetime | None:
    """At which the clock publishes it, if nobody does before: that of its meeting, else its own."""
    return decision.meeting.publication_due_at if decision.meeting else decision.publication_due_at


def how_it_is_published(decision: Decision, now: datetime) -> str:
    """Of one that is determined, in a sentence: with its minutes, by somebody, or by the clock."""
    meeting, hour = decision.meeting, publication_hour(decision)
    if meeting and not meeting.is_public:
        return f"It is not published: {meeting} is not classified Public."
    if decision.is_embargoed:
        return "It is under embargo, and published when that is over."
    if meeting and meeting.published_at is None:
        return f"It is published with the minutes of {meeting}."
    if hour is None or hour <= now:
        return "It is published within minutes."
    return f"The secretariat can publish it now; by itself it is public at {as_moment(hour)}."


def publication_in_words(decision: Decision) -> str:
    return f"publication of {decision}"


def dispute_until(question: Question, recorded_at: datetime, counting: Counting | None = None) -> datetime:
    """Until when (London closing time, in working days by policy) a holder may say that what others recorded for the seat is wrong."""
    return (counting or Counting()).by_policy(question.group, london_date(recorded_at), Key.DISPUTE)[0]


def answer_until(vote: Cast, counting: Counting | None = None) -> datetime:
    """Of a vote given in the seat's name."""
    return dispute_until(vote.row.question, vote.recorded_at, counting)


def correct_until(row: RollRow, counting: Counting | None = None) -> datetime:
    """Of a silence, which is recorded at the close."""
    return dispute_until(row.question, cast(datetime, row.question.close_recorded_at), counting)


EMBARGOES_END = 17  # o'clock in London


def embargoes_over(now: datetime) -> date:
    """Embargoes until this day are over: one lasts to five in the afternoon, in London, of its last day."""
    local = now.astimezone(LONDON)
    return local.date() if local.hour >= EMBARGOES_END else local.date() - timedelta(days=1)
