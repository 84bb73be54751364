"""The page on which the headline report of a meeting is looked at, published, and corrected."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from groups.accounts import asks_again
from groups.sending import form_page, looked_at_anew, sent, tried
from groups.signed_in import SignedIn
from meetings import operations
from meetings.forms.headlines import HeadlinesForm
from meetings.headlines import headlines_of, looked_at, report_of, waits_for_the_chair
from meetings.models import HeadlineReport, Meeting
from meetings.recipients import audience
from meetings.rules import refusals_to_publish_headlines
from meetings.views.finding import beside, desk_page, meeting_for
from records.clock import portal_now
from records.rules import require

CHANGED = "The record of the meeting, or the report, has changed since you looked, so nothing was published. This is what it would say now."
SAVE = "save"  # the step that keeps the words and publishes nothing


def headlines_page(meeting: Meeting) -> str:
    return reverse("meetings:publish_headlines", args=[meeting.code])


@require_http_methods(["GET", "HEAD", "POST"])
def publish_headlines(request: SignedIn, code: str) -> HttpResponse:
    """What it says, who is told and how many they are; then the button."""
    meeting, standing = meeting_for(request, code)
    require(refusals_to_publish_headlines(meeting, standing, portal_now()))  # whoever may not do it is told so, and not asked who they are
    return asks_again(_publish_headlines)(request, meeting)


def _publish_headlines(request: SignedIn, meeting: Meeting) -> HttpResponse:
    report = report_of(meeting)
    again = report is not None and report.published_at is not None
    words = report.words if report else ""
    told = headlines_of(meeting, request.POST.get("words", "") if request.method == "POST" else words)
    form = HeadlinesForm(sent(request), again=again, initial={"words": words, "seen": looked_at(told)})
    saves = request.POST.get("step") == SAVE

    def act(said: dict[str, Any]) -> HeadlineReport:
        if saves:
            return operations.write_headlines(meeting, said["words"], by=request.user)
        return operations.publish_headlines(meeting, said["words"], note=said.get("note", ""), seen=said["seen"], by=request.user)

    if tried(request, form, act, on=report or HeadlineReport(meeting=meeting)):
        done = "Your words are saved. Nothing is published yet." if saves else f"The headline report of {meeting} is public. Members are told with the next post, in a few minutes."
        messages.success(request, done)
        return redirect(headlines_page(meeting) if saves else desk_page(meeting))
    if form.is_bound and form.stale:
        form = looked_at_anew(request, partial(HeadlinesForm, again=again), looked_at(told), CHANGED, field="seen")
    context = beside(meeting) | {
        "meeting": meeting, "report": report, "told": told, "people": audience(meeting), "again": again, "differs": report is not None and again and told != report.told, "waiting": waits_for_the_chair(told),
        "title": f"{'Correct' if again else 'Publish'} the headline report of {meeting}", "button": "Publish the correction" if again else "Publish it to everyone",
    }  # fmt: skip
    return form_page(request, form, "meetings/publish_headlines.html", on=report_of(meeting), **context)
