"""Consulting a constituency: the page of the seat that asks, and the page of the organisation that replies."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from decisions import operations
from decisions.consultation_texts import drafted_brief, drafted_comment, replied_in_words
from decisions.forms.consulting import Ask, Brief, Reply
from decisions.models import Consultation, Consultee, Position, Question
from decisions.operations.consulting import consultee_for, token_for
from decisions.rules.consulting import refusals_of_time, refusals_to_ask, refusals_to_see
from groups.models import Seat
from groups.recipients import sitting_in
from groups.sending import form_page, opened, sent, tried
from groups.signed_in import SignedIn, standing_of
from groups.views import form_view
from records.clock import portal_now, portal_today
from records.opened import opened_on
from records.personal_link import by_personal_link
from records.rules import Refused, require


def _asking(request: SignedIn, pk: int, seat: int) -> tuple[Question, Seat, Consultation | None]:
    """The question and the seat that consults on it; for whoever may not vote for that seat there is no such page."""
    question = get_object_or_404(Question.objects.select_related("group", "item__meeting"), pk=pk)
    found = get_object_or_404(Seat.objects.select_related("group", "constituency"), pk=seat)
    require(refusals_to_see(question, found, standing_of(request)))
    return question, found, Consultation.objects.filter(question=question, seat=found).first()


@require_safe
def consultation(request: SignedIn, pk: int, seat: int) -> HttpResponse:
    """What was asked of whom, who has replied, and what. The seat's own: nobody else is shown it."""
    question, found, consulted = _asking(request, pk, seat)
    now = portal_now()
    over = [str(reason) for reason in refusals_of_time(question, now)]
    if consulted is None and not over:
        return redirect("decisions:brief", pk, seat)
    consultees = list(consulted.consultees.select_related("organisation")) if consulted else []
    draft, position = drafted_comment(consulted) if consulted else "", _position(question, found)
    context = _context(question, found) | {
        "consultation": consulted,
        "over": over,
        "now_is_open": question.is_open(now),
        "tally": replied_in_words(consultees),
        "replies": [c for c in consultees if c.replied_at],
        "waiting": [_waiting(request, c) for c in consultees if not c.replied_at],
        "draft": draft,
        "position": position,
        "is_used": bool(draft) and position.comment == draft,
    }
    return render(request, "decisions/consultation.html", context)


def _position(question: Question, seat: Seat) -> Position:
    """Unsaved, if none is noted yet."""
    return Position.objects.filter(question=question, seat=seat).first() or Position(question=question, seat=seat)


def _waiting(request: SignedIn, consultee: Consultee) -> dict[str, Any]:
    """An organisation yet to reply: its link, and the form that sends it."""
    form = Ask(initial={"address": consultee.address}, auto_id=f"id_%s_{consultee.pk}")
    link = reverse("decisions:reply", args=[token_for(consultee)])
    return {"consultee": consultee, "link": link, "label": f"Link for {consultee.organisation}", "form": form, "opened": opened(request, form, consultee)}


def _context(question: Question, seat: Seat) -> dict[str, Any]:
    return {"nav": "desk", "question": question, "seat": seat, "readers": sitting_in([seat.pk])}


@form_view
def brief(request: SignedIn, pk: int, seat: int) -> HttpResponse:
    """Word what is asked, from a draft made of the question. The first time, this begins the consultation."""
    question, found, consulted = _asking(request, pk, seat)
    worded = consulted or Consultation(question=question, seat=found)
    started = {"brief": consulted.brief, "reply_by": consulted.reply_by} if consulted else {"brief": drafted_brief(question)}
    form = Brief(sent(request), initial=started)
    if tried(request, form, lambda typed: operations.consult(question, found, **typed, by=request.user), on=worded):
        messages.success(request, "Your brief is kept. Nothing was sent: send each organisation its link below.")
        return redirect("decisions:consultation", pk, seat)
    here = reverse("decisions:consultation", args=[pk, seat])
    back = {"parent_url": here, "parent_label": "Consultation"} if consulted else {"parent_url": reverse("groups:seat", args=[seat]), "parent_label": found.label}
    return form_page(
        request, form, "decisions/consultation_brief.html", on=worded, **_context(question, found), **back, kicker=found.label,
        title="Change what you ask" if consulted else "Consult your constituency", button="Keep this brief",
        organisations=found.organisations_on(portal_today()),
    )  # fmt: skip


@form_view
def ask(request: SignedIn, pk: int) -> HttpResponse:
    """Send one organisation its link by e-mail."""
    consultee = get_object_or_404(Consultee.objects.select_related("consultation__question", "consultation__seat", "organisation"), pk=pk)
    question, seat, _ = _asking(request, consultee.consultation.question_id, consultee.consultation.seat_id)
    require(refusals_to_ask(consultee, standing_of(request), portal_now()))
    form = Ask(sent(request), initial={"address": consultee.address})
    if tried(request, form, lambda typed: operations.ask(consultee, typed["address"], by=request.user), on=consultee):
        new = " The link sent to the address before is of no use any more." if consultee.address not in ("", form.cleaned_data["address"]) else ""
        messages.success(request, f"{consultee.organisation} is asked with the next post, in a few minutes.{new}")
        return redirect("decisions:consultation", question.pk, seat.pk)
    here = reverse("decisions:consultation", args=[question.pk, seat.pk])
    return form_page(
        request, form, on=consultee, nav="desk", kicker=seat.label, title=f"Send {consultee.organisation} its link", button="Send the link",
        parent_url=here, parent_label="Consultation",
    )  # fmt: skip


@require_POST
def comment(request: SignedIn, pk: int, seat: int) -> HttpResponse:
    """Carry what was replied into the voting form, as the draft of the comment."""
    question, found, consulted = _asking(request, pk, seat)
    if consulted is None:
        raise Refused(["Nobody was consulted, so there is nothing to draft a comment from."])
    with opened_on(_position(question, found), request.POST.get("revision")):
        operations.use_the_replies(consulted, by=request.user)
    messages.success(request, "The replies are the draft of your voting comment now. The voting form starts from it; nothing is published before you vote.")
    return redirect("decisions:consultation", pk, seat)


# --- the organisation's side: no account, a link of its own


@by_personal_link
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """What an organisation is asked, and its reply, once. A link that is wrong, used or late says what to do and nothing else."""
    consultee = consultee_for(token)
    if consultee is None:
        return _no_reply(request, "wrong", 404)
    form = Reply(sent(request))
    if not consultee.replied_at and request.method == "POST" and form.is_valid():
        try:
            consultee = operations.reply(consultee, **form.cleaned_data)
        except Refused:  # the vote closed, or somebody with the same link was quicker
            consultee.refresh_from_db()
    if consultee.replied_at:
        return _recorded(request, consultee) if _says_the_same(form, consultee) else _no_reply(request, "used", 410, form)
    if any(refusals_of_time(consultee.consultation.question, portal_now())):
        return _no_reply(request, "late", 410, form)
    return form_page(request, form, "decisions/consultation_reply.html", **_as_asked(consultee))


def _as_asked(consultee: Consultee) -> dict[str, Any]:
    consulted = consultee.consultation
    return _context(consulted.question, consulted.seat) | {"nav": "", "consultee": consultee, "consultation": consulted}


def _says_the_same(form: Reply, consultee: Consultee) -> bool:
    """The very reply that is on record, sent again: a button pressed twice, or a page reloaded."""
    return form.is_valid() and all(
        form.cleaned_data[asked] == kept for asked, kept in (("view", consultee.view), ("text", consultee.text), ("name", consultee.replied_by))
    )


def _recorded(request: HttpRequest, consultee: Consultee) -> HttpResponse:
    return render(request, "decisions/consultation_recorded.html", _as_asked(consultee))


def _no_reply(request: HttpRequest, why: str, status: int, form: Reply | None = None) -> HttpResponse:
    """Says what to do, names nobody, and gives back what was typed."""
    typed = form.data.get("text", "")[:10_000] if form and form.is_bound else ""
    return render(request, "decisions/consultation_no_reply.html", {"why": why, "typed": typed}, status=status)
