"""By when a concern or referral is answered, found satisfying, or carried up: a step each, of as many working days as the group's policy says.

The terms of reference give no clock. The policy "concern_working_days" is one (ten, where nothing is written down), and it
runs anew for each step: the group answers; the seat says whether that satisfies; then it is carried up.
Whoever counts many of them hands in one `Counting`.
"""

from datetime import date, datetime
from typing import cast

from django.db.models import QuerySet

from dissent.lifecycle import ReferralStatus
from dissent.models import Referral
from groups.calendar import Counting, calendar
from groups.models import Group
from groups.policies import Key, working_days
from records.clock import london_date, london_moment


def step_due(group: Group, day: date, counting: Counting | None = None) -> date:
    """The last day (London) of a step that began on `day`."""
    return (counting or Counting()).by_policy(group, day, Key.CONCERN)[1].end


def answered_on(referral: Referral) -> date | None:
    return london_date(referral.answered_at) if referral.answered_at else None


def say_by(referral: Referral, counting: Counting | None = None) -> date | None:
    """Until when the seat may say whether the answer satisfies. Unsaid by then, the answer stands."""
    answered = answered_on(referral)
    return step_due(referral.to_group, answered, counting) if answered else None


def carry_by(referral: Referral, counting: Counting | None = None) -> date | None:
    """When it should have been carried up. Nothing lapses: until it is carried or withdrawn, it stays open."""
    at = referral.disputed_at
    return step_due(referral.to_group, london_date(at), counting) if at else None


def next_day(referral: Referral, counting: Counting | None = None) -> date | None:
    """By when the next step is due, where the referral itself lies."""
    if referral.status == ReferralStatus.ANSWERED and referral.kind == Referral.Kind.CONCERN:
        return say_by(referral, counting)
    if referral.status == ReferralStatus.NOT_SATISFIED:
        return carry_by(referral, counting)
    return referral.due_on if referral.status == ReferralStatus.RAISED else None


def next_step_due(referral: Referral, counting: Counting | None = None) -> datetime | None:
    """The same as a moment: the closing time, on London's clocks, of the group where it lies."""
    counting, day = counting or Counting(), next_day(referral, counting)
    return london_moment(day, counting.closing_time(referral.to_group, day)) if day else None


def answers_running(now: datetime) -> QuerySet[Referral]:
    """Asked and not answered yet, and the last day not over."""
    asked = Referral.objects.filter(status=ReferralStatus.RAISED, due_on__gte=london_date(now))
    return asked.select_related("to_group", "from_group", "raised_by_seat", "origin_decision")


def answer_due_at(referral: Referral) -> datetime:
    """Only of one that is asked and has a day."""
    return cast(datetime, next_step_due(referral))


def was_counted_from(referral: Referral) -> tuple[date, int] | None:
    """From which day, and how many working days, the day to answer was counted; none where whoever referred it chose another.

    Nobody chooses that of a concern. Of anything else it is asked what was stored first, and what the calendar then said.
    """
    start = london_date(referral.raised_at)
    days = working_days(referral.to_group, Key.CONCERN, start)
    if referral.kind == Referral.Kind.CONCERN:
        return start, days
    first = referral.history.earliest("history_id").due_on
    return (start, days) if first == calendar(referral.raised_at).add(start, days) else None


def answer_in_words(referral: Referral) -> str:
    """ "answer to the significant concern of DNO Representative with DAG-DEC60"."""
    return f"answer to {referral_in_words(referral)}"


def referral_in_words(referral: Referral) -> str:
    """ "the significant concern of DNO Representative with DAG-DEC60"."""
    about = f" with {referral.origin_decision}" if referral.kind == Referral.Kind.CONCERN else f" from {referral.from_group}"
    seat = f" of {referral.raised_by_seat.label}" if referral.raised_by_seat else ""
    return f"the {referral.get_kind_display().lower()}{seat}{about}"
