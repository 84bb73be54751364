"""Change requests as subjects of questions and decisions: found by reference in any spelling, with the versions that can be voted on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from change_requests.finding import reference_of
from change_requests.lifecycle import RequestStatus, VersionStatus
from change_requests.models import ChangeRequest, ChangeRequestVersion, Determination, RequestFile
from change_requests.on_agendas import version_meant
from change_requests.states import ENDS
from decisions.models import Settlement
from files.models import Visibility
from groups.models import Group
from records.subjects import Described, Document, Known, Subjects, register

KIND = Settlement.SubjectKind.CHANGE_REQUEST


def _with_versions():
    fixed = ChangeRequestVersion.objects.filter(status=VersionStatus.FIXED).order_by("-key")
    return ChangeRequest.objects.prefetch_related(Prefetch("versions", fixed, to_attr="fixed_versions"))


def _known(request: Any) -> Known:
    """Of a change request with its `fixed_versions`."""
    return Known(KIND, request.reference, request.title, tuple(each.label for each in request.fixed_versions))


def find(references: Iterable[str]) -> dict[str, Known]:
    meant = {ref: reference_of(ref) for ref in references}
    known = {each.reference: each for each in _with_versions().filter(reference__in=filter(None, meant.values()))}
    return {ref: _known(known[told]) for ref, told in meant.items() if told in known}


def open_in(group: Group) -> list[Known]:
    """Raised in the group, and not settled yet."""
    ended = [outcome for outcome, state in ENDS.items() if state in ("approved", "rejected", "withdrawn")]
    settled = Determination.objects.filter(settlement__outcome__in=ended).values("change_request")
    waiting = _with_versions().filter(group=group, status=RequestStatus.RAISED).exclude(pk__in=settled)
    return [_known(each) for each in waiting.order_by("number")[:200]]


def describe(ref: str, label: str) -> Described | None:
    """Its title, what it means in the words of who raised it, and the files of that version which members may have."""
    request = _with_files().filter(reference=reference_of(ref)).first()
    version = version_meant(request, label) if request else None
    if request is None or version is None:
        return None
    address = request.get_absolute_url() if request.published_at else reverse("change_requests:change_request", args=[request.pk])
    documents = tuple(document_of(each, request, version) for each in version.files.all() if each.visibility != Visibility.PMO_AND_ASSURANCE)
    return Described(request.called, address, request.what_this_means or version.solution, documents)


def _with_files():
    files = RequestFile.for_sealing().filter(dropped=False).select_related("attachment").prefetch_related("blob__scans").order_by("pk")
    return ChangeRequest.objects.exclude(number=None).prefetch_related("versions", Prefetch("versions__files", files))


def document_of(file: RequestFile, request: ChangeRequest, version: ChangeRequestVersion) -> Document:
    """A file of a version: to be had by everybody, where it is theirs and the change request is public."""
    to_everybody = request.published_at is not None and file.visibility == Visibility.PUBLIC
    return Document(
        file.attachment.title if file.attachment else str(file.get_form_display()), file.name, version.label, file.visibility, file.blob,
        reverse("change_requests:file", args=[file.pk]), reverse("register:change_request_file", args=[request.reference, file.digest]) if to_everybody else "",
    )  # fmt: skip


register(Subjects(KIND, find, open_in, describe))
