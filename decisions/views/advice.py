"""Recording what Ofgem, the IPA, the LDP or the Programme said of a decision that is awaited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from decisions import operations
from decisions.forms.advice import AdviceForm
from decisions.rules.advice import refusals_to_advise
from decisions.views.deciding import about
from decisions.views.finding import decision_for
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn
from records.clock import portal_now
from records.rules import require


def advice(request: SignedIn, pk: int) -> HttpResponse:
    """Write down what Ofgem, the IPA, the LDP or the Programme said of a decision that is awaited."""
    decision, standing = decision_for(request, pk)
    require(refusals_to_advise(decision, standing, portal_now()))
    form = AdviceForm(decision, standing.on, sent(request))
    if tried(request, form, lambda typed: operations.record_advice(decision, typed.pop("body"), typed.pop("text"), **typed, by=request.user)):
        messages.success(request, "The advice is recorded. It is published with the decision.")
        return redirect("decisions:decision", pk)
    return form_page(
        request, form, title="Record advice", button="Record the advice",
        notes=["Advice stands beside the votes, with who gave it and when. Advisers have no vote."], **about(decision),
    )  # fmt: skip
