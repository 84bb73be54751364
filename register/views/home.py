from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.promises import promise_at
from records.clock import london_date, portal_now
from register.models import Shelf
from register.promise import word_kept
from register.public import public
from register.published import fictional_groups
from register.shown import TONES

LATEST, NEXT = 5, 3


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, what was decided last, what comes next, and whether the promise is kept."""
    now, fictional = portal_now(), fictional_groups()
    meetings = Shelf.objects.filter(noun="meeting").defer("words")
    planned = meetings.filter(state="planned", sort_on__gte=london_date(now)).order_by("order")[:NEXT]
    awaited = [(row, promise_at(row.facets["promise"], now)) for row in meetings.filter(state="held").order_by("sort_on")[:LATEST]]
    fictional = fictional_groups()
    context = {
        "nav": "home",
        "programme": settings.PROGRAMME_NAME,
        "latest": list(Shelf.objects.of("decision").defer("words")[:LATEST]),
        "upcoming": list(planned),
        "awaited": [{"row": row, "promise": promise} for row, promise in awaited if promise],
        "kept": word_kept(fictional),
        "tones": TONES,
        "fictional": fictional,
    }
    return render(request, "register/home.html", context)
