"""How an action stands, said by its owner: by an account or by the link that was mailed; and what the secretariat makes of it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from groups.models import Person
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from meetings import operations
from meetings.forms.reports import ReportAnswerForm, ReportForm
from meetings.links import owned_by
from meetings.models import Action, ActionReport
from meetings.owners import owners_of
from meetings.rules import may_read_actions
from meetings.rules.reports import refusals_to_answer_report, refusals_to_report, refusals_to_report_by_link
from meetings.verbs import action_page
from records.clock import portal_now
from records.personal_link import by_personal_link
from records.rules import Refused, require

form_view = require_http_methods(["GET", "HEAD", "POST"])
TITLE, BUTTON = "How does it stand?", "Tell the secretariat"
NOTES = ["The secretariat is told, and takes it up or says why not. Nothing of it is public before that."]


def _words(action: Action) -> dict[str, Any]:
    return {"title": TITLE, "button": BUTTON, "notes": NOTES, "quote": action.text, "kicker": f"{action.called}, due {action.due_in_words}"}


@form_view
def report(request: SignedIn, pk: int) -> HttpResponse:
    """By the owner's account."""
    found = Action.objects.select_related("group", "meeting__minutes", "owner_person").filter(pk=pk).first()
    standing = standing_of(request)
    if found is None or not may_read_actions(standing, found):
        raise Http404
    require(refusals_to_report(found, standing, portal_now()))
    form = ReportForm(sent(request))
    if tried(request, form, lambda typed: operations.report_on_action(found, typed["kind"], typed["text"], asked_for=typed["asked_for"], by=request.user)):
        messages.success(request, "The secretariat is told.")
        return redirect(action_page(found))
    return form_page(request, form, nav="desk", parent_url=action_page(found), parent_label=found.called, **_words(found))


@by_personal_link
def report_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By the owner's link. One that is wrong says nothing of any action; one that is no longer good says why."""
    owned = owned_by(token)
    if owned is None:
        return render(request, "meetings/no_report.html", {"why": ["This link is not one of ours, or is no longer good."]}, status=404)
    action, person = owned
    form = ReportForm(sent(request))
    try:
        require(refusals_to_report_by_link(action, person))
        if request.method == "POST" and form.is_valid() and _told(form, action, person):
            return render(request, "meetings/reported.html", {"action": action, "person": person})
    except Refused as refused:
        return render(request, "meetings/no_report.html", {"why": refused.reasons, "typed": form.data.get("text", "")[:10_000]}, status=refused.status)
    return form_page(request, form, "meetings/report_by_link.html", nav="", person=person, **_words(action))


def _told(form: ReportForm, action: Action, person: Person) -> bool:
    typed = form.cleaned_data
    try:
        operations.report_on_action(action, typed["kind"], typed["text"], asked_for=typed["asked_for"], person=person, by=None)
    except Refused as refused:
        if any(not reason.field for reason in refused.reasons):
            raise
        for reason in refused.reasons:
            form.add_error(reason.field, str(reason))
        return False
    return True


@form_view
def answer_report(request: SignedIn, pk: int) -> HttpResponse:
    """What the secretariat makes of it."""
    found = ActionReport.objects.select_related("action__group", "action__meeting__minutes", "made_by", "answer").filter(pk=pk).first()
    standing = standing_of(request)
    if found is None or not may_read_actions(standing, found.action):
        raise Http404
    require(refusals_to_answer_report(found, standing, portal_now()))
    form = ReportAnswerForm(found, sent(request))
    if tried(request, form, lambda typed: operations.answer_report(found, taken_up=typed["taken_up"] == "yes", why=typed["why"], by=request.user)):
        messages.success(request, f"{found.made_by} is told.")
        return redirect(action_page(found.action))
    return form_page(
        request, form, nav="desk", title=f"{found.get_kind_display()}, says {found.made_by}", button="Save", kicker=found.action.called, quote=found.text,
        notes=[f"The action: {found.action.text}", *_who_owns_it(found)], parent_url=action_page(found.action), parent_label=found.action.called,
    )  # fmt: skip


MOST_NAMED = 8


def _who_owns_it(report: ActionReport) -> Iterator[str]:
    """Where it has several owners: how many have spoken, and who has not. What is recorded is recorded for all."""
    owners = owners_of(report.action)
    if len(owners) < 2:
        return
    spoke = set(report.action.reports.values_list("made_by", flat=True))
    silent = [person.name for person in owners if person.pk not in spoke]
    said = sum(person.pk in spoke for person in owners)
    yield f"{said} of its {len(owners)} owners {'has' if said == 1 else 'have'} said how it stands ({report.action.owner})."
    if silent:
        more = f", and {len(silent) - MOST_NAMED} more" if len(silent) > MOST_NAMED else ""
        yield f"It is also owned by {', '.join(silent[:MOST_NAMED])}{more}, who {'has' if len(silent) == 1 else 'have'} said nothing: what you record holds for them, too."
