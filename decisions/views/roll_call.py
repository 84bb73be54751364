"""The vote in the room: seat by seat, by keys, beside the votes that arrive from phones."""

from collections.abc import Sequence
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import operations
from decisions.forms.voting import RollCallForm
from decisions.models import RollRow
from decisions.reading import question_page
from decisions.views.finding import SignedIn, question_for
from meetings.rules import refusals_to_keep_the_record
from records.clock import portal_now
from records.rules import Refused, require

PRESENCE = {"absent": operations.mark_absent, "present": operations.mark_present}


def roll_call(request: SignedIn, pk: int) -> HttpResponse:
    """One seat at a time, the next without an answer first."""
    question, standing = question_for(request, pk)
    require(refusals_to_keep_the_record(standing, question.group))
    refused: Sequence[str] = []
    if request.method == "POST":
        try:
            return _heard(request, question)
        except Refused as no:
            if no.status != 409:
                raise
            refused = no.reasons
    page = question_page(question, standing, portal_now())
    if not page["is_open"]:
        return redirect("decisions:question", pk)
    asked = _asked_now(page["roll"], request.POST.get("seat") or request.GET.get("seat"))
    context = {"nav": "desk", "asked": asked, "key": uuid4(), "refused": refused, "typed": request.POST.get("comment", "")} | page
    return render(request, "decisions/roll_call.html", context, status=409 if refused else 200)


@require_safe
def seats(request: SignedIn, pk: int) -> HttpResponse:
    """The list of seats alone: what the roll call asks for again and again, since votes arrive from phones beside it."""
    question, standing = question_for(request, pk)
    require(refusals_to_keep_the_record(standing, question.group))
    page = question_page(question, standing, portal_now())
    asked = next((shown for shown in page["roll"] if str(shown["row"].pk) == request.GET.get("seat")), None)
    return render(request, "decisions/_seats.html", page | {"asked": asked})


def _asked_now(roll: list[dict], wanted: str | None) -> dict | None:
    """The seat that is asked: the one chosen, else the first that has neither spoken nor is known to be absent."""
    for shown in roll:
        if wanted and str(shown["row"].pk) == wanted:
            return shown
    return next((shown for shown in roll if shown["row"].counted is None and shown["row"].state == RollRow.State.EXPECTED), None)


def _heard(request: SignedIn, question) -> HttpResponse:
    form, row = RollCallForm(request.POST), RollRow.objects.filter(question=question, pk=_number(request.POST.get("seat"))).first()
    if row is None or not form.is_valid():
        raise Refused(["Say which seat, and what it said."])
    said = form.cleaned_data
    if said["said"] in PRESENCE:
        PRESENCE[said["said"]](row, by=request.user)
    else:
        operations.record_spoken_vote(row, said["said"], comment=said["comment"], key=said["key"], seen=said["seen"], by=request.user)
    return redirect(reverse("decisions:roll_call", args=[question.pk]))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


@require_safe
def roll(request: SignedIn, pk: int) -> HttpResponse:
    """The roll alone, as it is now: what the page asks for again and again while a vote is open."""
    question, standing = question_for(request, pk)
    return render(request, "decisions/_roll.html", question_page(question, standing, portal_now()))
