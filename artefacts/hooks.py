"""What follows here when the verb of a lower app runs: a decision baselines what was put to the group, and is told of when it is public;
an item about an artefact has the documents of its version among its papers."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.text import capfirst

from artefacts.finding import find_artefact
from artefacts.lifecycle import ReviewStatus, VersionStatus
from artefacts.models import Artefact, ArtefactVersion, Baseline, ReleaseNote, ReleaseNoteWithdrawal, Review, VersionFile
from artefacts.offering import to_be_decided, to_be_listed
from artefacts.on_agendas import named_by
from artefacts.operations import baseline, make_public, record_past_baseline
from artefacts.rules.reviews import musts_left
from artefacts.subjects import KIND, document_of
from decisions.models import Decision, Outcome
from decisions.subjects import Terms
from groups.models import Appointment, Group, User
from ledger.erasing import Erasure
from ledger.models import BlackOut
from ledger.withdrawn import holds
from meetings.for_decision import tells_of_agendas
from meetings.models import AgendaItem, Meeting
from meetings.papers import About
from meetings.tabling import Tableable
from records.editions import issue
from records.hooks import effects_of, offers_for, refusals_for
from records.models import Origin
from records.rules import Refusal
from records.versions import key_of_version


@refusals_for("groups.give_appointment")
def refusals_to_own_what_is_not_there(appointment: Appointment) -> Iterator[Refusal]:
    if appointment.scope and not Artefact.objects.filter(slug=appointment.scope).exists():
        yield Refusal(f"There is no artefact {appointment.scope}.", field="scope")


@effects_of("groups.give_appointment")
@effects_of("groups.load_appointment")
@effects_of("groups.end_appointment")
def say_who_owns_it(appointment: Appointment, *, by: User, why: str = "") -> None:
    if appointment.scope and (owned := Artefact.objects.filter(slug=appointment.scope).first()):
        issue("artefact", owned.pk, "Who owns it was said.", by=by)


@offers_for("groups.give_appointment")
def what_can_be_owned(group: Group) -> list[tuple[str, str]]:
    """The group's own artefacts first, then those of the others."""
    known = Artefact.objects.filter(group__fictional=group.fictional).select_related("group")
    named = sorted(((each.group_id != group.pk, each.cited.casefold()), each.slug, each.cited) for each in known)
    return [(slug, cited) for _, slug, cited in named]


@offers_for("groups.scopes")
def what_is_owned_is_called(slugs: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((each.slug, each.cited) for each in Artefact.objects.filter(slug__in=slugs))


@refusals_for("decisions.determine.typed")
def refusals_to_baseline(decision: Decision, terms: Terms) -> Iterator[Refusal]:
    """What is baselined of an artefact that the portal keeps is a version that was put forward."""
    catalogue = list(Artefact.objects.all()) if any(each.outcome == Outcome.BASELINED for each in terms.subjects) else []
    for subject in terms.subjects:
        artefact = find_artefact(subject.ref, catalogue) if subject.kind == KIND and subject.outcome == Outcome.BASELINED else None
        if artefact is None or artefact.origin == Origin.IMPORTED:
            continue
        fixed = artefact.versions.filter(status=VersionStatus.FIXED)
        if not fixed.filter(key=key_of_version(subject.version)).exists():
            known = ", ".join(each.label for each in fixed.order_by("key")) or "none"
            yield Refusal(f"Say which version of {artefact} is baselined. Put forward: {known}.", field="subjects")
        else:
            yield from _refusals_of_unfinished_review(fixed.filter(key=key_of_version(subject.version)), terms.reasons)


def _refusals_of_unfinished_review(versions: QuerySet[ArtefactVersion], reasons: list[str]) -> Iterator[Refusal]:
    """It may be baselined while its review is open, or while nothing became of what must change; then a reason, which is published, says why."""
    for review in Review.objects.filter(version__in=versions).exclude(status=ReviewStatus.WITHDRAWN).select_related("version__artefact").order_by("pk"):
        left = len(musts_left(review))
        if review.status == ReviewStatus.OPEN:
            unfinished = "is open"
        elif left:
            unfinished = f"has {left} comment{'s' if left > 1 else ''} on what must change of which nobody has said what becomes of {'them' if left > 1 else 'it'}"
        else:
            continue
        if not any(re.search(rf"\breview {review.n}\b", reason, re.I) for reason in reasons):
            yield Refusal(f"{capfirst(str(review))} {unfinished}: a reason has to say why it is baselined all the same, and name review {review.n}.", field="reasons")


@effects_of("decisions.determine")
def baseline_what_was_decided(decision: Decision, *, by: User, at: datetime) -> None:
    """As far as the catalogue knows it; the settlement keeps what was typed in any case."""
    settled = [each for each in decision.settlements.order_by("n") if (each.subject_kind, each.outcome) == (KIND, Outcome.BASELINED)]
    catalogue = list(Artefact.objects.all()) if settled else []
    known = [(artefact, settlement) for settlement in settled if (artefact := find_artefact(settlement.subject_ref, catalogue))]
    for artefact, settlement in sorted(known, key=lambda each: each[0].pk):  # in which order they are locked everywhere
        baseline(settlement, artefact, by=by, at=at)


@effects_of("decisions.record_past_decision")
def record_what_was_baselined(decision: Decision, *, by: User) -> None:
    settled = decision.settlements.filter(subject_kind=KIND, outcome=Outcome.BASELINED).select_related("decision__group").order_by("n")
    for settlement in settled:
        record_past_baseline(settlement, by=by)
    if decision.published_at:
        tell_of_it(decision, by=by, at=decision.published_at)


@effects_of("decisions.publish")
def tell_of_it(decision: Decision, *, by: User, at: datetime) -> None:
    for made in Baseline.objects.filter(settlement__decision=decision).select_related("artefact").order_by("artefact_id"):
        make_public(made.artefact, by=by, at=at)
        issue("artefact", made.artefact_id, f"{decision} baselined it.", by=by, at=at)


@offers_for("meetings.papers")
def documents_of_what_is_tabled(meeting: Meeting, items: list[AgendaItem]) -> Iterator[About]:
    """Of each item that is about an artefact: its version, and the files of that. The one that is asked about; else the newest that was put forward."""
    files = Prefetch("versions__files", VersionFile.for_sealing().filter(dropped=False).prefetch_related("blob__scans").order_by("pk"))
    catalogue = list(Artefact.objects.filter(group=meeting.group, origin=Origin.PORTAL).prefetch_related("versions", files).order_by("pk"))
    for item, (artefact, version) in named_by(items, catalogue).items():
        documents = [document_of(each, artefact, version) for each in version.files.all()]
        yield About(item, f"{artefact} {version.called}", artefact.get_absolute_url(), documents, KIND, artefact.slug, version.label, artefact.published_at is not None)


@offers_for("meetings.table_item")
def what_waits_for_a_meeting(meeting: Meeting) -> Iterator[Tableable]:
    yield from to_be_decided(meeting)
    yield from to_be_listed(meeting)


# --- what agendas say

tells_of_agendas(KIND, lambda slugs: Artefact.objects.filter(slug__in=slugs))


# --- release notes that hold words which were withdrawn


@effects_of("ledger.black_out")
def take_back_release_notes(made: BlackOut, *, by: User) -> None:
    for note in ReleaseNote.objects.standing().defer("content").select_related("edition").order_by("pk").iterator(chunk_size=50):
        if holds([note.edition.body], made.words):
            ReleaseNoteWithdrawal(note=note, black_out=made).save_by(by)


@effects_of("ledger.redact")
def empty_release_notes(made: BlackOut, *, erasure: Erasure, **_) -> None:
    """Those that were taken back, for these words or for others, while they hold them. What was made since is made without."""
    for note in ReleaseNote.objects.exclude(withdrawal=None).defer("content").select_related("edition").order_by("pk").iterator(chunk_size=50):
        if holds([note.edition.body], made.words):
            erasure.put(note, content=b"")
