"""The page on which the secretariat says where an approved change request is implemented."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from change_requests import operations
from change_requests.forms.implementing import ImplementForm, initial_of
from change_requests.rules.implementing import refusals_to_implement
from change_requests.verbs import find_implementation, request_page
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from records.clock import portal_now
from records.rules import require


def implement(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    found = find_implementation(pk, standing)
    if found is None:
        raise Http404
    require(refusals_to_implement(found, standing, portal_now()))
    form = ImplementForm(found, sent(request), initial=initial_of(found))
    if tried(request, form, lambda typed: operations.implement(found, **typed, by=request.user), on=found):
        messages.success(request, "It is on record.")
        return redirect(request_page(found.change_request))
    where = {"parent_url": request_page(found.change_request), "parent_label": found.change_request.reference}
    lede = "It fills itself when a version is put forward, or a release issued, that carries it."
    return form_page(request, form, nav="desk", title=f"Where {found.artefact} follows {found.change_request.called}", button="Save", lede=lede, on=found, **where)
