"""What becomes of minutes that are written: sent back, approved at a later meeting, published in a further edition."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from groups.accounts import asks_again
from groups.models import Seat
from groups.recipients import people_in
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from meetings import operations
from meetings.forms.minutes import ApproveForm, EditionForm, SendBackForm
from meetings.models import Minutes
from meetings.rules import may_read_minutes, refusals_to_approve, refusals_to_issue, refusals_to_send_back
from records.clock import portal_now
from records.rules import require


def _minutes_for(request: SignedIn, code: str) -> tuple[Minutes, Standing]:
    """The minutes, for whoever may read them now."""
    standing = standing_of(request)
    found = Minutes.objects.select_related("meeting__group").filter(meeting__code=code).first()
    if found is None or not standing.belongs_to(found.meeting.group):
        raise Http404
    if not may_read_minutes(standing, found) and not found.published_at:
        raise Http404
    return found, standing


def _page(request: SignedIn, found: Minutes, form: Any, **told: Any) -> HttpResponse:
    at = reverse("desk:meeting", args=[found.meeting.code])
    return form_page(request, form, on=found, nav="desk", kicker=f"Minutes of {found.meeting}", parent_url=at, parent_label=found.meeting.code, **told)


def send_back(request: SignedIn, code: str) -> HttpResponse:
    found, standing = _minutes_for(request, code)
    require(refusals_to_send_back(found, standing, portal_now()))
    form = SendBackForm(sent(request))
    if tried(request, form, lambda typed: operations.send_back(found, why=typed["why"], by=request.user), on=found):
        messages.success(request, f"The minutes of {found.meeting} are a draft again.")
        return redirect("desk:meeting", code)
    return _page(request, found, form, title="Send the minutes back", button="Send them back", button_tone="warning")


def approve(request: SignedIn, code: str) -> HttpResponse:
    found, standing = _minutes_for(request, code)
    require(refusals_to_approve(found, standing, portal_now()))
    form = ApproveForm(found, standing.on, sent(request))
    if tried(request, form, lambda typed: operations.approve(found, on=typed["meeting"].held_on, by=request.user), on=found):
        messages.success(request, f"The minutes of {found.meeting} are approved. Publish the approved text if it differs.")
        return redirect("desk:meeting", code)
    notes = ["Approval and publication are independent: the minutes are public when they are published, approved or not."]
    return _page(request, found, form, title="Record that the minutes were approved", button="They were approved", notes=notes)


def _who_is_told(minutes: Minutes) -> str:
    told = len(people_in(minutes.meeting.group, *Seat.Role.values))
    return f"{told} {'person' if told == 1 else 'people'} with a seat in {minutes.meeting.group} {'is' if told == 1 else 'are'} sent what changed with the next post, in a few minutes."


def issue(request: SignedIn, code: str) -> HttpResponse:
    """Another edition, with what was written since the last one."""
    found, standing = _minutes_for(request, code)
    require(refusals_to_issue(found, standing, portal_now()))  # whoever may not do it is told so, and not asked who they are
    return asks_again(_issue)(request, found)


def _issue(request: SignedIn, found: Minutes) -> HttpResponse:
    form = EditionForm(sent(request))
    if made := tried(request, form, lambda typed: operations.issue_edition(found, typed["kind"], note=typed["note"], by=request.user), on=found):
        messages.success(request, f"Edition {made.n} of the minutes of {found.meeting} is public. The PDF follows in a few minutes.")
        return redirect("desk:meeting", found.meeting.code)
    notes = ["It holds what the minutes say now. It becomes public at once; the earlier editions stay to be read, and each says what changed.", _who_is_told(found)]
    return _page(request, found, form, title="Publish a further edition", button="Publish it", notes=notes)
