"""What was misread, mended field by field, with what its paper says beside it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from archive import operations
from archive.by_hand import source_of
from archive.forms import CorrectForm
from archive.rules import refusals_to_correct_by_hand
from decisions.views.finding import decision_for
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn
from records.clock import portal_now
from records.rules import require


def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Correct by hand what the reader made of a decision; the paper's own words stay."""
    decision, standing = decision_for(request, pk)
    require(refusals_to_correct_by_hand(decision, standing, portal_now()))
    form = CorrectForm(decision, sent(request))
    if tried(
        request, form,
        lambda typed: operations.correct_by_hand(decision, outcomes=form.outcomes, votes=form.votes, reasons=form.reasons, decided_on=typed["decided_on"], why=typed["why"], by=request.user),
        on=decision,
    ):  # fmt: skip
        messages.success(request, "It is corrected. Its page and the minutes say that it was, by hand, and why.")
        return redirect("decisions:decision", pk)
    return form_page(
        request, form, "archive/correct.html", on=decision, nav="desk", title="Correct what was misread", button="Correct it", kicker=decision.reference,
        quote=decision.wording, source=source_of(decision), parent_url=reverse("decisions:decision", args=[pk]), parent_label=decision.reference,
    )  # fmt: skip
