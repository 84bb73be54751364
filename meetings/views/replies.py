"""Whether one comes to a meeting: by the link in the mail, or signed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from groups import operations as groups
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn
from meetings import operations
from meetings.forms.replies import SOMEBODY_ELSE, ReplyForm, initial_of
from meetings.models import Meeting, MeetingReply, ReplyChoice
from meetings.replying import alternates_for, forecast_of, held_by, invited_by
from meetings.rules.replies import refusals_of_time_to_reply, refusals_to_reply
from meetings.views.finding import beside, desk_page, known_meeting
from records.clock import portal_now
from records.personal_link import by_personal_link
from records.rules import Refused, require

form_view = require_http_methods(["GET", "HEAD", "POST"])
NO_LINK = "This link is not one of ours, or is no longer good: the address it went to was corrected, or the seat is held by somebody else by now."


def _said_before(meeting: Meeting, person: int | None) -> MeetingReply | None:
    """By the same person, of the time at which it begins now."""
    return meeting.replies.filter(said_by=person, to_begin_at=meeting.starts_at).select_related("alternate__person").order_by("-said_at").first()


@form_view
def reply(request: SignedIn, code: str) -> HttpResponse:
    """For a seat one holds. Somebody new can be named as alternate with it, and the approval is asked for."""
    meeting, standing = known_meeting(request, code)
    require(refusals_to_reply(meeting, standing, portal_now()))
    seats = held_by(request.user.person_id, meeting)
    before = _said_before(meeting, request.user.person_id)
    form = ReplyForm(meeting, seats, alternates_for(seats, meeting), sent(request), may_name=True, initial=initial_of(before))
    on = before or MeetingReply(meeting=meeting)

    def act(typed: dict[str, Any]) -> MeetingReply:
        said = form.typed()
        if form.names_somebody(typed):
            person, day = groups.known_or_new(typed["name"], typed["email"]), meeting.held_on
            named = groups.name_alternate(form.seat(), person, since=day, until=day, occasion=meeting.code, by=request.user)
            said = {"choice": ReplyChoice.ALTERNATE.value, "alternate": named}
        return operations.reply(meeting, form.seat(), **said, by=request.user)

    if made := tried(request, form, act, on=on):
        messages.success(request, _thanks(made, meeting))
        return redirect(desk_page(meeting))
    return form_page(
        request, form, "meetings/reply.html", on=on, **beside(meeting), meeting=meeting, seats=seats, before=_in_words(meeting, before), SOMEBODY_ELSE=SOMEBODY_ELSE,
    )  # fmt: skip


def _thanks(made: MeetingReply, meeting: Meeting) -> str:
    said = f"Your reply to {meeting} is recorded, and can be changed until it is held."
    if made.alternate and not made.alternate.approved_on:
        return f"{said} {made.alternate.person} may not speak for the seat before the approval is recorded: the PMO secretariat has been told."
    return said


def _in_words(meeting: Meeting, before: MeetingReply | None) -> str:
    """What was said for the seat, if anything."""
    expected = next((each for each in forecast_of(meeting).told if before and each.seat.pk == before.seat_id), None)
    return expected.in_words if expected else ""


@by_personal_link
def reply_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it does nothing: scanners of mail open links. A press of its button does."""
    found = invited_by(token)
    seats = held_by(found[1].pk, found[0]) if found else []
    if found is None or not seats:
        return _nothing(request, NO_LINK, 404)
    meeting, person = found
    if over := [str(reason) for reason in refusals_of_time_to_reply(meeting)]:
        return _nothing(request, over[0], 409)
    before = _said_before(meeting, person.pk)
    form = ReplyForm(meeting, seats, alternates_for(seats, meeting), sent(request), may_name=False, initial=initial_of(before))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            operations.reply_by_link(meeting, person, form.seat(), **form.typed())
            return redirect("meetings:reply_by_link", token)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(reason.field if reason.field in form.fields else None, str(reason))
            status = refused.status
    elif form.is_bound:
        status = 400
    context = {
        "meeting": meeting, "person": person, "seats": seats, "form": form, "reply": before, "before": _in_words(meeting, before),
        "signed_in": reverse("meetings:reply", args=[meeting.code]),
    }  # fmt: skip
    return render(request, "meetings/reply_by_link.html", context, status=status)


def _nothing(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "meetings/no_reply.html", {"why": why}, status=status)
