from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from decisions.models import Decision
from records.models import Origin
from register.evidence import evidence
from register.proof import Proof
from register.public import public
from register.views.decisions import entry_for, found_or_404, votes_that_are_over


def _proof(reference: str) -> Proof:
    decisions = Decision.objects.published().select_related("group", "meeting", "supersedes").prefetch_related(votes_that_are_over(), "advice")
    found = found_or_404(decisions, reference)
    return Proof(found, entry_for(found) if found.origin == Origin.IMPORTED else None)


@public
def verify(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision checked: its votes counted again, its entries and the links beside them, and what it says against what was sealed."""
    proof = _proof(reference)
    return render(request, "register/verify.html", {"nav": "decisions", "decision": proof.decision, "proof": proof})


@public
def as_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything needed to check it elsewhere, without the portal."""
    return JsonResponse(evidence(_proof(reference)), json_dumps_params={"ensure_ascii": False, "indent": 1})
