from collections import defaultdict

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from decisions.models import Decision
from groups.models import Alternate, Group, Holding, Seat
from meetings.models import Meeting
from records.clock import london_date, portal_now
from records.periods import in_words
from register.public import public


@public
def tree(request: HttpRequest) -> HttpResponse:
    """The levels of governance, and which group reports to which."""
    groups = list(Group.objects.select_related("parent"))
    children = defaultdict(list)
    for group in groups:
        children[group.parent_id].append(group)
    context = {"nav": "groups", "rows": list(_indented(children, None, 0))}
    return render(request, "register/groups.html", context)


def _indented(children: dict, parent: int | None, depth: int):
    for group in sorted(children[parent], key=lambda g: (g.level, g.code)):
        yield {"group": group, "depth": depth}
        yield from _indented(children, group.pk, depth + 1)


@public
def group(request: HttpRequest, code: str) -> HttpResponse:
    """A group: what it is for, its seats and who holds them, alternates, terms of reference, meetings and decisions."""
    found = Group.objects.select_related("parent").filter(code__iexact=code).first()
    if found is None:
        raise Http404
    today = london_date(portal_now())
    context = {
        "nav": "groups",
        "group": found,
        "closed": bool(found.closed_on and found.closed_on <= today),
        "children": found.children.all(),
        "seats": _seats(found, today),
        "terms": found.terms_of_reference.order_by("-effective_on"),
        "meetings": Meeting.objects.public().filter(group=found)[:5],
        "decisions": Decision.objects.published().filter(group=found)[:5],
        "today": today,
    }
    return render(request, "register/group.html", context)


def _seats(group: Group, today) -> list[dict]:
    """The seats in force, each with its holder (or vacant), former holders, and the alternates approved for now."""
    seats = Seat.objects.on(today).filter(group=group).prefetch_related(
        Prefetch("holdings", Holding.objects.select_related("person", "organisation").order_by("-during")),
        Prefetch("alternates", Alternate.objects.standing_in(today).select_related("person")),
    )
    return [_seat(seat, today) for seat in seats]


def _seat(seat: Seat, today) -> dict:
    holdings = list(seat.holdings.all())
    now = next((h for h in holdings if today in h.during), None)
    former = [h for h in holdings if h.last_day and h.last_day < today]
    return {
        "seat": seat,
        "holding": now,
        "since": in_words(now.during) if now else "",
        "former": [{"person": h.person.name, "when": in_words(h.during)} for h in former],
        "alternates": [{"person": a.person.name, "when": a.occasion or in_words(a.during)} for a in seat.alternates.all()],
    }
