"""What a newer paper says otherwise of decisions."""

from collections.abc import Iterator
from itertools import zip_longest

from archive.corrections.change import Change, Papers, apart, became, plainly, untaken, with_what_was_mended
from archive.recording import facts_of
from archive.subjects import subjects_of
from decisions.models import SETTLED, Decision, Settlement
from decisions.operations.past import NO_REASONS, NOT_IN_IT_NOW, TAKEN_OUT
from decisions.subjects import Subject
from groups.models.people import normalised
from minutes_reader import Decision as ReadDecision
from records.dates import as_day
from records.models import Origin

WORDS = dict(SETTLED)
BASES, WHERE = dict(Decision.Basis.choices), dict(Decision.WhereTaken.choices)


def changes_of_decisions(papers: Papers) -> Iterator[Change]:
    told = {each.ref: each for each in reversed(papers.reading.decisions) if each.ref}
    before = {each.ref: each for each in reversed(papers.earlier.decisions) if each.ref}
    recorded = papers.meeting.decisions.filter(origin=Origin.IMPORTED).order_by("number", "pk")
    for decision in recorded.select_related("group", "item").prefetch_related("settlements", "reasons"):
        if said := told.get(decision.reference):
            found = list(_otherwise(decision, said, papers))
            found += [Change(each, decision=decision) for each in untaken(decision.reference, said, before.get(decision.reference))]
            yield from with_what_was_mended(decision, found, decision=decision)
        elif not decision.title.startswith(TAKEN_OUT):
            yield Change(f"{decision} is not in it any more.", decision=decision, gone=True, settles=True)


def _otherwise(decision: Decision, told: ReadDecision, papers: Papers) -> Iterator[Change]:
    yield from _subjects(decision, told, papers)
    facts = facts_of(told, papers.reading, decision.group)
    if decision.decided_on and facts["decided_on"] != decision.decided_on and (told.made_on or not papers.fuller):
        sentence = f"{decision}: decided on {as_day(facts['decided_on'])}, and not on {as_day(decision.decided_on)}."
        yield Change(sentence, decision=decision, settles=True)
    for what, then, now in _said(decision, facts):
        if papers.turns(then, now):
            yield Change(became(decision, what, then, now), decision=decision)
    if told.item_number and decision.item and decision.item.number != told.item_number:
        yield Change(f"{decision}: it stands under item {told.item_number}, and not under item {decision.item.number}.", decision=decision)
    for sentence in _reasons(decision, told, papers):
        yield Change(sentence, decision=decision)


def _said(decision: Decision, facts: dict) -> Iterator[tuple[str, str, str]]:
    """What, how it is on record, and how the paper has it; what neither states is empty."""
    yield "what it is about", decision.title.removeprefix(TAKEN_OUT), facts["title"]
    yield "its wording", decision.wording, facts["wording"]
    whose = Decision(group=decision.group, maker=facts["maker"])
    yield "whose decision it is", _stated(decision.maker, decision.maker_in_words), _stated(facts["maker"], whose.maker_in_words)
    yield "its authority", decision.authority, facts["authority"]
    yield "on what basis it was decided", _stated(decision.basis, BASES[decision.basis]), _stated(facts["basis"], BASES[facts["basis"]])
    yield "where it was taken", WHERE[decision.where_taken], WHERE[facts["where_taken"]]
    if normalised(decision.determined_by_name) != normalised(facts["determined_by_name"]):
        yield "who determined it", decision.determined_by_name, facts["determined_by_name"]


def _stated(value: str, words: str) -> str:
    return "" if value == "not_stated" else words


def _subjects(decision: Decision, told: ReadDecision, papers: Papers) -> Iterator[Change]:
    now = {(each.kind, each.ref): each for each in subjects_of(told, papers.reading)}
    for settled in decision.settlements.all():
        said, then = now.pop((settled.subject_kind, settled.subject_ref), None), _as_subject(settled)
        if said is None:
            if not (settled.history.first().history_change_reason or "").startswith(NOT_IN_IT_NOW):
                yield Change(f"{decision}: {then.ref} was {_became(then)}, and is not named any more.", decision=decision, settles=True)
        elif _became(said) != _became(then):
            yield Change(f"{decision}: {then.ref} was {_became(then)}, and is {_became(said)}.", decision=decision, settles=True)
        elif said.title and papers.turns(then.title, said.title):
            yield Change(became(decision, f"the title of {then.ref}", then.title, said.title), decision=decision)
    for said in now.values():
        yield Change(f"{decision}: {said.ref} is named now, and is {_became(said)}.", decision=decision)


def _as_subject(settled: Settlement) -> Subject:
    return Subject(settled.subject_kind, settled.subject_ref, settled.outcome, settled.subject_title, settled.subject_version, settled.conditions)


def _became(subject: Subject) -> str:
    """ "approved (version 1.0), subject to a redline"."""
    condition = f", subject to {subject.conditions}" if subject.conditions else ""
    version = f" (version {subject.version})" if subject.in_words != subject.ref else ""
    return f"{WORDS[subject.outcome].lower()}{version}{condition}"


def _reasons(decision: Decision, told: ReadDecision, papers: Papers) -> Iterator[str]:
    before = [reason.text for reason in decision.reasons.all() if reason.text not in NO_REASONS]
    if papers.fuller and not before:
        return
    for n, (then, now) in enumerate(zip_longest(before, told.reasons, fillvalue=""), 1):
        if not now:
            yield f"{decision}: reason {n} is not in it any more: “{apart(then, '')[0]}”."
        elif not then:
            yield f"{decision}: reason {n} is in it now: “{apart(now, '')[0]}”."
        elif plainly(then) != plainly(now):
            yield became(decision, f"reason {n}", then, now)
