"""What was misread of published papers, mended by hand: a decision, who came, what became of an item, an action."""

import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Max

from archive import deferred, listed
from archive.by_hand import MADE_UP, Asked, Mended, changes_by_hand, changes_of_action, missed_action, papers_of, prints_otherwise
from archive.deferred import PutOff
from archive.listed import Listed
from archive.people import People, Seats
from archive.recording import ACTION_REF, record_what_is_named
from archive.rules import (
    refusals_of_correcting,
    refusals_of_correcting_action,
    refusals_of_items,
    refusals_of_mending,
    refusals_of_missed_action,
    refusals_of_who_came,
    refusals_to_correct_action,
    refusals_to_correct_by_hand,
    refusals_to_correct_meeting,
)
from decisions.models import Decision, Settlement
from decisions.operations import correct_past_decision
from decisions.operations.decisions import locked_decision
from decisions.typed import kind_of
from groups.models import User
from groups.models.people import normalised
from groups.standing import Standing
from ledger.operations import seal
from meetings.lifecycle import ActionStatus
from meetings.models import Action, AgendaItem, Attendance, Meeting
from meetings.operations import (
    correct_past_action,
    correct_past_attendance,
    correct_past_item,
    record_past_action,
    record_past_edition,
    take_out_past_action,
    take_out_past_attendance,
)
from meetings.operations.locking import locked_meeting
from records.clock import portal_now
from records.locks import locked
from records.models import Origin
from records.operations import operation
from records.rules import require
from records.subjects import find


def frozen_again(meeting: Meeting, what: str, said: str, *, by: User, at: datetime) -> None:
    """The minutes as they read now, as a correction that says what was corrected; the paper stays as it came, and the ledger says so."""
    record_past_edition(meeting, note=f"Corrected by hand. {what}: {said}", corrects=True, sealed=True, by=by)
    file = meeting.imported_files.filter(superseded_by=None).order_by("-pk").first()
    if file:
        seal("corrected by hand", file, by=by, at=at, why=said)


@operation
def correct_by_hand(
    decision: Decision, *, outcomes: dict[int, tuple[str, str]], votes: dict[int, str], decided_on: date, why: str, reasons: dict[int, str] | None = None,
    named: dict[int, tuple[str, str]] | None = None, whose: tuple[str, str] | None = None, stated: dict[str, str] | None = None, by: User,
) -> Decision:  # fmt: skip
    """Mend what the reader made of a decision, field by field."""
    decision, now = locked_decision(decision), portal_now()
    standing, mended = Standing.at(by, now), Mended(outcomes, votes, decided_on, reasons or {}, named or {}, whose, stated or {})
    require(refusals_to_correct_by_hand(decision, standing, now), refusals_of_correcting(decision, mended, standing))
    changes = changes_by_hand(decision, mended)
    require(refusals_of_mending(changes, why))
    said = " ".join([*changes, why.strip()])
    kinds = {each.n: (each.subject_kind, each.subject_ref) for each in decision.settlements.all()}
    correct_past_decision(
        decision, outcomes=outcomes, votes=votes, reasons=mended.reasons, decided_on=decided_on, whose=whose, stated=_as_stated(decision, mended), why=said, by=by,
        named={n: (_kind_of(ref, kinds.get(n)), ref, version or Settlement.NOT_STATED) for n, (ref, version) in mended.named.items()},
    )  # fmt: skip
    frozen_again(cast(Meeting, decision.meeting), str(decision), said, by=by, at=now)
    return decision


def _as_stated(decision: Decision, mended: Mended) -> dict[str, Any]:
    """With the person who goes by that name at the meeting, if it is one; else the name stands by itself. Nobody is guessed."""
    name = mended.stated.get("determined_by_name", decision.determined_by_name)
    if normalised(name) == normalised(decision.determined_by_name):
        return dict(mended.stated)
    there = [row for row in listed.rows_of(cast(Meeting, decision.meeting)) if name and normalised(row.printed_name) == normalised(name)]
    return {**mended.stated, "determined_by": there[0].person if len({row.person_id for row in there}) == 1 else None}


def _kind_of(ref: str, before: tuple[str, str] | None) -> str:
    """Of the same kind as it was, where it is no other; else as the portal knows it, or by its reference."""
    if before and before[1] == ref:
        return before[0]
    known = find(ref).get(ref)
    return known.kind if known else kind_of(ref)


@operation
def correct_who_came(meeting: Meeting, said: dict[str, Listed], *, why: str, by: User) -> Meeting:
    """Mend what the reader made of the attendance list: by the key of a row what it is to say, and who was missed. Who is not named stays."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_correct_meeting(meeting, Standing.at(by, now), now), refusals_of_who_came(meeting, said, listed.seats_of(meeting)))
    changes = listed.changes_by_hand(meeting, said)
    require(refusals_of_mending(changes, why))
    told = " ".join([*changes, why.strip()])
    _mend_rows(meeting, said, why=told, by=by)
    meeting.save_by(by, f"Corrected by hand: {told}")
    frozen_again(meeting, "Who came", told, by=by, at=now)
    return meeting


def _mend_rows(meeting: Meeting, said: dict[str, Listed], *, why: str, by: User) -> None:
    seats, people = Seats(meeting.group, meeting.held_on), People(meeting.group, by)
    for row in list(listed.rows_of(meeting)):
        now, then = said.get(str(row.pk)), listed.as_read(row)
        if now is None or not listed.is_changed(row, now):
            continue
        if now.how == listed.NOT_LISTED:
            take_out_past_attendance(row, why=why, by=by)
            continue
        person = row.person if now.name == then.name else listed.who_is(now, people, seats)
        correct_past_attendance(row, listed.as_row(now, person), why=why, by=by)
    if missed := said.get(listed.MISSED):
        told = listed.as_row(missed, listed.who_is(missed, people, seats))
        last = meeting.attendances.aggregate(last=Max("order"))["last"] or 0
        correct_past_attendance(Attendance(meeting=meeting, order=last + 1, origin=Origin.IMPORTED), told, why=why, by=by)


@operation
def correct_items(meeting: Meeting, said: dict[int, PutOff], *, why: str, by: User) -> Meeting:
    """Mend what the reader made of what became of items, by their keys: dealt with or put off, and to which meeting."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_correct_meeting(meeting, Standing.at(by, now), now), refusals_of_items(meeting, said))
    changes = deferred.changes_by_hand(meeting, said)
    require(refusals_of_mending(changes, why))
    told = " ".join([*changes, why.strip()])
    for item in locked(meeting.items.filter(pk__in=said)).order_by("pk"):
        if deferred.is_changed(item, said[item.pk]):
            correct_past_item(item, deferred=said[item.pk].deferred, deferred_to=said[item.pk].to, why=told, by=by)
    meeting.save_by(by, f"Corrected by hand: {told}")
    frozen_again(meeting, "Items", told, by=by, at=now)
    return meeting


@operation
def correct_action_by_hand(action: Action, asked: Asked, *, why: str, by: User) -> Action:
    """Mend what the reader made of an action, or take out one that it made up. All minutes that print what was misread are corrected."""
    papers, now = _locked_papers_of(action), portal_now()
    action = locked(Action.objects.select_related("group")).get(pk=action.pk)
    standing = Standing.at(by, now)
    require(refusals_to_correct_action(action, standing, now), refusals_of_correcting_action(action, asked, standing))
    changes = changes_of_action(action, asked)
    require(refusals_of_mending(changes, why))
    said, last = " ".join([*changes, why.strip()]), papers[-1]
    misprinted = [meeting for meeting in papers if meeting == last or prints_otherwise(meeting, action, asked)]
    if asked.status == MADE_UP:
        take_out_past_action(action, why=f"Corrected by hand: {said}", on=standing.on, by=by)
    else:
        correct_past_action(action, **asdict(asked), told_at=last, why=said, by=by)
        record_what_is_named(last, [asked.text], by=by)
    for meeting in misprinted:
        frozen_again(meeting, str(action), said, by=by, at=now)
    return action


def _locked_papers_of(action: Action) -> list[Meeting]:
    """With their items, whose paragraphs are numbered when the minutes are frozen: in the order in which rows are locked."""
    keys = list(papers_of(action).values_list("pk", flat=True))
    by_key = {meeting.pk: meeting for meeting in locked(Meeting.objects.select_related("group").filter(pk__in=keys)).order_by("pk")}
    list(locked(AgendaItem.objects.filter(meeting__in=keys)).order_by("pk").values_list("pk"))
    return [by_key[pk] for pk in keys]


@operation
def add_missed_action(meeting: Meeting, reference: str, asked: Asked, *, item: AgendaItem | None = None, why: str, by: User) -> Action:
    """Write down an action that the reader passed over, as the paper prints it."""
    meeting, now = locked_meeting(meeting), portal_now()
    standing = Standing.at(by, now)
    require(
        refusals_to_correct_meeting(meeting, standing, now), refusals_of_missed_action(meeting, reference, asked, standing),
        refusals_of_mending([reference], why),
    )  # fmt: skip
    ref = cast(re.Match, ACTION_REF.match(reference))
    number, said = ref["meeting"].lstrip("0"), f"{missed_action(reference, asked)} {why.strip()}"
    action = record_past_action(
        meeting, reference, meeting_number=number, n=int(ref["n"]), new=number == meeting.number, area=item.title if item else "", text=asked.text,
        owner=asked.owner, due_on=asked.due_on, due_text=asked.due_text, item=item, by=by,
    )  # fmt: skip
    if asked.status != ActionStatus.OPEN:
        correct_past_action(action, **asdict(asked), told_at=meeting, why=said, by=by)
    record_what_is_named(meeting, [asked.text], by=by)
    frozen_again(meeting, "Actions", said, by=by, at=now)
    return action
