"""Signed-in pages that cross nouns."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from decisions.models import Decision
from desk.things import things_to_do
from desk.things.meetings import verbs_for
from groups.accounts import asks_again
from groups.alternates import for_what
from groups.calendar import calendar
from groups.models import Alternate, Appointment, Group, Holding, User
from groups.operations import log_reading
from groups.standing import Standing
from meetings import operations
from meetings.editions import body_of
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting, Minutes
from meetings.promises import promise_of
from meetings.rules import findings_before_publishing, may_read_minutes
from records.clock import london_date, portal_now
from records.periods import in_words
from records.rules import Refused

VERBS = {
    "hold": lambda meeting, user: operations.hold(meeting, by=user),
    "clear": lambda meeting, user: operations.clear(meeting.minutes, by=user),
    "circulate": lambda meeting, user: operations.circulate(meeting.minutes, by=user),
    "publish": lambda meeting, user: operations.publish(meeting.minutes, by=user),
}
DONE = {
    "hold": "{0} is recorded as held. Its publication is due by the date below.",
    "clear": "You cleared the minutes of {0}. The secretariat can circulate them now.",
    "circulate": "The minutes of {0} go to the members with the next post, in a few minutes.",
    "publish": "The minutes of {0} are published. The PDF follows in a few minutes.",
}


class SignedIn(HttpRequest):
    """A request that got past the default deny: its user is one of ours."""

    user: User


@require_safe
def home(request: SignedIn) -> HttpResponse:
    """What the signed-in person can do now, which places they have, and which deadlines are running."""
    now = portal_now()
    standing = Standing.at(request.user, now)
    held = Holding.objects.on(standing.on).filter(person=request.user.person_id).select_related("seat__group")
    standing_in = Alternate.objects.standing_in(standing.on).filter(person=request.user.person_id).select_related("seat__group")
    appointed = Appointment.objects.on(standing.on).filter(person=request.user.person_id).select_related("group")
    running = Meeting.objects.visible_to(standing).filter(published_at=None, publication_due_at__gt=now).select_related("group")
    days = calendar()
    context = {
        "nav": "desk",
        "things": things_to_do(standing, now),
        "places": [{"seat": h.seat, "when": in_words(h.during)} for h in held],
        "standing_in": [{"seat": a.seat, "when": for_what(a)} for a in standing_in],
        "rights": [{"label": a.get_kind_display(), "group": a.group, "when": in_words(a.during)} for a in appointed],
        "deadlines": [
            {"meeting": m, "left": days.between(standing.on, london_date(m.publication_due_at))}
            for m in running.order_by("publication_due_at")
        ],
        "voting": Group.objects.filter(pk__in=standing.readable_group_ids).filter(questions__origin="portal").distinct(),
        "meetings": Meeting.objects.visible_to(standing)
        .filter(group__in=standing.group_ids, published_at=None)
        .exclude(status=MeetingStatus.CANCELLED)
        .select_related("group")
        .order_by("starts_at"),
    }
    return render(request, "desk/home.html", context)


def _meeting_for(request: SignedIn, code: str) -> tuple[Meeting, Standing]:
    """The meeting, if the person has a place in its group; for anyone else it does not exist here."""
    standing = Standing.at(request.user, portal_now())
    meeting = Meeting.objects.select_related("group", "minutes").filter(code=code).first()
    if meeting is None or not standing.belongs_to(meeting.group):
        raise Http404
    return meeting, standing


@require_safe
def meeting(request: SignedIn, code: str) -> HttpResponse:
    """A meeting as its group sees it: the draft minutes, what to look at before publishing, and what may be done."""
    found, standing = _meeting_for(request, code)
    if standing.reads_for_assurance(found.group):
        log_reading(request.user, f"draft of {found}")
    minutes = getattr(found, "minutes", None)
    if minutes:
        minutes.meeting = found
    context = {
        "nav": "desk",
        "meeting": found,
        "minutes": minutes,
        "body": body_of(minutes) if minutes and may_read_minutes(standing, minutes) else None,
        "findings": _findings(found, minutes, standing),
        "verbs": verbs_for(found, standing),
        "promise": promise_of(found, portal_now(), calendar()),
        "items": found.items.order_by("number"),
        "decisions": Decision.objects.filter(meeting=found).for_the_minutes(),
    }
    return render(request, "desk/meeting.html", context)


def _findings(meeting: Meeting, minutes: Minutes | None, standing: Standing) -> list[str]:
    """The pre-flight list, for those who can mend what is on it."""
    mends = standing.is_secretary_of(meeting.group) or standing.chairs(meeting.group)
    return list(findings_before_publishing(minutes)) if minutes and mends and not meeting.published_at else []


@require_POST
def do(request: SignedIn, code: str, verb: str) -> HttpResponse:
    """Do one of the verbs offered on the meeting's page; a refusal is shown with its reasons.

    Publishing is not taken back: who may do it is asked again who they are, unless they said so lately.
    """
    found, standing = _meeting_for(request, code)
    to_be_sure = verb == "publish" and verb in verbs_for(found, standing)
    return (asks_again(_done) if to_be_sure else _done)(request, found, verb)


def _done(request: SignedIn, found: Meeting, verb: str) -> HttpResponse:
    if verb != "hold" and not hasattr(found, "minutes"):
        raise Refused([f"{found} has not been recorded as held, so it has no minutes yet."])
    VERBS[verb](found, request.user)
    messages.success(request, DONE[verb].format(found))
    return redirect("desk:meeting", found.code)
