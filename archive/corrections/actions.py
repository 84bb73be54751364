"""What a newer paper says otherwise of actions: those it raised, and those it carries from earlier meetings."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from archive.corrections.change import Change, Papers, became, untaken, with_what_was_mended
from meetings.lifecycle import ActionStatus
from meetings.models import Action, Meeting
from meetings.operations.past import was_taken_out
from minutes_reader import Action as ReadAction
from minutes_reader.due import due_on as day_printed
from records.dates import as_day
from records.models import Origin


def changes_of_actions(papers: Papers) -> Iterator[Change]:
    told = {each.ref: each for each in reversed(papers.reading.actions) if each.ref}
    before = {each.ref: each for each in reversed(papers.earlier.actions) if each.ref}
    meant = Q(meeting=papers.meeting) | Q(reference__in=told) | Q(reference__in=before)
    recorded = Action.objects.filter(meant, group=papers.meeting.group, origin=Origin.IMPORTED)
    for action in recorded.select_related("item").order_by("raised_order"):
        said, then = told.get(action.reference), before.get(action.reference)
        found = list(_of_one(action, said, then, papers))
        yield from with_what_was_mended(action, [Change(each, action=action) for each in found], action=action) if said else _gone(action, then, papers)


def _gone(action: Action, then: ReadAction | None, papers: Papers) -> Iterator[Change]:
    if action.meeting_id == papers.meeting.pk:
        if action.status == ActionStatus.OPEN:
            yield Change(f"{action} is not in it any more.", action=action, gone=True)
    elif then:
        yield Change(f"{action} is not carried in it any more. What was said of it there stays on record.", action=action)


def _of_one(action: Action, said: ReadAction | None, then: ReadAction | None, papers: Papers) -> Iterator[str]:
    if said is None:
        return
    if later := action.reviews.filter(meeting__held_on__gt=papers.meeting.held_on).select_related("meeting").order_by("meeting__held_on").first():
        yield from _overtaken(action, said, then, str(later.meeting))
        return
    if was_taken_out(action):
        yield f"{action} was taken out, and is in it again."
    for what, before, now in _facts(action, said, papers.meeting):
        if papers.turns(before, now):
            yield became(action, what, before, now)
    if (said.due, (said.due_text or "")[:80]) != (action.due_on, action.due_as_printed) and not was_taken_out(action):
        yield f"{action}: it was due {_due(action.due_on, action.due_as_printed)}, and is due {_due(said.due, said.due_text)}."
    if said.item_number and action.item and action.meeting_id == papers.meeting.pk and action.item.number != said.item_number:
        yield f"{action}: it stands under item {said.item_number}, and not under item {action.item.number}."
    yield from untaken(action.reference, said, then)


def _due(day: date | None, printed: str | None) -> str:
    """As it is printed; and the day that it was read as, where that is not what is printed to the eye."""
    known = day and day_printed(printed or "")[0] is None
    return f"“{printed or '-'}”{f' ({as_day(day)})' if known else ''}"


def _facts(action: Action, said: ReadAction, meeting: Meeting) -> Iterator[tuple[str, str, str]]:
    printed = action.words_at(meeting)
    yield "what is to be done", printed["text"], said.text
    if said.owner:
        yield "its owner", printed["owner"], said.owner[:200]
    if said.area:
        yield "its area", action.area, said.area[:300]


def _overtaken(action: Action, said: ReadAction, then: ReadAction | None, later: str) -> Iterator[str]:
    """A later meeting has told more of it: this paper changes it no more, and what it says now is not taken over."""
    if then is None:
        return
    pairs = [("what is to be done", then.text, said.text), ("its owner", then.owner, said.owner), ("when it is due", then.due_text, said.due_text)]
    for what, before, now in pairs:
        if (before or "") != (now or ""):
            yield f"{became(action, what, before or '', now or '')} That is not taken over: {later} has told of it since."
