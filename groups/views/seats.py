"""Pages for those who are signed in: seats, who holds them, and who may stand in."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from groups import operations
from groups.forms import PERIOD, ApproveAlternate, NameAlternate, RevokeAlternate
from groups.models import Alternate, Group, Holding, Person, Seat, User
from groups.models.people import normalised
from groups.policies import Key, says_yes
from groups.rules import (
    alternates_to_approve,
    refusals_to_approve_alternate,
    refusals_to_look_at_members,
    refusals_to_revoke_alternate,
    refusals_to_run_alternates,
)
from groups.sending import form_page, sent, tried
from groups.shown import alternates_of, for_what
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from records.clock import portal_now
from records.periods import in_words, period
from records.rules import require

form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def seats(request: SignedIn) -> HttpResponse:
    """The seats of every group the person has a place in, and what waits for the PMO there."""
    standing = standing_of(request)
    today = standing.on
    groups = Group.objects.all() if standing.reads_everywhere else Group.objects.filter(pk__in=standing.readable_group_ids)
    standing_in = Count("alternates", Q(alternates__in=Alternate.objects.standing_in(today)))
    waiting = Count("alternates", Q(alternates__approved_on=None, alternates__revoked_at=None) & ~Q(alternates__during__fully_lt=period(today)))
    there = (
        Seat.objects.on(today)
        .annotate(standing_in=standing_in, waiting=waiting)
        .prefetch_related(Prefetch("holdings", Holding.objects.on(today).select_related("person"), to_attr="held_now"))
    )
    groups = groups.filter(pk__in=there.values("group")).prefetch_related(Prefetch("seats", there, to_attr="seats_now"))
    context = {
        "nav": "desk",
        "groups": groups,
        "kept": {group.pk for group in groups if not any(refusals_to_look_at_members(standing, group))},
        "waiting": alternates_to_approve(standing),
        "mine": {p.seat_id for p in standing.places if p.seat_id},
    }
    return render(request, "groups/seats.html", context)


@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """The person's own seat; the list, if they have several or none."""
    own = {p.seat_id for p in standing_of(request).places if p.seat_id}
    return redirect("groups:seat", own.pop()) if len(own) == 1 else redirect("groups:seats")


def _seat_for(request: SignedIn, pk: int) -> tuple[Seat, Standing]:
    """The seat, if the person has a place in its group; for anyone else it does not exist here."""
    standing = standing_of(request)
    found = Seat.objects.select_related("group", "constituency").filter(pk=pk).first()
    if found is None or not standing.belongs_to(found.group):
        raise Http404
    return found, standing


def _alternate_for(request: SignedIn, pk: int) -> tuple[Alternate, Standing]:
    found = Alternate.objects.select_related("seat__group", "seat__constituency", "person").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.seat, standing = _seat_for(request, found.seat_id)
    return found, standing


@require_safe
def seat(request: SignedIn, pk: int) -> HttpResponse:
    """A seat: its holder, those before, its alternates and how it stands with each, and whom it speaks for."""
    found, standing = _seat_for(request, pk)
    if standing.reads_for_assurance(found.group):
        operations.log_reading(request.user, f"seat {found}"[:120])
    today = standing.on
    holdings = list(found.holdings.select_related("person", "organisation").order_by("-during"))
    told = alternates_of(found, today)
    may_run = not any(refusals_to_run_alternates(standing, found))
    context = {
        "nav": "desk",
        "seat": found,
        "exists": in_words(found.during),
        "holding": next((h for h in holdings if today in h.during), None),
        "others": [{"person": h.person, "organisation": h.organisation, "when": in_words(h.during)} for h in holdings if today not in h.during],
        "alternates": [t for t in told if t.stands],
        "past": [t for t in told if not t.stands],
        "may_run": may_run,
        "is_pmo": standing.is_pmo,
        "votes_in": standing.votes_in(found),
        "alternates_vote": says_yes(found.group, Key.ALTERNATES, today),
        "holder_yields": says_yes(found.group, Key.HOLDER_YIELDS, today),
        "organisations": found.organisations_on(today),
    }
    return render(request, "groups/seat.html", context)


@form_view
def name_alternate(request: SignedIn, pk: int) -> HttpResponse:
    """Name an alternate, for a coming meeting or a period. The PMO is told, and records the constituency's approval."""
    found, standing = _seat_for(request, pk)
    require(refusals_to_run_alternates(standing, found))
    coming = found.group.meetings.filter(held_on__gte=standing.on, status="planned").order_by("held_on")[:6]
    form = NameAlternate(sent(request), meetings=coming)

    def act(typed: dict[str, Any]) -> Alternate:
        person = operations.known_or_new(typed["name"], typed["email"])
        return operations.name_alternate(found, person, **form.period(), by=request.user)

    named = tried(request, form, act)
    if named:
        messages.success(request, _said_of_naming(named, form.cleaned_data["name"], standing))
        return redirect("groups:seat", pk)
    context = _form_context(found) | {"PERIOD": PERIOD}
    return form_page(request, form, "groups/name_alternate.html", seat=found, **context)


def _said_of_naming(alternate: Alternate, typed: str, standing: Standing) -> str:
    person, said = alternate.person, ""
    if normalised(person.name) != normalised(typed):
        said = f" The portal knows {person.email} as {person}, so that name is kept, not “{typed}”."
    if standing.is_pmo:
        return f"{person} is named.{said} It gives no right yet: record the constituency's approval next."
    return f"{person} is named.{said} It gives no right yet: the PMO secretariat has been told, and records the constituency's approval."


ENDS_AT_ONCE = "It ends the moment you confirm, also for a form that is open. A vote already given stands, until the holder gives another before the close."
NEVER_BEGAN = "It was never approved, so it gave no right. The PMO secretariat is told that the approval is not needed any more."


def _form_context(seat: Seat) -> dict[str, Any]:
    parent = {"parent_url": reverse("groups:seat", args=[seat.pk]), "parent_label": seat.label}
    return {"nav": "desk", "kicker": str(seat), **parent}


@form_view
def approve(request: SignedIn, pk: int) -> HttpResponse:
    """Record who approved the alternate for the constituency, and the evidence."""
    found, standing = _alternate_for(request, pk)
    require(refusals_to_approve_alternate(found, standing, portal_now()))
    form = ApproveAlternate(sent(request), initial={"on": standing.on})
    approved = tried(request, form, lambda typed: operations.approve_alternate(found, **typed, by=request.user), on=found)
    if approved:
        messages.success(request, f"The approval of {found.person} is recorded. The holder and {found.person} are told.{_no_account(found.person)}")
        return redirect("groups:seat", found.seat_id)
    return form_page(
        request, form, on=found, **_form_context(found.seat), title=f"Approve {found.person} as alternate", button="Record the approval",
        lede=f"For {for_what(found)}.", notes=["Record it only when the constituency has approved. From then on the alternate may vote for the seat."],
    )  # fmt: skip


@form_view
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    """End an alternate's rights at once: this page asks first."""
    found, standing = _alternate_for(request, pk)
    require(refusals_to_revoke_alternate(found, standing, portal_now()))
    form = RevokeAlternate(sent(request))
    revoked = tried(request, form, lambda typed: operations.revoke_alternate(found, **typed, by=request.user), on=found)
    if revoked:
        messages.success(request, f"{found.person} is no longer an alternate for the {found.seat.label} seat.")
        return redirect("groups:seat", found.seat_id)
    return form_page(
        request, form, on=found, **_form_context(found.seat), title=f"Revoke {found.person} as alternate", button="Revoke now", button_tone="warning",
        lede=f"For {for_what(found)}.", notes=[ENDS_AT_ONCE if found.approved_on else NEVER_BEGAN],
    )  # fmt: skip


def _no_account(person: Person) -> str:
    return "" if User.objects.filter(person=person).exists() else f" {person} has no account yet: send the invitation below."
