"""What is held about whoever is signed in, to read and to take away; and asking to have some of it erased."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groups import operations
from groups.accounts import asks_again
from groups.forms.erasure import ErasureAnswerForm, ErasureForm
from groups.held_about import exported, held_about, written_by
from groups.models import ErasureRequest
from groups.rules.erasure import refusals_to_answer_erasure, refusals_to_ask_for_erasure
from groups.rules.membership import refusals_to_run_membership
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from groups.views.members import person_page
from groups.views.seats import form_view
from records.clock import portal_now
from records.rules import require


@never_cache
@require_safe
def data(request: SignedIn) -> HttpResponse:
    person = request.user.person
    context = {
        "nav": "desk",
        "person": person,
        "held": held_about(request.user),
        "written": written_by(request.user),
        "requests": ErasureRequest.objects.filter(person=person).order_by("-asked_at") if person else [],
        "may_ask": not any(refusals_to_ask_for_erasure(person, standing_of(request), portal_now())),
    }
    return render(request, "groups/own_data.html", context)


@asks_again
@never_cache
@require_safe
def data_as_json(request: SignedIn) -> HttpResponse:
    """Whoever finds a portal left signed in does not take all of it away."""
    return JsonResponse(
        exported(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": 'attachment; filename="what-the-portal-holds-about-me.json"'},
    )  # fmt: skip


@form_view
def ask_for_erasure(request: SignedIn) -> HttpResponse:
    require(refusals_to_ask_for_erasure(request.user.person, standing_of(request), portal_now()))
    form, here = ErasureForm(sent(request)), reverse("groups:own_data")
    if tried(request, form, lambda typed: operations.ask_for_erasure(typed["text"], by=request.user)):
        messages.success(request, "The PMO secretariat has your request, and answers it by mail.")
        return redirect(here)
    return form_page(
        request, form, nav="desk", title="Ask for something to be erased", button="Send the request", parent_url=here, parent_label="What is held about you",
        notes=["Your name stays where the public record says who sat, voted and decided. What can go, and what stays and why, is listed with what is held."],
    )  # fmt: skip


@form_view
def answer_erasure(request: SignedIn, pk: int) -> HttpResponse:
    require(refusals_to_run_membership(standing_of(request)))
    found = ErasureRequest.objects.select_related("person").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(refusals_to_answer_erasure(found, standing_of(request), portal_now()))
    form = ErasureAnswerForm(sent(request))
    if tried(request, form, lambda typed: operations.answer_erasure(found, **typed, by=request.user), on=found):
        messages.success(request, f"{found.person} is told.")
        return redirect(person_page(found.person))
    return form_page(
        request, form, on=found, nav="desk", title=f"Answer {found.person}, who asks to have something erased", button="Answer",
        quote=found.text, parent_url=person_page(found.person), parent_label=found.person.name,
        notes=["Words are blacked out and erased by whoever runs the portal, by command: docs/operations.md says how. An address is corrected on the person’s page."],
    )  # fmt: skip
