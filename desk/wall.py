"""The meeting on the wall of its room: only what is settled or being settled, to be read from three metres."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Decision, Question
from decisions.rules.announcing import announcement_of
from decisions.sentences import roll_sentence
from decisions.shown import roll_now
from groups.signed_in import SignedIn
from groups.standing import Standing
from meetings.agendas import pace_of, under_discussion
from meetings.attending import room_of
from meetings.lifecycle import ActionStatus
from meetings.models import Meeting, Paragraph
from meetings.views.finding import known_meeting
from records.clock import portal_now


@require_safe
def wall(request: SignedIn, code: str) -> HttpResponse:
    return render(request, "desk/wall.html", {"nav": "desk"} | _shown(*_found(request, code)))


@require_safe
def wall_now(request: SignedIn, code: str) -> HttpResponse:
    """What is on it alone: asked for again and again."""
    return render(request, "desk/_wall.html", _shown(*_found(request, code)))


def _found(request: SignedIn, code: str) -> tuple[Meeting, Standing]:
    """For whoever runs the meeting: what is put on the wall is theirs to choose."""
    meeting, standing = known_meeting(request, code)
    if not standing.runs(meeting.group):
        raise Http404
    return meeting, standing


def _shown(meeting: Meeting, standing: Standing) -> dict[str, Any]:
    """Of decisions those of the item that is being discussed: what an earlier one left to be confirmed is not being settled any more.

    While a vote is open its item is the one that is discussed; and after it, with its count, until the next thing is settled or another item begins.
    """
    now = portal_now()
    items = list(meeting.items.on_the_agenda())
    votes = Question.objects.filter(item__meeting=meeting, follows=None).select_related("group", "item")
    asked = votes.filter(status=QuestionStatus.OPEN).order_by("-opens_at", "-pk").first()
    counted = None if asked else _counted_last(meeting, votes)
    vote = asked or counted
    item = next((each for each in items if vote and each.pk == vote.item_id), None) or under_discussion(meeting, items)
    here = Decision.objects.filter(Q(item=item) | Q(item=None), meeting=meeting, embargoed_until=None).select_related("announcement", "item").order_by("-pk")
    wording, settled = (here.filter(status=status).first() for status in (DecisionStatus.TABLED, DecisionStatus.DETERMINED))
    if counted and counted.closes_at and any(each and _settled_at(each) > counted.closes_at for each in (wording, settled)):
        vote = None
    action = meeting.actions.filter(status=ActionStatus.OPEN).select_related("item").order_by("-pk").first()
    shown = roll_now(vote, standing, now) if vote else None
    return {
        "meeting": meeting, "item": item, "now": now, "vote": shown, "count": roll_sentence(shown["roll"]) if shown and counted else "", "wording": wording, "settled": settled,
        "action": action, "pace": pace_of(meeting, now, items, item), "room": room_of(meeting) if meeting.attendances.filter(dropped=False).exists() else None,
    }  # fmt: skip


def _counted_last(meeting: Meeting, votes: QuerySet[Question]) -> Question | None:
    """The vote of the room that was closed last, unless something was written in another item since."""
    last = votes.filter(status=QuestionStatus.CLOSED, window_days=None).order_by("-closes_at", "-pk").first()
    if last and Paragraph.history.filter(item__meeting=meeting, history_date__gt=last.closes_at).exclude(item=last.item_id).exists():
        return None
    return last


def _settled_at(decision: Decision) -> datetime:
    """When it came to be as it stands: was put to the group, announced, or determined."""
    if decision.determined_at:
        return decision.determined_at
    if said := announcement_of(decision):
        return said.announced_at
    return decision.history.filter(status=decision.status).earliest("history_date").history_date
