"""Putting a question to the seats: worded, opened, closed, withdrawn, put again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import operations
from decisions.forms.questions import NewQuestionForm, OpenForm, QuestionForm, WithdrawForm, initial_of
from decisions.models import Question
from decisions.operations.asking import bring, reword
from decisions.papers import seen, sent_with
from decisions.rules.questions import refusals_to_change, refusals_to_open, refusals_to_put_question, refusals_to_withdraw
from decisions.shown import question_page, who_is_asked
from decisions.views.finding import question_for
from decisions.waiting import has_a_vote, waiting_on
from groups.calendar import deadline
from groups.models import Group
from groups.sending import form_page, looked_at_anew, sent, tried
from groups.signed_in import SignedIn, group_for
from meetings.models import AgendaItem, Paragraph
from meetings.rules import refusals_to_minute
from records.clock import portal_now
from records.rules import require
from records.subjects import describe, open_in


@require_safe
def questions(request: SignedIn, code: str) -> HttpResponse:
    """Every question of the group, the open ones first."""
    group, standing = group_for(request, code)
    asked = Question.objects.filter(group=group, origin="portal", follows=None).select_related("group", "decision")
    order = {"open": 0, "draft": 1, "closed": 2, "withdrawn": 3}
    context = {
        "nav": "desk",
        "group": group,
        "questions": sorted(asked, key=lambda q: (order[q.status], -q.pk)),
        "now": portal_now(),
        "sees_process": standing.looks_behind(group),
        "may_put": not any(refusals_to_put_question(group, standing, portal_now())),
    }
    return render(request, "decisions/questions.html", context)


def put(request: SignedIn, code: str) -> HttpResponse:
    """Draft a question, with the decision it advises on."""
    group, standing = group_for(request, code)
    require(refusals_to_put_question(group, standing, portal_now()))
    form = NewQuestionForm(group, standing.on, sent(request), initial=_begun(group, _where(request)))
    question = tried(
        request, form,
        lambda typed: bring(
            group, decision=typed["decision"], title=typed["title"], decision_wording=typed["decision_wording"], excludes=typed["excludes"],
            item=typed["item"], place=_place(typed["place"]), follow_up=typed["follow_up"], by=request.user, **form.asked(),
        ),
    )  # fmt: skip
    if question:
        messages.success(request, "The question is drafted. Read it once more, then open it.")
        return redirect("decisions:question", question.pk)
    return form_page(
        request, form, title=f"Put a question to the seats of {group}", button="Save the draft", nav="desk",
        lede="Nobody is asked until you open it. Once it is open, wording, seats and window are frozen.", subjects=open_in(group), **_parent(group, form),
    )  # fmt: skip


def _begun(group: Group, where: dict[str, Any]) -> dict[str, Any]:
    """What is decided already, or announced, at the meeting of that item has its decision: the vote belongs to it."""
    item = _item(group, where.get("item", ""))
    waiting = [each for each in waiting_on(item.meeting, [where.get("subject", "")]) if not has_a_vote(each)] if item else []
    return where | ({"decision": waiting[0].pk} if len(waiting) == 1 else {})


def _item(group: Group, said: str) -> AgendaItem | None:
    """Of the group, by its key as an address or a form says it."""
    return AgendaItem.objects.select_related("meeting").filter(pk=said, meeting__group=group).first() if said.isdecimal() and len(said) <= 10 else None


def _parent(group: Group, form: NewQuestionForm) -> dict[str, str]:
    """Where it was asked for: in the minute of an item, or among the votes of the group."""
    item = _item(group, str(form["item"].value() or ""))
    if item is None or item.number is None or not form["place"].value():
        return {"parent_url": reverse("decisions:questions", args=[group.code]), "parent_label": f"Votes of {group}"}
    return {"parent_url": f"{reverse('desk:minute', args=[item.meeting.code])}#item-{item.number}", "parent_label": f"Minutes of {item.meeting}, item {item.number}"}


def _where(request: SignedIn) -> dict[str, str]:
    """From the minutes one comes with the agenda item, how the room is asked, and where in the minute; from what is to be voted on, with that."""
    longest = {"item": 10, "window": 10, "place": 36, "version": 20, "subject": 200, "title": 300, "wording": 2000}
    return {name: request.GET[name][:most] for name, most in longest.items() if name in request.GET}


def _place(uid: UUID | None) -> Paragraph | None:
    """The block of the minutes in which the vote was asked for."""
    return Paragraph.objects.filter(uid=uid).first() if uid else None


@require_safe
def question(request: SignedIn, pk: int) -> HttpResponse:
    """One question: what is asked, who has voted, who could not, and what may be done now."""
    found, standing = question_for(request, pk)
    return render(request, "decisions/question.html", {"nav": "desk", "about": describe(found.subject, found.version)} | question_page(found, standing, portal_now()))


def change(request: SignedIn, pk: int) -> HttpResponse:
    """Word a draft otherwise."""
    found, standing = question_for(request, pk)
    require(refusals_to_change(found, standing, portal_now()))
    form = QuestionForm(sent(request), initial=initial_of(found, found.follow_ups.filter(status="draft").first()))
    if tried(request, form, lambda typed: reword(found, follow_up=typed["follow_up"], by=request.user, **form.asked()), on=found):
        messages.success(request, "The draft is changed.")
        return redirect("decisions:question", pk)
    return form_page(
        request, form, on=found, title="Change the question", button="Save the draft", nav="desk", kicker=found.reference,
        parent_url=reverse("decisions:question", args=[pk]), parent_label=found.reference, subjects=open_in(found.group),
    )  # fmt: skip


def open_it(request: SignedIn, pk: int) -> HttpResponse:
    """A last look at what freezes; then the seats are asked."""
    found, standing = question_for(request, pk)
    require(refusals_to_open(found, standing, portal_now()))
    ready = sent_with(found)
    form = OpenForm(sent(request), initial={"looked_at": seen(ready)})  # nothing is typed: it carries which wording was read, and which papers were there
    if opened := tried(request, form, lambda said: operations.open_question(found, looked_at=said["looked_at"], by=request.user), on=found):
        asked = "The room is asked" if opened.asks_for_objections else "The vote is open"
        messages.success(request, f"{asked}. Whoever may vote is told by e-mail, with a link.")
        return redirect("decisions:roll_call" if opened.in_the_room else "decisions:question", pk)
    if form.is_bound and form.stale:
        form = looked_at_anew(request, OpenForm, seen(ready), "The question or its papers have changed since you looked, so nobody was asked. This is what would go out now.")
    closes_at, working = deadline(found.group, standing.on, found.window_days) if found.window_days else (None, None)
    context = {"nav": "desk", "question": found, "riders": found.follow_ups.filter(status="draft"), "closes_at": closes_at, "working": working, "about": describe(found.subject, found.version), "told": who_is_asked(found), "ready": ready}
    context |= {"keeps": found.item is not None and not any(refusals_to_minute(found.item.meeting, standing, portal_now()))}
    return form_page(request, form, "decisions/open.html", on=found, **context)


def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = question_for(request, pk)
    require(refusals_to_withdraw(found, standing, portal_now()))
    form = WithdrawForm(sent(request))
    if tried(request, form, lambda typed: operations.withdraw_question(found, why=typed["why"], by=request.user), on=found):
        messages.success(request, "The question is withdrawn. You can put it again, worded otherwise.")
        return redirect("decisions:question", pk)
    return form_page(
        request, form, on=found, title="Withdraw the question", button="Withdraw it", button_tone="warning", nav="desk", kicker=found.reference,
        quote=found.wording, notes=["Votes already given stay on record and count for nothing."],
        parent_url=reverse("decisions:question", args=[pk]), parent_label=found.reference,
    )  # fmt: skip

