"""The papers of a question between meetings: added and sent by the secretariat, read by whoever is asked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from decisions import operations
from decisions.forms.papers import CirculateForm, NewPaperForm
from decisions.models import Question, QuestionPaper
from decisions.notices import asked
from decisions.papers import may_have_paper, not_gone_out, seen
from decisions.rules.papers import refusals_to_add_paper, refusals_to_circulate
from decisions.shown import pack_of
from decisions.verbs import question_page
from decisions.views.finding import question_for
from files.door import takes_files
from files.serving import stream
from groups.sending import form_page, looked_at_anew, sent, sent_files, tried
from groups.signed_in import SignedIn
from records.clock import portal_now
from records.rules import require

CHANGED = "The papers or the vote have changed since you looked, so nothing was sent. This is what would go out now."
form_view = require_http_methods(["GET", "HEAD", "POST"])


def _beside(question: Question) -> dict[str, Any]:
    return {"nav": "desk", "kicker": question.reference, "parent_url": question_page(question), "parent_label": question.reference}


@takes_files
@form_view
def add_paper(request: SignedIn, pk: int) -> HttpResponse:
    question, standing = question_for(request, pk)
    require(refusals_to_add_paper(question, standing, portal_now()))
    form = NewPaperForm(sent(request), sent_files(request))

    def act(said: dict[str, Any]) -> QuestionPaper:
        return operations.add_question_paper(question, said["title"], said["file"], version=said["version"], visibility=said["visibility"], by=request.user)

    if made := tried(request, form, act):
        goes = "It goes out when the vote is opened." if question.status == "draft" else "It goes out when you circulate it."
        messages.success(request, f"“{made.title}” is a paper of {question.reference}. {goes}")
        return redirect(f"{question_page(question)}#papers")
    lede = "The seats get it with the vote." if question.status == "draft" else "The vote is open: circulate it afterwards, and say why it comes only now."
    return form_page(request, form, title="Add a paper", lede=lede, quote=question.wording, button="Add it", **_beside(question))


@form_view
def circulate(request: SignedIn, pk: int) -> HttpResponse:
    """Who is told, how many they are, and of what; then the button."""
    question, standing = question_for(request, pk)
    require(refusals_to_circulate(question, standing, portal_now()))
    ready = not_gone_out(question)
    form = CirculateForm(sent(request), initial={"looked_at": seen(ready)})

    def act(said: dict[str, Any]) -> Any:
        return operations.circulate_question_papers(question, why=said["why"], looked_at=said["looked_at"], by=request.user)

    if made := tried(request, form, act, on=question):
        messages.success(request, f"{capfirst(str(made))}: sent with the next post, in a few minutes.")
        return redirect(f"{question_page(question)}#papers")
    if form.is_bound and form.stale:
        form = looked_at_anew(request, CirculateForm, seen(ready), CHANGED)
    context = {"ready": ready, "told": asked(question), "question": question}
    return form_page(request, form, "decisions/circulate_papers.html", on=question, title="Circulate papers that have come", button="Circulate them", **context, **_beside(question))


@require_safe
def paper_file(request: SignedIn, pk: int) -> HttpResponseBase:
    """A paper, for whoever may have it."""
    found = QuestionPaper.objects.select_related("question__group", "blob__clean_copy").prefetch_related("blob__scans").filter(pk=pk).first()
    if found is None:
        raise Http404
    _, standing = question_for(request, found.question_id)
    if not may_have_paper(found, standing):
        raise Http404
    return stream(request, found)


@require_safe
def pack_now(request: SignedIn, pk: int) -> HttpResponse:
    """How far the pack is, alone: asked for again and again while it is made."""
    question, _ = question_for(request, pk)
    return render(request, "components/pack.html", pack_of(question))


@require_safe
def pack_file(request: SignedIn, pk: int, kind: str) -> HttpResponseBase:
    """All papers in one; while they are bound anew, as they were before, unless one of them was taken off."""
    question, _ = question_for(request, pk)
    pack = pack_of(question)["pack_files"]
    if pack is None or (blob := getattr(pack, kind)) is None:
        raise Http404
    return stream(request, blob, f"{question.reference} papers.{kind}")
