from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decisions.models import Decision
from meetings import promises
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting
from records.clock import london_date, portal_now
from register.public import public
from register.sentences import TONES


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, what was decided last, what comes next, and whether the promise is kept."""
    now = portal_now()
    latest = Decision.objects.published().select_related("group", "meeting").prefetch_related("settlements")[:5]
    planned = Meeting.objects.public().filter(status=MeetingStatus.PLANNED, held_on__gte=london_date(now))
    awaited = Meeting.objects.public().filter(status=MeetingStatus.HELD, published_at=None).select_related("group")
    return render(
        request,
        "register/home.html",
        {
            "nav": "home",
            "latest": latest,
            "upcoming": planned.select_related("group").order_by("starts_at")[:3],
            "awaited": [m for m in awaited.order_by("publication_due_at")[:5] if m.publication_due_at],
            "kept": promises.kept(),
            "tones": TONES,
            "now": now,
        },
    )
