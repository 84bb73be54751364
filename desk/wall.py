"""The meeting on the wall of its room: only what is settled or being settled, to be read from three metres."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Decision, Question
from decisions.shown import roll_now
from groups.signed_in import SignedIn
from groups.standing import Standing
from meetings.agendas import pace_of, under_discussion
from meetings.attending import room_of
from meetings.lifecycle import ActionStatus
from meetings.models import Meeting
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
    """Of decisions those of the item that is being discussed: what an earlier one left to be confirmed is not being settled any more."""
    now = portal_now()
    items = list(meeting.items.on_the_agenda())
    item = under_discussion(meeting, items)
    asked = Question.objects.filter(item__meeting=meeting, status=QuestionStatus.OPEN, follows=None).select_related("group", "item").order_by("-opens_at", "-pk").first()
    here = Decision.objects.filter(Q(item=item) | Q(item=None), meeting=meeting, embargoed_until=None).select_related("announcement", "item").order_by("-pk")
    wording, settled = (here.filter(status=status).first() for status in (DecisionStatus.TABLED, DecisionStatus.DETERMINED))
    action = meeting.actions.filter(status=ActionStatus.OPEN).select_related("item").order_by("-pk").first()
    return {
        "meeting": meeting, "item": item, "now": now, "vote": roll_now(asked, standing, now) if asked else None, "wording": wording, "settled": settled,
        "action": action, "pace": pace_of(meeting, now, items, item), "room": room_of(meeting) if meeting.attendances.filter(dropped=False).exists() else None,
    }  # fmt: skip
