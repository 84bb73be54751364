"""From what was read to rows: the meeting, who came, items, actions, decisions and votes, by the other apps' operations."""

import re
from datetime import date, datetime, time
from typing import Any, cast

from archive.listed import as_told, sections_of
from archive.people import People, Seats
from archive.subjects import subjects_of
from archive.voted import was_mended
from change_requests import operations as change_requests
from change_requests.finding import references_in
from decisions import operations as decisions
from decisions.lifecycle import QuestionStatus
from decisions.models import Decision, Maker, RollRow
from groups.models import Group, Person, User
from groups.models.people import normalised
from meetings import operations as meetings
from meetings.models import AgendaItem, Attendance, Meeting, Paragraph
from minutes_reader import Attendee, Block, Item, Reading, Vote, VoteRow
from minutes_reader import Decision as ReadDecision
from records.clock import london_moment
from records.dates import as_day
from records.models import Origin

Section = Attendance.Section
Kind = Paragraph.Kind

KINDS = {
    "paragraph": Kind.TEXT,
    "list_item": Kind.TEXT,
    "subheading": Kind.HEADING,
    "post_meeting_update": Kind.ADDENDUM,
    "reason": Kind.REASON,
}
PLACES = {"decision": Kind.DECISION, "action": Kind.ACTION, "vote": Kind.VOTE}
MAKERS = {"SRO": Maker.SRO, "PSG": Maker.PSG, "Ofgem": Maker.OFGEM}
WHERE = {
    "meeting": Decision.WhereTaken.MEETING,
    "post meeting": Decision.WhereTaken.AFTER,
    "ex-committee": Decision.WhereTaken.EX_COMMITTEE,
}
ACTION_REF = re.compile(r"^(?P<group>[A-Za-z]+)(?P<meeting>\d+(?:\.\d+)?)-(?P<n>\d+)$")
DECISION_REF = re.compile(r"^(?P<group>[A-Za-z]+)-DEC(?P<n>\d+)$")


UNHEARD = {"absent": RollRow.State.ABSENT, "vacant": RollRow.State.VACANT, None: RollRow.State.UNREADABLE}


def roll_of(vote: Vote) -> dict[str, str]:
    """What each row of a roll comes to, by the words it is printed with: a choice, or why there is none."""
    return {row.constituency[:160]: str(UNHEARD.get(row.choice, row.choice)) for row in vote.rows}


def classification_of(reading: Reading) -> str:
    """Only papers that say Public are; where they say nothing, nothing is published."""
    said = (reading.header.classification or "").strip().casefold()
    if said == "public":
        return Meeting.Classification.PUBLIC
    restricted = any(word in said for word in ("restricted", "confidential", "private"))
    return Meeting.Classification.RESTRICTED if restricted else Meeting.Classification.PARTICIPANTS


def record_what_is_named(meeting: Meeting, texts: list[str], *, by: User) -> None:
    """That there are the change requests of which the papers of the meeting speak; public, if these are."""
    for reference in references_in(texts):
        named = change_requests.record_past_request(meeting.group, reference, by=by)
        if meeting.published_at:
            change_requests.make_public(named, f"{meeting} speaks of it.", on=meeting.held_on, by=by, at=meeting.published_at)


def row_told(told: VoteRow) -> dict[str, Any]:
    """A row of a roll, but for its seat. Where there is no choice, what is printed beside it says why."""
    unheard = told.choice in UNHEARD
    return {
        "constituency": told.constituency[:160], "choice": None if unheard else told.choice, "comment": told.comment or "",
        "state": UNHEARD.get(told.choice, RollRow.State.EXPECTED), "state_words": (told.comment or "")[:200] if unheard else "",
    }  # fmt: skip


def numbered(items: list[Item]) -> dict[int, Item]:
    """The items by the number they get: that which is printed, or the next where there is none, or it is printed twice."""
    found: dict[int, Item] = {}
    for item in items:
        free = item.number is not None and item.number not in found
        found[cast(int, item.number) if free else max((n for n in found if n), default=0) + 1] = item
    return found


def paragraphs_of(item: Item, number: int, reading: Reading) -> list[tuple[int, str, Kind]]:
    """Its paragraphs in their order. An action, a decision and a vote have a place: what it shows is written down once, and points there."""
    told = []
    for order, block in enumerate(item.blocks, 1):
        if block.kind in PLACES:
            told.append((order, block.ref or block.text, PLACES[block.kind]))
        elif block.kind == "comments":
            if not any(vote.item_number == number for vote in reading.votes):
                told.append((order, block.text, Kind.TEXT))
        elif (text := _text(block)).strip():
            told.append((order, text, KINDS[block.kind]))
    return told


def _text(block: Block) -> str:
    if block.kind == "reason" or (block.kind == "list_item" and block.number):
        return f"{block.number}. {block.text}" if block.number else block.text
    return f"- {block.text}" if block.kind == "list_item" else block.text


def facts_of(told: ReadDecision, reading: Reading, group: Group) -> dict[str, Any]:
    """What a paper states of a decision, but for its subjects and its reasons."""
    chairs = [person.name for person in reading.chairs]
    return {
        "title": (told.area or told.item_title or told.text)[:300], "wording": told.text, "maker": _maker(told.maker, group),
        "authority": (told.authority_text or "")[:300], "basis": told.basis, "where_taken": WHERE[told.made_where],
        "decided_on": told.made_on or cast(date, reading.header.date), "determined_by_name": chairs[0] if told.determined_by and chairs else "",
    }  # fmt: skip


def _maker(said: str | None, group: Group) -> str:
    if said is None:
        return Maker.NOT_STATED
    return Maker.GROUP if said.upper() == group.code.upper() else MAKERS.get(said, Maker.NOT_STATED)


class Recorder:
    """One document going into the portal. `warnings` are what could not be written down as it was printed."""

    def __init__(self, reading: Reading, group: Group, by: User, *, corrected: bool = False):
        self.reading, self.group, self.by = reading, group, by
        self.on = cast(date, reading.header.date)
        self.seats, self.people = Seats(group, self.on), People(group, by)
        self.warnings: list[str] = []
        self.items: dict[int | None, AgendaItem] = {}
        self.present: dict[str, list[Person]] = {}
        self.chair: Person | None = None
        self.attended: set[int] = set()
        self.written: set[int] = set()
        self.voted: set[int] = set()
        self.corrected = corrected

    def record(self) -> Meeting:
        self.meeting = self._meeting()
        self._attendance()
        for number, item in numbered(self.reading.items).items():
            self._item(number, item)
        if self.reading.items:
            meetings.drop_what_is_not_in(self.meeting, self.attended, self.written, by=self.by)
        self._actions()
        self._decisions()
        for vote in self.reading.votes:
            self._vote(vote)
        self._change_requests()
        self.warnings += self.people.warnings
        return self.meeting

    # --- the meeting and who came

    def _meeting(self) -> Meeting:
        header = self.reading.header
        starts, ends = self._moment(header.start), self._moment(header.end)
        return meetings.record_past_meeting(
            self.group, header.meeting_no or "", starts_at=starts or london_moment(self.on, time(0)), time_known=starts is not None,
            ends_at=ends if starts and ends and ends > starts else None, held_on=self.on,
            kind=Meeting.Kind.EXTRAORDINARY if header.extraordinary else Meeting.Kind.ORDINARY,
            venue=(header.venue or "")[:200], classification=classification_of(self.reading),
            first_published_on=header.issue_date, next_meeting_on=self.reading.next_meeting, by=self.by,
        )  # fmt: skip

    def _moment(self, told: str | None) -> datetime | None:
        return london_moment(self.on, time.fromisoformat(told)) if told else None

    def _attendance(self) -> None:
        order = 0
        for section, attendees in sections_of(self.reading):
            for attendee in attendees:
                order += 1
                self._attendee(section, attendee, order)

    def _attendee(self, section: str, attendee: Attendee, order: int) -> None:
        role = attendee.role or ""
        represents = section in (Section.REPRESENTATIVES, Section.APOLOGIES)
        told = as_told(section, attendee, self.seats)
        affiliation = attendee.section if section == Section.PROGRAMME else role
        person = self.people.find(
            attendee.name, affiliation=affiliation[:160], chair=section == Section.CHAIR,
            seats=self.seats.meant_by(role) if represents else (),
        )  # fmt: skip
        if section == Section.CHAIR and self.chair is None:
            self.chair = person
        if section != Section.APOLOGIES:
            self.present.setdefault(normalised(attendee.name), []).append(person)
        attendance = meetings.record_past_attendance(
            self.meeting, person, section, order=order, printed_name=told.name, printed_role=told.role, initials=told.initials, seat_id=told.seat,
            on_behalf_of=told.on_behalf_of, part_meeting=attendee.part, by=self.by,
        )  # fmt: skip
        self.attended.add(attendance.pk)

    # --- items and their paragraphs

    def _item(self, number: int, told: Item) -> None:
        item = meetings.record_past_item(self.meeting, number, told.title[:300], deferred=told.deferred, by=self.by)
        self.items[number] = item
        for order, text, kind in paragraphs_of(told, number, self.reading):
            self.written.add(meetings.record_past_paragraph(item, order, text, kind, by=self.by).pk)

    def _place(self, item: AgendaItem | None, kind: str, ref: str) -> Paragraph | None:
        return item.paragraphs.filter(kind=kind, text=ref, dropped=False).first() if item else None

    # --- actions, decisions, votes

    def _actions(self) -> None:
        seen: set[str] = set()
        for action in self.reading.actions:
            reference = action.ref or ""
            ref = ACTION_REF.match(reference)
            if not ref or ref["group"].upper() != self.group.code.upper():
                self._kept_as_text(f"The action “{action.text}”", action.ref, "an action")
                continue
            if reference in seen:
                continue
            seen.add(reference)
            item = self.items.get(action.item_number)
            recorded = meetings.record_past_action(
                self.meeting, reference, meeting_number=ref["meeting"], n=int(ref["n"]), new=action.new,
                area=(action.area or "")[:300], text=action.text, owner=(action.owner or "")[:200], due_on=action.due,
                due_text=(action.due_text or "")[:80], item=item, by=self.by,
            )  # fmt: skip
            self._point(recorded, item, Kind.ACTION, reference)
            self._own(recorded)
            if recorded.closed_on and recorded.closed_on < self.on and not meetings.was_taken_out(recorded):
                stands = f"{recorded.get_status_display().lower()} since {as_day(recorded.closed_on)}"
                self.warnings.append(f"{reference} is recorded as {stands}, and these minutes carry it: whether it is open again is not read.")

    def _point(self, record, item: AgendaItem | None, kind: str, ref: str) -> None:
        place = self._place(item, kind, ref)
        if place and record.paragraph_id is None:
            record.paragraph = place
            record.save_by(self.by, "read in")

    def _own(self, action) -> None:
        """ "Programme (Miriam Levy)" is owned by the one person of that name who was there."""
        named = re.search(r"\(([^()]+)\)\s*$", action.owner)
        people = self.present.get(normalised(named[1]), []) if named else []
        if len(people) == 1 and action.owner_person_id is None:
            action.owner_person = people[0]
            action.save_by(self.by, "read in")

    def _kept_as_text(self, what: str, ref: str | None, kind: str) -> None:
        why = f"the reference {ref} is not one of this group" if ref else "it has no reference"
        self.warnings.append(f"{what} is kept as text and not recorded as {kind}: {why}.")

    def _decisions(self) -> None:
        seen: set[str] = set()
        for told in self.reading.decisions:
            reference = told.ref or ""
            ref = DECISION_REF.match(reference)
            if not ref or ref["group"].upper() != self.group.code.upper():
                self._kept_as_text(f"The decision “{told.text}”", told.ref, "a decision")
                continue
            if reference in seen:
                continue
            seen.add(reference)
            self._decision(told, reference, int(ref["n"]))

    def _decision(self, told: ReadDecision, reference: str, number: int) -> None:
        item = self.items.get(told.item_number)
        known = Decision.objects.filter(group=self.group, number=number).first()
        if known and (known.meeting_id != self.meeting.pk or known.origin == Origin.PORTAL):
            where = f"at {known.meeting}" if known.meeting_id else "ex-committee"
            self.warnings.append(f"{told.ref} is recorded {where} already; what these minutes say of it is kept as text.")
            return
        facts = facts_of(told, self.reading, self.group)
        facts.pop("determined_by_name")
        by_the_chair = bool(told.determined_by)
        recorded = decisions.record_past_decision(
            self.group, reference, number, meeting=self.meeting, item=item, **facts, corrected=self.corrected,
            determined_by=self.chair if by_the_chair else None, determined_as=f"{self.group.code} Chair" if by_the_chair else "",
            subjects=subjects_of(told, self.reading), reasons=told.reasons, by=self.by,
        )  # fmt: skip
        self._point(recorded, item, Kind.DECISION, reference)

    def _change_requests(self) -> None:
        """Those that an item or an action is about, decided or not: that there is one, and no more than that."""
        texts = [item.title for item in self.reading.items] + [text for action in self.reading.actions for text in (action.area or "", action.text)]
        record_what_is_named(self.meeting, texts, by=self.by)

    def _vote(self, vote: Vote) -> None:
        item = self.items.get(vote.item_number)
        if item is None:
            self.warnings.append(f"The vote on {vote.on or 'an unnamed subject'} belongs to no item, and is kept as text.")
            return
        recorded = item.questions.filter(subject=vote.on or "", origin=Origin.IMPORTED).exclude(status=QuestionStatus.WITHDRAWN)
        known = recorded.exclude(pk__in=self.voted).order_by("pk").first()
        asked = (vote.wording or "", vote.version or "")
        mended = known is not None and was_mended(known)  # then on what it advises stands, be it on nothing: the paper does not say
        decision = known.decision if known and mended else next((d for d in item.decisions.all() if d.settlements.filter(subject_ref=vote.on).exists()), None)
        if known and not (decisions.can_be_corrected(known, roll_of(vote)) and asked in ((known.wording, known.version), ("", ""))):
            decisions.take_out_past_question(known, why=f"The corrected minutes of {self.meeting} have another roll.", by=self.by)
            known = None
        free = item.paragraphs.filter(kind=Kind.VOTE, question=None, dropped=False).order_by("order").first()
        if known:
            rows = [self._row(row) for row in vote.rows]
            self.voted.add(known.pk)
            decisions.correct_past_question(known, paragraph=free or known.paragraph, rows=rows, by=self.by)
            return
        made = decisions.record_past_question(
            item, vote.wording or "", paragraph=free, decision=decision, subject=vote.on or "", version=vote.version or "",
            held_at=self.meeting.starts_at, rows=[self._row(row) for row in vote.rows], by=self.by,
        )  # fmt: skip
        self.voted.add(made.pk)

    def _row(self, told: VoteRow) -> dict:
        seat = self.seats.in_a_vote(told.constituency)
        if seat is None:
            self.warnings.append(f"“{told.constituency}” in a vote is no seat of {self.group} that day; the row keeps its words.")
        return {"seat": seat, **row_told(told)}
