"""What a reading of published minutes yields: plain records, and the one JSON object of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass
class Attendee:
    """One person as the attendance list prints them."""

    name: str
    initials: str | None = None
    role: str | None = None
    on_behalf_of: str | None = None
    part: bool = False
    part_words: str = ""
    section: str = ""
    printed: str = ""

    def as_json(self) -> dict:
        """Give the person under the keys the importer publishes."""
        return {
            "name": self.name,
            "initials": self.initials,
            "role": self.role,
            "for": self.on_behalf_of,
            "part": self.part,
        }


@dataclass
class Action:
    """One action, with its wording in the table and in the minutes kept apart."""

    ref: str | None
    area: str | None
    text: str
    owner: str | None = None
    due: datetime.date | None = None
    due_text: str | None = None
    new: bool = True
    earlier_by_ref: bool = False
    status: list[str] = field(default_factory=list)  # what is printed beside it of how it stands, which may be that it is done
    table_text: str | None = None
    body_text: str | None = None
    table_area: str | None = None
    item_number: int | None = None
    item_title: str | None = None

    def as_json(self) -> dict:
        """Give the action under the keys the importer publishes."""
        return {
            "ref": self.ref,
            "area": self.area,
            "text": self.text,
            "owner": self.owner,
            "due": iso(self.due),
            "due_text": self.due_text,
            "new": self.new,
        }


@dataclass
class ChangeRequestOutcome:
    """What one decision says of one Change Request."""

    cr: str
    version: str | None
    outcome: str
    condition: str = ""

    def as_json(self) -> dict:
        """Give the outcome under the keys the importer publishes."""
        return {"cr": self.cr, "version": self.version, "outcome": self.outcome}


@dataclass
class DocumentOutcome:
    """What one decision says of a document that is not a Change Request."""

    name: str
    version: str | None
    outcome: str
    condition: str = ""


@dataclass
class Decision:
    """One decision, with its wording in the table and in the minutes kept apart."""

    ref: str | None
    area: str | None
    text: str
    maker: str | None = None
    made_on: datetime.date | None = None
    made_where: str = "meeting"
    crs: list[ChangeRequestOutcome] = field(default_factory=list)
    documents: list[DocumentOutcome] = field(default_factory=list)
    minutes: DocumentOutcome | None = None  # what becomes of the minutes of an earlier meeting
    table_text: str | None = None
    body_text: str | None = None
    table_area: str | None = None
    item_number: int | None = None
    item_title: str | None = None
    basis: str = "not_stated"
    determined_by: str | None = None
    authority_text: str | None = None
    reasons: list[str] = field(default_factory=list)
    taken_back: str = ""  # the sentence after it that may take it back

    def as_json(self) -> dict:
        """Give the decision under the keys the importer publishes."""
        return {
            "ref": self.ref,
            "area": self.area,
            "text": self.text,
            "maker": self.maker,
            "made_on": iso(self.made_on),
            "made_where": self.made_where,
            "crs": [outcome.as_json() for outcome in self.crs],
        }


@dataclass
class VoteRow:
    """How one constituency voted: `choice` is None where the row cannot be read."""

    constituency: str
    choice: str | None
    comment: str | None = None

    def as_json(self) -> dict:
        """Give the row under the keys the importer publishes."""
        return {"constituency": self.constituency, "choice": self.choice, "comment": self.comment}


@dataclass
class Vote:
    """One roll of votes: advice, from which nobody may compute an outcome."""

    on: str | None = None
    version: str | None = None
    rows: list[VoteRow] = field(default_factory=list)
    item_number: int | None = None
    wording: str | None = None
    tally_sentence: str | None = None
    comments_printed: int = 0

    def count(self, choice: str | None) -> int:
        """Count the rows with one choice."""
        return sum(row.choice == choice for row in self.rows)

    def as_json(self) -> dict:
        """Give the roll under the keys the importer publishes."""
        return {
            "on": self.on,
            "version": self.version,
            "approve": self.count("approve"),
            "reject": self.count("reject"),
            "abstain": self.count("abstain"),
            "absent": self.count("absent"),
            "unreadable": self.count(None),
            "rows": [row.as_json() for row in self.rows],
        }


@dataclass
class Block:
    """One printed piece of an agenda item: paragraph, subheading, list_item, decision, action, vote, comments,
    post_meeting_update or reason. `rows` holds the cells where the piece was a table."""

    kind: str
    text: str
    ref: str | None = None
    rows: list[list[str]] = field(default_factory=list)
    number: str | None = None
    joins: list[int] = field(default_factory=list)  # where lines were joined to make the text
    within: bool = False  # a table, or a point of a list, that belongs to the reason above it


@dataclass
class Item:
    """One agenda item as minuted."""

    number: int | None
    title: str
    deferred: bool = False
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Header:
    """The block at the head of the minutes that says which meeting this was."""

    doc_type: str | None = None
    group: str | None = None
    group_name: str | None = None
    meeting_no: str | None = None
    extraordinary: bool = False
    date: datetime.date | None = None
    issue_date: datetime.date | None = None
    start: str | None = None
    end: str | None = None
    venue: str | None = None
    classification: str | None = None
    title: str = ""
    printed: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """Everything one document of minutes says, and every doubt about it."""

    recognised: bool = False
    refusal: str | None = None
    source: str = ""
    header: Header = field(default_factory=Header)
    chairs: list[Attendee] = field(default_factory=list)
    constituency_reps: list[Attendee] = field(default_factory=list)
    programme: list[Attendee] = field(default_factory=list)
    others: list[Attendee] = field(default_factory=list)
    apologies: list[Attendee] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    next_meeting: datetime.date | None = None
    publication_due: datetime.date | None = None
    unread: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def present(self) -> list[Attendee]:
        """Everybody listed as attending, in the order of the sections."""
        return [*self.chairs, *self.constituency_reps, *self.programme, *self.others]

    @property
    def chair(self) -> str | None:
        """The name of the Chair, where one is printed."""
        marked = [person for person in self.present if "(chair)" in person.printed.casefold() or person.role == "Chair"]
        return next((person.name for person in [*self.chairs, *marked]), None)

    @property
    def deferred_items(self) -> list[str]:
        """The titles of the agenda items put off to a later meeting."""
        return [item.title for item in self.items if item.deferred]

    def as_json(self) -> dict:
        """Give the published object: its keys, their order and their meaning are a promise."""
        header = self.header
        return {
            "recognised": self.recognised,
            "doc_type": header.doc_type,
            "group": header.group,
            "meeting_no": header.meeting_no,
            "extraordinary": header.extraordinary if self.recognised else None,
            "date": iso(header.date),
            "issue_date": iso(header.issue_date),
            "start": header.start,
            "end": header.end,
            "venue": header.venue,
            "classification": header.classification,
            "chair": self.chair,
            "publication_due": iso(self.publication_due),
            "constituency_reps": [person.as_json() for person in self.constituency_reps],
            "programme": [person.as_json() for person in self.programme],
            "others": [person.as_json() for person in self.others],
            "apologies": [person.name for person in self.apologies],
            "actions": [action.as_json() for action in self.actions],
            "decisions": [decision.as_json() for decision in self.decisions],
            "votes": [vote.as_json() for vote in self.votes],
            "deferred_items": self.deferred_items,
            "next_meeting": iso(self.next_meeting),
            "warnings": list(self.warnings),
        }


def iso(day: datetime.date | None) -> str | None:
    """Write a date as ISO 8601, and an absent one as nothing."""
    return day.isoformat() if day else None
