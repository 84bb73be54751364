"""Pages for those who are signed in, about artefacts: the catalogue, versions, and what was agreed to be edited."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from artefacts import operations
from artefacts.comparing import comparison_page
from artefacts.forms.artefacts import (
    ArtefactForm,
    AttachForm,
    CarriesForms,
    DescriptionForm,
    EditForm,
    VersionForm,
    WhyForm,
    initial_of,
)
from artefacts.models import Artefact, ArtefactVersion
from artefacts.rules.artefacts import (
    refusals_to_add,
    refusals_to_agree_edit,
    refusals_to_change_version,
    refusals_to_describe,
    refusals_to_keep,
    refusals_to_withdraw,
)
from artefacts.shown.artefacts import artefact_page as page_of
from artefacts.shown.artefacts import catalogue as catalogue_of
from artefacts.verbs import artefact_page, find_file, find_version, may_see_drafts
from decisions.views.finding import note_reading
from files.door import takes_files
from files.operations import have_compared
from files.serving import stream
from groups.sending import form_page, sent, sent_files, tried
from groups.signed_in import SignedIn, group_for, standing_of
from groups.standing import Standing
from records.clock import portal_now
from records.rules import require


def _artefact_for(request: SignedIn, slug: str) -> tuple[Artefact, Standing]:
    """The artefact, if the person may see its drafts; for anyone else there is its public page."""
    standing = standing_of(request)
    found = Artefact.objects.select_related("group").prefetch_related("baselines__version__agreed_edits").filter(slug=slug).first()
    if found is None or not may_see_drafts(found, standing):
        raise Http404
    note_reading(request, standing, found.group, f"drafts of {found}")
    return found, standing


def _version_for(request: SignedIn, pk: int) -> tuple[ArtefactVersion, Standing]:
    standing = standing_of(request)
    found = find_version(pk, standing)
    if found is None:
        raise Http404
    return found, standing


@require_safe
def catalogue(request: SignedIn) -> HttpResponse:
    return render(request, "artefacts/catalogue.html", {"nav": "desk"} | catalogue_of(standing_of(request), portal_now()))


@require_safe
def artefact(request: SignedIn, slug: str) -> HttpResponse:
    """One artefact as those see it who work on it: drafts too, and what can be done now."""
    found, standing = _artefact_for(request, slug)
    return render(request, "artefacts/artefact.html", {"nav": "desk"} | page_of(found, standing, portal_now()))


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: SignedIn, slug: str) -> HttpResponse:
    """The files of two versions compared; of which nobody has asked that yet, whoever may have both can."""
    found, standing = _artefact_for(request, slug)
    try:
        page = comparison_page(found, standing, request.GET)
    except KeyError as error:
        raise Http404 from error
    if request.method == "POST":
        asked = have_compared(*page["sides"], by=request.user)
        messages.success(request, "The files will be compared. Look again in some minutes." if asked else "There are no two files to compare.")
        return redirect(request.get_full_path())
    title = f"Versions of {found} compared"
    return render(request, "desk/compare.html", {"nav": "desk", "title": title, "parent_url": artefact_page(found), "parent_label": str(found)} | page)


def add(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    require(refusals_to_add(group, standing, portal_now()))
    form = ArtefactForm(sent(request))
    if made := tried(request, form, lambda typed: operations.add_artefact(group, typed.pop("name"), **typed, by=request.user)):
        messages.success(request, f"{made} is in the catalogue. What it holds comes with its versions.")
        return redirect(artefact_page(made))
    return form_page(request, form, nav="desk", title=f"Add an artefact to the catalogue of {group.code}", button="Add it", lede="The catalogue is public at once.")


def describe(request: SignedIn, slug: str) -> HttpResponse:
    found, standing = _artefact_for(request, slug)
    require(refusals_to_describe(found, standing, portal_now()))
    form = DescriptionForm(sent(request), initial={name: getattr(found, name) for name in DescriptionForm.base_fields})
    if tried(request, form, lambda typed: operations.describe_artefact(found, **typed, by=request.user), on=found):
        messages.success(request, f"The catalogue describes {found} so now.")
        return redirect(artefact_page(found))
    lede = "The catalogue is public at once. Number and name stay as they are: minutes and decisions cite them."
    return form_page(request, form, nav="desk", title=f"Describe {found}", button="Save", lede=lede, on=found, parent_url=artefact_page(found), parent_label=str(found))


def _carried(request: SignedIn, version: ArtefactVersion | None) -> Any:
    return CarriesForms(sent(request), prefix="carries", initial=version.carries if version else None)


def _write(request: SignedIn, found: Artefact, form: VersionForm, rows: Any, title: str, act, *, on: ArtefactVersion | None = None) -> HttpResponse:
    """What a version holds, and what it carries, on one form."""

    def whole(typed: dict) -> ArtefactVersion:
        carries = [told for row in rows.forms if (told := row.carried())]
        return act(typed["label"], carries=carries, **form.typed())

    sound = request.method != "POST" or rows.is_valid()
    if sound and tried(request, form, whole, on=on):
        messages.success(request, "The draft is saved. It is not public yet.")
        return redirect(artefact_page(found))
    if not sound:
        form.is_valid()
        form.add_error(None, "What the version carries cannot be read: look at the rows below.")
    return form_page(
        request, form, "artefacts/version.html", nav="desk", title=title, button="Save", rows=rows, on=on, parent_url=artefact_page(found), parent_label=str(found),
    )  # fmt: skip


def draft_version(request: SignedIn, slug: str) -> HttpResponse:
    found, standing = _artefact_for(request, slug)
    require(refusals_to_keep(found, standing, portal_now()))
    form = VersionForm(found, sent(request))
    return _write(
        request, found, form, _carried(request, None), f"Begin a version of {found}",
        lambda label, **typed: operations.draft_version(found, label, by=request.user, **typed),
    )  # fmt: skip


def change_version(request: SignedIn, pk: int) -> HttpResponse:
    version, standing = _version_for(request, pk)
    require(refusals_to_change_version(version, standing, portal_now()))
    form = VersionForm(version.artefact, sent(request), initial=initial_of(version))
    return _write(
        request, version.artefact, form, _carried(request, version), f"Change the draft of {version}",
        lambda label, **typed: operations.change_version(version, label, by=request.user, **typed), on=version,
    )  # fmt: skip


def withdraw_version(request: SignedIn, pk: int) -> HttpResponse:
    version, standing = _version_for(request, pk)
    require(refusals_to_withdraw(version, standing, portal_now()))
    form = WhyForm(sent(request))
    if tried(request, form, lambda typed: operations.withdraw_version(version, why=typed["why"], by=request.user), on=version):
        messages.success(request, f"{version} is withdrawn.")
        return redirect(artefact_page(version.artefact))
    return _form(request, form, f"Withdraw {version}", "Withdraw it", version, on=version, button_tone="warning")


@takes_files
def attach(request: SignedIn, pk: int) -> HttpResponse:
    version, standing = _version_for(request, pk)
    require(refusals_to_change_version(version, standing, portal_now()))
    form = AttachForm(sent(request), sent_files(request))
    if made := tried(request, form, lambda typed: operations.attach(version, typed.pop("file"), **typed, by=request.user)):
        messages.success(request, f"{made.name} is attached. It becomes public when the version is put forward, if everyone may have it.")
        return redirect(artefact_page(version.artefact))
    return _form(request, form, f"Attach a file to {version}", "Attach it", version)


@require_safe
def file(request: SignedIn, pk: int) -> HttpResponseBase:
    """A file, for whoever may have it."""
    standing = standing_of(request)
    found = find_file(pk, standing)
    if found is None:
        raise Http404
    note_reading(request, standing, found.group, f"{found.name} of {found.version}")
    return stream(request, found)


def agree_edit(request: SignedIn, pk: int) -> HttpResponse:
    version, standing = _version_for(request, pk)
    require(refusals_to_agree_edit(version, standing, portal_now()))
    form = EditForm(sent(request))
    if made := tried(request, form, lambda typed: operations.agree_edit(version, typed["text"], agreed_where=typed["agreed_where"], by=request.user)):
        messages.success(request, f"Edit {made.n} is written down.")
        return redirect(artefact_page(version.artefact))
    lede = "What is baselined is issued when each of these is made, and somebody other than its owner has looked."
    return _form(request, form, f"Write down an edit agreed for {version}", "Write it down", version, lede=lede)


def _form(request: SignedIn, form, title: str, button: str, version: ArtefactVersion, **also) -> HttpResponse:
    where = {"parent_url": artefact_page(version.artefact), "parent_label": str(version.artefact)}
    return form_page(request, form, nav="desk", title=title, button=button, **where, **also)
