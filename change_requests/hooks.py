"""What follows here when the verb of a lower app runs: a decision settles change requests, and is told of when it is public; artefacts follow;
an item about a change request has the documents of its version among its papers."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.text import capfirst

from artefacts.models import ArtefactVersion, Release
from change_requests.finding import reference_of, references_in
from change_requests.lifecycle import AssessmentStatus, RequestStatus, VersionStatus
from change_requests.models import (
    Assessment,
    AssessmentKind,
    Audience,
    ChangeRequest,
    ChangeRequestVersion,
    Determination,
    Exclusion,
    RequestFile,
)
from change_requests.notices import what_became
from change_requests.offering import came_back_at, to_be_decided, to_come_back
from change_requests.on_agendas import fixed, named_by, version_meant
from change_requests.operations.decided import determine, make_public, record_past_determination
from change_requests.operations.implementing import note_came_back, note_carried, note_changed, note_released
from change_requests.rules.assessments import objections_in_no_theme
from change_requests.shown.assessments import drafted_comment
from change_requests.states import is_approved, is_settled
from change_requests.subjects import KIND, document_of
from decisions.beside import Beside, Theme
from decisions.lifecycle import DecisionStatus
from decisions.models import Decision, Outcome, Question, RollRow
from decisions.rules import ACCEPTING, REFUSING
from decisions.subjects import Subject, Terms
from decisions.verbs import decision_page
from groups.models import User
from meetings.for_decision import tells_of_agendas
from meetings.models import AgendaItem, Meeting
from meetings.papers import About
from meetings.tabling import Tableable
from records.dates import as_moment
from records.hooks import effects_of, offers_for, refusals_for
from records.models import Origin
from records.rules import Refusal
from records.versions import is_draft, is_same_version, key_of_version

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


@offers_for("decisions.look_at_first")
def what_is_unknown_or_still_open(decision: Decision, subjects: Sequence[Subject]) -> Iterator[str]:
    """A number that nobody has, and an assessment that is not over: whoever decides may well mean it, and should know."""
    named = {reference_of(each.ref) for each in subjects if each.kind == KIND} - {""}
    known = _known(named)
    for reference in sorted(named - set(known)):
        yield f"The portal keeps no record of {reference}. Is that the right number?"
    running = Assessment.objects.filter(version__change_request__in=known.values(), status=AssessmentStatus.OPEN).select_related("version__change_request")
    for each in running.order_by("pk"):
        yield f"{capfirst(str(each))} is open until {as_moment(each.closes_at)}: what is answered until then comes after the decision."


@refusals_for("decisions.open_question.typed")
def refusals_to_vote_on(question: Question) -> Iterator[Refusal]:
    """What seats vote on is a fixed version: it cannot change while they do."""
    request = _known({reference_of(question.subject)}).get(reference_of(question.subject))
    if request and request.origin == Origin.PORTAL:
        known = fixed(request)
        yield from _refusals_of_objections(request)
        if key_of_version(question.version) not in [each.key for each in known]:
            yield Refusal(f"Say which version of {request} is voted on. Fixed: {', '.join(each.label for each in known) or 'none'}.", field="version")


def _refusals_of_objections(request: ChangeRequest) -> Iterator[Refusal]:
    """What was objected is put before the seats in a theme."""
    asked = Assessment.objects.filter(version__change_request=request, kind=AssessmentKind.IMPACT, status=AssessmentStatus.CLOSED)
    last = asked.select_related("version__change_request").prefetch_related("themes").order_by("-n").first()
    if last and (outside := objections_in_no_theme(last)):
        names = ", ".join(dict.fromkeys(row.organisation_name for row in outside))
        yield Refusal(f"Objections to {request} are in no theme yet: {names}. Write the theme first; seats read it beside the question.")


@refusals_for("meetings.preflight")
def what_is_not_on_record(meeting: Meeting) -> Iterator[Refusal]:
    """A decision may be taken on what is kept elsewhere, and a number is soon mistyped: nobody but a reader can tell the two apart."""
    named = {reference_of(ref): decision for decision in meeting.decisions.exclude(status=DecisionStatus.WITHDRAWN).prefetch_related("settlements", "questions").order_by("-pk") for ref in _named_by(decision)}
    for reference in sorted(named.keys() - {""} - set(_known(set(named)))):
        yield Refusal(f"{named[reference]} is about {reference}, of which the portal keeps no record: look whether that is the right number.", at=decision_page(named[reference]))


def _named_by(decision: Decision) -> list[str]:
    """By what is settled, what was voted on, and its title. Reads what is prefetched."""
    settled = [each.subject_ref for each in decision.settlements.all() if each.subject_kind == KIND]
    return [*settled, *(question.subject for question in decision.questions.all()), *references_in([decision.title])]


@offers_for("decisions.beside")
def what_came_of_assessing_it(decision: Decision) -> Iterator[Beside]:
    """Of each change request that was voted on or is settled: its last impact assessment, and the themes of it."""
    for request in _known({reference_of(each) for each in _named_by(decision)} - {""}).values():
        if last := _last_assessed(request):
            yield _beside(last, drafted_comment(list(last.roll.all()), Audience.EVERYONE))


@offers_for("decisions.beside_ballot")
def what_came_of_it_for_the_seat(ballot: RollRow) -> Iterator[Beside]:
    """Of the change request that is voted on: the themes, and what the seat's constituency answered, as the seat may read it."""
    for request in _known({reference_of(ballot.question.subject)} - {""}).values():
        if last := _last_assessed(request):
            own = [row for row in last.roll.all() if ballot.seat and row.constituency_id == ballot.seat.constituency_id]
            yield _beside(last, drafted_comment(own, Audience.PARTICIPANTS) if own else "")


def _last_assessed(request: ChangeRequest) -> Assessment | None:
    closed = Assessment.objects.filter(version__change_request=request, kind=AssessmentKind.IMPACT, status=AssessmentStatus.CLOSED)
    return closed.select_related("version__change_request").prefetch_related("themes", "roll__responses").order_by("-n").first()


def _beside(assessment: Assessment, sentence: str) -> Beside:
    themes = tuple(Theme(each.title, each.text, each.reply) for each in assessment.themes.all() if not each.dropped)
    return Beside(f"The impact assessment of {assessment.version}", sentence, reverse("change_requests:assessment", args=[assessment.pk]), themes)


@refusals_for("artefacts.put_forward")
def refusals_to_carry(version: ArtefactVersion) -> Iterator[Refusal]:
    """A version does not carry what was rejected or withdrawn; nor, beyond a baseline, what is still to be decided here: once it is issued,
    it is what everybody works with. What the portal only knows by name may be settled elsewhere: who authorised it is said.
    """
    beyond = not is_draft(version.key) and version.artefact.baselines.exists()
    carried = {reference_of(each["reference"]) for each in version.carries if each["kind"] == KIND}
    for request in _known(carried - {""}).values():
        made = sorted(request.determinations.all(), key=lambda each: each.pk)
        if request.status == RequestStatus.WITHDRAWN or (is_settled(made) and not is_approved(made)):
            yield Refusal(f"{version.called.capitalize()} carries {request}, which was not approved.", field="carries")
        elif beyond and request.origin == Origin.PORTAL and not is_settled(made):
            yield Refusal(
                f"{version.called.capitalize()} carries {request}, which is not decided yet. Put it forward when it is, or label it as a draft to have it reviewed before.",
                field="carries",
            )  # fmt: skip


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


def _refusals_of_version(request: ChangeRequest, subject: Subject) -> Iterator[Refusal]:
    if request.origin == Origin.IMPORTED:
        return  # the portal does not hold what it asks for
    known = fixed(request)
    if key_of_version(subject.version) not in [each.key for each in known]:
        yield Refusal(f"Say which version of {request} is decided. Fixed: {', '.join(each.label for each in known) or 'none'}.", field="subjects")


def _refusals_of_another_version(request: ChangeRequest, subject: Subject, reasons: list[str]) -> Iterator[Refusal]:
    """Another version may be decided on than was assessed; then a reason, which is published, says why."""
    asked = Assessment.objects.filter(version__change_request=request, kind=AssessmentKind.IMPACT).exclude(status=AssessmentStatus.WITHDRAWN)
    last = asked.select_related("version").order_by("-n").first()
    version = last.version if last else _assessed_before_the_portal(request)
    if version is None or subject.outcome not in ACCEPTING | REFUSING or is_same_version(version.label, subject.version):
        return
    label = re.escape(version.label.lstrip("vV "))
    if not any(re.search(rf"(?<![\d.]){label}(?!\d|\.\d)", reason) for reason in reasons):
        yield Refusal(
            f"{request} was assessed in {version.called}, and version {subject.version} is decided: a reason has to say why, and name {version.called}.",
            field="reasons",
        )


def _assessed_before_the_portal(request: ChangeRequest) -> ChangeRequestVersion | None:
    """As the table states from which that assessment was loaded."""
    last = request.past_assessments.filter(kind=AssessmentKind.IMPACT).select_related("version").order_by("-n").first()
    return last.version if last else None


@offers_for("meetings.table_item")
def what_waits_for_a_meeting(meeting: Meeting) -> Iterator[Tableable]:
    yield from to_be_decided(meeting)
    yield from to_come_back(meeting)


@effects_of("meetings.publish")
def record_what_came_back(meeting: Meeting, *, by: User, at: datetime) -> None:
    note_came_back(meeting, came_back_at(meeting), by=by, at=at)


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
    for each in made.order_by("change_request_id"):
        what_became(each.change_request, by=by)


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


@offers_for("meetings.papers")
def documents_of_what_is_tabled(meeting: Meeting, items: list[AgendaItem]) -> Iterator[About]:
    """Of each item that is about a change request: its version, and the files of that. The one that is asked about, or that the title names; else the newest."""
    told = named_by(items)
    files = Prefetch("versions__files", RequestFile.for_sealing().filter(dropped=False).select_related("attachment").prefetch_related("blob__scans").order_by("pk"))
    named = ChangeRequest.objects.filter(reference__in={reference for each in told.values() for reference in each}).exclude(number=None)
    for request in named.prefetch_related("versions", files).order_by("number"):
        yield from (_about(item, request, told[item.pk][request.reference]) for item in items if request.reference in told[item.pk])


def _about(item: AgendaItem, request: ChangeRequest, label: str) -> About:
    version = version_meant(request, label)
    public = request.published_at is not None and version is not None
    address = request.get_absolute_url() if public else reverse("change_requests:change_request", args=[request.pk])
    called = f"{request} {version.called}" if version else str(request)
    documents = [document_of(each, request, version) for each in version.files.all()] if version else []
    return About(item.pk, called, address, documents, KIND, request.reference, version.label if version else "", request.published_at is not None)


# --- what agendas say

tells_of_agendas(KIND, lambda references: ChangeRequest.objects.filter(reference__in=references))
