"""What follows here when the verb of a lower app runs: a decision baselines what was put to the group, and is told of when it is public."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.text import capfirst

from artefacts.finding import find_artefact
from artefacts.lifecycle import ReviewStatus, VersionStatus
from artefacts.models import Artefact, ArtefactVersion, Baseline, Review
from artefacts.operations import baseline, make_public, record_past_baseline
from artefacts.rules.reviews import musts_left
from artefacts.subjects import KIND
from decisions.models import Decision, Outcome
from decisions.subjects import Terms
from groups.models import User
from records.editions import issue
from records.hooks import effects_of, refusals_for
from records.models import Origin
from records.rules import Refusal
from records.versions import key_of_version


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
