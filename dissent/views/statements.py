"""What is said beside the roll: statements of position, concerns about procedure, and the Chair's ruling on them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from decisions.models import Decision
from decisions.views.finding import decision_for
from dissent import operations as dissent
from dissent.forms.statements import ProceduralConcernForm, RulingForm, SpokenForm, StatementForm
from dissent.models import ProceduralConcern
from dissent.rules.statements import (
    SeatRule,
    by_one_of_the_seats,
    refusals_to_raise_procedural_for,
    refusals_to_rule,
    refusals_to_state_for,
    seats_that_may,
)
from groups.models import Seat
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn
from groups.standing import Standing
from meetings.lifecycle import MinutesStatus
from meetings.models import Minutes
from records.clock import portal_now
from records.rules import require


def speaking(rule: SeatRule, decision: Decision, standing: Standing) -> list[Seat]:
    """The person's seats that may say it; if there is none, the refusal."""
    require(by_one_of_the_seats(rule, decision, standing))
    return seats_that_may(rule, decision, standing)


def about(decision: Decision, form: SpokenForm | None = None) -> dict:
    """What the page of a form about a decision says round it."""
    only = getattr(form, "only", None)
    return {
        "nav": "desk",
        "kicker": f"{decision}: {decision.title}",
        "lede": f"You speak for the {only.label} of {only.group}." if only else "",
        "parent_url": reverse("decisions:decision", args=[decision.pk]),
        "parent_label": decision.reference,
    }


def statement(request: SignedIn, pk: int) -> HttpResponse:
    """A seat's own position in its own words: once, unedited, beside the reasons."""
    decision, standing = decision_for(request, pk)
    form = StatementForm(speaking(refusals_to_state_for, decision, standing), sent(request))
    if tried(request, form, lambda typed: dissent.state_position(decision, form.spoken_for(), typed["text"], by=request.user)):
        now = "It is public." if decision.published_at else "It is published with the decision."
        messages.success(request, f"Your position is recorded. {now}")
        return redirect("decisions:decision", pk)
    when = "The decision is public, so your position is public at once." if decision.published_at else "It is published with the decision."
    return form_page(
        request, form, title="State your seat’s position", button="Put it on record",
        warning="Published unedited, under your seat’s name, and never changed. A seat states its position once.",
        notes=[f"It stands beside the reasons of the Chair. It is not a vote. {when}"], **about(decision, form),
    )  # fmt: skip


def procedural_concern(request: SignedIn, pk: int) -> HttpResponse:
    """Object to how a decision is being taken, before it is taken."""
    decision, standing = decision_for(request, pk)
    form = ProceduralConcernForm(speaking(refusals_to_raise_procedural_for, decision, standing), sent(request))
    if tried(request, form, lambda typed: dissent.raise_procedural_concern(decision, form.spoken_for(), typed["text"], by=request.user)):
        messages.success(request, "Your concern is with the Chair, who rules on it. You are told.")
        return redirect("decisions:decision", pk)
    return form_page(
        request, form, title="Raise a concern about procedure", button="Raise the concern",
        notes=[
            "The Chair rules on it, and the ruling is minuted. Concern and ruling are published with the decision.",
            "It is about how the decision is being taken. What you think of the matter itself belongs in your vote, or in a statement of position.",
        ], **about(decision, form),
    )  # fmt: skip


def rule(request: SignedIn, pk: int) -> HttpResponse:
    """The Chair rules on a concern about procedure."""
    concern = ProceduralConcern.objects.select_related("seat", "raised_by").filter(pk=pk).first()
    if concern is None:
        raise Http404
    concern.decision, standing = decision_for(request, concern.decision_id)
    decision = concern.decision
    require(refusals_to_rule(concern, standing, portal_now()))
    form = RulingForm(sent(request))
    if tried(request, form, lambda typed: dissent.rule_on(concern, typed["text"], by=request.user)):
        messages.success(request, f"Your ruling is recorded, and the {concern.seat.label} is told.")
        return redirect("decisions:decision", decision.pk)
    return form_page(
        request, form, title="Rule on a concern about procedure", button="Record the ruling", quote=concern.text,
        notes=[f"Raised by the {concern.seat.label}. {_where_minuted(decision)}"], **about(decision),
    )  # fmt: skip


def _where_minuted(decision: Decision) -> str:
    item = decision.item
    if item and Minutes.objects.filter(meeting=decision.meeting_id, status__in=[MinutesStatus.DRAFT, MinutesStatus.SENT]).exists():
        return f"Your ruling is written into the draft minutes of {decision.meeting}, under item {item.number}."
    return "There are no draft minutes to write it into: your ruling is kept with the decision."
