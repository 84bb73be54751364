"""Pages of whoever answers for organisations: what these are asked, and how they answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from change_requests.rules.approving import refusals_to_run_answers
from change_requests.shown.organisations import answering_page, asked_of
from groups.models import Organisation
from groups.signed_in import SignedIn, standing_of
from records.clock import portal_now
from records.rules import require


@require_safe
def asked(request: SignedIn) -> HttpResponse:
    """What the person's organisations are asked, and have answered."""
    return render(request, "change_requests/asked.html", {"nav": "desk"} | asked_of(standing_of(request), portal_now()))


@require_safe
def answering(request: SignedIn, pk: int) -> HttpResponse:
    """Who answers for one of them, and whether a second person approves."""
    standing = standing_of(request)
    found = Organisation.objects.filter(pk=pk).first() or Organisation()
    require(refusals_to_run_answers(found, standing))
    return render(request, "change_requests/answering.html", {"nav": "desk"} | answering_page(found, standing, portal_now()))
