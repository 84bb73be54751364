"""What the secretariat should mend or accept before minutes are published by hand, and where. The clock does not wait for it."""

import re
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse

from meetings.attending import Place, came_in_fact, room_of
from meetings.lifecycle import ActionStatus, ItemStatus
from meetings.models import Action, AgendaItem, Attendance, Disagreement, DraftComment, Meeting, Minutes, Paper
from meetings.nudges import nudges_of, speakers_who_were_away
from meetings.owners import why_unreached
from meetings.rules.minutes import is_with_the_secretariat, minute_of, refusals_of_speakers
from records.hooks import refusals_from_above
from records.models import Origin
from records.rules import Refusal

Due = Action.DueKind


def findings_before_publishing(minutes: Minutes) -> Iterator[Refusal]:
    """The pre-flight list, item by item."""
    meeting = minutes.meeting
    yield from _of_attendance(meeting, reverse("meetings:attendance", args=[meeting.code]) if is_with_the_secretariat(minutes) else "")
    items = list(meeting.items.on_the_agenda().prefetch_related("paragraphs__typed", "actions", "decisions"))
    for item in items:
        yield from (Refusal(said, at=minute_of(item, minutes)) for said in _left_undone(item))
    yield from refusals_of_speakers(minutes)
    yield from speakers_who_were_away(items, _recorded_as_away(meeting), lambda item: minute_of(item, minutes))
    yield from nudges_of(items, lambda item: minute_of(item, minutes))
    yield from _of_references(items, minutes)
    yield from _of_comments(meeting)
    for paper in Paper.objects.filter(item__in=items, dropped=False, files=None).order_by("pk"):
        yield Refusal(f"“{paper.title}” was to follow, and has not been handed in.", at=reverse("meetings:papers", args=[meeting.code]))
    yield from _of_actions(meeting)
    yield from refusals_from_above("meetings.preflight", meeting)


def _of_attendance(meeting: Meeting, at: str) -> Iterator[Refusal]:
    """Of every seat it is said who came, or that nobody did; and whoever came for one may."""
    if not meeting.attendances.filter(dropped=False).exists():
        yield Refusal("No attendance is recorded.", at=at)
        return
    places = room_of(meeting).constituencies
    if silent := [place.seat.label for place in places if place.holder and not place.recorded]:
        yield Refusal(f"Nothing is recorded of {'this seat' if len(silent) == 1 else 'these seats'}: {', '.join(silent)}. Did somebody come, or send apologies?", at=at)
    for place in places:
        if said := _who_may_not(place):
            yield Refusal(said, at=at)


def _who_may_not(place: Place) -> str:
    came = place.came
    if came is None or not came_in_fact(came) or place.holder is None or not (why := place.may_not(came)):
        return ""
    return f"{came.printed_name} is recorded for {place.seat.label}, and {why}."


def _recorded_as_away(meeting: Meeting) -> dict[str, str]:
    """By initials, how it is recorded that somebody was not there."""
    rows = meeting.attendances.filter(dropped=False).exclude(initials="")
    came = {row.initials for row in rows if came_in_fact(row)}
    how = {True: "sent apologies", False: "is recorded as not in attendance"}
    return {row.initials: f"{row.printed_name} {how[row.section == Attendance.Section.APOLOGIES]}" for row in rows if row.initials not in came}


def _left_undone(item: AgendaItem) -> Iterator[str]:
    if item.status == ItemStatus.TABLED:
        yield f"Item {item.number} ({item.title}) has neither been discussed nor deferred."
    elif item.status == ItemStatus.DISCUSSED and not item.paragraphs.all():
        yield f"Item {item.number} ({item.title}) has no minute."
    for each in item.paragraphs.all():
        for line in () if each.dropped else each.reads.splitlines():
            if line.lstrip().startswith("/"):
                yield f"Item {item.number} ({item.title}): “{line.strip()[:60]}” was not carried out."


def _of_references(items: Iterable[AgendaItem], minutes: Minutes) -> Iterator[Refusal]:
    """Actions that are spoken of and are on no log: one of the digits is wrong, most likely."""
    group = minutes.meeting.group
    pattern = re.compile(rf"\b{re.escape(group.code)}\d{{1,4}}(?:\.\d{{1,2}})?-\d{{2,3}}\b")
    for item, found in spoken_of_and_unknown(items, pattern, group.actions.all()):
        yield Refusal(f"Item {item.number} ({item.title}) speaks of {found}, which is on no action log.", at=minute_of(item, minutes))


def spoken_of_and_unknown(items: Iterable[AgendaItem], pattern: re.Pattern, known: QuerySet) -> Iterator[tuple[AgendaItem, str]]:
    """What the minute of each item speaks of by such a reference, and is none of these records. Reads the prefetched paragraphs; asks once."""
    told = [(item, found) for item in items for found in dict.fromkeys(found for each in item.paragraphs.all() if not each.dropped for found in pattern.findall(each.reads))]
    there = set(known.filter(reference__in={found for _, found in told}).values_list("reference", flat=True)) if told else set()
    yield from ((item, found) for item, found in told if found not in there)


def _of_comments(meeting: Meeting) -> Iterator[Refusal]:
    """What members said of the draft and stands, or waits for an answer."""
    at, comments = reverse("meetings:comments", args=[meeting.code]), DraftComment.objects.filter(paragraph__item__meeting=meeting, paragraph__dropped=False)
    for each in Disagreement.objects.filter(comment__in=comments, taken_back=None).select_related("comment__paragraph__item").order_by("pk"):
        yield Refusal(f"Item {each.comment.paragraph.item.number}: beside a paragraph it is printed that {each.sentence_in_part}", at=at)
    for comment in comments.filter(answer=None).select_related("seat", "paragraph__item").order_by("pk"):
        yield Refusal(f"Item {comment.paragraph.item.number}: the comment of {comment.seat.label} on a paragraph has not been answered.", at=at)


def _of_actions(meeting: Meeting) -> Iterator[Refusal]:
    """What it raised: whose it is, and by when. Of what was to be done as soon as possible: that it was looked at again."""
    for action in meeting.actions.standing().select_related("group", "owner_person"):
        at = reverse("meetings:action", args=[action.pk])
        if not action.owner.strip():
            yield Refusal(f"{action} has no owner.", at=at)
        elif why := why_unreached(action):
            yield Refusal(f"{action} is given to “{action.owner}”, {why}", at=reverse("meetings:change_action", args=[action.pk]) if action.status == ActionStatus.OPEN else at)
        if action.due_kind == Due.TO_BE_CONFIRMED and not action.due_as_printed:
            yield Refusal(f"{action} has no day by which it is due: nobody is reminded of it.", at=at)
    earlier = Action.objects.filter(group=meeting.group, meeting__held_on__lt=meeting.held_on, origin=Origin.PORTAL, due_kind=Due.ASAP, status=ActionStatus.OPEN)
    for action in earlier.exclude(reviews__meeting=meeting).order_by("raised_order"):
        yield Refusal(f"{action} was to be done as soon as possible, and nothing is recorded of it at this meeting.", at=reverse("meetings:review_action", args=[action.pk]))
