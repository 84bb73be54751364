"""What a determination would look like: it is done, looked at, and undone, so that nothing shown can differ from what is done."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from decisions import operations
from decisions.lifecycle import DecisionStatus
from decisions.models import Decision, Outcome, Settlement
from decisions.rules import ACCEPTING
from decisions.rules.wording import unsaid
from decisions.sentences import joined
from decisions.subjects import Subject, Terms
from groups.models import User
from notifications.models import Notice
from records.hooks import offered_from_above
from records.operations import undone

ACCEPTED_WORDS = re.compile(r"\b(approv|baselin|accept)", re.I)


def doubt_about_the_wording(wording: str, terms: Terms) -> str:
    """Whether the wording still says what was drafted, where subject or outcome is another. A note, never a block."""
    unnamed = [subject.ref for subject in terms.subjects if subject.ref.casefold() not in wording.casefold()]
    if unnamed:
        return f"The wording does not name {' or '.join(unnamed)}. Is it still the wording you mean?"
    accepted = any(subject.outcome in ACCEPTING for subject in terms.subjects)
    if not accepted and ACCEPTED_WORDS.search(wording):
        return "The wording speaks of approving, but nothing is approved. Is it still the wording you mean?"
    if left := unsaid(replace(terms, wording=wording)):
        return f"The wording does not say what becomes of {joined([each.ref for each in left])}. Is it still the wording you mean?"
    return ""


def look_at_first(decision: Decision, terms: Terms) -> list[str]:
    """What somebody who decides had better know, as sentences: notes, never a block."""
    return [*_settled_already(decision, terms.subjects), *offered_from_above("decisions.look_at_first", decision, subjects=terms.subjects)]


def _settled_already(decision: Decision, subjects: Sequence[Subject]) -> Iterator[str]:
    """By a decision that stands, and is not the one that this takes the place of."""
    standing = Settlement.objects.filter(decision__status=DecisionStatus.DETERMINED, decision__superseded_by=None, outcome__in=ACCEPTING | {Outcome.REJECTED})
    others = standing.exclude(decision__in=[decision.pk, decision.supersedes_id or decision.pk]).select_related("decision")
    versions = {subject.ref: subject.version for subject in subjects}
    for each in others.filter(subject_ref__in=versions).order_by("pk"):
        if each.subject_kind == Settlement.SubjectKind.ARTEFACT and each.subject_version != versions[each.subject_ref]:
            continue  # one version after the other is baselined
        told = f"{each.subject} is decided already: {each.get_outcome_display().lower()}, by {each.decision}."
        yield f"{told} If this is to take its place, withdraw this one and revise {each.decision}."


def preview(decision: Decision, terms: Terms, *, by: User) -> dict:
    """The decision as it would be published, and the mails that would be sent. Raises Refused just as determining would."""
    last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def look() -> dict:
        determined = operations.determine(decision, terms, by=by)
        return {
            "after": determined,
            "doubt": doubt_about_the_wording(determined.wording, terms),
            "settlements": list(determined.settlements.all()),
            "reasons": list(determined.reasons.all()),
            "directions": list(determined.directions.all()),
            "replies": list(determined.replies.select_related("row")),
            "mails": list(Notice.objects.filter(pk__gt=last, reference=determined.reference).select_related("person").order_by("pk")),
        }

    return undone(look)
