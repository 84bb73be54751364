"""A change request as those see it who work on it, and the list of them."""

from datetime import datetime
from typing import Any

from django.db.models import Case, Prefetch, Q, Value, When

from change_requests.bodies import implementations_told
from change_requests.lifecycle import AssessmentStatus, RequestStatus, VersionStatus
from change_requests.models import Assessment, ChangeRequest, ChangeRequestVersion, PastAssessment, RequestFile
from change_requests.on_agendas import for_decision
from change_requests.past import counts_of, past_assessments, said_in
from change_requests.rules.freezing import refusals_while_frozen
from change_requests.rules.requests import (
    attachments_without_a_file,
    files_of,
    may_have,
    may_see_version,
    named_attachments,
    what_is_missing,
)
from change_requests.states import SETTLING, state_of, with_last_outcome
from change_requests.verbs import readable
from groups.models import Group
from groups.standing import Standing
from meetings.for_decision import ForDecision
from records.pages import paged
from records.rules import Refusal
from records.verbs import offers

SECTIONS = {"drafts": "Drafts", "open": "Open", "settled": "Settled or withdrawn"}


def of_the_person(standing: Standing, *, section: str, words: str, asked: str | None) -> dict[str, Any]:
    """The change requests that are the person's business, a page of them: drafts first, then what is open, then what is settled.

    `section`: only those; `words`: only those that have them in reference or title.
    """
    told_with = (
        "determinations__settlement__decision", "determinations__version", "versions__assessments", "past_assessments__version", "implementations__artefact",
        "implementations__version", "implementations__release__group",
    )  # fmt: skip
    over = Q(status=RequestStatus.WITHDRAWN) | Q(last_outcome__in=SETTLING)
    stage = Case(When(over, then=Value("settled")), When(published_at=None, then=Value("drafts")), default=Value("open"))
    rows = with_last_outcome(readable(standing)).annotate(section=stage)
    if section in SECTIONS:
        rows = rows.filter(section=section)
    if words:
        rows = rows.filter(Q(reference__icontains=words) | Q(title__icontains=words))
    in_order = Case(*(When(section=name, then=n) for n, name in enumerate(SECTIONS)))
    page = paged(rows.select_related("group", "raised_by").prefetch_related(*told_with).order_by(in_order, "-number", "-pk"), asked, state=section, q=words)
    requests = list(page.object_list)
    places = for_decision(requests, near=[group.pk for group in {each.group for each in requests} if standing.belongs_to(group)])
    told = [_row(request, places.get(request.pk)) for request in requests]
    return {
        "page": page, "sections": SECTIONS, "section": section, "words": words,
        "shown": [(name, heading, there) for name, heading in SECTIONS.items() if (there := [each for each in told if each["request"].section == name])],
        "groups": may_begin_in(standing),
        "near": [group for group in Group.objects.filter(closed_on=None, level=3).order_by("code") if standing.belongs_to(group)],
        "answers": bool(standing.answers_for),
    }


def may_begin_in(standing: Standing) -> list[Group]:
    """The groups to which the person can put a change request."""
    living = Group.objects.filter(closed_on=None, level=3).order_by("code")
    return [group for group in living if standing.raises_for or standing.is_secretary_of(group)]


def _row(request: ChangeRequest, place: ForDecision | None) -> dict[str, Any]:
    determinations = [each for each in request.determinations.all() if each.settlement.decision.published_at]
    versions = {version.pk: version for version in request.versions.all()}
    assessments = sorted((each for version in versions.values() for each in version.assessments.all() if each.status != AssessmentStatus.WITHDRAWN), key=lambda each: each.n)
    for each in assessments:
        each.version = versions[each.version_id]
    past = sorted(request.past_assessments.all(), key=lambda each: each.n)
    following = sorted(request.implementations.all(), key=lambda each: each.pk)
    return {"request": request, "state": state_of(request, determinations, assessments, following, past=past, for_decision=place)}


def request_page(request: ChangeRequest, standing: Standing, now: datetime) -> dict[str, Any]:
    versions = list(request.versions.prefetch_related("attachments", Prefetch("files", RequestFile.objects.select_related("blob__clean_copy").prefetch_related("blob__scans"))).order_by("-key", "-pk"))
    for version in versions:
        version.change_request = request
    taken = request.determinations.select_related("settlement__decision", "version").order_by("pk")
    determinations = list(taken if standing.belongs_to(request.group) else taken.filter(settlement__decision__published_at__isnull=False))
    assessments = list(Assessment.objects.filter(version__change_request=request).select_related("version").order_by("n"))
    near = standing.belongs_to(request.group)
    past, place = past_assessments(request), for_decision([request], near=[request.group_id] if near else ()).get(request.pk)
    in_full = standing.runs(request.group) or standing.reads_for_assurance(request.group)
    following = implementations_told(request, determinations)
    for each in following:
        each.change_request = request
    return {
        "change_request": request,
        "state": state_of(request, determinations, [each for each in assessments if each.status != AssessmentStatus.WITHDRAWN], following, planned=near, past=past, for_decision=place),
        "implementations": [{"implementation": each, "release": each.planned_with if near else each.issued_with, "offers": offers(each, standing, now)} for each in following],
        "offers": offers(request, standing, now),
        "versions": [_version(version, standing, now) for version in versions if may_see_version(version, standing)],
        "determinations": determinations,
        "assessments": assessments,
        "past": [_past(each, in_full) for each in past],
    }


def _missing(version: ChangeRequestVersion, standing: Standing) -> list[Refusal]:
    """What keeps it from being raised, or a later version from being fixed."""
    frozen = refusals_while_frozen(version.change_request, standing) if version.change_request.status == RequestStatus.DRAFT else ()
    return [*what_is_missing(version), *frozen]


def _past(assessment: PastAssessment, in_full: bool) -> dict[str, Any]:
    """Every answer to those who may read all answers; to the rest what the public reads."""
    answers = list(assessment.answers.all())
    shown = answers if in_full else [each for each in answers if each.answered and each.confidential is False]
    told = [{"answer": each, "said": said_in(each)} for each in shown]
    return {"assessment": assessment, "counts": counts_of(answers, in_full=in_full), "answers": told, "in_full": in_full}


def _version(version: ChangeRequestVersion, standing: Standing, now: datetime) -> dict[str, Any]:
    texts = [(heading, getattr(version, name)) for name, heading in ChangeRequestVersion.headings().items()]
    files = [file for file in files_of(version) if may_have(file, standing)]
    for file in files:
        file.version = version
    without = {each.pk for each in attachments_without_a_file(version)}
    return {
        "version": version,
        "texts": [(name, text) for name, text in texts if text],
        "attachments": [
            {"attachment": each, "file": next((file for file in files if file.attachment_id == each.pk), None), "there": each.pk not in without} for each in named_attachments(version)
        ],
        "files": [{"file": file, "offers": offers(file, standing, now)} for file in files],
        "missing": _missing(version, standing) if version.status == VersionStatus.DRAFT else [],
        "offers": offers(version, standing, now),
    }
