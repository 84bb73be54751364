from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from groups.models import Group
from meetings.lifecycle import ActionStatus, MeetingStatus
from meetings.models import Action, Meeting
from records.clock import london_date, portal_now
from records.models import Origin
from records.typed import cleaned
from register.public import public

PER_PAGE = 50
STATES = [("open", "Open"), ("overdue", "Overdue"), ("closed", "Done or dropped")]


@dataclass
class Asked:
    """The filters of the action log."""

    q: str = ""
    group: str = ""
    state: str = ""

    def apply(self, actions: QuerySet, today) -> QuerySet:
        if self.group:
            actions = actions.filter(group__code__iexact=self.group)
        if self.q:
            words = Q(text__icontains=self.q) | Q(owner__icontains=self.q) | Q(reference__iexact=self.q) | Q(area__icontains=self.q)
            actions = actions.filter(words)
        if self.state == "open":
            actions = actions.filter(status=ActionStatus.OPEN)
        elif self.state == "overdue":
            overdue = Q(origin=Origin.PORTAL, due_on__lt=today) | Q(origin=Origin.IMPORTED, due_on__lt=F("reported_on"))
            actions = actions.filter(overdue, status=ActionStatus.OPEN)
        elif self.state == "closed":
            actions = actions.exclude(status=ActionStatus.OPEN)
        return actions

    def asked(self) -> dict[str, str]:
        return {name: value for name in ("q", "group", "state") if (value := getattr(self, name))}

    def without(self, name: str) -> str:
        return urlencode({key: value for key, value in self.asked().items() if key != name})

    def chips(self, address: str) -> list[dict]:
        labels = {"q": f"“{self.q}”", "group": f"Group: {self.group}", "state": dict(STATES).get(self.state, "")}
        return [{"label": labels[name], "remove_url": f"{address}?{self.without(name)}"} for name in self.asked()]


def _age() -> Subquery:
    """How many meetings of the group have been held since the one that raised it: its age in meetings."""
    later = Meeting.objects.filter(
        group=OuterRef("group"), status=MeetingStatus.HELD, held_on__gt=OuterRef("meeting__held_on")
    ).order_by()
    return Subquery(later.values("group").annotate(n=Count("pk")).values("n"))


def _last_reported() -> Subquery:
    """The day of the last meeting that spoke of the action: papers read in say no more than that."""
    reviewed = Meeting.objects.filter(action_reviews__action=OuterRef("pk")).order_by("-held_on")
    return Subquery(reviewed.values("held_on")[:1])


def _row(action: Any, today) -> dict:
    """Open, overdue or closed: by today for what the portal keeps, by the last report for what was read in."""
    reported_on = action.reported_on
    read_in = action.origin == Origin.IMPORTED
    as_of = reported_on if read_in and reported_on else today
    return {
        "action": action,
        "overdue": action.is_overdue(as_of),
        "days": (as_of - action.due_on).days if action.due_on else None,
        "as_reported_on": reported_on if read_in else None,
    }


@public
def log(request: HttpRequest) -> HttpResponse:
    """Every published action: who owes what by when, how old it is, what is overdue."""
    today = london_date(portal_now())
    state = request.GET.get("state", "")
    asked = Asked(
        q=cleaned(request.GET.get("q", "")).strip()[:200],
        group=cleaned(request.GET.get("group", ""))[:20],
        state=state if state in dict(STATES) else "",
    )
    actions = Action.objects.published().select_related("group", "meeting").annotate(age=Coalesce(_age(), 0), reported_on=Coalesce(_last_reported(), F("meeting__held_on")))
    page = Paginator(
        asked.apply(actions, today).order_by(F("status").desc(), F("meeting__held_on").desc(nulls_last=True), "-raised_order"), PER_PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "nav": "actions",
        "asked": asked,
        "chips": asked.chips(reverse("register:actions")),
        "query": asked.without(""),
        "page": page,
        "rows": [_row(action, today) for action in page],
        "groups": Group.objects.filter(actions__published_at__isnull=False).distinct().values_list("code", flat=True),
        "states": STATES,
    }
    return render(request, "register/actions.html", context)
