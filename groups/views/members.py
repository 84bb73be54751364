"""The membership of a group as whoever answers for it sees it, and what the PMO does to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from groups import operations
from groups.forms import AppointmentForm, CorrectForm, DayForm, EndForm, SeatForm
from groups.membership import appointments_on, earlier_of, seats_on, with_accounts
from groups.models import Appointment, Group, Holding, Person, Seat, User
from groups.operations.holdings import alternates_beyond
from groups.rules import (
    refusals_to_bring_in_members,
    refusals_to_correct_person,
    refusals_to_end_appointment,
    refusals_to_end_now,
    refusals_to_give_appointment,
    refusals_to_look_at_members,
    refusals_to_run_membership,
    refusals_to_seat,
)
from groups.scopes import scopes_in_words
from groups.sending import form_page, sent, tried
from groups.shown import for_what
from groups.signed_in import SignedIn, group_for, standing_of
from groups.views.seats import form_view
from records.clock import portal_now
from records.dates import as_day
from records.hooks import offered_from_above
from records.periods import in_words
from records.rules import require
from records.verbs import offers


def members_page(group: Group) -> str:
    return reverse("groups:members", args=[group.code])


def _beside(group: Group) -> dict[str, Any]:
    return {"nav": "desk", "kicker": group.name, "parent_url": members_page(group), "parent_label": f"Members of {group}"}


@require_safe
def members(request: SignedIn, code: str) -> HttpResponse:
    """Who holds what: today, with what can be done about it; or on another day."""
    group, standing = group_for(request, code)
    require(refusals_to_look_at_members(standing, group))
    form = DayForm(request.GET)
    on = (form.is_valid() and form.cleaned_data["on"]) or standing.on
    seats, appointments = seats_on(group, on), appointments_on(group, on)
    context = {
        "nav": "desk",
        "group": group,
        "form": form,
        "on": on,
        "is_today": on == standing.on,
        "is_past": on < standing.on,
        "vacant": [each for each in seats if each.holding is None],
        "held": [each for each in seats if each.holding],
        "voting": [each for each in seats if each.seat.votes],
        "represented": sum(each.holding is not None for each in seats if each.seat.votes),
        "appointments": [(each, in_words(each.during)) for each in appointments],
        "scopes": scopes_in_words(each.scope for each in appointments),
        "accounts": with_accounts({each.holding.person_id for each in seats if each.holding} | {each.person_id for each in appointments}),
        "runs": not any(refusals_to_bring_in_members(group, standing, portal_now())) and on == standing.on,
        "is_pmo": standing.is_pmo,
    }
    return render(request, "groups/members.html", context)


def _seat(request: SignedIn, pk: int) -> Seat:
    """What somebody who runs no membership asks for is refused, whether it is there or not."""
    require(refusals_to_run_membership(standing_of(request)))
    found = Seat.objects.select_related("group", "constituency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@form_view
def seat_somebody(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody takes the seat, from today or another day on, and is told."""
    seat, now = _seat(request, pk), portal_now()
    standing = standing_of(request)
    require(refusals_to_seat(seat, standing, now))
    form = SeatForm(seat.group, standing.on, sent(request))

    def act(typed: dict[str, Any]) -> Holding:
        person = operations.known_or_new(typed["name"], typed["email"])
        holding = operations.appoint(seat, person, **form.typed(), by=request.user)
        _invite(holding.person, typed, by=request.user)
        return holding

    if made := tried(request, form, act, on=seat):
        messages.success(request, f"{made.person} holds the {seat.label} seat {in_words(made.during)}, and is told.{_no_account(made.person)}")
        return redirect(members_page(seat.group))
    notes = [f"It speaks for {seat.constituency}." if seat.constituency else "", "Whoever holds it has its rights from the first day on; the public page of the seat names them."]
    return form_page(
        request, form, on=seat, **_beside(seat.group), title=f"Who takes the {seat.label} seat?", button="Seat them", notes=[note for note in notes if note],
    )  # fmt: skip


def _invite(person: Person, typed: dict[str, Any], *, by: User) -> None:
    if typed["invite"] and not User.objects.filter(person=person).exists():
        operations.invite(person, by=by)


def _no_account(person: Person) -> str:
    return "" if User.objects.filter(person=person).exists() else f" {person} has no account, and cannot sign in."


@form_view
def end_holding(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody leaves a seat: the page says first what hangs on it."""
    require(refusals_to_run_membership(standing_of(request)))
    holding = Holding.objects.select_related("seat__group", "seat__constituency", "person").filter(pk=pk).first()
    if holding is None:
        raise Http404
    standing = standing_of(request)
    require(refusals_to_end_now(holding, standing, portal_now()))
    alternates = list(alternates_beyond(holding.seat, standing.on))
    form = EndForm(sent(request), alternates=bool(alternates), initial={"last": max(standing.on, holding.first_day)})
    if tried(request, form, lambda typed: operations.end_holding(holding, **typed, by=request.user), on=holding):
        last = form.cleaned_data["last"]
        messages.success(request, f"{holding.person} holds the {holding.seat.label} seat until {as_day(last)}, and is told.")
        return redirect(members_page(holding.seat.group))
    notes = [
        f"{holding.person} has held it {in_words(holding.during)}. From the day after the last one, the seat is vacant until somebody else is seated.",
        *(f"{each.person} is named as alternate: {for_what(each)}." for each in alternates),
        *offered_from_above("groups.end_holding", holding),
    ]
    return form_page(
        request, form, on=holding, **_beside(holding.seat.group), title=f"{holding.person} leaves the {holding.seat.label} seat", button="End it",
        button_tone="warning", notes=notes,
    )  # fmt: skip


@form_view
def give_appointment(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    require(refusals_to_give_appointment(group, standing, portal_now()))
    form = AppointmentForm(group, standing.on, sent(request), initial={name: request.GET[name] for name in ("kind", "organisation") if name in request.GET})

    def act(typed: dict[str, Any]) -> Appointment:
        person = operations.known_or_new(typed["name"], typed["email"])
        made = operations.give_appointment(person, **form.typed(), by=request.user)
        _invite(made.person, typed, by=request.user)
        return made

    if made := tried(request, form, act, on=group):
        messages.success(request, f"{made} {in_words(made.during)}. They are told.{_no_account(made.person)}")
        return redirect(members_page(group))
    return form_page(
        request, form, on=group, **_beside(group), title="Appoint somebody", button="Appoint them",
        notes=["A right without a seat: it is no membership, and holds no vote."],
    )  # fmt: skip


@form_view
def end_appointment(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    require(refusals_to_run_membership(standing))
    found = Appointment.objects.select_related("person", "group", "organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(refusals_to_end_appointment(found, standing, portal_now()))
    form = EndForm(sent(request), initial={"last": max(standing.on, found.first_day)})
    back = members_page(found.group) if found.group else person_page(found.person)
    if tried(request, form, lambda typed: operations.end_appointment(found, **typed, by=request.user), on=found):
        messages.success(request, f"{found} until {as_day(form.cleaned_data['last'])}. They are told.")
        return redirect(back)
    notes = [f"{found.person} has it {in_words(found.during)}. Whatever the right is for, they can do on the last day still, and not after it.", *offered_from_above("groups.end_appointment", found)]
    return form_page(
        request, form, on=found, nav="desk", parent_url=back, parent_label=str(found.group or found.person), title=f"End the appointment of {found.person} as {found.get_kind_display()}",
        button="End it", button_tone="warning", notes=notes,
    )  # fmt: skip


# --- one person


def person_page(person: Person) -> str:
    return reverse("groups:person", args=[person.pk])


def _person(request: SignedIn, pk: int) -> Person:
    require(refusals_to_run_membership(standing_of(request)))
    found = Person.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def person(request: SignedIn, pk: int) -> HttpResponse:
    """What somebody holds and held, whether they can sign in, and what they were called before."""
    found, standing = _person(request, pk), standing_of(request)
    context = {
        "nav": "desk",
        "person": found,
        "account": User.objects.filter(person=found).first(),
        "holdings": [(each, in_words(each.during)) for each in found.holdings.select_related("seat__group", "organisation").order_by("-during")],
        "alternates": [(each, for_what(each)) for each in found.alternates.select_related("seat__group").order_by("-during")],
        "appointments": [(each, in_words(each.during)) for each in found.appointments.select_related("group", "organisation").order_by("-during")],
        "scopes": scopes_in_words(found.appointments.values_list("scope", flat=True)),
        "earlier": earlier_of(found),
        "offers": offers(found, standing, portal_now()),
        "today": standing.on,
    }
    return render(request, "groups/person.html", context)


@form_view
def correct_person(request: SignedIn, pk: int) -> HttpResponse:
    found = _person(request, pk)
    require(refusals_to_correct_person(found, standing_of(request), portal_now()))
    form = CorrectForm(sent(request), initial={"name": found.name, "email": found.email})
    if tried(request, form, lambda typed: operations.correct_person(found, **typed, by=request.user), on=found):
        messages.success(request, "It is corrected, and they are told.")
        return redirect(person_page(found))
    notes = ["What was published stays as it was printed; pages that follow the record, such as that of a seat, read the new name from now on."]
    return form_page(
        request, form, on=found, nav="desk", parent_url=person_page(found), parent_label=found.name, title=f"Correct the name or address of {found}", button="Save", notes=notes,
    )  # fmt: skip
