"""Who was told of a vote, or of a decision: each mail about it, and what became of it for each who got it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from decisions import operations
from decisions.models import Decision, Question
from decisions.rules.telling import refusals_of_what_is_over
from decisions.shown import votes_are_shown
from decisions.telling import is_about, sendings_of
from decisions.views.finding import decision_for, question_for
from groups.signed_in import SignedIn
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from notifications.models import Notice
from records.clock import portal_now
from records.rules import Refused, require


@require_safe
def told_of_question(request: SignedIn, pk: int) -> HttpResponse:
    """For everybody with a place in the group: who was asked, and when. What became of each mail, and who has a receipt, is for those who run it."""
    question, standing = question_for(request, pk)
    return render(request, "decisions/told.html", _page(question, standing, "question", "vote", question.wording))


@require_safe
def told_of_decision(request: SignedIn, pk: int) -> HttpResponse:
    """The same of a decision: who was told that it is taken."""
    decision, standing = decision_for(request, pk)
    return render(request, "decisions/told.html", _page(decision, standing, "decision", "decision", decision.title))


def _page(record: Question | Decision, standing: Standing, name: str, noun: str, title: str) -> dict[str, Any]:
    now, runs = portal_now(), standing.runs(record.group) or standing.reads_for_assurance(record.group)
    sendings = [each for each in sendings_of(record, now) if runs or each.is_for_the_group]
    sends = not any(refusals_to_keep_the_record(standing, record.group))
    for sending in sendings if sends else []:
        if not sending.each_its_own:
            sending.why_not = next((str(refusal) for refusal in refusals_of_what_is_over(record, sending.key, now)), "")
    return {
        "nav": "desk", "of": record.reference, "title": title, "noun": noun, "sendings": sendings, "runs": runs, "sends": sends, "here": _told_page(record),
        "hidden": isinstance(record, Question) and not votes_are_shown(record, now), "parent_url": reverse(f"decisions:{name}", args=[record.pk]),
    }  # fmt: skip


def _told_page(record: Question | Decision) -> str:
    return reverse(f"decisions:told_of_{'question' if isinstance(record, Question) else 'decision'}", args=[record.pk])


@require_POST
def tell_of_question_again(request: SignedIn, pk: int, notice: int) -> HttpResponse:
    return _again(request, *question_for(request, pk), notice)


@require_POST
def tell_of_decision_again(request: SignedIn, pk: int, notice: int) -> HttpResponse:
    return _again(request, *decision_for(request, pk), notice)


def _again(request: SignedIn, record: Question | Decision, standing: Standing, pk: int) -> HttpResponse:
    require(refusals_to_keep_the_record(standing, record.group))
    notice = Notice.objects.filter(pk=pk).select_related("person").first()
    if notice is None or not is_about(notice, record, portal_now()):
        raise Http404
    try:
        again = operations.tell_again(record, notice, by=request.user)
        messages.success(request, f"It is sent to {again.person or again.address} again, at {again.address}, with the next post.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(_told_page(record))
