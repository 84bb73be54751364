"""Who was told: each mail about a meeting, and what became of it for each who got it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from groups.signed_in import SignedIn
from meetings import operations
from meetings.models import Meeting
from meetings.rules import refusals_to_keep_the_record
from meetings.rules.telling import refusals_of_what_is_over
from meetings.telling import sendings_of
from meetings.views.finding import beside, meeting_for
from notifications.models import Notice
from records.clock import portal_now
from records.rules import Refused, require


def told_page(meeting: Meeting) -> str:
    return reverse("meetings:told", args=[meeting.code])


@require_safe
def told(request: SignedIn, code: str) -> HttpResponse:
    """For everybody with a place in the group: who was told of what, and when. What became of each mail, and what went to some alone, is for those who run it."""
    meeting, standing = meeting_for(request, code)
    runs = standing.runs(meeting.group) or standing.reads_for_assurance(meeting.group)
    sendings = [each for each in sendings_of(meeting) if runs or each.is_for_the_group]
    sends, now = not any(refusals_to_keep_the_record(standing, meeting.group)), portal_now()
    for sending in sendings if sends else []:
        sending.why_not = next((str(refusal) for refusal in refusals_of_what_is_over(meeting, sending.key, now)), "")
    context = {"meeting": meeting, "sendings": sendings, "runs": runs, "sends": sends}
    return render(request, "meetings/told.html", context | beside(meeting))


@require_POST
def tell_again(request: SignedIn, code: str, pk: int) -> HttpResponse:
    meeting, standing = meeting_for(request, code)
    require(refusals_to_keep_the_record(standing, meeting.group))
    notice = Notice.objects.filter(pk=pk, reference=meeting.code).select_related("person").first()
    if notice is None:
        raise Http404
    try:
        again = operations.tell_again(meeting, notice, by=request.user)
        messages.success(request, f"It is sent to {again.person or again.address} again, at {again.address}, with the next post.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(told_page(meeting))
