"""What a newer paper says otherwise of the meeting, of who came, and of what was said."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from archive import listed
from archive.corrections.change import Change, Papers, apart, became, plainly
from archive.listed import Listed
from archive.people import Seats
from archive.recording import ACTION_REF, DECISION_REF, classification_of, numbered, paragraphs_of
from groups.models.people import normalised
from meetings.lifecycle import ItemStatus
from meetings.models import AgendaItem, Meeting, MinutesEdition, Paragraph
from meetings.operations.past import MENDED
from records.dates import as_clock, as_day

KINDS, CLASSES = dict(Paragraph.Kind.choices), dict(Meeting.Classification.choices)
PLACES = {Paragraph.Kind.DECISION, Paragraph.Kind.ACTION}


def changes_of_minutes(papers: Papers) -> Iterator[Change]:
    yield from map(Change, _meeting(papers))
    yield from map(Change, _who_came(papers))
    if papers.reading.items:
        yield from map(Change, _items(papers))


# --- the meeting


def _meeting(papers: Papers) -> Iterator[str]:
    meeting, header = papers.meeting, papers.reading.header
    if header.date and header.date != meeting.held_on:
        yield f"The meeting was held on {as_day(header.date)}, and not on {as_day(meeting.held_on)}."
    for what, then, now in _facts(papers):
        if papers.turns(then, now):
            yield became("The meeting", what, then, now)


def _facts(papers: Papers) -> Iterator[tuple[str, str, str]]:
    meeting, header = papers.meeting, papers.reading.header
    starts = as_clock(meeting.starts_at) if meeting.time_known else ""
    ends = as_clock(meeting.ends_at)
    yield "its beginning", starts, header.start or ""
    yield "its end", ends, header.end if header.start and header.end and header.end > header.start else ""
    if header.venue:
        yield "its venue", meeting.venue, header.venue[:200]
    if papers.reading.next_meeting:
        yield "the next one", as_day(meeting.next_meeting_on) if meeting.next_meeting_on else "", as_day(papers.reading.next_meeting)
    if not papers.fuller:
        kind = Meeting.Kind.EXTRAORDINARY if header.extraordinary else Meeting.Kind.ORDINARY
        yield "its kind", meeting.get_kind_display(), kind.label
        yield "who may read of it", meeting.get_classification_display(), CLASSES[classification_of(papers.reading)]


# --- who came


def _who_came(papers: Papers) -> Iterator[str]:
    """Each person as they were listed, and as they are: their seat, in whose place, for how long."""
    seats = listed.seats_of(papers.meeting)
    then, now = _by_name(map(listed.as_read, listed.rows_of(papers.meeting))), _by_name(listed.told_by(papers.reading, Seats(papers.meeting.group, papers.meeting.held_on)))
    if not papers.reading.present and not papers.reading.apologies:
        return
    found: list[str] = []
    for name in sorted(then.keys() | now.keys()):
        before, after = then[name], now[name]
        same = [each for each in before if each in after]
        for one, other in zip_longest([each for each in before if each not in same], [each for each in after if each not in same]):
            found += _of_one(one, other, seats, papers)
    yield from found
    mended = MinutesEdition.objects.filter(minutes__meeting=papers.meeting, note__startswith="Corrected by hand. Who came: ")
    if found and mended.exists():
        yield "Who came was corrected by hand before. What differs here takes the place of that."


def _by_name(people) -> defaultdict[str, list[Listed]]:
    named: defaultdict[str, list[Listed]] = defaultdict(list)
    for each in people:
        named[normalised(each.name)].append(each)
    return named


def _of_one(then: Listed | None, now: Listed | None, seats: dict[int, str], papers: Papers) -> Iterator[str]:
    if then is None and now:
        again = any(normalised(row.printed_name) == normalised(now.name) for row in papers.meeting.attendances.filter(dropped=True))
        if again or not papers.fuller:
            yield f"{now.name} is listed as {_there(now)} now."
    elif then and now is None:
        yield f"{then.name} is not listed as {_there(then)} any more."
    elif then and now:
        if now.seat is None and now.place == then.place:
            now = replace(now, seat=then.seat)  # the same words do not say which: what was found out otherwise stands
        yield from listed.differences(then, now, seats)


def _there(each: Listed) -> str:
    return "absent" if each.how == listed.APOLOGIES else "attending"


# --- what was said


class Said(NamedTuple):
    kind: str
    text: str

    @property
    def is_a_place(self) -> bool:
        """Where a decision or an action stands, which is compared itself."""
        return self.kind in PLACES and bool(ACTION_REF.match(self.text) or DECISION_REF.match(self.text))


def _items(papers: Papers) -> Iterator[str]:
    told = numbered(papers.reading.items)
    refs = {decision.ref for decision in papers.reading.decisions} | {action.ref for action in papers.reading.actions}
    for item in papers.meeting.items.prefetch_related("paragraphs").order_by("number"):
        kept = [Said(each.kind, plainly(each.text)) for each in sorted(item.paragraphs.all(), key=lambda each: each.order) if not each.dropped]
        if item.number not in told:
            if kept:
                yield f"Item {item.number}, “{item.title}”, is not in it any more: its paragraphs are taken out, and its title stays."
            continue
        said = told[item.number]
        if plainly(item.title) != plainly(said.title[:300]):
            yield became(f"Item {item.number}", "its title", item.title, said.title[:300])
        if (item.status == ItemStatus.DEFERRED) != said.deferred:
            yield became(f"Item {item.number}", "what became of it", *(("deferred", "discussed") if not said.deferred else ("discussed", "deferred")))
            if item.history.filter(history_change_reason__startswith=MENDED).exists():  # type: ignore[attr-defined]
                yield f"Item {item.number} was corrected by hand before. What differs here takes the place of that."
        now = [Said(kind, plainly(text)) for _, text, kind in paragraphs_of(said, item.number, papers.reading)]
        yield from _paragraphs(item, kept, now, refs)


def _paragraphs(item: AgendaItem, then: list[Said], now: list[Said], refs: set[str | None]) -> Iterator[str]:
    """What was said and is said otherwise, or not any more. What comes to it is no change."""
    then, now = ([each for each in said if each.kind != Paragraph.Kind.VOTE] for said in (then, now))
    for what, i1, i2, j1, j2 in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if what in ("replace", "delete"):
            before, after = then[i1:i2], now[j1:j2]
            places = [each for each in before if each.is_a_place and each not in now and each.text in refs]
            yield from (f"Item {item.number}: {each.text} does not stand there any more." for each in places)
            yield from _texts(item, [each for each in before if not each.is_a_place], [each for each in after if not each.is_a_place], now)


def _texts(item: AgendaItem, then: list[Said], now: list[Said], everywhere: list[Said]) -> Iterator[str]:
    then, now = [each for each in then if each not in everywhere], list(now)
    for each in then:
        nearest = max(now, key=lambda other: SequenceMatcher(None, each.text, other.text).ratio(), default=None)
        if nearest is None:
            yield f"Item {item.number}: “{apart(each.text, '')[0]}” is not in it any more."
            continue
        now.remove(nearest)
        if nearest.text == each.text:
            yield f"Item {item.number}: “{apart(each.text, '')[0]}” was {KINDS[each.kind].lower()}, and is {KINDS[nearest.kind].lower()}."
        else:
            before, after = apart(each.text, nearest.text)
            yield f"Item {item.number}: “{before}” is “{after}”."
