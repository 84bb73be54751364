"""The deadlines that anybody may know of: read from the shelf alone, in as many queries whatever runs."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.promises import promise_at
from records.clock import portal_now
from register.models import Shelf
from register.public import public
from register.published import fictional_groups

MOST = 100  # of each kind; the lists behind them have pages
WINDOWS = {"change_request": "Impact assessment closes", "artefact": "Review closes"}
TURNS = {"change_request": ("assessed", "for_decision"), "artefact": ("reviewed", "for_decision")}  # what a running window turns its record into


class Due(NamedTuple):
    """One line: by when, what, and of which record."""

    due_at: datetime
    what: str
    row: Shelf
    late: bool = False
    promise: dict[str, Any] | None = None


@public
def deadlines(request: HttpRequest) -> HttpResponse:
    """Minutes to be published, windows that close, actions due. What is late comes first."""
    now = portal_now()
    told = [*_promises(now), *_windows(now)]
    actions = _actions()
    overdue = [row for row in actions if row.state_now == "overdue"]
    context = {
        "nav": "meetings", "due": sorted(told, key=lambda each: each.due_at), "overdue": overdue, "read_in": any(row.facets["as_reported_on"] for row in overdue),
        "actions": [row for row in actions if row.state_now == "open"], "fictional": fictional_groups(), "most": MOST,
    }  # fmt: skip
    return render(request, "register/deadlines.html", context)


def _promises(now: datetime) -> list[Due]:
    held = Shelf.objects.filter(noun="meeting", state="held").defer("words").order_by("sort_on")[:MOST]
    promised = [("Minutes and decisions published", row, promise_at(row.facets["promise"], now)) for row in held]
    promised += [("Headline report published", row, headlines_awaited(row, now)) for row in held]
    return [Due(made["due_at"], what, row, made["late"], made) for what, row, made in promised if made]


def headlines_awaited(row: Shelf, now: datetime) -> dict[str, Any] | None:
    """The promise of its headline report, until that is published."""
    made = promise_at((row.facets.get("headlines") or {}).get("promise"), now)
    return made if made and not made["published"] else None


def _windows(now: datetime) -> list[Due]:
    rows = Shelf.objects.filter(noun__in=WINDOWS, state_until__gt=now).defer("words").order_by("state_until")[:MOST]
    return [Due(row.state_until, WINDOWS[row.noun], row) for row in rows if row.state_until and row.state_then in TURNS[row.noun]]


def _actions() -> list[Shelf]:
    """Those with a day, the earliest first: of what was read in, those that were late when they were last reported."""
    dated = Q(state="open", state_until__isnull=False) | Q(state="overdue")
    rows = Shelf.objects.of("action").defer("words").filter(dated).order_by("facets__due_on", "reference")
    return list(rows[:MOST])
