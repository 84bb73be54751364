"""Pages for those who are signed in, about releases: those of a group, what goes out with one, and its issue."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from artefacts import operations
from artefacts.forms.releases import BaselinedForm, EffectiveForm, PutInForm, ReleaseForm, WithdrawForm, initial_of
from artefacts.models import Release
from artefacts.rules.releases import (
    refusals_to_change_release,
    refusals_to_plan,
    refusals_to_say_baselined,
    refusals_to_say_effective,
    refusals_to_withdraw_release,
)
from artefacts.shown.releases import release_page as page_of
from artefacts.shown.releases import releases_of
from artefacts.verbs.releases import find_release, release_page
from decisions.views.finding import note_reading
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, group_for, standing_of
from groups.standing import Standing
from records.clock import portal_now
from records.rules import require


def _release_for(request: SignedIn, pk: int) -> tuple[Release, Standing]:
    """The release, if the person may know what is planned; for anyone else there is its public page, once it is issued."""
    standing = standing_of(request)
    found = find_release(pk, standing)
    if found is None:
        raise Http404
    return found, standing


@require_safe
def releases(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    note_reading(request, standing, group, f"releases of {group}")
    return render(request, "artefacts/releases.html", {"nav": "desk"} | releases_of(group, standing, portal_now()))


@require_safe
def release(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _release_for(request, pk)
    note_reading(request, standing, found.group, str(found))
    return render(request, "artefacts/release.html", {"nav": "desk"} | page_of(found, standing, portal_now()))


def plan_release(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    require(refusals_to_plan(group, standing, portal_now()))
    form = ReleaseForm(sent(request))
    if made := tried(request, form, lambda typed: operations.plan_release(group, typed.pop("code"), **typed, by=request.user)):
        messages.success(request, f"{made.code} is planned. Only the group knows of it until it is issued.")
        return redirect(release_page(made))
    return form_page(request, form, nav="desk", title=f"Plan a release of {group.code}", button="Plan it")


def change_release(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _release_for(request, pk)
    require(refusals_to_change_release(found, standing, portal_now()))
    form = ReleaseForm(sent(request), initial=initial_of(found))
    if tried(request, form, lambda typed: operations.change_release(found, typed.pop("code"), **typed, by=request.user), on=found):
        messages.success(request, "It is saved.")
        return redirect(release_page(found))
    return _form(request, form, f"Change what is said of {found}", "Save", found, on=found)


def put_in(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _release_for(request, pk)
    require(refusals_to_change_release(found, standing, portal_now()))
    form = PutInForm(found, sent(request))
    if made := tried(request, form, lambda typed: operations.put_in(found, typed["version"], by=request.user)):
        messages.success(request, f"{made.version} goes out with it.")
        return redirect(release_page(found))
    return _form(request, form, f"Put a version into {found}", "Put it in", found)


def say_effective(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _release_for(request, pk)
    require(refusals_to_say_effective(found, standing, portal_now()))
    form = EffectiveForm(sent(request), initial={"on": found.effective_on, "by_notice": found.effective_by})
    if tried(request, form, lambda typed: operations.say_effective(found, typed["on"], by_notice=typed["by_notice"], by=request.user), on=found):
        messages.success(request, "It is said, and public.")
        return redirect(release_page(found))
    return _form(request, form, f"Say from when {found} is in force", "Say it", found, on=found)


def say_baselined(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _release_for(request, pk)
    require(refusals_to_say_baselined(found, standing, portal_now()))
    form = BaselinedForm(found, sent(request), initial={"decision": found.baselined_by_id})
    if tried(request, form, lambda typed: operations.say_baselined(found, typed["decision"], by=request.user), on=found):
        messages.success(request, "It is said, and public.")
        return redirect(release_page(found))
    return _form(request, form, f"Say which decision has baselined {found}", "Say it", found, on=found)


def withdraw_release(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = _release_for(request, pk)
    require(refusals_to_withdraw_release(found, standing, portal_now()))
    form = WithdrawForm(sent(request))
    if tried(request, form, lambda typed: operations.withdraw_release(found, why=typed["why"], by=request.user), on=found):
        messages.success(request, f"{found.code} is withdrawn.")
        return redirect(release_page(found))
    return _form(request, form, f"Withdraw {found}", "Withdraw it", found, on=found, button_tone="warning")


def _form(request: SignedIn, form, title: str, button: str, found: Release, **also) -> HttpResponse:
    return form_page(request, form, nav="desk", title=title, button=button, parent_url=release_page(found), parent_label=found.code, **also)
