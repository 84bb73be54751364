"""What a newer paper of a meeting says otherwise than those that were read in before: in sentences, each about the record it changes."""

from collections.abc import Iterator

from archive.corrections.actions import changes_of_actions
from archive.corrections.change import Change, Papers
from archive.corrections.decisions import changes_of_decisions
from archive.corrections.minutes import changes_of_minutes
from archive.corrections.votes import changes_of_votes
from artefacts.models import Baseline
from meetings.models import Meeting
from minutes_reader import Reading, read
from records.rules import Refusal

__all__ = ["Change", "changes_of", "refusals_to_correct"]


def changes_of(reading: Reading, meeting: Meeting) -> list[Change]:
    """Everything on record of the meeting that the paper alters, or no longer has; and what of it is not taken over.

    Whole records are compared, in everything that is published. What the paper only adds is no change.
    """
    before = meeting.imported_files.filter(superseded_by=None).order_by("-pk").first()
    papers = Papers(
        reading, read(before.text, before.name) if before else Reading(), meeting,
        fuller=not meeting.imported_files.exclude(doc_type="headline report").exists(),
    )  # fmt: skip
    return [*changes_of_decisions(papers), *changes_of_votes(papers), *changes_of_actions(papers), *changes_of_minutes(papers)]


def refusals_to_correct(changes: list[Change], meeting: Meeting, *, confirmed: bool) -> Iterator[Refusal]:
    """A correction is looked at before it is taken; and what artefacts follow from is not taken away from under them."""
    altered = {change.decision.pk for change in changes if change.decision and change.settles}
    for made in Baseline.objects.filter(settlement__decision__in=altered).select_related("settlement__decision").order_by("pk"):
        yield Refusal(f"{made.settlement.decision} baselined {made.settlement.subject_ref}, and this paper says otherwise of that decision. The catalogue rests on it, so nothing is read in over it.")
    if changes and not confirmed:
        yield Refusal(f"{meeting} is on record already, and this paper says otherwise. It is read in as a correction once that is confirmed (--confirm).", code="confirm")
        yield from (Refusal(change.sentence, code="confirm") for change in changes)
