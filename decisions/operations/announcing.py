"""What the Chair announces in the room, and the confirmation that settles it."""

from typing import NamedTuple

from decisions.models import Announcement, Decision, DeterminationDraft
from decisions.operations.decisions import determine, locked_decision
from decisions.operations.preparing import prepare
from decisions.rules.announcing import (
    refusals_of_announcement,
    refusals_of_confirming,
    refusals_to_announce,
    refusals_to_confirm_announced,
)
from decisions.subjects import Terms
from groups.calendar import hold_calendar
from groups.models import Person, User
from groups.standing import Standing
from ledger.operations import seal
from meetings.models import Meeting
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require


@operation
def announce(decision: Decision, *, who: Person, wording: str = "", body: dict | None = None, by: User) -> Announcement:
    """Write down that the Chair said in the room how it goes. It stays tabled until they confirm it. Raises Refused.

    `wording` are the words in which it was said, where they are not those that were put to the group; `body` is a draft of the determination (forms/determining.py `body_of`), where none is kept yet.
    """
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_announce(decision, Standing.at(by, now), now), refusals_of_announcement(decision, who))
    if wording and wording != decision.wording:
        decision.wording = wording
        decision.save_by(by, "worded as it was announced", at=now)
    said = Announcement(decision=decision, announced_by=who, announced_by_name=who.name, announced_at=now).save_by(by)
    if body and not DeterminationDraft.objects.filter(decision=decision).exists():
        prepare(decision, body, revision=0, by=by)
    seal("announced", said, by=by, at=now)
    return said


class Confirmed(NamedTuple):
    """A decision as the Chair confirms it: the draft as they saw and completed it, and what it says."""

    decision: Decision
    body: dict
    revision: int
    terms: Terms


@operation
def confirm_announced(meeting: Meeting, chosen: list[Confirmed], *, by: User) -> list[Decision]:
    """Determine what was announced, all of it or nothing, with the day of the meeting as the day of the decision."""
    hold_calendar()
    meeting, now = locked(Meeting.objects.select_related("group")).get(pk=meeting.pk), portal_now()
    require(refusals_to_confirm_announced(meeting, Standing.at(by, now), now), refusals_of_confirming(chosen))
    for each in chosen:
        prepare(each.decision, each.body, revision=each.revision, by=by)
    return [determine(each.decision, each.terms, by=by) for each in chosen]
