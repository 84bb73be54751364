"""By when a concern or referral is answered, found satisfying, or carried up: a step each, of as many working days as the group's policy says.

The terms of reference give no clock. The policy "concern_working_days" is one (ten, where nothing is written down), and it
runs anew for each step: the group answers; the seat says whether that satisfies; then it is carried up.

And until when a holder may say that what others recorded for the seat, a vote or a silence, is wrong.
Whoever counts many of them hands in one `Counting`.
"""

from datetime import date, datetime, timedelta

from decisions.lifecycle import ReferralStatus
from decisions.models import Cast, Question, Referral, RollRow
from groups.calendar import Counting
from groups.models import Group
from groups.policies import Key
from records.clock import london_date, london_moment

# What was recorded longer ago than this is not looked through for what can still be disputed: no group gives that many days.
LONGEST_DISPUTE = timedelta(days=90)


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


def dispute_until(question: Question, recorded_at: datetime, counting: Counting | None = None) -> datetime:
    """Until when (London closing time, in working days by policy) a holder may say that what others recorded for the seat is wrong."""
    return (counting or Counting()).by_policy(question.group, london_date(recorded_at), Key.DISPUTE)[0]


def answer_until(cast: Cast, counting: Counting | None = None) -> datetime:
    """Of a vote given in the seat's name."""
    return dispute_until(cast.row.question, cast.recorded_at, counting)


def correct_until(row: RollRow, counting: Counting | None = None) -> datetime:
    """Of a silence, which is recorded at the close."""
    return dispute_until(row.question, row.question.close_recorded_at, counting)  # type: ignore[arg-type]
