from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.promises import promise_at
from records.clock import london_date, portal_now
from records.prepared import PreparedRecords
from register.models import Shelf
from register.promise import word_kept
from register.public import public
from register.published import fictional_groups
from register.shown import TONES

LATEST, NEXT = 5, 3


_DECIDED = PreparedRecords(lambda: Shelf.objects.of("decision").defer("words")[:LATEST])
_PLANNED = PreparedRecords(lambda on: _meetings("planned").filter(sort_on__gte=on).order_by("order")[:NEXT], on=date.min)
_HELD = PreparedRecords(lambda: _meetings("held").order_by("sort_on")[:LATEST])


def _meetings(state: str) -> QuerySet[Shelf]:
    return Shelf.objects.filter(noun="meeting", state=state).defer("words")


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, what was decided last, what comes next, and whether the promise is kept."""
    now = portal_now()
    awaited = [(row, promise_at(row.facets["promise"], now)) for row in _HELD.records()]
    context = {
        "nav": "home",
        "programme": settings.PROGRAMME_NAME,
        "latest": _DECIDED.records(),
        "upcoming": _PLANNED.records(on=london_date(now)),
        "awaited": [{"row": row, "promise": promise} for row, promise in awaited if promise],
        "kept": word_kept(),
        "tones": TONES,
        "fictional": fictional_groups(),
    }
    return render(request, "register/home.html", context)
