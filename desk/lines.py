"""What becomes of a line typed into the minutes: `/action @SJ by 9 Aug: amend CR024` is an action from then on, and typed no second time."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, cast
from urllib.parse import urlencode

from django.urls import reverse

from decisions import operations as decisions
from decisions.forms.determining import body_of
from decisions.forms.questions import OBJECTIONS, ROOM
from decisions.models import Decision, Maker
from decisions.rules.announcing import announcement_of
from decisions.sentences import joined
from decisions.typed import SRO_LEVEL, DecisionLine, read_decision
from decisions.waiting import draft_of, has_a_vote, outcomes_in, waiting_on
from groups.calendar import calendar
from groups.models import Seat, User
from groups.recipients import people_in
from groups.standing import Standing
from meetings import operations as meetings
from meetings.lifecycle import ActionStatus
from meetings.models import Action, Meeting, Paragraph
from meetings.operations.agenda import ITEM_DEFERRED
from meetings.operations.writing import Change, fingerprint_of
from meetings.planning import coming_after
from meetings.rules import refusals_to_defer_from, refusals_to_defer_rest
from meetings.typed_lines import Line, line_of, read_action, read_on_action
from records.clock import portal_now, portal_today
from records.operations import operation
from records.references import key_of
from records.rules import Refusal, require

Kind = Paragraph.Kind


class Done(NamedTuple):
    """The block as it is now, or where to go on with it."""

    block: Paragraph | None
    go: str = ""


@operation
def carry_out(block: Paragraph, *, by: User) -> Done:
    """Do what the line in the block asks for, which is no line any more then. Sent twice, it is done once. May raise Refused."""
    line = line_of(block.reads)
    if line is None:
        return Done(block)
    require(refusals_of_line(block.item.meeting, line))
    return WORDS[line.word](block, line.rest, by)


def refusals_of_line(meeting: Meeting, line: Line) -> Iterator[Refusal]:
    """What is wrong with its words. What the rules of the record say besides is asked when it is carried out."""
    if line.word not in WORDS:
        yield Refusal(f"There is no /{line.word}. There are {', '.join('/' + word for word in WORDS)}.")
    elif line.word == "action":
        yield from read_action(line.rest, meeting.held_on, calendar(), coming_after(meeting)).refusals
    elif line.word in ("done", "note"):
        yield from _refusals_of_saying(meeting, line)
    elif line.word in ("decision", "announced"):
        read = read_decision(line.rest, meeting.group)
        yield from read.refusals or _refusals_of_a_second(meeting, line.word, read)
        if line.word == "announced" and len(people_in(meeting.group, Seat.Role.CHAIR)) != 1:
            yield Refusal("Write /decision, and say on its page who announced it: there is not one Chair, but several or none.")
    elif line.word in NEED_WORDS and not line.rest:
        yield Refusal(f"Write it so: /{line.word} {NEED_WORDS[line.word]}")


def _refusals_of_a_second(meeting: Meeting, word: str, line: DecisionLine) -> Iterator[Refusal]:
    """What was put to a vote has its decision: that is the one which is announced, and determined."""
    waiting = _with_their_vote(meeting, line)
    if word == "decision" and waiting:
        yield Refusal(f"{waiting[0]} ({waiting[0].title}) is about that, and has its vote: write /announced once the Chair has said how it goes, or go on with it on its page.")
    elif len(waiting) > 1:
        yield Refusal(f"{joined([str(each) for each in waiting])} are about that, and have their votes: announce each on its own page.")
    elif waiting and (said := announcement_of(waiting[0])):
        yield Refusal(f"{said.announced_by_name} announced {waiting[0]} ({waiting[0].title}) already.")
    elif waiting and (kept := outcomes_in(draft_of(waiting[0]))) and any(kept.get(key_of(each.ref), each.outcome) != each.outcome for each in line.subjects):
        yield Refusal(f"The determination of {waiting[0]} ({waiting[0].title}) is prepared with another outcome: announce it on its page, or change that first.")


def _with_their_vote(meeting: Meeting, line: DecisionLine) -> list[Decision]:
    return [each for each in waiting_on(meeting, [each.ref for each in line.subjects]) if has_a_vote(each)]


def _refusals_of_saying(meeting: Meeting, line: Line) -> Iterator[Refusal]:
    said = read_on_action(line.word, line.rest)
    action = _on_the_log(meeting, said.reference)
    if said.refusals:
        yield from said.refusals
    elif action is None:
        yield Refusal(f"{said.reference} is on no action log of {meeting.group}, or was raised at no earlier meeting than this.")
    elif action.status != ActionStatus.OPEN:
        yield Refusal(f"{action} is {action.get_status_display().lower()}.")


def _on_the_log(meeting: Meeting, reference: str) -> Action | None:
    """One that an earlier meeting raised: of its own it is said where it is raised."""
    found = meeting.group.actions.standing().filter(reference__iexact=reference).select_related("meeting", "group").first() if reference else None
    return found if found and found.meeting_id != meeting.pk and not (found.meeting and found.meeting.held_on > meeting.held_on) else None


SHAPES = {  # of each line in few words, as the menu says it
    "action": "@who by when: what", "decision": "CR025 v1.2 approved", "announced": "CR025 v1.2 approved", "vote": "CR018 v1.8: the question", "objections": "the question",
    "ruling": "what the Chair ruled", "defer": "the rest, or only this item", "heading": "its words", "update": "what came after the meeting",
    "done": "DAG26-01: by what it can be seen", "note": "DAG26-01: how it stands",
}  # fmt: skip
NEED_WORDS = {
    "heading": "CR024: redline.", "update": "After the meeting, the Programme confirmed…", "ruling": "the vote is put again at the next meeting.",
}  # fmt: skip
NOT_CARRIED_OUT = "This line was not carried out. Change it, or save it once more to have it done."


def why_not(block: Paragraph) -> list[str]:
    """Of a block that still reads as a line: why it is no record yet. Empty where it is no line."""
    line = line_of(block.reads) if block.kind == Kind.TEXT else None
    if line is None:
        return []
    return [str(each) for each in refusals_of_line(block.item.meeting, line)] or [NOT_CARRIED_OUT]


def _action(block: Paragraph, rest: str, by: User) -> Done:
    meeting = block.item.meeting
    read = read_action(rest, meeting.held_on, calendar(), coming_after(meeting))
    block = meetings.turn_into(block, Kind.ACTION, by=by)
    meetings.raise_action(meeting, read.text, owner=read.owner, item=block.item, paragraph=block, due_on=read.due_on, due_kind=read.due_kind, by=by)
    return Done(block)


def _on_action(word: str) -> Callable[[Paragraph, str, User], Done]:
    """The words stand in the minute; what they mean for the log is done by the log's own verbs."""

    def say(block: Paragraph, rest: str, by: User) -> Done:
        meeting, said = block.item.meeting, read_on_action(word, rest)
        action = cast(Action, _on_the_log(meeting, said.reference))
        told = f"{action} is done{f': {said.words}' if said.words else '.'}" if word == "done" else f"{action}: {said.words}"
        block = meetings.turn_into(block, Kind.TEXT, text=told, by=by)
        if word == "done":
            action = meetings.complete_action(action, on=min(meeting.held_on, portal_today()), why=said.words[:LONGEST_WHY], by=by)
        meetings.review_action(action, meeting, note=said.words, by=by)
        return Done(block)

    return say


LONGEST_WHY = 300  # as much as the form of the action takes


def _decision(block: Paragraph, rest: str, by: User) -> Done:
    """Put to the group; what becomes of its subject is kept as a draft of the determination, if the line says it."""
    group = block.item.meeting.group
    line = read_decision(rest, group)
    block = meetings.turn_into(block, Kind.DECISION, by=by)
    item = block.item
    made = decisions.draft(
        group, line.title, line.wording, meeting=item.meeting, item=item, paragraph=block, maker=line.maker,
        authority="delegated by the SRO" if group.level == SRO_LEVEL and line.maker == Maker.SRO else "", by=by,
    )  # fmt: skip
    made = decisions.table(made, by=by)
    if line.subjects:
        decisions.prepare(made, body_of(made, line.subjects, consensus=line.consensus), revision=0, by=by)
    return Done(block)


def _announced(block: Paragraph, rest: str, by: User) -> Done:
    """The same, and said by the Chair in the room. What was voted on stands beside its vote already: then the line goes, and that is announced."""
    meeting = block.item.meeting
    [chair] = people_in(meeting.group, Seat.Role.CHAIR)
    line = read_decision(rest, meeting.group)
    for waiting in _with_their_vote(meeting, line):
        waiting.wording = line.wording
        decisions.announce(waiting, who=chair, wording=line.wording, body=body_of(waiting, line.subjects, consensus=line.consensus), by=by)
        meetings.change_minute(meeting, [Change(uid=block.uid, base=fingerprint_of(block), dropped=True)], by=by)
        return Done(None)
    done = _decision(block, rest, by)
    decisions.announce(Decision.objects.get(paragraph=done.block), who=chair, by=by)
    return done


def _heading(block: Paragraph, rest: str, by: User) -> Done:
    return Done(meetings.turn_into(block, Kind.HEADING, text=rest, by=by))


def _update(block: Paragraph, rest: str, by: User) -> Done:
    return Done(meetings.turn_into(block, Kind.ADDENDUM, text=rest, by=by))


def _defer(block: Paragraph, rest: str, by: User) -> Done:
    """This item. "The rest" is asked about first, on a page of its own: it writes into every item that was not reached."""
    if rest.casefold() in ("rest", "the rest"):
        return _asked_first(block, by)
    block = meetings.turn_into(block, Kind.TEXT, text=rest or ITEM_DEFERRED, by=by)
    meetings.defer_item(block.item, by=by)
    return Done(block)


def _asked_first(block: Paragraph, by: User) -> Done:
    """The line goes, since the page says what it would do; without a press of its button nothing is deferred."""
    item, standing, now = block.item, Standing.at(by, portal_now()), portal_now()
    from_here = not any(refusals_to_defer_from(item, standing, now))
    require(() if from_here else refusals_to_defer_rest(item.meeting, standing, now))
    meetings.change_minute(item.meeting, [Change(uid=block.uid, base=fingerprint_of(block), dropped=True)], by=by)
    verb, pk = ("meetings.defer_from", item.pk) if from_here else ("meetings.defer_rest", item.meeting_id)
    return Done(None, reverse("desk:do", args=[verb, pk]))


def _ruling(block: Paragraph, rest: str, by: User) -> Done:
    return Done(meetings.turn_into(block, Kind.TEXT, text=f"The Chair ruled: {rest}", by=by))


def _question(window: str) -> Callable[[Paragraph, str, User], Done]:
    """A question has a form of its own, which gives decision and vote their places under the item."""

    def go(block: Paragraph, rest: str, by: User) -> Done:
        meetings.change_minute(block.item.meeting, [Change(uid=block.uid, base=fingerprint_of(block), dropped=True)], by=by)
        form = reverse("decisions:put_question", args=[block.item.meeting.group.code])
        return Done(None, f"{form}?{urlencode({'item': block.item.pk, 'window': window, 'place': block.uid} | _asked(rest))}")

    return go


def _asked(rest: str) -> dict[str, str]:
    """What stands behind /vote: what is voted on, and after a colon the question. `CR018 v1.8: Should CR018 be approved?`"""
    head, colon, wording = (part.strip() for part in rest.partition(": "))
    named = re.fullmatch(r"(?P<subject>.{1,200}?)(?: v(?:ersion )?(?P<version>\d\S{0,18}))?", head) if colon or len(head.split()) <= 3 else None
    said = {"subject": named["subject"], "title": named["subject"], "version": named["version"] or ""} if named and head else {}
    return said | ({"wording": wording if named else rest} if (wording if named else rest) else {})


WORDS: dict[str, Callable[[Paragraph, str, User], Done]] = {
    "action": _action, "decision": _decision, "announced": _announced, "vote": _question(ROOM), "objections": _question(OBJECTIONS),
    "ruling": _ruling, "defer": _defer, "heading": _heading, "update": _update, "done": _on_action("done"), "note": _on_action("note"),
}  # fmt: skip
