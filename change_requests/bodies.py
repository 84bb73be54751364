"""What an edition of a change request holds, and how it goes on the shelf."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.urls import reverse

from artefacts.finding import number_and_name
from artefacts.released import by_reference
from change_requests.assessed import assessment_body, texts_of
from change_requests.finding import reference_of
from change_requests.lifecycle import AssessmentStatus, VersionStatus
from change_requests.models import (
    Assessment,
    ChangeRequest,
    ChangeRequestEdition,
    ChangeRequestVersion,
    Determination,
    Exclusion,
    Freeze,
    Implementation,
    PastAssessment,
    RequestFile,
)
from change_requests.on_agendas import for_decision
from change_requests.past import LOADED_FROM, days_of, in_order
from change_requests.past import texts_of as past_texts_of
from change_requests.states import in_force_on, is_approved, is_settled, state_of
from decisions.lifecycle import QuestionStatus
from decisions.models import Question
from files.models import Visibility
from groups.models import Group
from records.clock import london_date, london_moment
from records.editions import Body, Shelved, body_of, part_of, parts_of, upgrade_of, whole_of
from records.models import Origin
from records.periods import in_words
from records.references import key_of


def _shelve(body: Body) -> Shelved:
    newest = body["versions"][0] if body["versions"] else {}
    open_until = [each["closes_at"] for each in body["assessments"] if each["status"] == AssessmentStatus.OPEN]
    closes_at = datetime.fromisoformat(max(open_until)) if open_until and body["state"] == "assessing" else None
    implemented = london_moment(date.fromisoformat(body["in_force_on"]), time.min) if body["in_force_on"] and body["state"] == "scheduled" else None
    return Shelved(
        title=body["title"] or body["reference"], summary=body["state_in_words"], group=body["group"], sort_on=date.fromisoformat(body["changed_on"]),
        address=reverse("register:change_request", args=[body["reference"]]), order=f"{body['number']:08}", state=body["state"],
        state_until=closes_at or implemented, state_then=("for_decision" if body["for_decision"] else "assessed") if closes_at else "implemented" if implemented else "",
        facets={
            "title": body["title"], "raiser": body["raised_by"], "raised_on": body["raised_on"], "category": body["category"],
            "category_in_words": body["category_in_words"], "version": newest.get("label"), "constituencies": newest.get("constituencies", []),
            "artefacts": sorted({key_of(name) for each in newest.get("artefacts", []) for name in (each, *number_and_name(each)) if name}), "settled": body["settled"],
            "decisions": [each["decision"] for each in body["determinations"]],
            **({"despite_freeze": True} if body["freeze_exception"] else {}),
            **({"dated": True} if body["raised_on"] and date.fromisoformat(body["raised_on"]) != london_date(datetime.fromisoformat(body["published_at"])) else {}),
            "releases": sorted({each["release"] for each in body["implementations"] if each["release"]}),
            "to_follow": any(each["version"] is None for each in body["implementations"]),
        },
        named=(body["raised_by"] or "", body["outside_reference"]),
        words=(
            body["what_this_means"], body["reason"],
            *(text for version in body["versions"] for text in (*(version["texts"][name] for name in ChangeRequestVersion.TEXTS), version["what_changed"])),
            *(each["title"] for version in body["versions"] for each in version["attachments"]),
            *(text for each in body["assessments"] for text in texts_of(each)),
            *(text for each in body["past_assessments"] for text in past_texts_of(each)),
        ),
    )  # fmt: skip


def with_everything() -> QuerySet[ChangeRequest]:
    """Raised change requests, with all the rows of theirs that a body is built from, and what is said in it of their process."""
    files = RequestFile.for_sealing().select_related("blob__clean_copy", "attachment").order_by("pk")
    assessments = Prefetch("versions__assessments", Assessment.objects.select_related("decision"))
    of_each = (f"versions__assessments__{name}" for name in ("roll__responses", "extensions", "themes", "clarifications", "off_roll"))
    determinations = Prefetch("determinations", Determination.objects.select_related(*DECIDED_BY))
    past = Prefetch("past_assessments", PastAssessment.objects.select_related(*LOADED_FROM))
    rows = ChangeRequest.objects.select_related("group", "raised_by", "target_meeting").filter(published_at__isnull=False).order_by()
    return rows.prefetch_related("versions__attachments", Prefetch("versions__files", files), assessments, *of_each, determinations, past, "past_assessments__answers", _followed())


_WHOLE = whole_of("change_request", with_everything, pk=-1)


@body_of(ChangeRequestEdition, _shelve)
def change_request_body(pk: int) -> Body | None:
    """A change request from the moment it is raised, with its fixed versions, and what was decided of it as far as that is published."""
    request = _WHOLE.first(pk=pk)
    if request is None or request.published_at is None:
        return None
    fixed = sorted((each for each in request.versions.all() if each.status == VersionStatus.FIXED), key=lambda each: each.place, reverse=True)
    determinations = _published(request.determinations.all())
    told = {each.version_id for each in determinations}  # of what was read in, there is no more than that it was decided on
    assessments = sorted((each for version in request.versions.all() for each in version.assessments.all()), key=lambda each: each.n)
    implementations = implementations_told(request, determinations)
    past = in_order(request)
    place = None if is_settled(determinations) else for_decision([request], near=()).get(request.pk)
    state = state_of(request, determinations, [each for each in assessments if each.status != AssessmentStatus.WITHDRAWN], implementations, past=past, for_decision=place)
    told |= {each.version_id for each in past}
    versions = [each for each in fixed if each.origin == Origin.PORTAL or each.pk in told]
    days = [
        *(each.fixed_on for each in versions if each.fixed_on and each.fixed_at), *(london_date(each.opens_at) for each in assessments if each.opens_at), *days_of(past), *(each.settlement.decision.decided_on for each in determinations if each.settlement.decision.decided_on),
        *(london_date(moment) for each in assessments for moment in (each.closes_at if each.status == AssessmentStatus.CLOSED else None, each.results_published_at) if moment),
        *(london_date(moment) for each in implementations for moment in (each.followed_in and each.followed_in.fixed_at, each.issued_with and each.issued_with.issued_at) if moment),
        request.raised_on or request.first_published_on or london_date(request.published_at),
    ]  # fmt: skip
    target = request.target_meeting if request.target_meeting and request.target_meeting.is_public else None
    return {
        "reference": request.reference,
        "number": request.number,
        "group": request.group.code,
        "title": request.title,
        "what_this_means": request.what_this_means,
        "category": request.category,
        "category_in_words": request.get_category_display(),
        "reason": request.reason,
        "freeze_exception": request.freeze_exception,
        "raised_by": request.raiser or None,
        "raised_on": request.raised_on,
        "outside_reference": request.outside_reference,
        "target_meeting": target.code if target else None,
        "status": request.status,
        "status_in_words": request.get_status_display(),
        "status_why": request.status_why,
        "state": state.code,
        "state_in_words": state.words,
        "settled": is_settled(determinations),
        "for_decision": place.told() if place else None,
        "changed_on": max(days),
        "excludes": _excludes(request),
        "versions": [_version(each) for each in versions],
        "determinations": [_determination(each) for each in determinations],
        "votes": _votes(request, determinations),
        "assessments": [assessment_body(each) for each in assessments],
        "implementations": [_implementation(each) for each in implementations],
        "in_force_on": in_force_on(implementations) if state.code == "scheduled" else None,
        "published_at": request.published_at,
        "read_in": request.origin == Origin.IMPORTED,
        **parts_of("change_request", request),
    }


@upgrade_of("change_request")
def with_implementations(body: Body) -> Body:
    """Form 1 knew nothing of where it is implemented."""
    return {"implementations": [], "in_force_on": None} | body


@upgrade_of("change_request")
def with_past_assessments(body: Body) -> Body:
    """Form 2 knew nothing of assessments that were loaded."""
    return {"past_assessments": []} | body


@upgrade_of("change_request")
def with_clarifications(body: Body) -> Body:
    """Form 3 knew neither answers off the roll nor questions about what is asked."""
    nothing: Body = {"off_roll": [], "clarifications": []}
    return body | {"assessments": [each | {"results": nothing | each["results"]} if each["results"] else each for each in body["assessments"]]}


@upgrade_of("change_request")
def with_agendas(body: Body) -> Body:
    """Form 4 knew of no agenda, no vote, and not what came back."""
    return {"for_decision": None, "votes": []} | body | {"implementations": [{"came_back_to": None} | each for each in body["implementations"]]}


@upgrade_of("change_request")
def with_references_of_releases(body: Body) -> Body:
    """Form 5 named releases by their code alone where it said how the design follows."""
    return body | {"state_in_words": by_reference(body["state_in_words"], {each["release"] for each in body["implementations"] if each["release"]})}


@part_of("group", "freezes")
def freezes_told(group: Group) -> list[dict[str, Any]]:
    """The freezes of changes to a group's design, the latest first. Which of them runs is for the clock to say."""
    return [
        {"from": each.first_day, "to": each.last_day, "in_words": in_words(each.during), "why": each.why, "ended_why": each.ended_why, "called_off": each.called_off}
        for each in Freeze.objects.filter(group=group).order_by("-during", "-pk")
    ]


@upgrade_of("group")
def with_freezes(body: Body) -> Body:
    """Form 1 knew of no freezes."""
    return {"freezes": []} | body


FOLLOWED_IN = ("artefact", "version", "release__group", "dated_by", "came_back_to")


def _followed() -> Prefetch:
    return Prefetch("implementations", Implementation.objects.select_related(*FOLLOWED_IN))


def implementations_told(request: ChangeRequest, determinations: list[Determination]) -> list[Implementation]:
    """Of what is approved, as far as the decisions say that may be told."""
    if not is_approved(determinations):
        return []
    prefetch_related_objects([request], _followed())  # if they are not read yet
    return sorted(request.implementations.all(), key=lambda each: (each.artefact.name.casefold(), each.pk))


DECIDED_BY = ("settlement__decision__meeting", "version")


def published_determinations(request: ChangeRequest) -> list[Determination]:
    """Those by decisions that are public, in the order in which these were taken."""
    return _published(request.determinations.select_related(*DECIDED_BY))


def _published(rows: Iterable[Determination]) -> list[Determination]:
    public = [each for each in rows if each.settlement.decision.published_at]
    return sorted(public, key=lambda each: (each.settlement.decision.decided_on or date.max, each.settlement.decision.number or 0, each.pk))


def _excludes(request: ChangeRequest) -> list[dict[str, Any]]:
    pairs = Exclusion.objects.filter(Q(one=request) | Q(other=request), ended_why="").select_related("one", "other").order_by("pk")
    others = [(pair.other if pair.one_id == request.pk else pair.one, pair.why) for pair in pairs]
    return [{"reference": other.reference, "title": other.title, "why": why} for other, why in others if other.published_at]


def _version(version: ChangeRequestVersion) -> dict[str, Any]:
    return {
        "label": version.label,
        "called": version.called,
        "dated_on": version.dated_on,
        "fixed_at": version.fixed_at,
        "what_changed": version.what_changed,
        "texts": {name: getattr(version, name) for name in ChangeRequestVersion.TEXTS},
        "artefacts": version.artefacts,
        "constituencies": version.constituencies,
        "attachments": [{"n": each.n, "title": each.title} for each in version.attachments.all() if not each.dropped],
        "files": [_file(each) for each in version.files.all() if not each.dropped and each.visibility == Visibility.PUBLIC],
        "held": version.origin == Origin.PORTAL,
    }


def _file(file: RequestFile) -> dict[str, Any]:
    attachment = file.attachment.n if file.attachment else None
    return file.told() | {"form": file.form, "form_in_words": file.get_form_display(), "attachment": attachment}


def _implementation(implementation: Implementation) -> dict[str, Any]:
    version, release = implementation.followed_in, implementation.issued_with
    return {
        "artefact": implementation.artefact.slug,
        "cited": implementation.artefact.cited,
        "version": version.label if version else None,
        "followed_at": version.fixed_at if version else None,
        "release": release.reference if release else None,
        "released_at": release.issued_at if release else None,
        "in_force_on": implementation.in_force_on,
        "dated_by": implementation.dated_by.reference if implementation.dated_by else None,
        "came_back_to": implementation.came_back_to.code if implementation.came_back_to else None,
    }


def _votes(request: ChangeRequest, determinations: list[Determination]) -> list[dict[str, Any]]:
    """The votes on it that those decisions rest on. How the seats advised stands in the editions of the decisions."""
    decisions = {each.settlement.decision_id: each.settlement.decision for each in determinations}
    asked = Question.objects.filter(decision__in=decisions, status=QuestionStatus.CLOSED).order_by("pk") if decisions else []
    return [
        {
            "decision": decisions[each.decision_id].reference, "decided_on": decisions[each.decision_id].decided_on, "version": each.version or None,
            "opened_at": each.opens_at, "closed_at": each.closes_at,
        }
        for each in asked
        if each.decision_id and reference_of(each.subject) == request.reference
    ]  # fmt: skip


def _determination(made: Determination) -> dict[str, Any]:
    meeting = made.settlement.decision.meeting
    return made.settlement.told() | {"meeting": meeting.code if meeting else None, "version": made.version.label if made.version else None}
