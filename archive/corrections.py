"""What a newer paper of a meeting says otherwise than those that were read in before: in sentences, each about the record it changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.recording import roll_of
from archive.subjects import subjects_of
from artefacts.models import Baseline
from decisions.lifecycle import QuestionStatus
from decisions.models import SETTLED, Decision, Question, RollRow
from decisions.operations.past import TAKEN_OUT
from decisions.subjects import Subject
from meetings.lifecycle import ActionStatus
from meetings.models import Action, Meeting
from minutes_reader import Decision as ReadDecision
from minutes_reader import Reading, Vote
from records.dates import as_day
from records.models import Origin
from records.rules import Refusal

WORDS = dict(SETTLED)
UNHEARD = dict(RollRow.State.choices)


@dataclass(frozen=True)
class Change:
    """One thing that a newer paper says otherwise. Of the minutes as such there is no decision and no action."""

    sentence: str
    decision: Decision | None = None
    action: Action | None = None
    question: Question | None = None
    gone: bool = False


def changes_of(reading: Reading, meeting: Meeting) -> list[Change]:
    """Everything on record of the meeting that the paper alters or no longer has. What it only adds is no change."""
    fuller = not meeting.imported_files.exclude(doc_type="headline report").exists()  # the minutes themselves come for the first time
    return [
        *_decisions(reading, meeting),
        *_votes(reading, meeting),
        *_actions(reading, meeting),
        *([] if fuller else _minutes(reading, meeting)),
    ]


def _decisions(reading: Reading, meeting: Meeting) -> Iterator[Change]:
    told = {each.ref: each for each in reversed(reading.decisions) if each.ref}
    recorded = meeting.decisions.filter(origin=Origin.IMPORTED).order_by("number", "pk")
    for decision in recorded.prefetch_related("settlements", "reasons"):
        if decision.reference in told:
            yield from _otherwise(decision, told[decision.reference], reading)
        elif not decision.title.startswith(TAKEN_OUT):
            yield Change(f"{decision} is not in it any more.", decision=decision, gone=True)


def _otherwise(decision: Decision, told: ReadDecision, reading: Reading) -> Iterator[Change]:
    now = {(each.kind, each.ref): each for each in subjects_of(told, reading)}
    for settled in decision.settlements.all():
        said = now.get((settled.subject_kind, settled.subject_ref))
        then = Subject(settled.subject_kind, settled.subject_ref, settled.outcome, "", settled.subject_version, settled.conditions)
        if said is None:
            yield Change(f"{decision}: {settled.subject_ref} was {_became(then)}, and is not named any more.", decision=decision)
        elif _became(said) != _became(then):
            yield Change(f"{decision}: {settled.subject_ref} was {_became(then)}, and is {_became(said)}.", decision=decision)
    if told.made_on and decision.decided_on and told.made_on != decision.decided_on:
        yield Change(f"{decision}: decided on {as_day(told.made_on)}, and not on {as_day(decision.decided_on)}.", decision=decision)
    before = [reason.text for reason in decision.reasons.all()]
    if before and before != told.reasons:
        yield Change(f"{decision}: its reasons read otherwise.", decision=decision)


def _became(subject: Subject) -> str:
    """ "approved (version 1.0), subject to a redline"."""
    condition = f", subject to {subject.conditions}" if subject.conditions else ""
    version = f" (version {subject.version})" if subject.in_words != subject.ref else ""
    return f"{WORDS[subject.outcome].lower()}{version}{condition}"


def _votes(reading: Reading, meeting: Meeting) -> Iterator[Change]:
    left = list(reading.votes)
    recorded = Question.objects.filter(item__meeting=meeting, origin=Origin.IMPORTED).exclude(status=QuestionStatus.WITHDRAWN)
    for question in recorded.select_related("item", "decision").prefetch_related("roll__casts").order_by("item__number", "pk"):
        number = question.item.number if question.item else None
        vote = next((each for each in left if each.item_number == number and (each.on or "") == question.subject), None)
        if vote is None:
            yield Change(f"The vote on {question.on} is not in it any more.", decision=question.decision, question=question, gone=True)
            continue
        left.remove(vote)
        for sentence in _rows(question, vote):
            yield Change(sentence, decision=question.decision, question=question)


def _rows(question: Question, vote: Vote) -> Iterator[str]:
    told = roll_of(vote)
    for row in question.roll.all():
        then, now = row.result, told.pop(row.constituency, None)
        if now is None:
            yield f"The vote on {question.on}: {row.constituency} has no row any more."
        elif now != then:
            yield f"The vote on {question.on}: {row.constituency} was “{_said(then)}”, and is “{_said(now)}”."
    for constituency in told:
        yield f"The vote on {question.on}: {constituency} has a row now."


def _said(result: str) -> str:
    return UNHEARD.get(result, result).lower()


def _actions(reading: Reading, meeting: Meeting) -> Iterator[Change]:
    told = {each.ref: each for each in reversed(reading.actions) if each.ref}
    for action in meeting.actions.filter(origin=Origin.IMPORTED).order_by("raised_order"):
        if (said := told.get(action.reference)) is None:
            if action.status == ActionStatus.OPEN:
                yield Change(f"{action} is not in it any more.", action=action, gone=True)
            continue
        if said.owner and said.owner[:200] != (was := action.as_agreed["owner"]):
            yield Change(f"{action}: its owner was “{was}”, and is “{said.owner}”.", action=action)
        if (said.due, (said.due_text or "")[:80]) != (action.due_on, action.due_as_printed) and not action.reviews.exists():
            yield Change(f"{action}: it was due “{action.due_as_printed or '-'}”, and is due “{said.due_text or '-'}”.", action=action)


def _minutes(reading: Reading, meeting: Meeting) -> Iterator[Change]:
    """Who came, and what was said: where both papers are the minutes themselves."""
    if reading.header.date and reading.header.date != meeting.held_on:
        yield Change(f"The meeting was held on {as_day(reading.header.date)}, and not on {as_day(meeting.held_on)}.")
    then = {(each.printed_name, each.section == each.Section.APOLOGIES) for each in meeting.attendances.filter(origin=Origin.IMPORTED, dropped=False)}
    now = {(each.name[:160], each in reading.apologies) for each in [*reading.present, *reading.apologies]}
    for name, absent in sorted(then - now):
        yield Change(f"{name} is not listed as {'absent' if absent else 'attending'} any more.")
    for name, absent in sorted(now - then):
        yield Change(f"{name} is listed as {'absent' if absent else 'attending'} now.")
    if words := _reworded(reading, meeting):
        yield Change(f"{words} paragraphs of the minutes read otherwise." if words > 1 else "A paragraph of the minutes reads otherwise.")


def _reworded(reading: Reading, meeting: Meeting) -> int:
    """How many paragraphs on record the paper does not have, as far as they are text."""
    told = " ".join(" ".join(block.text.split()) for item in reading.items for block in item.blocks)
    kept = [each for item in meeting.items.all() for each in item.paragraphs.filter(dropped=False, kind="text")]
    return sum(" ".join(each.text.removeprefix("- ").split()) not in told for each in kept)


def refusals_to_correct(changes: list[Change], meeting: Meeting, *, confirmed: bool) -> Iterator[Refusal]:
    """A correction is looked at before it is taken; and what artefacts follow from is not taken away from under them."""
    altered = {change.decision.pk for change in changes if change.decision and not change.question}
    for made in Baseline.objects.filter(settlement__decision__in=altered).select_related("settlement__decision").order_by("pk"):
        yield Refusal(f"{made.settlement.decision} baselined {made.settlement.subject_ref}, and this paper says otherwise of that decision. The catalogue rests on it, so nothing is read in over it.")
    if changes and not confirmed:
        yield Refusal(f"{meeting} is on record already, and this paper says otherwise. It is read in as a correction once that is confirmed (--confirm).", code="confirm")
        yield from (Refusal(change.sentence, code="confirm") for change in changes)
