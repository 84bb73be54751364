"""What can be done to change requests and their versions."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from change_requests import operations
from change_requests.lifecycle import RequestStatus
from change_requests.models import ChangeRequest, ChangeRequestVersion, RequestFile
from change_requests.rules.requests import (
    is_asked_about,
    may_have,
    may_see,
    may_see_version,
    refusals_to_change,
    refusals_to_change_version,
    refusals_to_detach,
    refusals_to_draft_version,
    refusals_to_exclude,
    refusals_to_fix,
    refusals_to_move,
    refusals_to_raise,
    refusals_to_write,
)
from groups.models import Seat
from groups.standing import Kind, Standing
from records.rules import Refusal
from records.together import together
from records.verbs import Verb, register


def request_page(request: ChangeRequest) -> str:
    return reverse("change_requests:change_request", args=[request.pk])


def version_page(version: ChangeRequestVersion) -> str:
    return request_page(version.change_request)


def readable(standing: Standing) -> QuerySet[ChangeRequest]:
    """Those the person may know of before the public does, and what is theirs: their organisation's, and their groups'."""
    kept = Q(raised_by__in=standing.raises_for)
    if standing.is_pmo or standing.reads_everywhere:
        return ChangeRequest.objects.all()
    secretary = [p.group_id for p in standing.places if p.what in (Seat.Role.SECRETARIAT, Kind.PMO) and p.group_id]
    reading = [p.group_id for p in standing.places if p.what == Kind.ASSURANCE and p.group_id]
    near = Q(group__in=standing.readable_group_ids, published_at__isnull=False)
    return ChangeRequest.objects.filter(kept | Q(group__in=[*secretary, *reading]) | near)


def find_request(pk: int, standing: Standing) -> ChangeRequest | None:
    rows = ChangeRequest.objects.select_related("group", "raised_by", "target_meeting").prefetch_related("versions__attachments")
    found = rows.filter(pk=pk).first()
    return found if found and may_see(found, standing) else None


def find_version(pk: int, standing: Standing) -> ChangeRequestVersion | None:
    rows = ChangeRequestVersion.objects.select_related("change_request__group", "change_request__raised_by").prefetch_related("attachments", "files__blob")
    found = rows.filter(pk=pk).first()
    return found if found and may_see_version(found, standing) else None


def find_file(pk: int, standing: Standing) -> RequestFile | None:
    rows = RequestFile.objects.select_related("version__change_request__group", "version__change_request__raised_by", "blob__clean_copy")
    found = rows.prefetch_related("blob__scans").filter(pk=pk).first()
    if found is None or not may_have(found, standing):
        return None
    return found if may_see_version(found.version, standing) or is_asked_about(found.version, standing) else None


@together
def _drafts(standing: Standing) -> QuerySet[ChangeRequest] | None:
    """Begun and not raised, of one's organisation."""
    if not standing.raises_for:
        return None
    drafts = ChangeRequest.objects.filter(raised_by__in=standing.raises_for, status=RequestStatus.DRAFT)
    return drafts.select_related("group", "raised_by").prefetch_related("versions__attachments", "versions__files__blob").order_by("pk")


def _after_raising(request: ChangeRequest) -> list[str]:
    return [
        "It gets its number, and it is public at once, with what its first version asks for and which attachments that names.",
        "The version is fixed, for good: it can only be followed by another one.",
        f"The secretariat of {request.group} is told, and puts it to the group.",
    ]


def _after_fixing(version: ChangeRequestVersion) -> list[str]:
    return [
        f"What {version} asks for is frozen, for good: it can only be followed by another version.",
        "It becomes public at once. An assessment or a vote that runs stays with the version it was opened on.",
    ]


def _refusals(verb: str):
    def rule(request: ChangeRequest, standing: Standing, now: datetime) -> Iterator[Refusal]:
        return refusals_to_move(request, verb, standing, now)

    return rule


def _form(name: str):
    return lambda record: reverse(f"change_requests:{name}", args=[record.pk])


register(
    Verb(
        name="change_requests.raise", of=ChangeRequest, rule=refusals_to_raise, at=request_page, act=operations.raise_request, find=find_request,
        label="Raise it", title=lambda request: f"Raise “{request.title}”", confirms=_after_raising, waits=_drafts,
        done=lambda request: f"“{request.title}” is raised, and public.", then=request_page,
    ),
    Verb(name="change_requests.draft_version", of=ChangeRequest, rule=refusals_to_draft_version, at=_form("draft_version"), label="Write a version"),
    Verb(
        name="change_requests.bring_back", of=ChangeRequest, rule=refusals_to_write, at=_form("bring_back"), look="link",
        label="Write it in Word: take the form out, or bring it back",
    ),
    Verb(
        name="change_requests.fix", of=ChangeRequestVersion, rule=refusals_to_fix, at=version_page, act=operations.fix, find=find_version,
        label=lambda version: f"Fix {version.called}", confirms=_after_fixing, done=lambda version: f"{version.called.capitalize()} is fixed, and public.",
    ),
    Verb(
        name="change_requests.change_version", of=ChangeRequestVersion, rule=refusals_to_change_version, at=_form("change_version"), look="secondary",
        label=lambda version: f"Change the draft of {version.called}",
    ),
    Verb(
        name="change_requests.attach", of=ChangeRequestVersion, rule=refusals_to_change_version, at=_form("attach"), look="secondary", label="Attach a file",
    ),
    Verb(
        name="change_requests.detach", of=RequestFile, rule=refusals_to_detach, at=lambda file: version_page(file.version), act=operations.detach,
        find=find_file, look="link", label=lambda file: f"Take {file.name} off again", done=lambda file: f"{file.name} is taken off.",
    ),
    Verb(
        name="change_requests.change", of=ChangeRequest, rule=refusals_to_change, at=_form("change"), look="secondary",
        label="Change its title and what is said about it",
    ),
    Verb(
        name="change_requests.exclude", of=ChangeRequest, rule=refusals_to_exclude, at=_form("exclude"), look="link",
        label="Write down that another one cannot stand beside it",
    ),
    Verb(name="change_requests.hold", of=ChangeRequest, rule=_refusals("hold"), at=_form("hold"), look="link", label="Put it on hold"),
    Verb(
        name="change_requests.resume", of=ChangeRequest, rule=_refusals("resume"), at=request_page, act=operations.resume, find=find_request, look="secondary",
        label="Take it up again", done=lambda request: f"{request} is taken up again.",
    ),
    Verb(name="change_requests.withdraw", of=ChangeRequest, rule=_refusals("withdraw"), at=_form("withdraw"), look="link", label="Withdraw it"),
)  # fmt: skip
