"""The page of an agenda: its items in order with their times, what could go on it, and what can be done to each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, group_for
from groups.standing import Standing
from meetings import operations
from meetings.agendas import is_public_as_it_stands, order_of, running_clock
from meetings.forms import DeferForm, ItemForm, initial_of
from meetings.models import Meeting
from meetings.papers import seen_by, to_read
from meetings.rules import (
    refusals_to_add_paper,
    refusals_to_change_item,
    refusals_to_defer,
    refusals_to_keep_the_record,
    refusals_to_order,
    refusals_to_table,
)
from meetings.tabling import actions_due, what_may_be_tabled
from meetings.verbs import agenda_page
from meetings.views.finding import beside, item_for, meeting_for
from meetings.views.papers import listed
from records.clock import portal_now
from records.opened import Stale
from records.rules import Refused, require
from records.verbs import offers

form_view = require_http_methods(["GET", "HEAD", "POST"])
MOVES = {"up": -1, "down": 1}


@form_view
def agenda(request: SignedIn, code: str) -> HttpResponse:
    """To be read by everybody with a place in the group; whoever keeps the record adds to it here."""
    meeting, standing = meeting_for(request, code)
    now = portal_now()
    if request.method == "POST":
        require(refusals_to_table(meeting, standing, now))
    form = ItemForm(sent(request))
    if made := tried(request, form, lambda typed: operations.table_item(meeting, typed["title"], **form.typed(), by=request.user)):
        messages.success(request, f"“{made.title}” is item {made.number}.")
        return redirect(agenda_page(meeting))
    return form_page(request, form, "meetings/agenda.html", **_shown(meeting, standing, form))


def _shown(meeting: Meeting, standing: Standing, form: ItemForm) -> dict[str, Any]:
    now = portal_now()
    writes, orders = (not any(rule(meeting, standing, now)) for rule in (refusals_to_table, refusals_to_order))
    items = list(meeting.items.on_the_agenda())
    for item in items:
        item.meeting = meeting
    clock = running_clock(meeting, items)
    papers = {row.item.pk: listed(row) for row in seen_by(to_read(meeting), standing)}
    rows = [
        {"timed": timed, "offers": offers(timed.item, standing, now), "read": papers.get(timed.item.pk), "may_add": not any(refusals_to_add_paper(timed.item, standing, now))}
        for timed in clock.rows
    ]  # fmt: skip
    return beside(meeting) | {
        "meeting": meeting, "rows": rows, "clock": clock, "order": order_of(items), "writes": writes, "orders": orders,
        "offered": what_may_be_tabled(meeting) if writes else [], "due": actions_due(meeting), "public_now": is_public_as_it_stands(meeting),
        "publishing": [offer for offer in offers(meeting, standing, now) if offer.name == "publish_agenda"],
        "taken_off": meeting.items.filter(status="taken_off").order_by("pk") if writes else [],
    }  # fmt: skip


@require_POST
def table_offered(request: SignedIn, code: str) -> HttpResponse:
    meeting, standing = meeting_for(request, code)
    require(refusals_to_table(meeting, standing, portal_now()))
    try:
        made = operations.table_offered(meeting, request.POST.get("key", ""), by=request.user)
        messages.success(request, f"“{made.title}” is item {made.number}.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(f"{agenda_page(meeting)}#offered")


@require_POST
def move_item(request: SignedIn, pk: int) -> HttpResponse:
    """A press of one of the two arrows beside an item. In the order that was looked at, or not at all."""
    item, standing = item_for(request, pk)
    require(refusals_to_order(item.meeting, standing, portal_now()))
    try:
        moved = operations.move_item(item, MOVES.get(request.POST.get("to", ""), 0), seen=request.POST.get("seen", ""), by=request.user)
        messages.success(request, f"“{moved.title}” is item {moved.number} now.")
    except Stale:
        messages.warning(request, "Somebody changed the agenda since you opened it, so nothing was moved. This is how it stands now.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(f"{agenda_page(item)}#item-{item.pk}")


@form_view
def change_item(request: SignedIn, pk: int) -> HttpResponse:
    item, standing = item_for(request, pk)
    require(refusals_to_change_item(item, standing, portal_now()))
    form = ItemForm(sent(request), initial=initial_of(item))
    if changed := tried(request, form, lambda typed: operations.change_item(item, typed["title"], **form.typed(), by=request.user), on=item):
        messages.success(request, f"Item {changed.number} is changed.")
        return redirect(agenda_page(item))
    return form_page(request, form, on=item, title=f"Change item {item.number}", button="Save", **_beside_agenda(item.meeting))


def _beside_agenda(meeting: Meeting) -> dict[str, Any]:
    return beside(meeting) | {"parent_url": agenda_page(meeting), "parent_label": f"Agenda of {meeting}"}


@form_view
def defer_item(request: SignedIn, pk: int) -> HttpResponse:
    item, standing = item_for(request, pk)
    require(refusals_to_defer(item, standing, portal_now()))
    form = DeferForm(item, sent(request))
    if done := tried(request, form, lambda typed: operations.defer_item(item, **typed, by=request.user), on=item):
        to = f"is on the agenda of {done.deferred_to.meeting} now" if done.deferred_to else "is offered for the agenda of the next"
        messages.success(request, f"“{item.title}” is deferred, and {to}.")
        return redirect(agenda_page(item))
    return form_page(request, form, on=item, title=f"Defer “{item.title}”", button="Defer it", **_beside_agenda(item.meeting))


@form_view
def standing_items(request: SignedIn, code: str) -> HttpResponse:
    """What is offered for every agenda of the group."""
    group, standing = group_for(request, code)
    require(refusals_to_keep_the_record(standing, group))
    form = ItemForm(sent(request))
    if made := tried(request, form, lambda typed: operations.add_standing_item(group, typed["title"], **form.typed(), by=request.user)):
        messages.success(request, f"“{made}” is offered for every agenda from now on.")
        return redirect(request.path)
    now = portal_now()
    there = [{"item": each, "offers": offers(each, standing, now)} for each in group.standing_items.filter(dropped=False).select_related("group")]
    return form_page(
        request, form, "meetings/standing_items.html", nav="desk", kicker=group.code, title=f"On every agenda of {group.code}", button="Add it", there=there,
        parent_url=reverse("meetings:plan"), parent_label="Meetings to come",
    )  # fmt: skip
