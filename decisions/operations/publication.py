"""Making a decision public, holding one back, and moving its hour."""

from datetime import date, datetime
from typing import cast

from decisions import notices
from decisions.due import embargoes_over, publications_running
from decisions.lifecycle import DecisionStatus
from decisions.models import Decision
from decisions.operations.decisions import locked_decision
from decisions.rules import (
    refusals_of_embargo,
    refusals_to_embargo,
    refusals_to_publish,
    refusals_to_release,
    what_forbids_publishing,
)
from groups.calendar import Counting
from groups.models import User
from groups.rules import refusals_to_move_deadline
from groups.standing import Standing
from ledger.operations import seal
from meetings.models import MinutesEdition
from meetings.operations.minutes import freeze
from records.clock import london_date, portal_now
from records.editions import issue
from records.hooks import effects_above
from records.operations import operation
from records.rules import require
from records.working_days import Working


@operation
def embargo(decision: Decision, *, until: date, why: str, by: User) -> Decision:
    """Keep a decision from being published until a day; SRO, Ofgem and IPA are told, and the public that one is."""
    decision, now = locked_decision(decision), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_embargo(decision, standing, now), refusals_of_embargo(until, why, standing.on))
    decision.embargoed_until, decision.embargoed_why = until, why
    decision.save_by(by, why, at=now)
    seal("embargoed", decision, by=by, at=now, until=until, why=why)
    notices.embargoed(decision, by=by)
    return decision


@operation
def release(decision: Decision, *, by: User, why: str = "") -> Decision:
    """End an embargo. If its meeting is public already, the decision is published at once and the minutes get an addendum."""
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_release(decision, Standing.at(by, now), now))
    return _release(decision, by=by, now=now, why=why)


@operation
def release_when_due(decision: Decision) -> Decision:
    """What the clock does when its embargo is over. Safe to run twice."""
    decision, now = locked_decision(decision), portal_now()
    if decision.embargoed_until is None or decision.embargoed_until > embargoes_over(now):
        return decision
    return _release(decision, by=User.objects.the_clock(), now=now, why=f"embargoed until {decision.embargoed_until}")


def _release(decision: Decision, *, by: User, now, why: str) -> Decision:
    decision.embargoed_until = decision.embargoed_why = None
    decision.save_by(by, why, at=now)
    seal("released", decision, by=by, at=now, why=why)
    meeting = decision.meeting
    if decision.status == DecisionStatus.DETERMINED and meeting and meeting.published_at:
        _publish_alone(decision, f"{decision} was under embargo and is public now.", by=by, at=now)
    return decision


@operation
def publish(decision: Decision, *, by: User) -> Decision:
    """Make one decision public; those of a meeting are published with its minutes."""
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_publish(decision, Standing.at(by, now), now))
    return _publish_alone(decision, f"{decision} was decided after these minutes were published.", by=by, at=now)


def _publish_alone(decision: Decision, note: str, *, by: User, at) -> Decision:
    """Publish one decision; if the minutes of its meeting are public already, they get an addendum that has it."""
    make_public(decision, by=by, at=at)
    minutes = getattr(decision.meeting, "minutes", None)
    if minutes and minutes.published_at:
        minutes.meeting = decision.meeting
        freeze(minutes, MinutesEdition.Kind.ADDENDUM, note=note, by=by, now=at)
    return decision


def make_public(decision: Decision, *, by: User, at) -> Decision:
    decision.published_at, decision.published_by = at, by
    decision.save_by(by, at=at)
    seal("published", decision, by=by, at=at)
    issue("decision", decision.pk, "It was published.", by=by, at=at)
    issue("decision", decision.supersedes_id, f"It was superseded by {decision}.", by=by, at=at)
    for later in decision.superseded_by.order_by("pk"):  # it was embargoed, and is superseded already
        issue("decision", later.pk, f"{decision}, which it superseded, was published.", by=by, at=at)
    effects_above("decisions.publish", decision, by=by, at=at)
    return decision


@operation
def publish_when_due(decision: Decision) -> Decision:
    """What the clock does at the hour. Safe to run twice."""
    decision, now = locked_decision(decision), portal_now()
    if any(what_forbids_publishing(decision)):
        return decision
    note = f"{decision} was decided after these minutes were published."
    return _publish_alone(decision, note, by=User.objects.the_clock(), at=now)


@operation
def move_publication(decision: Decision, working: Working, *, why: str, by: User, at: datetime) -> Decision:
    """Put the hour of an ex-committee decision's publication on the later day that was counted anew."""
    decision = locked_decision(decision)
    before, runs = london_date(cast(datetime, decision.publication_due_at)), publications_running(at).filter(pk=decision.pk).exists()
    require(refusals_to_move_deadline(before, working.end, runs, Standing.at(by, at)))
    decision.publication_due_at, decision.publication_working = Counting().end(decision.group, working), working.as_json()
    decision.save_by(by, f"publication deadline moved: {why}", at=at)
    seal("deadline moved", decision, by=by, at=at, before=before, after=working.end, why=why)
    notices.publication_moved(decision, before, working, why, by=by)
    return decision
