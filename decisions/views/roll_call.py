"""The vote in the room: seat by seat, by keys, beside the votes that arrive from phones."""

from collections.abc import Sequence
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import operations
from decisions.forms.voting import RollCallForm
from decisions.in_the_room import away_from, is_unspoken, meeting_of, said_to_be_away, taken_to_be_there
from decisions.models import Question, RollRow
from decisions.rules.questions import refusals_to_close
from decisions.shown import question_page, roll_now
from decisions.views.finding import question_for
from groups.policies import Key, working_days
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn
from meetings.rules import refusals_to_keep_the_record
from records.clock import portal_now
from records.forms import Form
from records.rules import Refusal, Refused, require
from records.typed import whole_number

PRESENCE = {"absent": operations.mark_absent, "present": operations.mark_present}


def roll_call(request: SignedIn, pk: int) -> HttpResponse:
    """One seat at a time, the next without an answer first."""
    question, standing = question_for(request, pk)
    require(refusals_to_keep_the_record(standing, question.group))
    refused: Sequence[Refusal] = []
    if request.method == "POST":
        try:
            return _heard(request, question)
        except Refused as no:
            if no.status != 409:
                raise
            refused = no.reasons
    page = _with_away(question_page(question, standing, portal_now()), question)
    if not page["is_open"]:
        return redirect("decisions:question", pk)
    asked = _asked_now(question, page["roll"], request.POST.get("seat") or request.GET.get("seat"))
    here = "Asking the room" if question.asks_for_objections else "Roll call"
    context = {"nav": "desk", "here": here, "asked": asked, "key": uuid4(), "refused": refused, "typed": request.POST.get("comment", "")} | page
    if any(no.field == "comment" for no in refused):  # what was heard is kept: only its reason is missing
        context |= {"heard": request.POST.get("said", ""), "errors": [{"text": no, "url": "#comment"} if no.field == "comment" else no for no in refused]}
    return render(request, "decisions/roll_call.html", context, status=409 if refused else 200)


@require_safe
def seats(request: SignedIn, pk: int) -> HttpResponse:
    """The list of seats alone: what the roll call asks for again and again, since votes arrive from phones beside it."""
    question, standing = question_for(request, pk)
    require(refusals_to_keep_the_record(standing, question.group))
    page = _with_away(roll_now(question, standing, portal_now()), question)
    asked = next((shown for shown in page["roll"] if str(shown["row"].pk) == request.GET.get("seat")), None)
    return render(request, "decisions/_seats.html", page | {"asked": asked})


def _with_away(page: dict, question: Question) -> dict:
    """Of each seat that has not spoken: why nobody may be there for it at this item."""
    away = said_to_be_away(question, portal_now()) if question.in_the_room else {}
    for shown in page["roll"]:
        shown["away"] = away.get(shown["row"].seat_id or 0) if is_unspoken(shown["row"]) else None
    return page


def _asked_now(question: Question, roll: list[dict], wanted: str | None) -> dict | None:
    """The seat that is asked: the one chosen, else the first that has neither spoken nor is known to be absent.

    Where the room is asked whether anybody objects, no seat is asked by itself until it speaks.
    """
    for shown in roll:
        if wanted and str(shown["row"].pk) == wanted:
            return shown
    if question.asks_for_objections:
        return None
    return next((shown for shown in roll if shown["row"].counted is None and shown["row"].state == RollRow.State.EXPECTED), None)


def no_objections(request: SignedIn, pk: int) -> HttpResponse:
    """The room is confirmed: who is there and said nothing does not object. Then it is closed."""
    question, standing = question_for(request, pk)
    require(refusals_to_close(question, standing, portal_now()))
    if not question.asks_for_objections:
        raise Http404
    form = Form(sent(request))  # nothing is typed: it carries what the rules say
    there, seen = (frozenset(whole_number(row) for row in request.POST.getlist(name)) for name in ("there", "seen"))
    if tried(request, form, lambda _: operations.close(question, there=there, seen=seen, by=request.user)):
        messages.success(request, "It is recorded who raised no objection. Their holders are told, and may correct it.")
        return redirect("decisions:question", pk)
    now = portal_now()
    page, away = question_page(question, standing, now), away_from(question, now)
    here = taken_to_be_there([shown["row"] for shown in page["roll"]], away)
    ticked = here if request.method != "POST" else (there - (seen - here)) | (here - seen)  # what was ticked, but where the room has changed
    context = {
        "unspoken": [
            shown | {"away": away.get(shown["row"].seat_id or 0), "ticked": shown["row"].pk in ticked} for shown in page["roll"] if is_unspoken(shown["row"])
        ],
        "spoken": [shown for shown in page["roll"] if shown["row"].counted], "vacant": [shown for shown in page["roll"] if shown["choice"] == "vacant"],
        "seen": sorted(here), "days": working_days(question.group, Key.DISPUTE, standing.on), "meeting": meeting_of(question),
    }  # fmt: skip
    return form_page(request, form, "decisions/no_objections.html", nav="desk", **context, **page)


def _heard(request: SignedIn, question) -> HttpResponse:
    form, row = RollCallForm(request.POST), RollRow.objects.filter(question=question, pk=whole_number(request.POST.get("seat"))).first()
    if row is None or not form.is_valid():
        raise Refused(["Say which seat, and what it said."])
    said = form.cleaned_data
    if said["said"] in PRESENCE:
        PRESENCE[said["said"]](row, by=request.user)
    else:
        operations.record_spoken_vote(row, said["said"], comment=said["comment"], key=said["key"], seen=said["seen"], by=request.user)
    return redirect(reverse("decisions:roll_call", args=[question.pk]))


@require_safe
def roll(request: SignedIn, pk: int) -> HttpResponse:
    """The roll alone, as it is now: what the page asks for again and again while a vote is open."""
    question, standing = question_for(request, pk)
    return render(request, "decisions/_roll.html", roll_now(question, standing, portal_now()))
