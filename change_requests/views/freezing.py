"""Pages for those who are signed in: the freezes of a group, declared and ended."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from change_requests import operations
from change_requests.forms.freezing import EndFreezeForm, FreezeForm
from change_requests.rules.freezing import refusals_to_declare_freeze, refusals_to_end_freeze
from change_requests.shown.freezes import freezes_of
from change_requests.verbs.freezing import find_freeze
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, group_for, standing_of
from records.clock import portal_now
from records.rules import require


@require_safe
def freezes(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    return render(request, "change_requests/freezes.html", {"nav": "desk"} | freezes_of(group, standing, portal_now()))


def declare_freeze(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    require(refusals_to_declare_freeze(group, standing, portal_now()))
    form = FreezeForm(sent(request))
    if tried(request, form, lambda typed: operations.declare_freeze(group, typed["first"], typed["last"], why=typed["why"], by=request.user)):
        messages.success(request, "It is declared, and public.")
        return redirect("change_requests:freezes", group.code)
    lede = "What is raised or put to assessment meanwhile has to say why it cannot wait, in public."
    return form_page(
        request, form, nav="desk", title=f"Freeze changes to the design of {group.code}", button="Freeze changes", button_tone="warning", lede=lede,
        parent_url=f"/desk/groups/{group.code}/freezes/", parent_label="Freezes",
    )  # fmt: skip


def end_freeze(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    found = find_freeze(pk, standing)
    if found is None:
        raise Http404
    require(refusals_to_end_freeze(found, standing, portal_now()))
    form = EndFreezeForm(found, standing.on, sent(request))
    if tried(request, form, lambda typed: operations.end_freeze(found, typed.get("last"), why=typed["why"], by=request.user), on=found):
        messages.success(request, "It is said, and public.")
        return redirect("change_requests:freezes", found.group.code)
    return form_page(
        request, form, nav="desk", title=f"End the {found}", button="End it", on=found, parent_url=f"/desk/groups/{found.group.code}/freezes/", parent_label="Freezes",
    )  # fmt: skip
