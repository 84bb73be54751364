"""By when a concern or referral is answered, found satisfying, or carried up: a step each, of as many working days as the group's policy says.

The terms of reference give no clock. The policy "concern_working_days" is one (ten, where nothing is written down), and it
runs anew for each step: the group answers; the seat says whether that satisfies; then it is carried up.

And until when a holder may say that what others recorded for the seat, a vote or a silence, is wrong.
"""

from datetime import date, datetime

from decisions.lifecycle import ReferralStatus
from decisions.models import Question, Referral, RollRow
from groups.calendar import deadline
from groups.models import Group
from groups.policies import Key, closing_time, working_days
from records.clock import london_date, london_moment


def step_due(group: Group, day: date) -> date:
    """The last day (London) of a step that began on `day`."""
    return deadline(group, day, working_days(group, Key.CONCERN, day))[1].end


def answered_on(referral: Referral) -> date | None:
    return london_date(referral.answered_at) if referral.answered_at else None


def say_by(referral: Referral) -> date | None:
    """Until when the seat may say whether the answer satisfies. Unsaid by then, the answer stands."""
    answered = answered_on(referral)
    return step_due(referral.to_group, answered) if answered else None


def disputed_at(referral: Referral) -> datetime | None:
    first = referral.history.filter(status=ReferralStatus.NOT_SATISFIED).order_by("history_date").first()
    return first.history_date if first else None


def carry_by(referral: Referral) -> date | None:
    """When it should have been carried up. Nothing lapses: until it is carried or withdrawn, it stays open."""
    at = disputed_at(referral)
    return step_due(referral.to_group, london_date(at)) if at else None


def next_day(referral: Referral) -> date | None:
    """By when the next step is due, where the referral itself lies."""
    if referral.status == ReferralStatus.ANSWERED and referral.kind == Referral.Kind.CONCERN:
        return say_by(referral)
    if referral.status == ReferralStatus.NOT_SATISFIED:
        return carry_by(referral)
    return referral.due_on if referral.status == ReferralStatus.RAISED else None


def moment_of(group: Group, day: date | None) -> datetime | None:
    """The end of a step as a moment: the group's closing time, on London's clocks."""
    return london_moment(day, closing_time(group, day)) if day else None


def dispute_until(question: Question, recorded_at: datetime) -> datetime:
    """Until when (London closing time, in working days by policy) a holder may say that what others recorded for the seat is wrong."""
    day = london_date(recorded_at)
    return deadline(question.group, day, working_days(question.group, Key.DISPUTE, day))[0]


def correct_until(row: RollRow) -> datetime:
    """The same for a silence, which is recorded at the close."""
    return dispute_until(row.question, row.question.close_recorded_at)  # type: ignore[arg-type]
