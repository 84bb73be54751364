"""The form as a Word document: taken out, filled in elsewhere, brought back, looked at, and then taken."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from change_requests import operations
from change_requests.forms.requests import BringForm, VersionForm, initial_of
from change_requests.lifecycle import VersionStatus
from change_requests.models import ChangeRequest, ChangeRequestVersion
from change_requests.rules.requests import refusals_to_draft, refusals_to_write
from change_requests.verbs import request_page
from change_requests.views.requests import saved, the_request
from change_requests.word_form import Brought, as_typed, brought, document
from files.door import takes_files
from files.filled import filled_in
from files.kinds import HANDED_OUT_AS, Kind
from groups.models import Group
from groups.sending import form_page, sent, sent_files, tried
from groups.signed_in import SignedIn, standing_of
from records.clock import portal_now
from records.rules import Refused, require


@require_safe
def blank(request: SignedIn, code: str) -> FileResponse:
    """The empty form, for whoever may begin a change request to the group."""
    group = Group.objects.filter(code=code).first()
    if group is None:
        raise Http404
    require(refusals_to_draft(group, standing_of(request), portal_now()))
    return _as_file(document({"label": "1.0"}), f"{group.code} change request.docx")


@require_safe
def take_out(request: SignedIn, pk: int) -> FileResponse:
    """The form of a change request, with what its draft says, or what the next version would start from."""
    found, version = _written(request, pk)
    return _as_file(document(_start(found, version), found), f"{found.reference} form.docx")


def _as_file(content: bytes, name: str) -> FileResponse:
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=HANDED_OUT_AS[Kind.DOCX])


def _written(request: SignedIn, pk: int) -> tuple[ChangeRequest, ChangeRequestVersion | None]:
    """The change request and its draft, if there is one; for whoever may write a version."""
    found, standing = the_request(request, pk)
    require(refusals_to_write(found, standing, portal_now()))
    version = next((each for each in found.versions.all() if each.status == VersionStatus.DRAFT), None)
    if version:
        version.change_request = found
    return found, version


def _start(found: ChangeRequest, version: ChangeRequestVersion | None) -> dict[str, Any]:
    """What stands there now: of the draft, or what a new version starts from."""
    if version:
        return initial_of(version)
    newest = max((each for each in found.versions.all() if each.status == VersionStatus.FIXED), key=lambda each: each.place, default=None)
    return initial_of(newest) | {"label": "", "what_changed": "", "dated_on": None} if newest else {"label": "1.0"}


@takes_files
def bring_back(request: SignedIn, pk: int) -> HttpResponse:
    """Hand in the form; see what was read beside what is there; take it. Nothing is kept before that."""
    found, version = _written(request, pk)
    if request.method == "POST" and "label" in request.POST:  # the fields, not the file
        return _take(request, found, version)
    form = BringForm(sent(request), sent_files(request))
    if request.method == "POST" and form.is_valid():
        try:
            read = brought(filled_in(form.cleaned_data["file"]), found, found.group)
            return _shown(request, found, version, VersionForm(found.group, as_typed(read, _start(found, version).get("dated_on"))), read)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error("file", str(reason))
    where = {"parent_url": request_page(found), "parent_label": found.reference, "change_request": found}
    return form_page(request, form, "change_requests/form_bring.html", nav="desk", on=version, title=f"The Word form of {found.reference}", button="See what it says", **where)


def _take(request: SignedIn, found: ChangeRequest, version: ChangeRequestVersion | None) -> HttpResponse:
    form = VersionForm(found.group, sent(request), initial=_start(found, version))

    def act(typed: dict[str, Any]) -> ChangeRequestVersion:
        if version:
            return operations.change_version(version, typed["label"], attachments=typed["attachments"], by=request.user, **form.typed())
        return operations.draft_version(found, typed["label"], attachments=typed["attachments"], by=request.user, **form.typed())

    if tried(request, form, act, on=version):
        return saved(request, found)
    return _shown(request, found, version, form, None)


def _shown(request: SignedIn, found: ChangeRequest, version: ChangeRequestVersion | None, form: VersionForm, read: Brought | None) -> HttpResponse:
    context: dict[str, Any] = {
        "title": f"What the Word form says of {found.called}", "button": "Save it as the draft", "parent_url": request_page(found), "parent_label": found.reference,
        "read": read, "beside": _beside(form, _start(found, version)) if read else [], "change_request": found,
    }  # fmt: skip
    if read:  # it is opened on what it is shown beside
        context["opened"] = {"key": uuid4(), "revision": version.revision if version else None}
    return form_page(request, form, "change_requests/form_read.html", nav="desk", on=version, **context)


def _beside(form: VersionForm, now: dict[str, Any]) -> list[dict[str, str]]:
    """Of each field what stands in the portal, and what was read, if these differ."""
    told = [(str(bound.label), _in_words(now.get(bound.name)), _in_words(_typed(form, bound.name))) for bound in form]
    return [{"label": label, "now": before, "read": after} for label, before, after in told if before != after]


def _typed(form: VersionForm, name: str) -> Any:
    data: Any = form.data
    return data.getlist(name) if isinstance(form.fields[name].widget.value_from_datadict(data, {}, name), list) else data.get(name, "")


def _in_words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(each for each in value if each)
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else (value or "").strip()
