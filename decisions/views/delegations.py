"""What a group has handed to another: written down, looked at, taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import operations
from decisions.forms.delegations import DelegationForm
from decisions.forms.questions import WithdrawForm
from decisions.models import Delegation
from decisions.rules.delegations import may_read, refusals_to_delegate, refusals_to_withdraw_delegation
from decisions.views.finding import note_reading
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, group_for, standing_of
from groups.standing import Standing
from records.clock import portal_now
from records.rules import require
from records.verbs import offers


def _delegation_for(request: SignedIn, pk: int) -> tuple[Delegation, Standing]:
    """The delegation, if the person has a place in one of its groups; for anyone else it does not exist."""
    standing = standing_of(request)
    found = Delegation.objects.select_related("from_group", "to_group", "given_by").filter(pk=pk).first()
    if found is None or not may_read(found, standing):
        raise Http404
    note_reading(request, standing, found.to_group, f"{found} (delegation {found.pk})")
    return found, standing


@require_safe
def delegation(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _delegation_for(request, pk)
    words, tone = found.state_on(standing.on)
    context = {
        "nav": "desk", "delegation": found, "state": {"label": words, "tone": tone}, "offers": offers(found, standing, portal_now()),
        "why": found.history.first().history_change_reason if found.withdrawn_at else "",
    }  # fmt: skip
    return render(request, "decisions/delegation.html", context)


def delegate(request: SignedIn, code: str) -> HttpResponse:
    """Hand decisions of the group to another."""
    group, standing = group_for(request, code)
    require(refusals_to_delegate(group, standing, portal_now()))
    form = DelegationForm(group, standing, sent(request))
    if made := tried(request, form, lambda typed: operations.delegate(group, typed.pop("to_group"), typed.pop("text"), **typed, by=request.user)):
        messages.success(request, f"It is delegated to {made.to_group}, which is told.")
        return redirect("decisions:delegation", made.pk)
    return form_page(
        request, form, title=f"Delegate for {group}", button="Delegate", nav="desk",
        notes=["Decisions handed to another group, with a scope, from one day to another, on a clause of the terms of reference."],
        parent_url=reverse("decisions:questions", args=[code]), parent_label=f"Votes of {group}",
    )  # fmt: skip


def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take it back, with a reason. It stays on record."""
    found, standing = _delegation_for(request, pk)
    require(refusals_to_withdraw_delegation(found, standing, portal_now()))
    form = WithdrawForm(sent(request))
    if tried(request, form, lambda typed: operations.withdraw_delegation(found, why=typed["why"], by=request.user), on=found):
        messages.success(request, "It is withdrawn.")
        return redirect("decisions:delegation", pk)
    return form_page(
        request, form, on=found, title="Withdraw the delegation", button="Withdraw it", button_tone="warning", nav="desk", quote=found.text,
        notes=["What was decided under it before keeps its ground."], parent_url=reverse("decisions:delegation", args=[pk]),
        parent_label="Delegation",
    )  # fmt: skip
