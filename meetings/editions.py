"""What an edition of the minutes holds: built from the rows once, frozen, and read from then on.

Decisions and votes live in an app higher up; they are reached by Django's reverse relations, and say
themselves what the minutes show of them (`as_minuted`).
"""

from django.db.models import Prefetch, QuerySet

from groups.models import User
from ledger.heads import entries_about
from ledger.models import Entry
from meetings.lifecycle import ActionStatus
from meetings.models import Action, AgendaItem, Attendance, DraftComment, Meeting, Minutes, MinutesEdition, Paragraph
from records.clock import london_date
from records.dates import as_clock, as_day
from records.locks import locked
from records.models import Origin
from records.prepared import PreparedRecords

Kind = Paragraph.Kind
WORDS = (Kind.TEXT, Kind.HEADING, Kind.ADDENDUM)  # kinds of paragraph that are nothing but what is written in them
RECORDS = {Kind.ACTION: "action", Kind.DECISION: "decision", Kind.VOTE: "question"}  # what stands in a paragraph of another kind
TAKEN_BACK = ("withdrawn", "taken_off")  # of such a record: it is not for the minutes, and will not be
WITH_RECORDS = ("typed", "action", "decision", "question__decision")  # what `is_shown` and `as_shown` look at


def label_paragraphs(meeting: Meeting, *, by: User) -> None:
    """Number the paragraphs that have no number yet: 7.1, 7.2 … at first; later ones are put in between as 7.12a."""
    for item in locked(meeting.items.on_the_agenda().prefetch_related(*(f"paragraphs__{each}" for each in WITH_RECORDS))).order_by("pk"):  # whoever writes a paragraph locks its item
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
    """Not deleted, not a block into which nothing was written, and not the place of a record that was taken back."""
    if paragraph.dropped:
        return False
    record = getattr(paragraph, RECORDS.get(Kind(paragraph.kind), ""), None)
    if record is None:
        return bool(paragraph.reads.strip())
    about = getattr(record, "decision", None) if paragraph.kind == Kind.VOTE else None
    return not any(each and each.status in TAKEN_BACK for each in (record, about))


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
        "actions": {"new": new_actions(meeting), "previous": _carried_actions(meeting)},
        "decisions": [d.as_minuted() for d in meeting.decisions.for_the_minutes()],
        "items": [_item(i) for i in meeting.items.on_the_agenda()],
        "approved_on": minutes.approved_on.isoformat() if minutes.approved_on else None,
        **_late_papers(meeting),
    }


def _late_papers(meeting: Meeting) -> dict:
    """Papers that went out later than the policy says, and why."""
    told = [
        {"on": london_date(each.at).isoformat(), "working_days": each.working_days, "wanted": each.wanted, "why": each.why}
        for each in meeting.circulations.exclude(why="").order_by("n")
    ]  # fmt: skip
    return {"papers_late": told} if told else {}


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
        "starts": as_clock(meeting.starts_local) if meeting.time_known else None,
        "ends": as_clock(meeting.ends_local) if meeting.ends_at else None,
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


def new_actions(meeting: Meeting) -> list[dict]:
    """Those that it raised."""
    return [_action(a) for a in meeting.actions.standing().order_by("raised_order")]


def _carried_actions(meeting: Meeting) -> list[dict]:
    """Actions of earlier meetings that were reviewed at this one, with the dates they then had."""
    reviews = meeting.action_reviews.exclude(action__status=ActionStatus.TAKEN_OFF).select_related("action").order_by("-action__raised_order")
    return [
        {
            **_action(review.action),
            **review.as_reviewed,
            "due": review.due_as_printed or (as_day(review.due_on) if review.due_on else review.action.due_as_raised or review.action.due_in_words),
            "note": review.note,
            **({} if review.status == ActionStatus.OPEN else {"state": review.get_status_display()}),
        }
        for review in reviews
    ]


def _action(action: Action) -> dict:
    return {
        "reference": action.reference,
        "area": action.area,
        **action.as_agreed,
    }


def blocks_of(item: AgendaItem) -> list[tuple[Paragraph, dict]]:
    """Its paragraphs that are for the minutes, each with what is shown of it."""
    standing = Prefetch("comments", DraftComment.objects.exclude(disagreement=None).filter(disagreement__taken_back=None).select_related("disagreement").order_by("pk"), to_attr="standing")
    paragraphs = item.paragraphs.filter(dropped=False).select_related(*WITH_RECORDS).prefetch_related(standing).order_by("order", "pk")
    return [(p, shown) for p in paragraphs if is_shown(p) and (shown := as_shown(p))]


def _item(item: AgendaItem) -> dict:
    return {
        "number": item.number,
        "title": item.title,
        "status": item.status,
        "deferred_to": item.deferred_to.meeting.code if item.deferred_to else None,
        "paragraphs": [shown for _, shown in blocks_of(item)],
    }


def as_shown(paragraph: Paragraph) -> dict | None:
    """A paragraph with what points at it; None for what is not for the minutes."""
    shown: dict = {"label": paragraph.label, "kind": paragraph.kind, "text": paragraph.reads}
    if paragraph.kind == Kind.ACTION and hasattr(paragraph, "action"):
        shown["action"] = _action(paragraph.action)
    elif paragraph.kind == Kind.DECISION and hasattr(paragraph, "decision"):
        if paragraph.decision.status not in ("tabled", "determined"):
            return None
        shown |= {"text": "", "decision": paragraph.decision.as_minuted()}
    elif paragraph.kind == Kind.VOTE and hasattr(paragraph, "question"):
        if (vote := paragraph.question.as_minuted()) is None:
            return None
        shown["vote"] = vote
    elif paragraph.kind == Kind.ADDENDUM and (on := _written_on(paragraph)):
        shown["on"] = on
    if standing := [each.disagreement for each in getattr(paragraph, "standing", ())]:
        shown["disagreements"] = [{"who": each.who, "text": each.text} for each in standing]
    return shown


def _written_on(update: Paragraph) -> str | None:
    """The day on which a post-meeting update was put down. Of papers that were read in nobody knows it."""
    if update.item.meeting.origin == Origin.IMPORTED:
        return None
    first = update.history.filter(kind=Kind.ADDENDUM).order_by("history_id").values_list("history_date", flat=True).first()
    return london_date(first).isoformat() if first else None


def disagreements_in(body: dict) -> list[dict]:
    """Who lets a comment stand, beside which paragraph."""
    told = [(p["label"], each) for item in body["items"] for p in item["paragraphs"] for each in p.get("disagreements", [])]
    return [{"paragraph": label, **each} for label, each in told]


def updates_in(body: dict) -> dict[str, tuple[int, str]]:
    """Its post-meeting updates: by label, the item and the words of each."""
    return {p["label"]: (item["number"], p["text"]) for item in body["items"] for p in item["paragraphs"] if p["kind"] == Kind.ADDENDUM}


def actions_mended(before: dict, after: dict) -> list[str]:
    """Of each action that a later edition has in other words: what it was. So that nobody finds them changed and reads nowhere of it."""
    then = {each["reference"]: each for kind in ("new", "previous") for each in before["actions"][kind]}
    now = {each["reference"]: each for kind in ("new", "previous") for each in after["actions"][kind]}
    return [_mended(then[reference], now[reference]) for reference in now if reference in then and _as_given(then[reference]) != _as_given(now[reference])]


def _as_given(action: dict) -> tuple[str, str, str]:
    return action["text"], action["owner"], action["due"]


def _mended(then: dict, now: dict) -> str:
    return f"Action {now['reference']} was written down wrongly: it read “{then['text']}” ({then['owner']}; {then['due']})."


def texts(body: dict) -> list[str]:
    """Every running text of an edition, for finding the references in it."""
    found = [f"{d.get('reference', '')} {d.get('wording', '')}" for d in body["decisions"]]
    for actions in body["actions"].values():
        found += [a["text"] + " " + a["reference"] for a in actions]
    for item in body["items"]:
        found.append(item["title"])
        found += [p["text"] for p in item["paragraphs"]]
        found += [each["text"] for p in item["paragraphs"] for each in p.get("disagreements", [])]
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
