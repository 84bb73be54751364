"""A decision on the desk of its group: what it rests on, what was said of it, and what may be done now."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import operations
from decisions.forms.determining import LevelForm, PromiseForm, ReviseForm, UntabledForm, WithdrawDecisionForm
from decisions.rules import (
    refusals_to_promise,
    refusals_to_revise,
    refusals_to_say_why_untabled,
    refusals_to_state_level,
    refusals_to_withdraw,
    tabled_otherwise,
)
from decisions.shown import decision_page
from decisions.views.finding import decision_for
from groups.policies import closing_time
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn
from records.clock import london_moment, portal_now
from records.rules import require


@require_safe
def decision(request: SignedIn, pk: int) -> HttpResponse:
    """Question, roll, advice, concerns and state of one decision."""
    found, standing = decision_for(request, pk)
    return render(request, "decisions/decision.html", {"nav": "desk"} | decision_page(found, standing, portal_now()))


def promise(request: SignedIn, pk: int) -> HttpResponse:
    """Say by when the Chair will decide."""
    found, standing = decision_for(request, pk)
    require(refusals_to_promise(found, standing, portal_now()))
    form = PromiseForm(sent(request))
    if tried(
        request, form,
        lambda typed: operations.promise(found, london_moment(typed["on"], closing_time(found.group, typed["on"])), by=request.user),
        on=found,
    ):  # fmt: skip
        messages.success(request, "The time is shown wherever the decision is awaited.")
        return redirect("decisions:decision", pk)
    return form_page(request, form, on=found, title="Say when it will be decided", button="Save", **about(found))


def untabled(request: SignedIn, pk: int) -> HttpResponse:
    """Say why it is taken on an item that was not tabled for decision."""
    found, standing = decision_for(request, pk)
    require(refusals_to_say_why_untabled(found, standing, portal_now()))
    form = UntabledForm(sent(request), initial={"why": found.untabled_why})
    if tried(request, form, lambda typed: operations.say_why_untabled(found, typed["why"], by=request.user), on=found):
        messages.success(request, "It is recorded why.")
        return redirect("decisions:decision", pk)
    title = f"Item {found.item.number} was tabled {tabled_otherwise(found)}" if found.item else ""
    return form_page(request, form, on=found, title=title, button="Save", **about(found))


def level(request: SignedIn, pk: int) -> HttpResponse:
    """Record whose decision it is, by which clause, and who says so."""
    found, standing = decision_for(request, pk)
    require(refusals_to_state_level(found, standing, portal_now()))
    initial = {"level": found.level or 3, "clause": found.level_clause, "said_by": found.level_said_by}
    form = LevelForm(sent(request), initial=initial)
    if tried(
        request, form, lambda typed: operations.state_level(found, typed["level"], clause=typed["clause"], said_by=typed["said_by"], by=request.user),
        on=found,
    ):  # fmt: skip
        messages.success(request, "The level is recorded.")
        return redirect("decisions:decision", pk)
    return form_page(request, form, on=found, title="Whose decision it is", button="Save", **about(found))


def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """One that was drafted or tabled by mistake."""
    found, standing = decision_for(request, pk)
    require(refusals_to_withdraw(found, standing, portal_now()))
    form = WithdrawDecisionForm(sent(request))
    if tried(request, form, lambda typed: operations.withdraw(found, why=typed["why"], by=request.user), on=found):
        messages.success(request, f"{found} is withdrawn. It stays on record, and in nothing that is published.")
        return redirect("decisions:decision", pk)
    return form_page(
        request, form, on=found, title="Withdraw the decision", button="Withdraw it", button_tone="warning", quote=found.wording,
        notes=["It was never determined: nothing was decided. Its place in the minutes can be deleted then."], **about(found),
    )  # fmt: skip


def revise(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a decision that will supersede this one. The old one stands until the new one is determined."""
    found, standing = decision_for(request, pk)
    require(refusals_to_revise(found, standing, portal_now()))
    form = ReviseForm(sent(request), initial={"title": found.title, "wording": found.wording})

    def begin(typed: dict):
        new = operations.draft(
            found.group, typed["title"], typed["wording"], authority=found.authority, maker=found.maker, basis=found.basis, supersedes=found,
            by=request.user,
        )  # fmt: skip
        return operations.table(new, by=request.user)

    if new := tried(request, form, begin):
        messages.success(request, f"{new} is on the table. {found} stands until {new} is determined, with reasons.")
        return redirect("decisions:decision", new.pk)
    return form_page(
        request, form, title=f"Revise {found}", button="Put the revision on the table",
        notes=[f"{found} is not changed: a decision of its own supersedes it, and both stay on record."], **about(found),
    )  # fmt: skip


def about(decision) -> dict:
    return {"nav": "desk", "kicker": f"{decision}: {decision.title}", "parent_url": reverse("decisions:decision", args=[decision.pk]), "parent_label": decision.reference}
