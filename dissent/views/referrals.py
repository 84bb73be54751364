"""Significant concerns with decisions, and what is passed between groups: raised, answered, judged, carried up."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from decisions.views.finding import decision_for, note_reading
from dissent import operations as dissent
from dissent.due import say_by
from dissent.forms.referrals import AnswerForm, CarryForm, JudgeForm, ReferForm, TakeOnForm, WithdrawForm, kinds_offered
from dissent.forms.statements import ConcernForm
from dissent.models import Referral
from dissent.rules.referrals import (
    may_read,
    refusals_to_accept,
    refusals_to_answer,
    refusals_to_carry,
    refusals_to_raise_concern_for,
    refusals_to_refer,
    refusals_to_take_on,
    refusals_to_withdraw_referral,
)
from dissent.shown import concerns_page, group_page, referral_page
from dissent.states import STANDS, the, told_by
from dissent.views.statements import about, speaking
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, group_for, standing_of
from groups.standing import Standing
from records.clock import portal_now
from records.dates import as_day
from records.rules import require


def referral_for(request: SignedIn, pk: int) -> tuple[Referral, Standing]:
    """The referral, if the person has a place in a group it concerns; for anyone else it does not exist."""
    standing = standing_of(request)
    found = Referral.objects.select_related(
        "from_group", "to_group__parent", "raised_by_seat", "raised_by", "owner", "origin_decision__group", "answer_decision__group",
        "answered_by", "carried_to__to_group",
    ).filter(pk=pk).first()  # fmt: skip
    if found is None or not may_read(found, standing):
        raise Http404
    read_for = next((group for group in found.groups if standing.reads_for_assurance(group)), found.to_group)
    note_reading(request, standing, read_for, f"{found} (referral {found.pk})")
    return found, standing


@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """Every concern of the person's seats: its state, whose turn it is and until when, and what they can do next."""
    return render(request, "dissent/concerns.html", {"nav": "desk"} | concerns_page(standing_of(request), portal_now()))


@require_safe
def of_group(request: SignedIn, code: str) -> HttpResponse:
    """What came in to the group and what went out from it."""
    group, standing = group_for(request, code)
    note_reading(request, standing, group, f"referrals of {group}")
    return render(request, "dissent/referrals.html", {"nav": "desk"} | group_page(group, standing, portal_now()))


@require_safe
def referral(request: SignedIn, pk: int) -> HttpResponse:
    """The whole life of one, and what this person may do to it now."""
    found, standing = referral_for(request, pk)
    return render(request, "dissent/referral.html", {"nav": "desk"} | referral_page(found, standing, portal_now()))


def concern(request: SignedIn, pk: int) -> HttpResponse:
    """Raise a significant concern with a decision that has been taken."""
    decision, standing = decision_for(request, pk)
    form = ConcernForm(speaking(refusals_to_raise_concern_for, decision, standing), sent(request))
    if raised := tried(request, form, lambda typed: dissent.raise_concern(decision, form.spoken_for(), typed["text"], by=request.user)):
        messages.success(request, f"Your concern is raised. {capfirst(the(raised.to_group))} answers by {as_day(raised.due_on)}, and you are told.")
        return redirect("dissent:referral", raised.pk)
    above = decision.group.parent
    way_on = f" If the answer does not satisfy you, the concern can be carried to {the(above)}." if above else ""
    return form_page(
        request, form, title="Raise a significant concern", button="Raise the concern",
        notes=[
            f"{capfirst(the(decision.group))} answers.{way_on} The decision stands meanwhile, unless the Chair says otherwise.",
            "Concern and answer are shown on the decision’s public page, without your name.",
        ], **about(decision, form),
    )  # fmt: skip


def take_on(request: SignedIn, pk: int) -> HttpResponse:
    """Say who answers and, of a concern, whether the decision stands meanwhile."""
    found, standing = referral_for(request, pk)
    require(refusals_to_take_on(found, standing, portal_now()))
    form = TakeOnForm(found, standing, sent(request))
    if tried(
        request, form, lambda typed: dissent.take_on(found, typed["owner"], stands_meanwhile=form.stands_meanwhile(), by=request.user), on=found
    ):
        messages.success(request, "It is recorded who answers, and they are told.")
        return redirect("dissent:referral", pk)
    return form_page(request, form, on=found, title="Say who answers", button="Save", **_around(found, stands=""))


def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Answer what was put to the group; for a body outside the portal, write its answer down."""
    found, standing = referral_for(request, pk)
    require(refusals_to_answer(found, standing, portal_now()))
    form = AnswerForm(found, sent(request))
    if tried(request, form, lambda typed: dissent.answer_referral(found, typed["answer"], by=request.user, **form.typed()), on=found):
        messages.success(request, "The answer is recorded, and whoever raised it is told.")
        return redirect("dissent:referral", pk)
    theirs = not standing.chairs(found.to_group)
    notes = [f"You write down what {the(found.to_group)} answered. The record says that you did."] if theirs else []
    if found.kind == Referral.Kind.CONCERN:
        notes.append("The answer is shown on the decision’s public page.")
    return form_page(request, form, on=found, title=f"Answer for {the(found.to_group)}", button="Record the answer", **_around(found, *notes))


def dispute(request: SignedIn, pk: int) -> HttpResponse:
    """The seat says whether the answer to its concern satisfies, and if not, why."""
    found, standing = referral_for(request, pk)
    require(refusals_to_accept(found, standing, portal_now()))
    form = JudgeForm(sent(request))

    def judge(typed: dict) -> Referral:
        if typed["satisfied"] == "yes":
            return dissent.accept_answer(found, by=request.user)
        return dissent.dispute_answer(found, typed["why"], by=request.user)

    if judged := tried(request, form, judge, on=found):
        disputed = judged.status == "not_satisfied"
        messages.success(request, "It is recorded that the answer does not satisfy. The concern can be carried up." if disputed else "The answer is accepted.")
        return redirect("dissent:referral", pk)
    last, answered = say_by(found), f"The answer of {the(found.to_group)}: {found.answer}"
    return form_page(
        request, form, on=found, title="Say whether the answer satisfies", button="Save",
        **_around(found, answered, f"If nothing is said by {as_day(last)}, the answer stands." if last else ""),
    )  # fmt: skip


def carry(request: SignedIn, pk: int) -> HttpResponse:
    """Carry the concern to the group above, through a representative there."""
    found, standing = referral_for(request, pk)
    require(refusals_to_carry(found, standing, portal_now()))
    form, above = CarryForm(found, standing, sent(request)), the(found.to_group.parent)
    if there := tried(request, form, lambda typed: dissent.carry_up(found, carrier=typed.get("carrier"), by=request.user), on=found):
        messages.success(request, f"The concern lies with {above} now, which answers by {as_day(there.due_on)}.")
        return redirect("dissent:referral", there.pk)
    if form.own:
        through = f"It goes through the {form.own.label} in {above}, who is told."
    else:
        through = "" if form.fields else f"Nobody represents a constituency in {above} here: it goes there in the name of {told_by(found)}."
    return form_page(request, form, on=found, title=f"Carry it to {above}", button=f"Carry it to {above}", **_around(found, through))


def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take it back, with a reason. It stays on record."""
    found, standing = referral_for(request, pk)
    require(refusals_to_withdraw_referral(found, standing, portal_now()))
    form = WithdrawForm(sent(request))
    if tried(request, form, lambda typed: dissent.withdraw_referral(found, why=typed["why"], by=request.user), on=found):
        messages.success(request, "It is withdrawn.")
        return redirect("dissent:referral", pk)
    return form_page(request, form, on=found, title="Withdraw it", button="Withdraw it", button_tone="warning", **_around(found))


def refer(request: SignedIn, code: str) -> HttpResponse:
    """Recommend or escalate: chosen first, then written down."""
    group, standing = group_for(request, code)
    require(refusals_to_refer(group, standing, portal_now()))
    offered = kinds_offered(group, standing)
    wanted = request.GET.get("kind", "")
    chosen = next((entry for entry in offered if entry[0] == wanted), offered[0] if len(offered) == 1 else None)
    back = {"nav": "desk", "parent_url": reverse("dissent:referrals", args=[code]), "parent_label": f"Referrals of {group}"}
    if chosen is None:
        return render(request, "dissent/refer.html", {"group": group, "offered": offered} | back)
    kind, verb, purpose = chosen
    form = ReferForm(kind, group, standing, sent(request))
    if referred := tried(
        request, form, lambda typed: dissent.refer(group, typed["to_group"], kind, typed["text"], by=request.user, **form.typed())
    ):
        messages.success(request, f"It lies with {the(referred.to_group)} now.")
        return redirect("dissent:referral", referred.pk)
    return form_page(request, form, title=f"{verb} for {the(group)}", button=verb, notes=[purpose], **back)


def _around(found: Referral, *notes: str, stands: str | None = None) -> dict:
    """What the page of a form about a referral says round it; `stands` is said instead of whether the decision does."""
    decision = found.origin_decision
    if stands is None:
        stands = STANDS[found.stands_meanwhile] if found.kind == Referral.Kind.CONCERN and found.is_open else ""
    due = f"An answer is due by {as_day(found.due_on)}." if found.due_on and found.status == "raised" else ""
    return {
        "nav": "desk",
        "kicker": f"{found.get_kind_display()} from {told_by(found)}" + (f", on {decision}: {decision.title}" if decision else ""),
        "quote": found.text,
        "notes": [note for note in (*notes, " ".join(filter(None, [stands, due]))) if note],
        "parent_url": reverse("dissent:referral", args=[found.pk]),
        "parent_label": found.get_kind_display(),
    }
