"""Who may draft, table, determine, embargo and publish a decision, when, and why not. Read-only: nothing here writes.

`refusals_to_X(decision, standing, now)` looks at what exists, `refusals_of_X(…)` at what was typed.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from decisions.lifecycle import DECISION, DecisionStatus, QuestionStatus
from decisions.models import Cast, Decision, DeterminationDraft, Outcome, Question, Settlement
from decisions.rules.delegations import delegations_to
from decisions.rules.replies import refusals_of_replies
from decisions.rules.wording import refusals_of_contradiction
from decisions.sentences import ACCEPTED
from decisions.subjects import Subject, Terms
from groups.models import Group
from groups.policies import Key
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group, refusals_to_keep_the_record
from records.dates import as_day, as_second
from records.hooks import refusals_from_above
from records.rules import Refusal

MEANINGFUL = 10  # characters: fewer than that is no reason

ACCEPTING = {Outcome(each) for each in ACCEPTED}
REFUSING = {Outcome.REJECTED, Outcome.SENT_BACK}
PASSING_UP = {Outcome.PASSED_TO_PSG, Outcome.PASSED_TO_OFGEM}


def refusals_to_draft(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, group)


def refusals_to_table(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, decision.group)
    yield from DECISION.refusals(decision, "table")
    if not decision.wording.strip():
        yield Refusal("Say what is to be decided before it is tabled.", field="wording")


def refusals_to_take_off(decision: Decision, verb: str, standing: Standing) -> Iterator[Refusal]:
    """`verb` is "defer" or "withdraw"."""
    yield from refusals_to_keep_the_record(standing, decision.group)
    yield from DECISION.refusals(decision, verb)
    if verb == "defer" and hasattr(decision, "announcement"):
        yield Refusal(f"{decision} was announced by {decision.announcement.announced_by_name}: the Chair confirms it, or it is withdrawn.")


def refusals_to_withdraw(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """One that was drafted or tabled by mistake. A vote on it is withdrawn first."""
    yield from refusals_to_take_off(decision, "withdraw", standing)
    for question in decision.questions.all():
        if question.status in (QuestionStatus.DRAFT, QuestionStatus.OPEN):
            yield Refusal(f"A vote is prepared on it ({question.on or question.reference}): withdraw that first.", code="open")


def refusals_to_state_level(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, decision.group)
    if decision.status not in (DecisionStatus.DRAFT, DecisionStatus.TABLED):
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: its level is not changed any more.")


def refusals_of_level(level: int, clause: str, said_by: str) -> Iterator[Refusal]:
    """Whose decision it is: said by somebody, on a clause of the terms of reference."""
    if level not in (1, 2, 3):
        yield Refusal("A decision is of level 1 (Ofgem), 2 (PSG) or 3 (the group).", field="level")
    if not clause.strip():
        yield Refusal("Give the clause of the terms of reference.", field="clause")
    if not said_by.strip():
        yield Refusal("Say who says so.", field="said_by")


def refusals_to_promise(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    if not standing.runs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} or the secretariat may say when it will be decided.", status=403)
    if decision.status != DecisionStatus.TABLED:
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: it is not awaited.")


def tabled_otherwise(decision: Decision) -> str:
    """For what its item was tabled, if not for decision."""
    item = decision.item
    stated = item is not None and item.purpose not in (item.Purpose.DECISION, item.Purpose.NOT_STATED)
    return item.get_purpose_display().lower() if item and stated else ""


def refusals_to_say_why_untabled(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    if not standing.runs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} or the secretariat may say why it was taken there.", status=403)
    if decision.status not in (DecisionStatus.DRAFT, DecisionStatus.TABLED):
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: it says no more than it did then.", code="state")
    if not tabled_otherwise(decision):
        yield Refusal(f"The item of {decision} was tabled for decision, or it is not said for what.", code="state")


def refusals_of_why_untabled(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why it was taken all the same.", field="why")


def refusals_of_promise(promised_by: datetime, now: datetime) -> Iterator[Refusal]:
    if promised_by <= now:
        yield Refusal("Give a time that is still to come.", field="promised_by")


def refusals_to_revise(old: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, old.group)
    yield from refusals_to_supersede(old)


def refusals_to_supersede(old: Decision) -> Iterator[Refusal]:
    """A decision is changed by another decision, once: the newest of the line is the one to revise."""
    if old.status != DecisionStatus.DETERMINED:
        yield Refusal(f"{old} has not been determined: change its draft instead.")
    for later in old.superseded_by.exclude(status=DecisionStatus.WITHDRAWN):
        if later.status == DecisionStatus.DETERMINED:
            yield Refusal(f"{old} was superseded by {later}: revise that one.")
        else:
            yield Refusal(f"{later} is being prepared to supersede {old} already.")


def refusals_to_determine(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whatever stands in the way of deciding at all. A vote is advice: nothing here computes an outcome."""
    if not standing.chairs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} may determine {decision}.", status=403)
    if decision.status == DecisionStatus.DETERMINED:
        yield Refusal(how_it_was_determined(decision), code="state")
    else:
        yield from DECISION.refusals(decision, "determine")
    yield from refusals_of_closed_group(decision.group, standing)
    yield from _refusals_of_votes(decision, standing, now)
    yield from _refusals_to_decide_before(decision, standing.on)
    if decision.supersedes and decision.supersedes.superseded_by.filter(status=DecisionStatus.DETERMINED).exists():
        yield Refusal(f"{decision.supersedes} has been superseded already.")
    yield from refusals_from_above("decisions.determine", decision)


def refusals_of_determination(decision: Decision, terms: Terms, standing: Standing) -> Iterator[Refusal]:
    """Outcomes, dates, and reasons: these are required against the balance of advice, on reject, and on passing up."""
    yield from _refusals_of_subjects(decision, terms.subjects)
    yield from _refusals_of_level(decision, terms.subjects, standing)
    yield from _refusals_of_date(decision, terms.on or standing.on, standing.on)
    given = [r for r in terms.reasons if len(r.strip()) >= MEANINGFUL]
    if not given and (why := why_reasons_are_required(decision, terms.subjects)):
        yield Refusal(f"Give your reasons: {why}. They are published with the decision.", field="reasons")
    passed = {s.outcome for s in terms.subjects} & PASSING_UP
    if terms.consensus == Decision.Consensus.NO and not passed and not terms.not_passed_up_why.strip():
        yield Refusal(
            "There was no consensus: say why it is decided here and not passed to the PSG (ToR, Decision Making v).",
            field="not_passed_up_why",
        )
    yield from refusals_of_contradiction(terms)
    yield from refusals_of_replies(decision, terms)
    yield from refusals_from_above("decisions.determine.typed", decision, terms=terms)


def refusals_to_prepare(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The secretariat and the Chair prepare."""
    if not standing.runs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} or the secretariat may prepare its decision.", status=403)
    if decision.status == DecisionStatus.DETERMINED:
        yield Refusal(how_it_was_determined(decision), code="state")
    elif decision.status == DecisionStatus.WITHDRAWN:
        yield Refusal(f"{decision} has been withdrawn.", code="state")


def refusals_to_share_draft(decision: Decision, standing: Standing, now: datetime, *, shared: bool = False) -> Iterator[Refusal]:
    """Only a draft that there is, and that is not shared yet (or, to stop it, is)."""
    yield from refusals_to_prepare(decision, standing, now)
    kept = DeterminationDraft.objects.filter(decision=decision).first()
    if kept is None:
        yield Refusal("There is no draft to share.")
    elif kept.shared_with_assurance != shared:
        yield Refusal("The draft is not shared." if shared else "The draft is shared already.")


def refusals_of_draft(draft: DeterminationDraft, revision: int) -> Iterator[Refusal]:
    """Nobody writes over what the other saved meanwhile."""
    if not draft.revision and revision:
        yield Refusal("There is no such draft. Open the page once more.", code="stale")
    elif draft.revision != revision:
        yield Refusal(
            f"{draft.prepared_by} saved this draft since you opened it. What you typed is still below: compare, then save again.",
            code="stale",
        )


def how_it_was_determined(decision: Decision) -> str:
    """ "DAG-DEC60 is determined: Ada Vale decided at 12:03:11 on 12 Jul 2023. CR018 v1.8: approved." for whoever comes second."""
    when = as_second(decision.determined_at) if decision.determined_at else as_day(decision.decided_on)
    what = "; ".join(f"{s.subject}: {s.get_outcome_display().lower()}" for s in decision.settlements.all())
    who = decision.determined_by_name or "somebody"
    return f"{decision} is determined: {who} decided at {when}. {what}. It is changed only by another decision that revises it, with reasons."


def _refusals_of_votes(decision: Decision, standing: Standing, now) -> Iterator[Refusal]:
    for question in decision.questions.all():
        if question.is_open(now):
            yield Refusal(f"The vote on {question.on or decision} is still open.", code="open")
        elif question.status == QuestionStatus.DRAFT:
            yield Refusal(f"The question on {question.on or decision} has not been put yet: open it, or withdraw it.", code="open")
    if not standing.counting.policies.says_yes(decision.group, Key.CHAIR_VOTES, standing.on):
        for cast in votes_of(decision, standing):
            yield Refusal(
                f"You voted on this for the {cast.row.constituency} seat: whoever votes does not also determine. Another Chair must.",
                status=403,
            )


def votes_of(decision: Decision, standing: Standing) -> list[Cast]:
    """The votes this person gave, for whatever seat, on the questions of a decision."""
    given = Cast.objects.filter(cast_by=standing.user.person_id, cast_by__isnull=False).exclude(capacity=Cast.Capacity.PMO_ON_BEHALF)
    return [cast for cast in standing.once("votes given", lambda: list(given.select_related("row__question"))) if cast.row.question.decision_id == decision.pk]


def _refusals_of_subjects(decision: Decision, subjects: list[Subject]) -> Iterator[Refusal]:
    if not subjects:
        yield Refusal("Say what the decision settles, and how.", field="outcome")
    for subject in subjects:
        if subject.outcome not in Outcome.values:
            yield Refusal(f"“{subject.outcome}” is no outcome of a decision.", field="outcome", code="outcome")
        if subject.outcome == Outcome.APPROVED_SUBJECT_TO and not subject.conditions.strip():
            yield Refusal(f"Say what the approval of {subject.ref} is subject to.", field="conditions")
    settled = {s.ref: s.outcome for s in subjects}
    if len(settled) < len(subjects):
        yield Refusal("The same subject is settled twice.", field="outcome")
    if any(outcome in ACCEPTING for ref, outcome in settled.items() if ref not in decision.excluded):
        for ref in decision.excluded:
            if settled.get(ref) not in REFUSING | {Outcome.REJECTED_AS_EXCLUDED, Outcome.WITHDRAWN}:
                yield Refusal(f"Approving this excludes {ref}: reject {ref} as excluded in the same decision.", field="outcome", code="excluded")
    yield from _refusals_of_what_was_excluded(decision, settled)


def _refusals_of_what_was_excluded(decision: Decision, settled: dict[str, str]) -> Iterator[Refusal]:
    """What an earlier decision ruled out cannot be approved while that decision stands."""
    approved = [ref for ref, outcome in settled.items() if outcome in ACCEPTING]
    out = Settlement.objects.filter(
        subject_ref__in=approved, outcome=Outcome.REJECTED_AS_EXCLUDED, decision__group=decision.group,
        decision__status=DecisionStatus.DETERMINED,
    ).exclude(decision=decision.supersedes_id)  # fmt: skip
    for settlement in out.exclude(decision__superseded_by__status=DecisionStatus.DETERMINED).select_related("decision"):
        yield Refusal(
            f"{settlement.subject_ref} was rejected by {settlement.decision}, which approved what excludes it: revise {settlement.decision} instead.",
            field="outcome",
        )


def _refusals_of_level(decision: Decision, subjects: list[Subject], standing: Standing) -> Iterator[Refusal]:
    """Level 1 is Ofgem's; Level 2 the PSG's unless it delegated (ToR, Decision Making)."""
    outcomes = {s.outcome for s in subjects}
    if decision.level == 1 and outcomes - {Outcome.PASSED_TO_OFGEM}:
        yield Refusal("A Level 1 decision is Ofgem's: pass it to Ofgem.", field="outcome", code="level")
    if decision.level == 2 and outcomes - PASSING_UP and not delegations_to(decision.group, standing.on):
        yield Refusal(
            f"A Level 2 decision is the PSG's: pass it to the PSG, or record first what the PSG delegated to {decision.group}.",
            field="outcome", code="level",
        )  # fmt: skip


def why_reasons_are_required(decision: Decision, subjects: Iterable[Subject | Settlement], over: Iterable[Question] | None = None) -> str:
    """Why reasons must be given; empty if they are only recommended. `over` are its questions that are over, if they were read already."""
    subjects = list(subjects)
    outcomes = {s.outcome for s in subjects}
    if decision.supersedes_id:
        return "it revises an earlier decision"
    if goes_against_the_advice(decision, subjects, over):
        return "the outcome goes against the balance of advice"
    if outcomes & (REFUSING | {Outcome.REJECTED_AS_EXCLUDED}):
        return "something is rejected or sent back"
    return "it is passed up to another body" if outcomes & PASSING_UP else ""


def outcomes_that_need_reasons(decision: Decision, subject: str) -> list[str]:
    """With which outcome of a subject reasons are required, whatever becomes of the others."""
    over = list(decision.questions.over().prefetch_related("roll__casts"))
    kind = Settlement.SubjectKind.CHANGE_REQUEST
    return [outcome for outcome in Outcome if why_reasons_are_required(decision, [Subject(kind, subject, outcome)], over)]


def goes_against_the_advice(decision: Decision, subjects: Iterable[Subject | Settlement], over: Iterable[Question] | None = None) -> bool | None:
    """Whether most votes cast for or against pointed the other way; None where nothing was voted on, or the votes were even.

    Each question is measured by the outcome of the subject it was about, or of the only one.
    """
    subjects, known = list(subjects), []
    for question in decision.questions.over() if over is None else over:
        about = [s for s in subjects if _ref(s) == question.subject] or (subjects if len(subjects) == 1 else [])
        tally = question.recount()
        lead = tally.get("approve", 0) + tally.get("silent", 0) - tally.get("reject", 0)  # who does not object consents
        for subject in about:
            if lead and subject.outcome in ACCEPTING | REFUSING | {Outcome.REJECTED_AS_EXCLUDED}:
                known.append((lead > 0) != (subject.outcome in ACCEPTING))
    return any(known) if known else None


def what_it_rests_on(decision: Decision) -> str:
    """A vote, or nobody having objected when the room was asked; what was written down where nothing was ever put to seats."""
    if not decision.questions.exists():
        return decision.basis
    over = list(decision.questions.over())
    if not over:
        return Decision.Basis.NOT_STATED  # whatever was to be asked was withdrawn
    consented = all(question.asks_for_objections and not question.recount().get("reject") for question in over)
    return Decision.Basis.NO_OBJECTIONS if consented else Decision.Basis.VOTE


def _ref(subject: Subject | Settlement) -> str:
    return subject.ref if isinstance(subject, Subject) else subject.subject_ref


def _refusals_of_date(decision: Decision, on: date, today: date) -> Iterator[Refusal]:
    """When it was decided may be earlier than now, but not in the future, nor before the meeting it was taken at."""
    if on > today:
        yield Refusal(f"{as_day(on)} is still to come: give the day it was decided.", field="on")
    for reason in _refusals_to_decide_before(decision, on):
        yield Refusal(reason, field="on")


def _refusals_to_decide_before(decision: Decision, day: date) -> Iterator[Refusal]:
    if decision.meeting and day < decision.meeting.held_on:
        yield Refusal(f"{decision.meeting} was on {as_day(decision.meeting.held_on)}: it cannot have been decided before.")


def refusals_to_embargo(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, decision.group)
    if decision.published_at:
        yield Refusal(f"{decision} is published already.")


def refusals_of_embargo(until: date, why: str, today: date) -> Iterator[Refusal]:
    if until <= today:
        yield Refusal("Give a later day until which it is embargoed.", field="until")
    if not why.strip():
        yield Refusal("Say why it is embargoed: the public is told.", field="why")


def refusals_to_release(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, decision.group)
    if not decision.is_embargoed:
        yield Refusal(f"{decision} is not under embargo.")


def refusals_to_publish(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, decision.group)
    yield from what_forbids_publishing(decision)


def what_forbids_publishing(decision: Decision) -> Iterator[Refusal]:
    """What the clock checks too: classification, outcome, wording and embargo."""
    if decision.published_at:
        yield Refusal(f"{decision} is published already.")
    if decision.status != DecisionStatus.DETERMINED:
        yield Refusal(f"{decision} has not been determined.")
    if not decision.settlements.exists():
        yield Refusal(f"{decision} has no outcome.")
    if not decision.wording.strip():
        yield Refusal(f"{decision} has no wording.")
    if decision.is_embargoed:
        yield Refusal(f"{decision} is under embargo until {as_day(decision.embargoed_until)}: {decision.embargoed_why}")
    if decision.meeting and not decision.meeting.is_public:
        yield Refusal(f"{decision.meeting} is not classified Public.")
