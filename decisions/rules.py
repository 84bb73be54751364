"""Who may do what to a decision or a question, when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from decisions.lifecycle import DECISION, QUESTION, DecisionStatus, QuestionStatus
from decisions.models import Decision, Outcome, Question, RollRow, Settlement
from decisions.subjects import Subject
from groups.policies import Key, policy
from groups.standing import Standing
from records.clock import LONDON
from records.rules import Refusal

HOLDS_END = 17  # o'clock in London
ACCEPTING = {Outcome.APPROVED, Outcome.APPROVED_SUBJECT_TO, Outcome.BASELINED}
REFUSING = {Outcome.REJECTED, Outcome.SENT_BACK}
PASSING_UP = {Outcome.PASSED_TO_PSG, Outcome.PASSED_TO_OFGEM}


def refusals_to_table(decision: Decision) -> Iterator[str]:
    yield from DECISION.refusals(decision, "table")
    if not decision.wording.strip():
        yield Refusal("Say what is to be decided before it is tabled.", field="wording")


def refusals_to_determine(
    decision: Decision, subjects: list[Subject], reasons: list[str], standing: Standing, now
) -> Iterator[str]:
    """A vote is advice: nothing here computes an outcome. Reasons are required against the balance of advice, on reject, on passing up."""
    if not standing.chairs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} may determine {decision}.", status=403)
    yield from DECISION.refusals(decision, "determine")
    if not subjects:
        yield Refusal("Say what the decision settles, and how.", field="outcome")
    for question in decision.questions.all():
        if question.is_open(now):
            yield Refusal(f"The vote on {question.on or decision} is still open.")
    given = [r for r in reasons if len(r.strip()) >= 10]
    if not given and (why := why_reasons_are_required(decision, subjects)):
        yield Refusal(f"Give your reasons: {why}. They are published with the decision.", field="reasons")


def why_reasons_are_required(decision: Decision, subjects: Iterable[Subject]) -> str:
    """Why reasons must be given; empty if they are only recommended."""
    subjects = list(subjects)
    outcomes = {s.outcome for s in subjects}
    if goes_against_the_advice(decision, subjects):
        return "the outcome goes against the balance of advice"
    if outcomes & (REFUSING | {Outcome.REJECTED_AS_EXCLUDED}):
        return "something is rejected or sent back"
    return "it is passed up to another body" if outcomes & PASSING_UP else ""


def goes_against_the_advice(decision: Decision, subjects: Iterable[Subject | Settlement]) -> bool | None:
    """Whether most votes cast for or against pointed the other way; None where nothing was voted on, or the votes were even.

    Each question is measured by the outcome of the subject it was about, or of the only one.
    """
    subjects, known = list(subjects), []
    for question in decision.questions.filter(status=QuestionStatus.CLOSED):
        about = [s for s in subjects if _ref(s) == question.subject] or (subjects if len(subjects) == 1 else [])
        tally = question.recount()
        lead = tally.get("approve", 0) - tally.get("reject", 0)
        for subject in about:
            if lead and subject.outcome in ACCEPTING | REFUSING | {Outcome.REJECTED_AS_EXCLUDED}:
                known.append((lead > 0) != (subject.outcome in ACCEPTING))
    return any(known) if known else None


def _ref(subject: Subject | Settlement) -> str:
    return subject.ref if isinstance(subject, Subject) else subject.subject_ref


def refusals_to_date(decision: Decision, on: date, today: date) -> Iterator[str]:
    """When it was decided may be earlier than now, but neither in the future nor before the meeting it was taken at."""
    if on > today:
        yield Refusal(f"{on:%-d %b %Y} is still to come: give the day it was decided.", field="on")
    if decision.meeting and on < decision.meeting.held_on:
        yield Refusal(f"{decision.meeting} was on {decision.meeting.held_on:%-d %b %Y}: it cannot have been decided before.", field="on")


def refusals_to_hold(decision: Decision, until: date, why: str, today: date) -> Iterator[str]:
    if decision.published_at:
        yield Refusal(f"{decision} is published already.")
    if until <= today:
        yield Refusal("Give a later day until which it is held.", field="until")
    if not why.strip():
        yield Refusal("Say why it is held: the public is told.", field="why")


def refusals_to_release(decision: Decision) -> Iterator[str]:
    if not decision.is_held:
        yield Refusal(f"{decision} is not held.")


def hold_limit(now) -> date:
    """Holds until this day are over: a hold lasts to five in the afternoon, in London, of its last day."""
    local = now.astimezone(LONDON)
    return local.date() if local.hour >= HOLDS_END else local.date() - timedelta(days=1)


def refusals_to_publish(decision: Decision) -> Iterator[str]:
    """What the clock checks too: classification, outcome, wording and hold."""
    if decision.published_at:
        yield Refusal(f"{decision} is published already.")
    if decision.status != DecisionStatus.DETERMINED:
        yield Refusal(f"{decision} has not been determined.")
    if not decision.settlements.exists():
        yield Refusal(f"{decision} has no outcome.")
    if not decision.wording.strip():
        yield Refusal(f"{decision} has no wording.")
    if decision.is_held:
        yield Refusal(f"{decision} is held until {decision.held_until:%-d %b %Y}: {decision.held_why}")
    if decision.meeting and not decision.meeting.is_public:
        yield Refusal(f"{decision.meeting} is not classified Public.")


def refusals_to_open(question: Question, now) -> Iterator[str]:
    yield from QUESTION.refusals(question, "open")
    if not question.wording.strip():
        yield Refusal("Say what is asked before it is opened.", field="wording")
    if question.decision and question.decision.status == DecisionStatus.DETERMINED:
        yield Refusal(f"{question.decision} has been determined already: there is nothing to advise on.")
    if question.closes_at and question.closes_at <= now:
        yield Refusal("It would close before it opens.", field="closes_at")


def refusals_to_cast(row: RollRow, choice: str, comment: str, standing: Standing, now) -> Iterator[str]:
    """The window is the database's: open from its first moment, closed from its last."""
    question = row.question
    if not question.is_open(now):
        local = now.astimezone(LONDON)
        yield Refusal(f"This vote is not open. Your answer came at {local:%H:%M:%S}; it was not recorded.", code="closed")
    if not standing.votes_in(row.seat):
        yield Refusal(f"You may not vote for the {row.constituency} seat.", status=403)
    if choice == "reject" and not comment.strip() and rejecting_needs_a_comment(question, standing.on):
        yield Refusal("Say why you reject: the group asks for it.", field="comment")


def rejecting_needs_a_comment(question: Question, on: date) -> bool:
    return policy(question.group, Key.REASON_FOR_REJECTING, on) == "yes"
