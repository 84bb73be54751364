"""What follows here when the verb of a lower app runs: a decision settles change requests, and is told of when it is public; artefacts follow."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from artefacts.models import ArtefactVersion, Release
from change_requests.finding import reference_of
from change_requests.lifecycle import AssessmentStatus, RequestStatus, VersionStatus
from change_requests.models import Assessment, AssessmentKind, ChangeRequest, ChangeRequestVersion, Determination, Exclusion
from change_requests.operations.decided import determine, make_public, record_past_determination
from change_requests.operations.implementing import note_carried, note_changed, note_released
from change_requests.states import is_settled
from change_requests.subjects import KIND
from decisions.models import Decision, Outcome, Question
from decisions.rules import ACCEPTING, REFUSING
from decisions.subjects import Subject, Terms
from groups.models import User
from meetings.models import Meeting
from meetings.tabling import Tableable
from records.hooks import effects_of, offers_for, refusals_for
from records.models import Origin
from records.rules import Refusal
from records.versions import is_same_version, key_of_version

ENDED = REFUSING | {Outcome.REJECTED_AS_EXCLUDED, Outcome.WITHDRAWN}


def _known(references: set[str]) -> dict[str, ChangeRequest]:
    return {each.reference: each for each in ChangeRequest.objects.filter(reference__in=references).prefetch_related("versions")}


def _excluded_with(requests: list[ChangeRequest]) -> Iterator[tuple[ChangeRequest, ChangeRequest, str]]:
    """Each of these with what cannot stand beside it and is not refused already, and why."""
    pairs = Exclusion.objects.filter(Q(one__in=requests) | Q(other__in=requests), ended_why="").select_related("one", "other").order_by("pk")
    keys = {each.pk for each in requests}
    for pair in pairs:
        for request, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if request.pk in keys and not other.determinations.filter(settlement__outcome__in=ENDED).exists() and other.status != "withdrawn":
                yield request, other, pair.why


@offers_for("decisions.determine")
def what_it_excludes(decision: Decision, references: list[str]) -> Iterator[Subject]:
    """The others' rejection, on the same form: only one of them can be approved."""
    known = _known({reference_of(each) for each in references})
    for _, other, _ in _excluded_with(list(known.values())):
        newest = max((each for each in other.versions.all() if each.status == VersionStatus.FIXED), key=lambda each: each.place, default=None)
        yield Subject(KIND, other.reference, Outcome.REJECTED_AS_EXCLUDED, title=other.title, version=newest.label if newest else "")


@refusals_for("decisions.open_question.typed")
def refusals_to_vote_on(question: Question) -> Iterator[Refusal]:
    """What seats vote on is a fixed version: it cannot change while they do."""
    request = _known({reference_of(question.subject)}).get(reference_of(question.subject))
    if request and request.origin == Origin.PORTAL:
        fixed = _fixed(request)
        if key_of_version(question.version) not in [each.key for each in fixed]:
            yield Refusal(f"Say which version of {request} is voted on. Fixed: {', '.join(each.label for each in fixed) or 'none'}.", field="version")


@refusals_for("decisions.determine.typed")
def refusals_to_settle(decision: Decision, terms: Terms) -> Iterator[Refusal]:
    """What is decided of a change request is one of its fixed versions; and of two that exclude each other, one is approved."""
    told = {reference_of(each.ref): each for each in terms.subjects if each.kind == KIND and reference_of(each.ref)}
    known = _known(set(told))
    for reference, request in known.items():
        yield from _refusals_of_version(request, told[reference])
        yield from _refusals_of_another_version(request, told[reference], terms.reasons)
        if request.status == RequestStatus.WITHDRAWN and told[reference].outcome in ACCEPTING:
            yield Refusal(f"{request} is withdrawn: it cannot be approved.", field="subjects")
    approved = [known[ref] for ref, subject in told.items() if ref in known and subject.outcome in ACCEPTING]
    for request, other, why in _excluded_with(approved):
        beside = told.get(other.reference)
        if beside is None or beside.outcome not in ENDED:
            yield Refusal(f"{request} and {other} exclude each other ({why}): say on this form that {other} is rejected.", field="subjects")


def _fixed(request: ChangeRequest) -> list[ChangeRequestVersion]:
    return sorted((each for each in request.versions.all() if each.status == VersionStatus.FIXED), key=lambda each: each.place)


def _refusals_of_version(request: ChangeRequest, subject: Subject) -> Iterator[Refusal]:
    if request.origin == Origin.IMPORTED:
        return  # the portal does not hold what it asks for
    fixed = _fixed(request)
    if key_of_version(subject.version) not in [each.key for each in fixed]:
        yield Refusal(f"Say which version of {request} is decided. Fixed: {', '.join(each.label for each in fixed) or 'none'}.", field="subjects")


def _refusals_of_another_version(request: ChangeRequest, subject: Subject, reasons: list[str]) -> Iterator[Refusal]:
    """Another version may be decided on than was assessed; then a reason, which is published, says why."""
    asked = Assessment.objects.filter(version__change_request=request, kind=AssessmentKind.IMPACT).exclude(status=AssessmentStatus.WITHDRAWN)
    last = asked.select_related("version").order_by("-n").first()
    if last is None or subject.outcome not in ACCEPTING | REFUSING or is_same_version(last.version.label, subject.version):
        return
    label = re.escape(last.version.label.lstrip("vV "))
    if not any(re.search(rf"(?<![\d.]){label}(?!\d|\.\d)", reason) for reason in reasons):
        yield Refusal(
            f"{request} was assessed in {last.version.called}, and version {subject.version} is decided: a reason has to say why, and name {last.version.called}.",
            field="reasons",
        )


@offers_for("meetings.table_item")
def what_waits_for_a_meeting(meeting: Meeting) -> Iterator[Tableable]:
    """Raised, and to be decided at this meeting; or at no meeting yet, and assessed."""
    raised = ChangeRequest.objects.filter(Q(target_meeting=meeting) | Q(target_meeting=None), group=meeting.group, status=RequestStatus.RAISED, origin=Origin.PORTAL)
    there = [item.title for item in meeting.items.on_the_agenda()]
    for request in raised.prefetch_related("determinations__settlement__decision", "versions__assessments").order_by("number"):
        if is_settled(sorted(request.determinations.all(), key=lambda each: each.pk)) or any(re.search(rf"\b{request}\b", title) for title in there):
            continue
        asked = [each for version in request.versions.all() for each in version.assessments.all() if each.status != AssessmentStatus.WITHDRAWN]
        if request.target_meeting_id:
            yield Tableable(f"change_request:{request.pk}", request.called, "To be decided at this meeting", "decision")
        elif asked and all(each.status == AssessmentStatus.CLOSED for each in asked):
            yield Tableable(f"change_request:{request.pk}", request.called, "Assessed, and on no agenda yet", "decision")


@effects_of("decisions.determine")
def settle_what_was_decided(decision: Decision, *, by: User, at: datetime) -> None:
    """As far as the portal has a record of it; the settlement keeps what was typed in any case."""
    settled = {reference_of(each.subject_ref): each for each in decision.settlements.filter(subject_kind=KIND).order_by("n")}
    known = ChangeRequest.objects.filter(reference__in=settled).order_by("pk")
    determine([(settled[request.reference], request) for request in known], by=by, at=at)


@effects_of("decisions.record_past_decision")
def record_what_was_settled(decision: Decision, *, by: User) -> None:
    for settlement in decision.settlements.filter(subject_kind=KIND).select_related("decision__group").order_by("n"):
        if reference_of(settlement.subject_ref):
            record_past_determination(settlement, by=by)
    if decision.published_at:
        tell_of_it(decision, by=by, at=decision.published_at)


@effects_of("decisions.publish")
def tell_of_it(decision: Decision, *, by: User, at: datetime) -> None:
    made = Determination.objects.filter(settlement__decision=decision).select_related("change_request", "settlement")
    for each in made.order_by("change_request_id"):
        make_public(each.change_request, f"{decision} decided on it.", title=each.settlement.subject_title, on=decision.decided_on, by=by, at=at)


# --- what artefacts and releases do to those that are approved


@effects_of("artefacts.put_forward")
def follow_in_what_carries_it(version: ArtefactVersion, *, by: User, at: datetime) -> None:
    note_carried(version, by=by, at=at)


@effects_of("artefacts.withdraw_version")
def tell_that_it_follows_no_more(version: ArtefactVersion, *, by: User, at: datetime) -> None:
    note_changed(f"{version} was withdrawn.", by=by, at=at, version=version)


@effects_of("artefacts.issue_release")
def go_out_with_it(release: Release, *, by: User, at: datetime) -> None:
    note_released(release, by=by, at=at)


@effects_of("artefacts.say_effective")
def tell_from_when(release: Release, *, by: User, at: datetime) -> None:
    note_changed(f"It was said from when {release.reference} is in force.", by=by, at=at, release=release)


@effects_of("artefacts.withdraw_release")
def tell_that_it_is_not_released(release: Release, *, by: User, at: datetime) -> None:
    note_changed(f"{release.reference} was withdrawn.", by=by, at=at, release=release)
