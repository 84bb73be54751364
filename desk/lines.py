"""What becomes of a line typed into the minutes: `/action @SJ by 9 Aug: amend CR024` is an action from then on, and typed no second time."""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse

from decisions import operations as decisions
from decisions.forms.questions import OBJECTIONS, ROOM
from decisions.models import Decision
from groups.calendar import calendar
from groups.models import Person, User
from meetings import operations as meetings
from meetings.models import Attendance, Meeting, Paragraph
from meetings.operations.writing import Change, reading
from meetings.typed_lines import line_of, read_action
from records.operations import operation
from records.rules import Refusal, Refused, require

Kind = Paragraph.Kind
LONGEST_TITLE = 300


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
    if (does := WORDS.get(line.word)) is None:
        raise Refused([Refusal(f"There is no /{line.word}. There are {', '.join('/' + word for word in WORDS)}.")])
    return does(block, line.rest, by)


def _action(block: Paragraph, rest: str, by: User) -> Done:
    meeting = block.item.meeting
    read = read_action(rest, meeting.held_on, calendar())
    require(read.refusals)
    owner, person = owner_of(meeting, read.owner)
    block = meetings.turn_into(block, Kind.ACTION, by=by)
    meetings.raise_action(
        meeting, read.text, owner=owner, owner_person=person, item=block.item, paragraph=block, due_on=read.due_on, due_kind=read.due_kind, by=by
    )
    return Done(block)


def owner_of(meeting: Meeting, said: str) -> tuple[str, Person | None]:
    """Somebody who is there, by their initials or name, as the log prints owners: "Supplier Agent (Sade Agu)". Else as it was typed."""
    there = meeting.attendances.filter(dropped=False).select_related("person")
    found = [each for each in there if said.casefold() in (each.initials.casefold(), each.printed_name.casefold())]
    if len({each.person_id for each in found}) != 1:
        return said, None
    return printed_owner(found[0]), found[0].person


def printed_owner(attendance: Attendance) -> str:
    return f"{attendance.printed_role} ({attendance.printed_name})" if attendance.printed_role else attendance.printed_name


def _decision(block: Paragraph, rest: str, by: User) -> Done:
    title, colon, wording = (part.strip() for part in rest.partition(":"))
    if not (title and colon and wording):
        raise Refused([Refusal("Write it so: /decision CR025: The SRO approved CR025 version 1.2.")])
    if len(title) > LONGEST_TITLE:
        raise Refused([Refusal(f"Before the colon stands a short title, of at most {LONGEST_TITLE} characters.")])
    block = meetings.turn_into(block, Kind.DECISION, by=by)
    item = block.item
    untabled = "" if item.purpose == item.Purpose.DECISION else "raised in the meeting"
    made = decisions.draft(
        item.meeting.group, title, wording, meeting=item.meeting, item=item, paragraph=block, basis=Decision.Basis.NO_OBJECTIONS, untabled_why=untabled,
        authority="delegated by the SRO" if item.meeting.group.level == 3 else "", by=by,
    )  # fmt: skip
    decisions.table(made, by=by)
    return Done(block)


def _heading(block: Paragraph, rest: str, by: User) -> Done:
    if not rest:
        raise Refused([Refusal("Write it so: /heading CR024: redline.")])
    return Done(meetings.turn_into(block, Kind.HEADING, text=rest, by=by))


def _update(block: Paragraph, rest: str, by: User) -> Done:
    if not rest:
        raise Refused([Refusal("Write it so: /update After the meeting, the Programme confirmed…")])
    return Done(meetings.turn_into(block, Kind.ADDENDUM, text=rest, by=by))


def _defer(block: Paragraph, rest: str, by: User) -> Done:
    block = meetings.turn_into(block, Kind.TEXT, text=rest or "The item was deferred.", by=by)
    meetings.defer_item(block.item, by=by)
    return Done(block)


def _ruling(block: Paragraph, rest: str, by: User) -> Done:
    if not rest:
        raise Refused([Refusal("Write it so: /ruling the vote is put again at the next meeting.")])
    return Done(meetings.turn_into(block, Kind.TEXT, text=f"The Chair ruled: {rest}", by=by))


def _question(window: str) -> Callable[[Paragraph, str, User], Done]:
    """A question has a form of its own, which gives decision and vote their places under the item."""

    def go(block: Paragraph, rest: str, by: User) -> Done:
        meetings.change_minute(block.item.meeting, [Change(uid=block.uid, base=reading(block), dropped=True)], by=by)
        form = reverse("decisions:put_question", args=[block.item.meeting.group.code])
        return Done(None, f"{form}?item={block.item.pk}&window={window}")

    return go


WORDS: dict[str, Callable[[Paragraph, str, User], Done]] = {
    "action": _action, "decision": _decision, "vote": _question(ROOM), "objections": _question(OBJECTIONS),
    "ruling": _ruling, "defer": _defer, "heading": _heading, "update": _update,
}  # fmt: skip
