"""What an edition of the minutes holds: built from the rows once, frozen, and read from then on.

Decisions and votes live in an app higher up; they are reached by Django's reverse relations, and say
themselves what the minutes show of them (`as_minuted`).
"""

from django.db.models import QuerySet

from groups.models import User
from ledger.heads import entries_about
from ledger.models import Entry
from meetings.lifecycle import ActionStatus
from meetings.models import Action, AgendaItem, Attendance, Meeting, Minutes, MinutesEdition, Paragraph
from records.clock import london_date
from records.locks import locked
from records.prepared import PreparedRecords

Kind = Paragraph.Kind
WORDS = (Kind.TEXT, Kind.HEADING, Kind.ADDENDUM)  # kinds of paragraph that are nothing but what is written in them


def label_paragraphs(meeting: Meeting, *, by: User) -> None:
    """Number the paragraphs that have no number yet: 7.1, 7.2 … at first; later ones are put in between as 7.12a."""
    for item in locked(meeting.items.on_the_agenda().prefetch_related("paragraphs__typed")).order_by("pk"):  # whoever writes a paragraph locks its item
        paragraphs = [p for p in item.paragraphs.all() if p.kind != Kind.HEADING and is_shown(p)]
        taken = {p.label for p in item.paragraphs.all() if p.label}
        first_time, before = not taken, f"{item.number}.0"
        for n, paragraph in enumerate(paragraphs, 1):
            if not paragraph.label:
                paragraph.label = f"{item.number}.{n}" if first_time else _in_between(before, taken)
                taken.add(paragraph.label)
                paragraph.save_by(by, "numbered")
            before = paragraph.label


def is_shown(paragraph: Paragraph) -> bool:
    """Not deleted, and not a block into which nothing was written."""
    return not paragraph.dropped and (paragraph.kind not in WORDS or bool(paragraph.reads.strip()))


def _in_between(before: str, taken: set[str]) -> str:
    stem = before.rstrip("abcdefghijklmnopqrstuvwxyz")
    letters = "abcdefghijklmnopqrstuvwxyz"
    singles = (stem + letter for letter in letters)
    doubles = (stem + one + two for one in letters for two in letters)
    return next(label for label in (*singles, *doubles) if label not in taken)


def body_of(minutes: Minutes) -> dict:
    """Everything the page and the PDF show of the meeting, as it stands now."""
    meeting = minutes.meeting
    attendances = list(meeting.attendances.filter(dropped=False).select_related("seat__group"))
    return {
        "meeting": _header(meeting),
        "attendance": _sections(attendances),
        "apologies": [_person(a) for a in attendances if a.section == Attendance.Section.APOLOGIES],
        "actions": {"new": _new_actions(meeting), "previous": _carried_actions(meeting)},
        "decisions": [d.as_minuted() for d in meeting.decisions.for_the_minutes()],
        "items": [_item(i) for i in meeting.items.on_the_agenda()],
        "approved_on": minutes.approved_on.isoformat() if minutes.approved_on else None,
    }


def _header(meeting: Meeting) -> dict:
    published = meeting.first_published_on or (london_date(meeting.published_at) if meeting.published_at else None)
    return {
        "code": meeting.code,
        "title": meeting.title,
        "group": meeting.group.code,
        "group_name": meeting.group.name,
        "fictional": meeting.group.fictional,
        "number": meeting.number,
        "venue": meeting.venue,
        "date": meeting.held_on.isoformat(),
        "starts": f"{meeting.starts_local:%H:%M}" if meeting.time_known else None,
        "ends": f"{meeting.ends_local:%H:%M}" if meeting.ends_at else None,
        "classification": meeting.get_classification_display(),
        "issued_on": published.isoformat() if published else None,
        "next_meeting_on": meeting.next_meeting_on.isoformat() if meeting.next_meeting_on else None,
    }


def _sections(attendances: list[Attendance]) -> list[dict]:
    sections = []
    for value, label in Attendance.Section.choices:
        people = [_person(a) for a in attendances if a.section == value]
        if people and value != Attendance.Section.APOLOGIES:
            sections.append({"section": label, "people": people})
    return sections


def _person(attendance: Attendance) -> dict:
    return {
        "name": attendance.printed_name,
        "initials": attendance.initials,
        "role": attendance.printed_role,
        "for": attendance.on_behalf_of,
        "part": attendance.part_meeting,
        "mode": attendance.mode,
        "seat": attendance.seat.reference if attendance.seat else None,
    }


def _new_actions(meeting: Meeting) -> list[dict]:
    return [_action(a) for a in meeting.actions.standing().order_by("raised_order")]


def _carried_actions(meeting: Meeting) -> list[dict]:
    """Actions of earlier meetings that were reviewed at this one, with the dates they then had."""
    reviews = meeting.action_reviews.select_related("action").order_by("-action__raised_order")
    return [
        {
            **_action(review.action),
            "due": review.due_as_printed or (review.due_on.isoformat() if review.due_on else review.action.due_in_words),
            "note": review.note,
        }
        for review in reviews
    ]


def _action(action: Action) -> dict:
    return {
        "reference": action.reference,
        "area": action.area,
        "text": action.text,
        "owner": action.owner,
        "due": action.due_as_printed or action.due_in_words,
    }


def _item(item: AgendaItem) -> dict:
    paragraphs = item.paragraphs.filter(dropped=False).select_related("action", "decision", "question", "ruling", "typed").order_by("order", "pk")
    return {
        "number": item.number,
        "title": item.title,
        "status": item.status,
        "deferred_to": item.deferred_to.meeting.code if item.deferred_to else None,
        "paragraphs": [shown for p in paragraphs if is_shown(p) and (shown := _paragraph(p))],
    }


def _paragraph(paragraph: Paragraph) -> dict | None:
    """A paragraph with what points at it; None for what is not for the minutes."""
    shown: dict = {"label": paragraph.label, "kind": paragraph.kind, "text": paragraph.reads}
    if paragraph.kind == Kind.ACTION and hasattr(paragraph, "action"):
        if paragraph.action.status == ActionStatus.TAKEN_OFF:
            return None
        shown["action"] = _action(paragraph.action)
    elif paragraph.kind == Kind.DECISION and hasattr(paragraph, "decision"):
        if paragraph.decision.status not in ("tabled", "determined"):
            return None
        shown |= {"text": "", "decision": paragraph.decision.as_minuted()}
    elif paragraph.kind == Kind.VOTE and hasattr(paragraph, "question"):
        if (vote := paragraph.question.as_minuted()) is None:
            return None
        shown["vote"] = vote
    return shown


def texts(body: dict) -> list[str]:
    """Every running text of an edition, for finding the references in it."""
    found = [d.get("wording", "") for d in body["decisions"]]
    for actions in body["actions"].values():
        found += [a["text"] + " " + a["reference"] for a in actions]
    for item in body["items"]:
        found.append(item["title"])
        found += [p["text"] for p in item["paragraphs"]]
        found += [row["comment"] for p in item["paragraphs"] if "vote" in p for row in p["vote"]["rows"]]
    return found


def publication_entry(edition: MinutesEdition) -> Entry | None:
    """The ledger entry that vouches for the edition: its publication, or for what was read in, the import."""
    own = [entry for entry in entries_about(edition) if entry.kind == "published"]
    return next(iter(own or _IMPORTED.records(meeting=edition.minutes.meeting_id)), None)


def _imported(meeting: int) -> QuerySet[Entry]:
    files = Meeting(pk=meeting).imported_files.filter(superseded_by=None).order_by("-pk")
    return Entry.objects.filter(subject_kind=files.model.sealed_as, kind="imported", subject_pk__in=files.values("pk")[:1]).order_by("seq")[:1]


_IMPORTED = PreparedRecords(_imported, meeting=-1)
