"""Bringing something before the seats in one go: the decision, the question on it, and a second question on the same form."""

from typing import Any

from decisions.lifecycle import DecisionStatus
from decisions.models import Decision, Question
from decisions.operations.decisions import draft, table
from decisions.operations.locking import locked_question
from decisions.operations.questions import change_question, put_question, take_back, worded
from groups.models import Group, User
from meetings.models import AgendaItem, Paragraph
from meetings.operations import places_at, write_paragraph
from records.clock import portal_now
from records.locks import locked
from records.operations import operation

Kind = Paragraph.Kind


@operation
def bring(
    group: Group, *, decision: Decision | None = None, title: str = "", decision_wording: str = "", excludes: str = "",
    item: AgendaItem | None = None, place: Paragraph | None = None, follow_up: str = "", basis: str = Decision.Basis.VOTE, by: User, **asked: Any,
) -> Question:  # fmt: skip
    """Word a decision (unless it is worded already), put it on the table, and draft the question the seats advise on.

    On an agenda item, decision and vote get their places in the item's minute: at the end, or where the deleted block `place` stood.
    """
    locked(Group.objects).get(pk=group.pk)  # the group before the meeting, whatever comes after
    places = _places(decision.item if decision else item, [] if decision else [Kind.DECISION], place, by=by)
    if decision is None:
        decision = draft(
            group, title, decision_wording, meeting=item.meeting if item else None, item=item, paragraph=places[0] if places else None,
            basis=basis, authority=_authority(group), if_not_approved=asked.get("if_not_approved", ""), excludes=excludes, by=by,
        )  # fmt: skip
    item = decision.item
    if decision.status == DecisionStatus.DRAFT:
        decision = table(decision, by=by)
    question = put_question(group, item=item, decision=decision, paragraph=places[-1] if places else None, basis=basis, by=by, **asked)
    word_follow_up(question, follow_up, by=by)
    return question


def _places(item: AgendaItem | None, before: list[str], place: Paragraph | None, *, by: User) -> list[Paragraph]:
    """The vote's comes last."""
    kinds = [*before, Kind.VOTE]
    if item is None:
        return []
    if place and place.dropped and place.item_id == item.pk:
        return places_at(place, *kinds, by=by)
    return [write_paragraph(item, kind=kind, by=by) for kind in kinds]


def _authority(group: Group) -> str:
    return "delegated by the SRO" if group.level == 3 else ""


@operation
def reword(question: Question, *, follow_up: str = "", by: User, **asked: Any) -> Question:
    """Change a draft, and what rides on it."""
    question = change_question(question, by=by, **asked)
    word_follow_up(question, follow_up, by=by)
    return question


def word_follow_up(question: Question, wording: str, *, by: User) -> None:
    """The second question of the form: begun, reworded, or taken off."""
    rider = question.follow_ups.filter(status="draft").first()
    if rider and not wording.strip():
        take_back([locked_question(rider)], why="Taken off the form before it was put", by=by, at=portal_now())
    elif rider and rider.wording != wording:
        worded(locked_question(rider), by=by, wording=wording, window_days=question.window_days)
    elif rider is None and wording.strip():
        put_question(
            question.group, wording, item=question.item, decision=question.decision, follows=question,
            window_days=question.window_days, by=by,
        )  # fmt: skip
