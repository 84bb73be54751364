"""Pages for those who are signed in, about change requests: begin one, write its versions, raise, hold, withdraw."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from change_requests import operations
from change_requests.comparing import comparison_page
from change_requests.forms.requests import AttachForm, ExcludeForm, NewRequestForm, RequestForm, VersionForm, WhyForm, initial_of
from change_requests.lifecycle import VersionStatus
from change_requests.models import ChangeRequest, ChangeRequestVersion
from change_requests.rules.requests import (
    refusals_to_change,
    refusals_to_change_version,
    refusals_to_draft,
    refusals_to_draft_version,
    refusals_to_exclude,
    refusals_to_move,
)
from change_requests.shown.requests import SECTIONS, of_the_person
from change_requests.shown.requests import request_page as page_of
from change_requests.verbs import find_file, find_request, find_version, request_page
from decisions.views.finding import note_reading
from files.door import takes_files
from files.operations import have_compared
from files.serving import stream
from groups.models import Group
from groups.sending import form_page, sent, sent_files, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from records.clock import portal_now
from records.rules import require
from records.typed import cleaned


def the_request(request: SignedIn, pk: int) -> tuple[ChangeRequest, Standing]:
    """The change request, if the person may know of it; for anyone else it does not exist."""
    standing = standing_of(request)
    found = find_request(pk, standing)
    if found is None:
        raise Http404
    if not found.published_at:
        note_reading(request, standing, found.group, f"draft change request {found.reference}")
    return found, standing


@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """The change requests that are the person's business, and where a new one is begun."""
    section, words = request.GET.get("state", ""), cleaned(request.GET.get("q", "")).strip()[:200]
    shown = of_the_person(standing_of(request), section=section if section in SECTIONS else "", words=words, asked=request.GET.get("page"))
    return render(request, "change_requests/mine.html", {"nav": "desk"} | shown)


@require_safe
def change_request(request: SignedIn, pk: int) -> HttpResponse:
    """One change request as those see it who work on it: its draft, what it lacks, and what can be done now."""
    found, standing = the_request(request, pk)
    return render(request, "change_requests/change_request.html", {"nav": "desk"} | page_of(found, standing, portal_now()))


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: SignedIn, pk: int) -> HttpResponse:
    """The files of two versions compared; of which nobody has asked that yet, whoever may have both can."""
    found, standing = the_request(request, pk)
    try:
        page = comparison_page(found, standing, request.GET)
    except KeyError as error:
        raise Http404 from error
    note_reading(request, standing, found.group, f"what differs between versions of {found.reference}")
    if request.method == "POST":
        asked = have_compared(*page["sides"], by=request.user)
        messages.success(request, "The files will be compared. Look again in some minutes." if asked else "There are no two files to compare.")
        return redirect(request.get_full_path())
    title = f"Versions of {found.called} compared"
    return render(request, "desk/compare.html", {"nav": "desk", "title": title, "parent_url": request_page(found), "parent_label": found.reference} | page)


def begin(request: SignedIn, code: str) -> HttpResponse:
    standing, group = standing_of(request), Group.objects.filter(code=code).first()
    if group is None:
        raise Http404
    require(refusals_to_draft(group, standing, portal_now()))
    form = NewRequestForm(group, standing, sent(request))

    def act(typed: dict) -> ChangeRequest:
        return operations.draft(group, typed["title"], typed["organisation"], **form.typed(), by=request.user)

    if made := tried(request, form, act):
        messages.success(request, "It is begun. Now write its first version: what the issue is, and what the solution would be.")
        return redirect("change_requests:draft_version", made.pk)
    lede = "Only your organisation, the secretariat and assurance see it until it is raised."
    return _form(request, form, f"Begin a change request to {group.code}", "Save and go on", lede=lede, parent=None)


def change(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = the_request(request, pk)
    require(refusals_to_change(found, standing, portal_now()))
    names = ("title", "what_this_means", "category", "reason", "outside_reference", "freeze_exception", "target_meeting")
    form = RequestForm(found.group, standing, sent(request), target=found.target_meeting, initial={name: getattr(found, name) for name in names})
    if tried(request, form, lambda typed: operations.change(found, typed["title"], **form.typed(), by=request.user), on=found):
        messages.success(request, "It is saved.")
        return redirect(request_page(found))
    lede = "What you change here is public at once." if found.published_at else ""
    return _form(request, form, f"Change what is said about {found.called}", "Save", lede=lede, parent=found, on=found)


def draft_version(request: SignedIn, pk: int) -> HttpResponse:
    """A new version starts from what the newest one says."""
    found, standing = the_request(request, pk)
    require(refusals_to_draft_version(found, standing, portal_now()))
    newest = max((each for each in found.versions.all() if each.status == VersionStatus.FIXED), key=lambda each: each.place, default=None)
    start = initial_of(newest) | {"label": "", "dated_on": None, "what_changed": ""} if newest else {"label": "1.0"}
    form = VersionForm(found.group, sent(request), initial=start)

    def act(typed: dict) -> ChangeRequestVersion:
        return operations.draft_version(found, typed["label"], attachments=typed["attachments"], by=request.user, **form.typed())

    if tried(request, form, act):
        return saved(request, found)
    return _form(request, form, f"Write a version of {found.called}", "Save", parent=found, template="change_requests/version.html")


def change_version(request: SignedIn, pk: int) -> HttpResponse:
    standing = standing_of(request)
    version = find_version(pk, standing)
    if version is None:
        raise Http404
    require(refusals_to_change_version(version, standing, portal_now()))
    found = version.change_request
    form = VersionForm(found.group, sent(request), initial=initial_of(version))

    def act(typed: dict) -> ChangeRequestVersion:
        return operations.change_version(version, typed["label"], attachments=typed["attachments"], by=request.user, **form.typed())

    if tried(request, form, act, on=version):
        return saved(request, found)
    title = f"Change {version.called} of {found.called}"
    return _form(request, form, title, "Save", parent=found, on=version, template="change_requests/version.html")


@takes_files
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """Hand in a file for a draft: one that it names, another, or the change request itself as a document."""
    version = find_version(pk, standing_of(request))
    if version is None:
        raise Http404
    require(refusals_to_change_version(version, standing_of(request), portal_now()))
    form = AttachForm(version, sent(request), sent_files(request))
    if made := tried(request, form, lambda typed: operations.attach(version, typed["file"], by=request.user, **form.told())):
        messages.success(request, f"{made.name} is attached. It becomes public when the version is fixed, if everyone may have it.")
        return redirect(request_page(version.change_request))
    return _form(request, form, f"Attach a file to {version}", "Attach it", parent=version.change_request)


@require_safe
def file(request: SignedIn, pk: int) -> HttpResponseBase:
    """A file, for whoever may have it."""
    standing = standing_of(request)
    found = find_file(pk, standing)
    if found is None:
        raise Http404
    note_reading(request, standing, found.group, f"{found.name} of {found.version}")
    return stream(request, found)


def saved(request: SignedIn, found: ChangeRequest) -> HttpResponse:
    messages.success(request, "The draft is saved. Only your organisation, the secretariat and assurance see it until it is raised.")
    return redirect(request_page(found))


def hold(request: SignedIn, pk: int) -> HttpResponse:
    return _with_reason(request, pk, "hold", operations.hold, "Put {} on hold", "Put it on hold", "It is on hold.")


def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    return _with_reason(request, pk, "withdraw", operations.withdraw, "Withdraw {}", "Withdraw it", "It is withdrawn.", tone="warning")


def _with_reason(request: SignedIn, pk: int, verb: str, act: Callable, title: str, button: str, done: str, *, tone: str = "") -> HttpResponse:
    found, standing = the_request(request, pk)
    require(refusals_to_move(found, verb, standing, portal_now()))
    form = WhyForm(sent(request))
    if tried(request, form, lambda typed: act(found, why=typed["why"], by=request.user), on=found):
        messages.success(request, done)
        return redirect(request_page(found))
    return _form(request, form, title.format(found.called), button, parent=found, on=found, button_tone=tone)


def exclude(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = the_request(request, pk)
    require(refusals_to_exclude(found, standing, portal_now()))
    form = ExcludeForm(found, sent(request))
    if made := tried(request, form, lambda typed: operations.exclude(found, typed["other"], why=typed["why"], by=request.user)):
        messages.success(request, f"{made}. Whoever approves one of them is asked to reject the other on the same form.")
        return redirect(request_page(found))
    return _form(request, form, f"What cannot stand beside {found.called}", "Write it down", parent=found)


def _form(request: SignedIn, form, title: str, button: str, *, parent: ChangeRequest | None, template: str = "desk/form.html", **also) -> HttpResponse:
    where = {"parent_url": request_page(parent), "parent_label": parent.reference} if parent else {}
    return form_page(request, form, template, nav="desk", title=title, button=button, **where, **also)
