"""The page on which a question about an assessment is answered."""

from django.http import Http404, HttpResponse

from change_requests import operations
from change_requests.forms.assessments import ClarifyForm
from change_requests.rules.clarifying import may_know_who_asked, refusals_to_clarify
from change_requests.verbs import find_clarification
from change_requests.views.assessments import done, form_of
from groups.sending import sent, tried
from groups.signed_in import SignedIn, standing_of
from records.clock import portal_now
from records.rules import require


def clarify(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    found = find_clarification(pk, standing)
    if found is None:
        raise Http404
    require(refusals_to_clarify(found, standing, portal_now()))
    form = ClarifyForm(sent(request), initial={"as_told": found.as_told or found.question, "answer": found.answer})
    if tried(request, form, lambda typed: operations.clarify(found, **typed, by=request.user), on=found):
        return done(request, found.assessment, "The answer is saved, and everybody who was asked is told: once a day, of all that was answered by then.")
    who = [f"Asked by {found.asked_name} for {found.row.organisation_name}."] if may_know_who_asked(found.assessment, standing) else []
    return form_of(request, form, f"Answer question {found.n}", "Answer it", found.assessment, on=found, quote=found.question, notes=who)
