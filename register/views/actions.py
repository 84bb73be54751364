from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.clock import london_date, portal_now
from records.editions import Body, nouns
from register.files import as_file
from register.lists import ACTIONS
from register.models import Shelf
from register.public import public
from register.published import beside, fictional_groups, published_or_404, texts_in
from register.views.shared import page_of, twin_of


@public
def log(request: HttpRequest) -> HttpResponse:
    """Every published action: who owes what by when, how old it is, what is overdue."""
    listed = ACTIONS.read(request.GET)
    context = {"nav": "actions", "list": listed, "rows": _aged(listed.shown), "fictional": fictional_groups(), "today": london_date(portal_now())}
    return render(request, "register/actions.html", context)


def _aged(rows: list[Shelf]) -> list[dict]:
    """Each with its age in meetings: how many the group has held since the one that raised it. One query a page."""
    held = Shelf.objects.filter(noun="meeting", group__in={row.group for row in rows}, state__in=("held", "published"))
    earliest = min((row.sort_on for row in rows), default=None)
    days = list(held.filter(sort_on__gt=earliest).values_list("group", "sort_on")) if earliest else []
    return [{"row": row, "age": sum(code == row.group and day > row.sort_on for code, day in days)} for row in rows]


@public
def log_as(request: HttpRequest, form: str) -> HttpResponse:
    return as_file(request, ACTIONS.read(request.GET), form)


@public
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """One action: who was asked to do what by when, how it stands, and what was said of it at each meeting."""
    found = published_or_404("action", reference, request.GET)
    around = beside(texts_in(found.body), found.body["group"], own=found.row.reference)
    now, group = portal_now(), around.group
    context = page_of(found, "actions") | {"links": around.links, "group": group, "state": _state(found.body, now), "today": london_date(now)}
    return render(request, "register/action.html", context)


def _state(body: Body, now: datetime) -> str:
    """As lists tell it of the edition that is shown."""
    told = nouns["action"].shelve(body)
    return told.state_then if told.state_until and told.state_until <= now else told.state


@public
def as_json(request: HttpRequest, reference: str) -> HttpResponse:
    return twin_of("action", reference, request.GET)
