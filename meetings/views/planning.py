"""Pages on which meetings are planned, moved and cancelled, and their entry for a calendar."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from groups.models import Alternate, Group
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, group_for, standing_of
from groups.standing import Standing
from meetings import operations
from meetings.forms import CancelForm, ChangeForm, MoveForm, NextForm, ScheduleForm, SeriesForm, TimesForm
from meetings.invitations import entry
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting
from meetings.planning import next_number, next_planned, proposed_number
from meetings.recipients import audience
from meetings.rules import (
    refusals_to_announce_next,
    refusals_to_cancel,
    refusals_to_change_meeting,
    refusals_to_move,
    refusals_to_schedule,
)
from meetings.views.finding import beside, desk_page, meeting_for
from records.clock import portal_now
from records.dates import as_day, as_moment
from records.rules import require
from records.verbs import Offer, offers

form_view = require_http_methods(["GET", "HEAD", "POST"])


def groups_of(standing: Standing) -> list[Group]:
    """The groups whose meetings the person may know of, and those that they serve."""
    return [group for group in Group.objects.exclude(closed_on__lte=standing.on) if standing.belongs_to(group)]


def _about_meetings(group: Group, standing: Standing, now: datetime) -> list[Offer]:
    """Of all that can be done to a group: its membership has a page of its own."""
    return [offer for offer in offers(group, standing, now) if offer.verb.name.startswith("meetings.")]


@require_safe
def plan(request: SignedIn) -> HttpResponse:
    """The meetings to come of every group the person has a place in, and what they can do about them."""
    standing, now = standing_of(request), portal_now()
    groups = groups_of(standing)
    planned: dict[int, list[Meeting]] = {group.pk: [] for group in groups}
    for meeting in Meeting.objects.filter(group__in=groups, status=MeetingStatus.PLANNED).order_by("starts_at", "pk"):
        planned[meeting.group_id].append(meeting)
    rows = [{"group": group, "meetings": planned[group.pk], "offers": _about_meetings(group, standing, now)} for group in groups]
    return render(request, "meetings/plan.html", {"nav": "desk", "rows": [row for row in rows if row["meetings"] or row["offers"]]})


def _beside_group(group: Group) -> dict[str, Any]:
    return {"nav": "desk", "kicker": group.code, "parent_url": reverse("meetings:plan"), "parent_label": "Meetings to come"}


@form_view
def schedule(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    require(refusals_to_schedule(group, standing, portal_now()))
    form = ScheduleForm(group, standing.on, sent(request))

    def act(typed: dict[str, Any]) -> Meeting:
        starts_at, ends_at = form.moments()
        number = typed["number"].strip() or proposed_number(group, typed["kind"], typed["day"])
        return operations.schedule(group, number, starts_at=starts_at, ends_at=ends_at, **form.place(), by=request.user)

    if made := tried(request, form, act):
        messages.success(request, f"{made} is planned. Nobody has been told yet: put its agenda together, and invite the members.")
        return redirect(desk_page(made))
    return form_page(
        request, form, title=f"Schedule a meeting of {group.code}", button="Schedule it", **_beside_group(group),
        notes=["Nobody is told by this. Inviting the members is a step of its own."],
    )  # fmt: skip


@form_view
def schedule_series(request: SignedIn, code: str) -> HttpResponse:
    """The pattern; then a page with the days it makes, where each can be left out; then they are made, all at once."""
    group, standing = group_for(request, code)
    require(refusals_to_schedule(group, standing, portal_now()))
    form = SeriesForm(group, standing.on, sent(request))
    step, ticked = request.POST.get("step"), request.POST.getlist("day")
    if step == "back" or not form.is_valid():
        return form_page(request, form, title=f"Plan a year of meetings of {group.code}", button="Show the days", **_beside_group(group))

    def act(typed: dict[str, Any]) -> Group:
        chosen = [form.moments(each.on) for each in form.days if each.on.isoformat() in ticked]
        return operations.schedule_series(group, chosen, **form.place(), by=request.user)

    if step == "make" and tried(request, form, act):
        many = len([each for each in form.days if each.on.isoformat() in ticked])
        planned = f"1 meeting of {group.code} is" if many == 1 else f"{many} meetings of {group.code} are"
        messages.success(request, f"{planned} planned. Nobody has been told yet.")
        return redirect("meetings:plan")
    chosen = ticked if step == "make" else [each.on.isoformat() for each in form.days if not each.taken]
    return form_page(
        request, form, "meetings/series_check.html", group=group, days=[(each, each.on.isoformat() in chosen) for each in form.days], first_number=next_number(group),
        **_beside_group(group),
    )  # fmt: skip


def _who_is_told(meeting: Meeting) -> dict[str, Any]:
    """Nothing leaves without its audience being shown."""
    return {"told": audience(meeting) if meeting.invited_at else None}


def _times_of(meeting: Meeting) -> dict[str, Any]:
    ends = meeting.ends_local
    return {"day": meeting.held_on, "starts": meeting.starts_local.time(), "ends": ends.time() if ends else None}


@form_view
def move(request: SignedIn, code: str) -> HttpResponse:
    meeting, standing = meeting_for(request, code)
    require(refusals_to_move(meeting, standing, portal_now()))
    form: TimesForm = MoveForm(standing.on, sent(request), initial=_times_of(meeting))

    def act(typed: dict[str, Any]) -> Meeting:
        starts_at, ends_at = form.moments()
        return operations.move(meeting, starts_at=starts_at, ends_at=ends_at, why=typed["why"], by=request.user)

    if moved := tried(request, form, act, on=meeting):
        messages.success(request, f"{moved} is moved to {as_moment(moved.starts_at)}. {_said_of_telling(moved)}")
        return redirect(desk_page(moved))
    notes = [f"It is to begin at {as_moment(meeting.starts_local)} now. Its number stays."]
    alternates = [each.person.name for each in _named_for(meeting)]
    if alternates:
        notes.append(f"Named as alternates for this meeting alone, and for its day: {', '.join(alternates)}. On another day they have to be named and approved anew.")
    return form_page(
        request, form, "meetings/telling.html", on=meeting, title=f"Move {meeting}", button=f"Move {meeting}", notes=notes, **beside(meeting), **_who_is_told(meeting),
    )  # fmt: skip


def _named_for(meeting: Meeting) -> list[Alternate]:
    named = Alternate.objects.filter(seat__group=meeting.group, occasion=meeting.code, revoked_at=None)
    return list(named.select_related("person").order_by("pk"))


def _said_of_telling(meeting: Meeting) -> str:
    return "Everyone who is invited is told with the next post." if meeting.invited_at else "Nobody had been invited, so nobody is told."


@form_view
def change(request: SignedIn, code: str) -> HttpResponse:
    meeting, standing = meeting_for(request, code)
    require(refusals_to_change_meeting(meeting, standing, portal_now()))
    form = ChangeForm(sent(request), initial={"venue": meeting.venue, "joining_link": meeting.joining_link})
    if changed := tried(request, form, lambda typed: operations.change_meeting(meeting, **typed, by=request.user), on=meeting):
        messages.success(request, f"The place of {changed} is changed. {_said_of_telling(changed)}")
        return redirect(desk_page(changed))
    return form_page(
        request, form, "meetings/telling.html", on=meeting, title=f"Change the place of {meeting}", button="Change it", **beside(meeting), **_who_is_told(meeting),
    )  # fmt: skip


@form_view
def cancel(request: SignedIn, code: str) -> HttpResponse:
    meeting, standing = meeting_for(request, code)
    require(refusals_to_cancel(meeting, standing, portal_now()))
    form = CancelForm(sent(request))
    if done := tried(request, form, lambda typed: operations.cancel(meeting, why=typed["why"], by=request.user), on=meeting):
        messages.success(request, f"{done} is cancelled. {_said_of_telling(done)}")
        return redirect(desk_page(done))
    return form_page(
        request, form, "meetings/telling.html", on=meeting, title=f"Cancel {meeting}", button=f"Cancel {meeting}", button_tone="warning",
        notes=["It cannot be planned again under its number. To hold it on another day, move it instead."], **beside(meeting), **_who_is_told(meeting),
    )  # fmt: skip


@form_view
def announce_next(request: SignedIn, code: str) -> HttpResponse:
    meeting, standing = meeting_for(request, code)
    require(refusals_to_announce_next(meeting, standing, portal_now()))
    coming = next_planned(meeting)
    form = NextForm(sent(request), initial={"on": meeting.next_meeting_on or (coming.held_on if coming else None)})
    if tried(request, form, lambda typed: operations.announce_next(meeting, typed["on"], by=request.user), on=meeting):
        messages.success(request, "It is written down, and the minutes print it.")
        return redirect(desk_page(meeting))
    notes = [f"{coming} is planned for {as_day(coming.held_on)}." if coming else f"No meeting of {meeting.group} is planned after {meeting}."]
    return form_page(request, form, on=meeting, title="When is the next meeting?", button="Write it down", notes=notes, **beside(meeting))


@require_safe
def calendar_file(request: SignedIn, code: str) -> HttpResponse:
    """The meeting for the calendar of whoever has a place in its group."""
    meeting, _ = meeting_for(request, code)
    made = HttpResponse(entry(meeting, portal_now()), content_type="text/calendar; charset=utf-8")
    made["Content-Disposition"] = f'attachment; filename="{meeting.code}.ics"'
    return made

