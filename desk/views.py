"""Signed-in pages that cross nouns."""

from operator import itemgetter

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.voted import votes_of
from decisions.models import Decision
from desk.readers import looks
from desk.things import things_to_do
from groups.operations import log_reading
from groups.scopes import scopes_in_words
from groups.signed_in import SignedIn
from groups.standing import Kind, Standing
from meetings.back_plan import plan_of
from meetings.editions import body_of
from meetings.lifecycle import MeetingStatus
from meetings.models import Action, Meeting, Minutes
from meetings.papers_awaited import how_papers_stand
from meetings.planning import no_working_day
from meetings.promises import promise_at, promise_made
from meetings.replying import forecast_of
from meetings.rules import findings_before_publishing, may_read_minutes
from meetings.verbs import minutes_of, unpublished
from meetings.views.finding import known_meeting
from records.clock import portal_now
from records.models import Origin
from records.rules import Refusal
from records.verbs import offers


@require_safe
def home(request: SignedIn) -> HttpResponse:
    """What the signed-in person can do now, which places they have, and which deadlines are running."""
    now = portal_now()
    standing = Standing.at(request.user, now)
    things, meetings = things_to_do(standing, now), unpublished(standing, now)
    running = sorted(((m.publication_due_at, m) for m in meetings if m.publication_due_at and m.publication_due_at > now), key=itemgetter(0))
    context = {
        "nav": "desk",
        "things": things,
        "places": standing.places,
        "scopes": scopes_in_words(place.scope for place in standing.places if place.what == Kind.ARTEFACT_OWNER),
        "answers": standing.answers_for,
        "deadlines": [{"meeting": m, "left": standing.counting.left(standing.on, due_at)} for due_at, m in running],
        "voting": standing.groups_near,
        "meetings": [m for m in sorted(meetings, key=lambda m: m.starts_at) if m.group_id in standing.group_ids],
    }
    return render(request, "desk/home.html", context)


@require_safe
def meeting(request: SignedIn, code: str) -> HttpResponse:
    """A meeting as its group sees it: the draft minutes, what to look at before publishing, and what may be done."""
    found, standing = known_meeting(request, code)
    if standing.reads_for_assurance(found.group):
        log_reading(request.user, f"draft of {found}")
    minutes, now = minutes_of(found), portal_now()
    offered = offers(found, standing, now) + (offers(minutes, standing, now) if minutes else [])
    context = {
        "nav": "desk",
        "now": now,
        "meeting": found,
        "day_off": no_working_day(found, standing.counting.days),
        "minutes": minutes,
        "body": body_of(minutes) if minutes and may_read_minutes(standing, minutes) else None,
        "findings": _findings(found, minutes, standing),
        "mends": standing.is_secretary_of(found.group),
        "offers": offered,
        "runs": standing.runs(found.group),
        "looks": next((looks(offer.verb, offer.record) for offer in offered if offer.verb.shows), []),
        "may_publish": any(offer.name == "publish" for offer in offered),
        "plan": plan_of(found, standing.counting, now) if not found.published_at else [],
        "papers": how_papers_stand(found, standing.counting),
        "promise": promise_at(promise_made(found, standing.counting.days), now),
        "items": found.items.on_the_agenda(),
        "forecast": forecast_of(found) if found.status == MeetingStatus.PLANNED and found.invited_at else None,
        "decisions": Decision.objects.filter(meeting=found).for_the_minutes(),
        "actions_read_in": _actions_read_in(found) if found.origin == Origin.IMPORTED else [],
        "votes_read_in": votes_of(found).select_related("item", "group") if found.origin == Origin.IMPORTED else [],
    }
    return render(request, "desk/meeting.html", context)


def _actions_read_in(meeting: Meeting) -> QuerySet[Action]:
    """Those that its papers tell of: raised at it, or carried into it."""
    return Action.objects.standing().filter(Q(meeting=meeting) | Q(reviews__meeting=meeting), origin=Origin.IMPORTED).distinct().order_by("raised_order")


def _findings(meeting: Meeting, minutes: Minutes | None, standing: Standing) -> list[Refusal]:
    """The pre-flight list, for those who run the meeting, once they may read what it is about."""
    if minutes is None or meeting.published_at or not (standing.runs(meeting.group) and may_read_minutes(standing, minutes)):
        return []
    return list(findings_before_publishing(minutes))
