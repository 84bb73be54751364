"""Writing down what published papers tell of meetings held before the portal had them.

These skip the lifecycles, not the constraints; the rows say that they were read in. The clock leaves them alone.
"""

from datetime import date, datetime
from typing import Any

from groups.models import Group, Person, User
from groups.numbering import mint_past
from meetings.due import publication_due
from meetings.for_decision import issue_what_is_named
from meetings.lifecycle import ActionStatus, ItemStatus, MeetingStatus, MinutesStatus
from meetings.models import Action, ActionReview, AgendaItem, Attendance, Meeting, Minutes, MinutesEdition, Paragraph
from meetings.operations.actions import raised_order
from meetings.operations.chasing import set_the_clock
from meetings.operations.minutes import freeze
from records.clock import portal_now
from records.editions import issue
from records.locks import locked
from records.models import Origin
from records.operations import operation

MENDED = "Corrected by hand: "  # before why a row is another than it was read
WITHDRAWN = "Withdrawn: not in the corrected minutes"  # where an action that was taken out said by when


@operation
def record_past_meeting(
    group: Group,
    number: str,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    time_known: bool,
    held_on: date,
    kind: str,
    venue: str,
    classification: str,
    first_published_on: date | None,
    next_meeting_on: date | None,
    by: User,
) -> Meeting:
    """A meeting that took place; the publication date printed on its papers feeds the rolling figure."""
    meeting, now = Meeting.objects.filter(group=group, number=number).first(), portal_now()
    if meeting is None:
        meeting = Meeting(group=group, number=number, code=group.meeting_code(number), origin=Origin.IMPORTED)
    meeting.kind, meeting.status, meeting.venue = kind, MeetingStatus.HELD, venue or meeting.venue
    meeting.starts_at, meeting.ends_at, meeting.held_on = starts_at, ends_at, held_on
    meeting.time_known = time_known
    meeting.classification = classification
    meeting.first_published_on = min(filter(None, [first_published_on, meeting.first_published_on]), default=None)
    meeting.next_meeting_on = next_meeting_on or meeting.next_meeting_on
    if meeting.is_public:
        meeting.publication_due_at, working = publication_due(group, held_on)
        meeting.publication_working = working.as_json()
        meeting.published_at, meeting.published_by = meeting.published_at or now, by
    meeting.save_by(by, "read in")
    issue_what_is_named([meeting.published_agenda], f"{meeting} was held.", by=by, at=now)
    issue("meeting", meeting.pk, "It was read in from published papers.", by=by)
    if not Minutes.objects.filter(meeting=meeting).exists():
        Minutes(
            meeting=meeting, status=MinutesStatus.CIRCULATED, origin=Origin.IMPORTED,
            published_at=meeting.published_at, published_by=meeting.published_by,
            first_published_on=first_published_on,
        ).save_by(by, "read in")  # fmt: skip
    return meeting


def record_past_item(meeting: Meeting, number: int, title: str, *, deferred: bool, by: User) -> AgendaItem:
    item = meeting.items.filter(number=number).first() or AgendaItem(meeting=meeting, number=number)
    item.title, item.status = title, ItemStatus.DEFERRED if deferred else ItemStatus.DISCUSSED
    item.deferred_to = item.deferred_to if deferred else None
    return item.save_by(by, "read in")


@operation
def correct_past_item(item: AgendaItem, *, deferred: bool, deferred_to: AgendaItem | None, why: str, by: User) -> AgendaItem:
    """What was misread of what became of it, mended: dealt with or put off, and to which item of a later meeting."""
    item.status, item.deferred_to = ItemStatus.DEFERRED if deferred else ItemStatus.DISCUSSED, deferred_to
    return item.save_by(by, f"{MENDED}{why}")


def drop_what_is_not_in(meeting: Meeting, attendances: set[int], paragraphs: set[int], *, by: User) -> None:
    """A newer paper of the same meeting is the minutes now: what it does not have is left to the earlier editions."""
    for attendance in meeting.attendances.filter(origin=Origin.IMPORTED, dropped=False).exclude(pk__in=attendances):
        attendance.dropped = True
        attendance.save_by(by, "not in the newer paper")
    for paragraph in Paragraph.objects.filter(item__meeting=meeting, dropped=False).exclude(pk__in=paragraphs):
        paragraph.dropped = True
        paragraph.save_by(by, "not in the newer paper")


def record_past_paragraph(item: AgendaItem, order: int, text: str, kind: str, *, by: User) -> Paragraph:
    """A paragraph as printed; one that an earlier paper had word for word keeps its number, in its new place."""
    known = item.paragraphs.filter(kind=kind, text=text).order_by("dropped", "order").first()
    if known is None:
        return Paragraph(item=item, order=order, text=text, kind=kind).save_by(by, "read in")
    if (known.order, known.dropped) != (order, False):
        known.order, known.dropped = order, False
        known.save_by(by, "read in again")
    return known


def record_past_attendance(
    meeting: Meeting, person: Person, section: str, *, order: int, printed_name: str, printed_role: str, initials: str,
    seat_id: int | None, on_behalf_of: str, part_meeting: bool, by: User,
) -> Attendance:  # fmt: skip
    """Somebody as they are listed. One whom an earlier paper listed in the same words keeps their row, mended as this one has it."""
    absent = section == Attendance.Section.APOLOGIES
    found = meeting.attendances.filter(person=person, section=section, printed_role=printed_role).first()
    told = {"printed_name": printed_name, "initials": initials, "on_behalf_of": on_behalf_of, "part_meeting": part_meeting, "dropped": False}
    if seat_id:  # where the words do not say which, what was found out otherwise stands
        told["seat_id"] = seat_id
    if found and any(getattr(found, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(found, name, value)
        found.save_by(by, "read in again")
    return found or Attendance(
        meeting=meeting, person=person, section=section, order=order, printed_name=printed_name, printed_role=printed_role,
        initials=initials, seat_id=seat_id, on_behalf_of=on_behalf_of, part_meeting=part_meeting, origin=Origin.IMPORTED,
        mode=Attendance.Mode.ABSENT if absent else Attendance.Mode.PRESENT,
    ).save_by(by, "read in")  # fmt: skip


@operation
def correct_past_attendance(row: Attendance, told: dict[str, Any], *, why: str, by: User) -> Attendance:
    """What was misread of how somebody is listed, mended. Where an earlier paper listed the same person there, its row comes back instead."""
    same = row.meeting.attendances.filter(person=told["person"], section=told["section"], printed_role=told["printed_role"], dropped=True).first()
    if same and row.pk:
        take_out_past_attendance(row, why=why, by=by)
    if same:
        told, row = told | {"order": row.order, "dropped": False}, same
    for name, value in told.items():
        setattr(row, name, value)
    row.mode = Attendance.Mode.ABSENT if row.section == Attendance.Section.APOLOGIES else Attendance.Mode.PRESENT
    return row.save_by(by, why)


@operation
def take_out_past_attendance(row: Attendance, *, why: str, by: User) -> Attendance:
    """Somebody whom the paper does not list. Earlier editions still name them."""
    row.dropped = True
    return row.save_by(by, why)


def record_past_action(
    meeting: Meeting, reference: str, *, meeting_number: str, n: int, new: bool, area: str, text: str, owner: str,
    due_on: date | None, due_text: str, item: AgendaItem | None, by: User,
) -> Action:  # fmt: skip
    """An action as the papers tell it: raised at this meeting, or carried into it from an earlier one."""
    action = Action.objects.filter(reference=reference).first()
    if action is None:
        mint_past(f"meeting:{meeting.group.meeting_code(meeting_number)}", "action", n)
        action = Action(
            group=meeting.group, reference=reference, raised_order=raised_order(meeting_number, n), origin=Origin.IMPORTED,
            meeting=meeting if new else Meeting.objects.filter(group=meeting.group, number=meeting_number).first(),
        )  # fmt: skip
    elif action.reviews.filter(meeting__held_on__gt=meeting.held_on).exists():
        _record_past_review(action, meeting, due_on, due_text, text, owner, by=by)
        issue("action", action.pk, f"What was said of it at {meeting} was read in.", by=by)
        return action  # a later meeting has said more of it since
    if was_taken_out(action):
        action.status, action.closed_on = ActionStatus.OPEN, None
    _keep_as_first_printed(action, text, owner or action.owner, again=new)
    action.area, action.text, action.owner = area or action.area, text, owner or action.owner or "Not stated"
    action.item = item or action.item
    action.due_on, action.due_as_printed, action.due_kind = due_on, due_text, _due_kind(due_on, due_text)
    if meeting.published_at and not action.published_at:
        action.published_at, action.published_by = meeting.published_at, by
    action.save_by(by, "read in")
    issue("action", action.pk, "It was read in from published papers.", by=by)
    if not new:
        _record_past_review(action, meeting, due_on, due_text, text, owner, by=by)
    return action


def _keep_as_first_printed(action: Action, text: str, owner: str, *, again: bool) -> None:
    """A later paper may have it in other words; the minutes that raised it go on printing theirs. `again`: those came in anew."""
    if again or not action.pk:
        action.text_as_raised = action.owner_as_raised = ""
        return
    agreed = action.as_agreed
    action.text_as_raised = agreed["text"] if text != agreed["text"] else ""
    action.owner_as_raised = agreed["owner"] if owner != agreed["owner"] else ""


@operation
def correct_past_action(
    action: Action, *, text: str, owner: str, due_on: date | None, due_text: str, status: str, closed_on: date | None, told_at: Meeting, why: str, by: User
) -> Action:
    """What was misread of it, mended; and with it what the paper of the meeting that told of it last said of it there."""
    printed = action.words_at(told_at)
    _mend_as_printed(action, printed, {"text": text, "owner": owner}, why, by=by)
    action.status, action.closed_on = status, closed_on
    action.due_on, action.due_as_printed, action.due_kind = due_on, due_text, _due_kind(due_on, due_text)
    if action.chase_at:
        set_the_clock(action, portal_now())
    action.save_by(by, why)
    if review := action.reviews.filter(meeting=told_at).first():
        review.status, review.due_on, review.due_as_printed = status, due_on, due_text
        review.save_by(by, why)
    issue("action", action.pk, f"{MENDED}{why}", by=by)
    return action


def _mend_as_printed(action: Action, then: dict[str, str], now: dict[str, str], why: str, *, by: User) -> None:
    """Wherever it reads as it was misread. What was agreed on since stays."""
    for review in locked(action.reviews.all()).order_by("pk"):
        wrong = [name for name in ("text", "owner") if getattr(review, name) == then[name] != now[name]]
        for name in wrong:
            setattr(review, name, now[name])
        if wrong:
            review.save_by(by, why)
    for name in ("text", "owner"):
        if getattr(action, f"{name}_as_raised") == then[name]:
            setattr(action, f"{name}_as_raised", "" if getattr(action, name) == now[name] else now[name])
        if getattr(action, name) == then[name] != now[name]:
            setattr(action, name, now[name])
            if name == "owner":
                action.owner_person = None


@operation
def take_out_past_action(action: Action, *, why: str, on: date, by: User) -> Action:
    """One that the corrected papers do not have: it is open no more, and says why where it said by when."""
    action.status, action.closed_on = ActionStatus.DROPPED, on
    action.due_on, action.due_kind, action.due_as_printed = None, Action.DueKind.TO_BE_CONFIRMED, WITHDRAWN
    action.save_by(by, why)
    issue("action", action.pk, why, by=by)
    return action


def was_taken_out(action: Action) -> bool:
    """Whether corrected papers, or somebody by hand, took it out."""
    return action.status == ActionStatus.DROPPED and action.due_as_printed == WITHDRAWN


def _due_kind(due_on: date | None, due_text: str) -> str:
    words = due_text.casefold()
    if due_on:
        return Action.DueKind.DATE
    if "asap" in words or "as soon as" in words:
        return Action.DueKind.ASAP
    return Action.DueKind.ONGOING if "ongoing" in words else Action.DueKind.TO_BE_CONFIRMED


def _record_past_review(action: Action, meeting: Meeting, due_on: date | None, due_text: str, text: str, owner: str, *, by: User) -> None:
    told = action.reviews.filter(meeting=meeting).first() or ActionReview(action=action, meeting=meeting, status=ActionStatus.OPEN)
    if told.pk is None or (told.due_on, told.due_as_printed, told.text, told.owner) != (due_on, due_text, text, owner):
        told.due_on, told.due_as_printed, told.text, told.owner = due_on, due_text, text, owner
        told.save_by(by, "read in")


def record_past_edition(meeting: Meeting, *, note: str, corrects: bool = False, sealed: bool = False, by: User) -> MinutesEdition | None:
    """Freeze what was read in as the public edition. Unless it is sealed, nothing is claimed in the ledger but the import itself. None unless Public."""
    minutes = meeting.minutes
    if not meeting.published_at:
        return None
    later = minutes.editions.exists()
    again = MinutesEdition.Kind.CORRECTION if corrects else MinutesEdition.Kind.ADDENDUM
    kind = again if later else MinutesEdition.Kind.FIRST
    return freeze(minutes, kind, note=note, by=by, now=portal_now(), sealed=sealed)
