"""Who may correct by hand what was misread, and why not. Read-only: nothing here writes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from archive import voted
from archive.by_hand import MADE_UP, NOT_IN_IT, STATES, Asked, Mended, papers_of, version_of
from archive.deferred import PutOff, items_of, later_items
from archive.listed import APOLOGIES, HOW, MISSED, NOT_LISTED, Listed, Section, as_read, rows_of
from archive.recording import ACTION_REF
from archive.voted import SPARE, Voted
from artefacts.models import Baseline
from decisions.lifecycle import QuestionStatus
from decisions.models import SETTLED, Choice, Decision, Maker, Outcome, Question, Settlement
from groups.models import Group
from groups.standing import Standing
from meetings.attending import LONGEST_INITIALS
from meetings.lifecycle import ActionStatus
from meetings.models import Action, AgendaItem, Meeting
from meetings.operations.actions import raised_order
from meetings.rules import refusals_of_closed_group
from minutes_reader.due import due_on as day_printed
from records.dates import as_day
from records.models import Origin
from records.rules import Refusal
from records.typed import refusal_of_letters

VERSION = re.compile(r"\d[\w.]{0,19}")


def refusals_to_mend(group: Group, standing: Standing) -> Iterator[Refusal]:
    if not standing.is_secretary_of(group):
        yield Refusal(f"Only the secretariat of {group} may correct what was read in.", status=403)
    yield from refusals_of_closed_group(group, standing)


def _refusals_of_own(record: Decision | Action | Meeting | Question) -> Iterator[Refusal]:
    if record.origin != Origin.IMPORTED:
        yield Refusal(f"{record} was recorded in the portal: nothing of it was read in from papers.", code="state")


def refusals_of_mending(changes: Iterable[str], why: str) -> Iterator[Refusal]:
    """What holds of every correction: it changes something, and says why."""
    if not why.strip():
        yield Refusal("Say what was misread: it is published with the correction.", field="why")
    elif not any(changes):
        yield Refusal("Nothing is changed: it reads as it was read.")


# --- a decision


def refusals_to_correct_by_hand(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The secretariat, of what was read in from papers alone: what the portal saw happen is not read, and not misread."""
    yield from refusals_to_mend(decision.group, standing)
    yield from _refusals_of_own(decision)


def refusals_of_correcting(decision: Decision, now: Mended, standing: Standing) -> Iterator[Refusal]:
    if now.decided_on > standing.on:
        yield Refusal(f"{as_day(now.decided_on)} is still to come: give the day it was decided.", field="decided_on")
    rows = {each.n: each for each in decision.settlements.all()}
    for n, (outcome, conditions) in now.outcomes.items():
        if not outcome:
            yield Refusal("Choose what became of it.", field=f"outcome_{n}")
        elif outcome not in dict(SETTLED) and not (outcome == NOT_IN_IT and n in rows):
            yield Refusal(f"“{outcome}” is no outcome of a decision.", field=f"outcome_{n}")
        elif n not in rows and n not in now.named:
            yield Refusal(f"There is no subject {n} of {decision}.", field=f"outcome_{n}")
        elif outcome == Outcome.APPROVED_SUBJECT_TO and not conditions.strip():
            yield Refusal("Say on which conditions it was approved.", field=f"conditions_{n}")
    yield from _refusals_of_names(rows, now)
    altered = [n for n, each in rows.items() if _is_another(each, now)]
    for made in Baseline.objects.filter(settlement__decision=decision, settlement__n__in=altered).select_related("settlement"):
        yield Refusal(f"The catalogue rests on {made.settlement.subject_ref} having been baselined by it.", field=f"outcome_{made.settlement.n}")
    known = {each.n for each in decision.reasons.all()}
    yield from (Refusal(f"Reason {n} has no words: say what the paper gives for it.", field=f"reason_{n}") for n, text in now.reasons.items() if not text.strip() and n not in known)
    if any(choice not in Choice.values for choice in now.votes.values()):
        yield Refusal("Choose how the seat voted.")
    if now.whose and (now.whose[0] not in Maker.values or now.whose[1] not in Decision.Basis.values):
        yield Refusal("Choose whose decision it was, and on what basis.", field="maker")
    for name, most in (("authority", 300), ("determined_by_name", 160), ("determined_as", 120)):
        yield from _refusals_of_words(now.stated.get(name, ""), most, name, is_name=name != "authority")
    if now.stated.get("determined_as", "").strip() and not now.stated.get("determined_by_name", decision.determined_by_name).strip():
        yield Refusal("Say who determined it, by name.", field="determined_by_name")


def _refusals_of_words(said: str, most: int, field: str, *, is_name: bool) -> Iterator[Refusal]:
    if len(said) > most:
        yield Refusal(f"Keep it to {most} characters.", field=field)
    if is_name and (refusal := refusal_of_letters(said)):
        yield Refusal(refusal, field=field)


def _is_another(row: Settlement, now: Mended) -> bool:
    outcome, named = now.outcomes.get(row.n, (row.outcome, ""))[0], now.named.get(row.n, (row.subject_ref, version_of(row)))
    return outcome != row.outcome or named != (row.subject_ref, version_of(row))


def _refusals_of_names(rows: dict[int, Settlement], now: Mended) -> Iterator[Refusal]:
    """No subject is without a name, and none is named twice."""
    gone = {n for n, (outcome, _) in now.outcomes.items() if outcome == NOT_IN_IT}
    refs = {n: row.subject_ref for n, row in rows.items()} | {n: ref for n, (ref, _) in now.named.items()}
    times = Counter(ref.casefold() for n, ref in refs.items() if n not in gone)
    for n, (ref, version) in now.named.items():
        if not ref.strip():
            yield Refusal("Give the reference as the paper prints it, such as CR018; of what it does not name, say that.", field=f"ref_{n}")
        elif len(ref) > 200 or (refusal := refusal_of_letters(ref)):
            yield Refusal("Keep it to 200 characters." if len(ref) > 200 else str(refusal), field=f"ref_{n}")
        elif times[ref.casefold()] > 1 and (n not in rows or rows[n].subject_ref != ref):
            yield Refusal(f"{ref} is named there already.", field=f"ref_{n}")
        if n not in rows and n not in now.outcomes:
            yield Refusal("Choose what became of it.", field=f"outcome_{n}")
        if version and not VERSION.fullmatch(version):
            yield Refusal("Give the version in figures, such as 1.8.", field=f"version_{n}")


# --- who came


def refusals_to_correct_meeting(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_mend(meeting.group, standing)
    yield from _refusals_of_own(meeting)


def refusals_of_who_came(meeting: Meeting, said: dict[str, Listed], seats: Iterable[int]) -> Iterator[Refusal]:
    then = {str(row.pk): as_read(row) for row in rows_of(meeting)}
    if gone := said.keys() - then.keys() - {MISSED}:
        yield Refusal(f"{len(gone)} of those who are corrected are not listed any more.", code="state")
    for key, each in said.items():
        yield from _refusals_of_one(key, each, set(seats))
    now = {key: each for key, each in (then | said).items() if each.how != NOT_LISTED}
    times = Counter(each.place for each in now.values())
    for key, each in now.items():
        if times[each.place] > 1 and each != then.get(key):
            yield Refusal(f"{each.name} is listed there already.", field=f"name-{key}")


def _refusals_of_one(key: str, said: Listed, seats: set[int]) -> Iterator[Refusal]:
    if not said.name.strip():
        yield Refusal("Give the name as the paper prints it; of somebody it does not list, say that.", field=f"name-{key}")
    for name, most in (("name", 160), ("role", 160), ("on_behalf_of", 160), ("initials", LONGEST_INITIALS)):
        yield from _refusals_of_words(getattr(said, name), most, f"{name}-{key}", is_name=True)
    if said.how not in HOW or (key == MISSED and said.how == NOT_LISTED):
        yield Refusal("Say how they were there.", field=f"how-{key}")
    if said.among not in Section.values or said.among == Section.APOLOGIES:
        yield Refusal("Say among whom they are listed.", field=f"among-{key}")
    if said.seat is not None and said.seat not in seats:
        yield Refusal("Choose a seat that the group had on that day.", field=f"seat-{key}")
    if said.on_behalf_of and said.how == APOLOGIES:
        yield Refusal("Whoever sent apologies came in nobody's place.", field=f"on_behalf_of-{key}")


# --- what became of items


def refusals_of_items(meeting: Meeting, said: dict[int, PutOff]) -> Iterator[Refusal]:
    if said.keys() - {item.pk for item in items_of(meeting)}:
        yield Refusal(f"Something that is corrected is no item of {meeting} any more.", code="state")
    later = {item.pk for item in later_items(meeting)}
    for pk, each in said.items():
        if each.to and not each.deferred:
            yield Refusal("What was discussed was deferred to no meeting.", field=f"to-{pk}")
        elif each.to and each.to.pk not in later:
            yield Refusal("An item is deferred to an item of a later meeting of the group.", field=f"to-{pk}")


# --- a vote


def refusals_to_correct_vote(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_mend(question.group, standing)
    yield from _refusals_of_own(question)
    if question.origin == Origin.IMPORTED and question.status == QuestionStatus.WITHDRAWN:
        yield Refusal("It was taken out. If the paper has it after all, add it as a vote that was missed.", code="state")


def refusals_of_correcting_vote(question: Question, now: Voted) -> Iterator[Refusal]:
    if now.made_up or question.item is None:
        return
    then = voted.rows_of(question)
    if gone := now.rows.keys() - then.keys() - set(SPARE):
        yield Refusal(f"{len(gone)} of the rows that are corrected are not there any more.", code="state")
    if unsaid := then.keys() - now.rows.keys():
        yield Refusal(f"Nothing is said of {len(unsaid)} of the rows of the vote: say of each what it is, or that the paper does not have it.", code="state")
    meeting = question.item.meeting
    yield from _refusals_of_a_vote(meeting, now, {key: row.constituency for key, row in then.items()})
    if not voted.is_on_the_same(now.subject, question.subject):
        yield from _refusals_of_another(meeting, now, question.item)


def refusals_of_missed_vote(meeting: Meeting, now: Voted, item: AgendaItem | None) -> Iterator[Refusal]:
    if item is None or item.meeting_id != meeting.pk or item.number is None:
        yield Refusal(f"Choose the item of {meeting} under which it was voted on.", field="item")
    else:
        yield from _refusals_of_another(meeting, now, item)
    asked = {row.constituency for row in voted.asked_for(meeting).values()}
    for key, row in now.rows.items():
        if key not in SPARE and (row.said or row.comment) and row.constituency not in asked:
            yield Refusal(
                f"“{row.constituency}” is not asked for any more, since what is known of seats and votes was changed meanwhile. Say of it that it has no row, and put it down as a seat that was missed.",
                field=f"said-{key}",
            )  # fmt: skip
    yield from _refusals_of_a_vote(meeting, now, {key: row.constituency for key, row in now.rows.items() if key not in SPARE})


def _refusals_of_another(meeting: Meeting, now: Voted, item: AgendaItem) -> Iterator[Refusal]:
    there = voted.votes_of(meeting).filter(item=item).values_list("subject", flat=True)
    if found := next((each for each in there if voted.is_on_the_same(each, now.subject)), None):
        yield Refusal(f"A vote on {found} is recorded there already: correct that one.", field="subject")


def _refusals_of_a_vote(meeting: Meeting, now: Voted, then: dict[str, str]) -> Iterator[Refusal]:
    """What holds of every vote: it is on something, and at least one seat has a row; none has two."""
    if not now.subject.strip():
        yield Refusal("Say what was voted on, such as CR018.", field="subject")
    yield from _refusals_of_words(now.subject, 200, "subject", is_name=True)
    if now.version and not VERSION.fullmatch(now.version):
        yield Refusal("Give the version in figures, such as 1.8.", field="version")
    if now.decision is not None and not voted.decisions_of(meeting).filter(pk=now.decision).exists():
        yield Refusal(f"Choose a decision that was read in with {meeting}.", field="decision")
    rows = {key: row for key, row in now.rows.items() if row.said != NOT_IN_IT and (row.said or row.comment or (key in SPARE and row.constituency))}
    if not rows:
        yield Refusal("Say how at least one seat voted; of a vote that the paper does not have, say that.")
    seats = voted.seats_meant(meeting, rows)
    places = {key: seat.label if (seat := seats[key]) else row.constituency.casefold() for key, row in rows.items()}
    times = Counter(places.values())
    for key, row in rows.items():
        if not row.constituency.strip():
            yield Refusal("Give the seat as the paper prints it.", field=f"constituency-{key}")
        elif times[places[key]] > 1 and then.get(key) != row.constituency:
            yield Refusal(f"{row.constituency} has a row already.", field=f"constituency-{key}")
        if row.said not in voted.SAID:
            yield Refusal("Say how the seat voted, or why it did not.", field=f"said-{key}")
        yield from _refusals_of_words(row.constituency, 160, f"constituency-{key}", is_name=True)
        yield from _refusals_of_words(row.comment, 200 if row.said in voted.UNHEARD else 5000, f"comment-{key}", is_name=False)


# --- an action


def refusals_to_correct_action(action: Action, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_mend(action.group, standing)
    yield from _refusals_of_own(action)
    if action.origin == Origin.IMPORTED and not papers_of(action).exists():
        yield Refusal(f"No paper that was read in tells of {action}.", code="state")


def refusals_of_correcting_action(action: Action, asked: Asked, standing: Standing) -> Iterator[Refusal]:
    if asked.status == MADE_UP:
        if action.status == ActionStatus.DROPPED:
            yield Refusal(f"{action} is dropped already.", field="status")
        return
    yield from _refusals_of_what_is_asked(asked)
    if action.due_as_raised and (asked.due_on, asked.due_text) != (action.due_on, action.due_as_printed):
        yield Refusal("It was given another date here since: that is not misread, and is changed on its page.", field="due_on")
    yield from _refusals_of_how_it_stands(asked, standing)


def _refusals_of_how_it_stands(asked: Asked, standing: Standing) -> Iterator[Refusal]:
    if asked.status not in dict(STATES):
        yield Refusal("Say how it stands.", field="status")
    elif (asked.status == ActionStatus.OPEN) != (asked.closed_on is None):
        yield Refusal("Give the day on which it was closed, and none while it is open.", field="closed_on")
    if asked.closed_on and asked.closed_on > standing.on:
        yield Refusal(f"{as_day(asked.closed_on)} is still to come: give the day on which it was closed.", field="closed_on")


def _refusals_of_what_is_asked(asked: Asked) -> Iterator[Refusal]:
    if not asked.text.strip():
        yield Refusal("Say what is to be done, as the paper prints it.", field="text")
    if not asked.owner.strip():
        yield Refusal("Say who is to do it, as the paper prints it.", field="owner")
    for name, most in (("owner", 200), ("due_text", 80)):
        if len(getattr(asked, name)) > most:
            yield Refusal(f"Keep it to {most} characters.", field=name)
    if refusal := refusal_of_letters(asked.owner):
        yield Refusal(refusal, field="owner")
    printed = day_printed(asked.due_text)[0]
    if printed and printed != asked.due_on:
        yield Refusal(f"“{asked.due_text}” is {as_day(printed)}: give that day.", field="due_on")


def refusals_of_missed_action(meeting: Meeting, reference: str, asked: Asked, standing: Standing) -> Iterator[Refusal]:
    ref = ACTION_REF.match(reference)
    if not ref or ref["group"].upper() != meeting.group.code.upper() or len(reference) > 40:
        yield Refusal(f"Give its reference as the paper prints it, such as {meeting.group.action_reference(meeting.number, 1)}.", field="reference")
    elif raised_order(ref["meeting"], 0) > raised_order(meeting.number, 0):
        yield Refusal(f"{reference} was raised at a later meeting than {meeting}.", field="reference")
    elif Action.objects.filter(reference=reference).exists():
        yield Refusal(f"{reference} is on record already: correct it on its page.", field="reference")
    yield from _refusals_of_what_is_asked(asked)
    yield from _refusals_of_how_it_stands(asked, standing)
