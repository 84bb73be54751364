from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from groups.models import SeatEdition
from ledger.withdrawn import without
from records.clock import london_date, portal_now
from records.editions import Body
from records.periods import in_words, period_of
from records.prepared import PreparedRecords
from register.files import as_file
from register.frozen import with_their_state
from register.lists import GROUPS
from register.models import Shelf
from register.public import public
from register.published import Published, group_of, groups, published_or_404
from register.shown import covers
from register.views.shared import page_of, twin_of

LATEST = 5  # decisions and meetings of a group
OF_A_SEAT = 50  # decisions and meetings of a seat


@public
def tree(request: HttpRequest) -> HttpResponse:
    """The levels of governance, and which group reports to which."""
    children: dict[str | None, list[Shelf]] = defaultdict(list)
    for group in groups().values():
        children[group.facets["parent"]].append(group)
    return render(request, "register/groups.html", {"nav": "groups", "rows": list(_indented(children, None, 0))})


def _indented(children: dict, parent: str | None, depth: int) -> Iterator[dict[str, Any]]:
    for group in sorted(children[parent], key=lambda g: (g.facets["level"], g.reference)):
        yield {"group": group, "depth": depth}
        yield from _indented(children, group.reference, depth + 1)


@public
def groups_as(request: HttpRequest, form: str) -> HttpResponse:
    return as_file(request, GROUPS.read(request.GET), form)


@public
def group_as_json(request: HttpRequest, code: str) -> HttpResponse:
    return twin_of("group", code, request.GET)


@public
def group(request: HttpRequest, code: str) -> HttpResponse:
    """A group: what it is for, its seats and who holds them, alternates, terms of reference, meetings and decisions."""
    found = published_or_404("group", code, request.GET)
    body, today, known = found.body, london_date(portal_now()), groups()
    context = page_of(found, "groups") | {
        "closed": bool(body["closed_on"] and date.fromisoformat(body["closed_on"]) <= today),
        "parent": known.get(body["parent"]),
        "children": [row for row in known.values() if row.facets["parent"] == found.row.reference],
        "seats": _seats(found, today),
        "meetings": _LATEST.records(noun="meeting", group=found.row.reference),
        "decisions": _LATEST.records(noun="decision", group=found.row.reference),
        "today": today,
        "freezes": with_their_state(body["freezes"], today),
    }
    return render(request, "register/group.html", context)


_LATEST = PreparedRecords(lambda noun, group: Shelf.objects.of(noun).filter(group=group).defer("words")[:LATEST], noun="?noun", group="?")
_SEATS = PreparedRecords(lambda group: Shelf.objects.filter(noun="seat", group=group).defer("words"), group="?")
_EDITIONS = PreparedRecords(lambda group: SeatEdition.objects.filter(seat__group__code=group).order_by("seat_id", "-n").distinct("seat_id"), group="?")


def _seats(found: Published, today: date) -> list[dict[str, Any]]:
    """The seats in force, each with its holder (or vacant), former holders, and the alternates approved for now."""
    rows = {row.record_pk: row for row in _SEATS.records(group=found.row.reference)}
    latest = [edition for edition in _EDITIONS.records(group=found.row.reference) if edition.record_id in rows]
    words = [each.words for each in found.black_outs]
    bodies = [(without(edition.body, words), rows[edition.record_id]) for edition in latest]
    in_force = sorted((each for each in bodies if covers(each[0], today)), key=lambda each: (each[0]["order"], each[1].record_pk))
    return [seat_on(body, today) | {"address": row.address} for body, row in in_force]


def seat_on(body: Body, today: date) -> dict[str, Any]:
    """A seat as it stands on a day in London: who sits in it, who did, who will, and who may sit in for them."""
    holdings = [each | {"when": in_words(period_of(each["from"], each["before"]))} for each in reversed(body["holdings"])]
    return {
        "seat": body,
        "holding": next((each for each in holdings if covers(each, today)), None),
        "former": [each for each in holdings if each["before"] and date.fromisoformat(each["before"]) <= today],
        "to_come": [each for each in holdings if date.fromisoformat(each["from"]) > today],
        "alternates": [_alternate(each) for each in body["alternates"] if _stands_in(each, today)],
    }


def _stands_in(alternate: Body, today: date) -> bool:
    approved = date.fromisoformat(alternate["approved_on"]) <= today
    return approved and not alternate["revoked_on"] and covers(alternate, today)


def _alternate(alternate: Body) -> dict[str, Any]:
    during = period_of(alternate["from"], alternate["before"])
    return alternate | {"when": alternate["occasion"] or in_words(during)}


@public
def seat(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """A seat: who holds and held it, its alternates, how it voted, and how it was there."""
    found = published_or_404("seat", f"{code}/{slug}", request.GET)
    today, reference, group = london_date(portal_now()), found.row.reference, found.body["group"]
    context = page_of(found, "groups") | seat_on(found.body, today) | {
        "group": group_of(group), "votes": _votes(reference), "attended": _attended(reference, group), "today": today, "slug": reference.split("/")[1],
    }  # fmt: skip
    return render(request, "register/seat.html", context)


def _votes(seat: str) -> list[dict[str, Any]]:
    """Its latest votes, each with the decision it advised on."""
    rows = Shelf.objects.of("decision").filter(facets__contains={"votes": [{"seat": seat}]}).defer("words")[:OF_A_SEAT]
    return [{"row": row, "on": vote["on"], "choice": vote["choice"]} for row in rows for vote in row.facets["votes"] if vote["seat"] == seat]


def _attended(seat: str, code: str) -> list[dict[str, Any]]:
    """The latest meetings of its group whose minutes say who came, and how the seat was there."""
    rows = Shelf.objects.of("meeting").filter(group=code, state="published").defer("words")[:OF_A_SEAT]
    return [{"row": row, "how": row.facets["attended"].get(seat, "")} for row in rows if row.facets["attended"]]


@public
def seat_as_json(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    return twin_of("seat", f"{code}/{slug}", request.GET)
