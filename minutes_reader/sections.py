"""Divides a document into the parts that minutes and headline reports are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .document import cells, fold, is_row, plain
from .references import ACTION_REF, DECISION_REF
from .tables import column_names

HEADINGS = {
    "attendees": {
        "attendees",
        "attendance",
        "attendees and apologies",
        "attendance and apologies",
        "in attendance",
        "present",
        "list of attendees",
        "meeting attendees",
        "attendees role",
        "attendee role",
    },
    "actions": {
        "actions",
        "new/outstanding actions",
        "new / outstanding actions",
        "new and outstanding actions",
        "new & outstanding actions",
        "new actions",
        "outstanding actions",
        "action log",
        "previous actions",
        "actions from previous meetings",
        "actions from previous meeting s",
        "summary of actions",
        "actions summary",
        "new outstanding actions",
        "open actions",
        "outstanding/new actions",
        "outstanding / new actions",
        "previous meeting actions",
    },
    "decisions": {
        "decisions",
        "decision log",
        "new decisions",
        "decisions made",
        "summary of decisions",
        "decisions summary",
        "key decisions",
        "decisions taken",
    },
    "discussion": {
        "key discussion items",
        "key discussion points",
        "discussion items",
        "headlines",
        "key discussions",
        "key headlines",
        "discussion",
        "key items discussed",
        "other discussion items",
        "key messages",
    },
    "minutes": {
        "minutes",
        "minutes of the meeting",
        "minutes of meeting",
        "meeting minutes",
        "detailed minutes",
        "minutes of discussion",
    },
}
OTHER = re.compile(
    r"^(?:raid|risks?|assumptions?|issues|dependencies)(?: (?:items?|log|issues|and|risks?|discussed|raised|discussed/raised|/|discussed / raised))*$"
)
REFERENCES = {"actions": ACTION_REF, "decisions": DECISION_REF}  # of what each section lists
NEXT_MEETING = re.compile(
    r"^(?:dates?\s(?:and time\s)?of\s(?:the\s)?next\s.{0,12}?meetings?(?:\(s\))?|next\s(?:\w{1,12}\s)?meetings?(?:\sdates?)?)\s*(?::|-|–|$)\s*",
    re.IGNORECASE,
)
APOLOGIES = re.compile(r"^apologies(?:\sfor\sabsence|\sreceived|\s(?:were\s)?received\sfrom)?\s*(?::|-|–|\t|$)\s*", re.IGNORECASE)
ATTENDANCE_PARTS = (
    ("Chair", re.compile(r"^(?:meeting )?chair(?:person|man|woman)?$")),
    (
        "Industry Representatives",
        re.compile(
            r"^(?:industry|constituency|programme participant|participant|voting) (?:representatives?|members?|attendees)(?: s)?$"
            r"|^representatives$|^members$|^industry$|^(?:[a-z]{2,6} )?members present$"
        ),
    ),
    (
        "MHHS",
        re.compile(
            r"^(?:mhhs|mhhsp)(?: (?:programme|im|implementation manager|team|attendees|representatives|staff|programme team|programme attendees))*$"
            r"|^(?:the )?programme(?: (?:team|attendees|representatives|staff|members|office))?$|^lead delivery partner(?: ldp)?$|^central programme team$"
        ),
    ),
    (
        "Other Attendees",
        re.compile(
            r"^(?:other|additional|further)(?: (?:attendees|attendance|members|participants|representatives))$|^others$|^observers?$"
            r"|^guests?$|^also (?:in attendance|present)$|^other attendees and observers$|^non[ -]voting (?:attendees|members)$"
        ),
    ),
    ("Apologies", re.compile(r"^apologies(?: for absence| received)?$")),
)
NUMBERED = re.compile(
    r"^(?P<hash>#{1,6}\s*)?(?P<bold>\*{2,3}\s*)?(?P<hash2>#{1,6}\s*)?(?P<word>(?i:(?:agenda )?item )\s*)?(?P<number>\d{1,2})(?P<dot>[.)]|:\s|\s*[-–]\s|\s)\s*(?P<inner>\*{2,3}\s*)?(?P<title>\S.*)$"
)


@dataclass
class Section:
    """One part of the document: which, under what printed heading, and its lines."""

    name: str
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    has_rows: bool = False

    def add(self, line: str) -> None:
        """Add a line to the section."""
        self.lines.append(line)
        self.has_rows = self.has_rows or is_row(line)


def divided(lines: list[str]) -> list[Section]:
    """Divide the lines at the headings that minutes are known to have; what precedes them is the header."""
    sections = [Section("header")]
    minuted = 0  # the number of the last agenda item met in the minutes
    for number, line in enumerate(lines):
        if sections[-1].name == "minutes" and (item := NUMBERED.match(line)) and is_heading(line):
            minuted = max(minuted, int(item.group("number")))
        name, rest = _opened(lines, number, sections[-1])
        if name is None and sections[-1].name in ("actions", "decisions", "other") and minuted and _resumes(line, minuted):
            name, rest = "minutes", line
        if name is None:
            sections[-1].add(line)
        else:
            heading = plain(line)
            whole = rest == line  # a line that opens a section and is its first content, such as its first agenda item
            sections.append(
                Section(
                    name, "" if whole else heading.removesuffix(rest).rstrip(" :-") if rest else heading, [rest] if rest else []
                )
            )
    return sections


def _resumes(line: str, minuted: int) -> bool:
    """Say whether a line is the next agenda item, so that the minutes go on after a table inside them."""
    numbered = NUMBERED.match(line)
    return bool(
        numbered
        and not is_row(line)
        and (is_heading(line) or numbered.group("inner"))
        and int(numbered.group("number")) == minuted + 1
    )


def part_of_attendance(line: str) -> str | None:
    """Name the part of the attendance list that a heading opens: Chair, Industry Representatives, and so on."""
    words = fold(re.sub(r"\(?\bcont(?:inued|'d|d)?\b\.?\)?", "", plain(line.strip("# ")), flags=re.IGNORECASE)).strip(" :")
    return next((name for name, pattern in ATTENDANCE_PARTS if pattern.match(words)), None) if len(words) < 60 else None


def is_heading(line: str) -> bool:
    """Say whether a line is marked as a heading, by # or by being wholly bold."""
    stripped = line.strip()
    return stripped.startswith("#") or bool(re.match(r"^\*\*[^*]+\*\*\s*:?$", stripped))


def heading_words(line: str) -> str:
    """Give a heading's words in the form they are looked up by."""
    without = re.sub(r"\(?\bcont(?:inued|'d)\b\.?\)?", "", plain(line.strip("# \t")), flags=re.IGNORECASE)
    return fold(without).strip(" :.")


def _opened(lines: list[str], number: int, now: Section) -> tuple[str | None, str]:
    """Name the section a line opens, with what the line itself already says of it."""
    line = lines[number]
    if not line or len(line) > 300:
        return None, ""
    text = plain(line.strip("# "))
    if now.name == "minutes" and not (is_heading(line) or _stands_alone(lines, number)):
        return _next_meeting(text)
    if is_row(line) and _next_meeting(text)[0]:
        return _next_meeting(text)
    if now.name in ("actions", "decisions") and is_row(line) and heading_words(cells(line)[0]) not in ("decisions", "actions"):
        return None, ""
    if now.name in REFERENCES and not line.startswith("#") and _reference_follows(lines, number, REFERENCES[now.name]):
        return None, ""  # the area of a row that is run down the page: Risks, Apologies
    first = cells(line)[0] if is_row(line) else text
    words = heading_words(first)
    for name, printed in HEADINGS.items():
        if words in printed:
            return _confirmed(name, lines, number, now)
    return _opened_by_pattern(line, text, now)


def _opened_by_pattern(line: str, text: str, now: Section) -> tuple[str | None, str]:
    """Recognise the headings that carry their own content: apologies, the next meeting, the first agenda item."""
    part = part_of_attendance(cells(line)[0]) if now.name != "attendees" else None
    if part in ("Industry Representatives", "Apologies") and now.name in ("header", "discussion", "decisions", "actions"):
        return "attendees", line
    if now.name not in ("attendees", "minutes") and APOLOGIES.match(text):
        return "attendees", line
    name, rest = _next_meeting(text)
    if name:
        return name, rest
    numbered = NUMBERED.match(line)
    if (
        now.name in ("actions", "decisions", "attendees")
        and numbered
        and numbered.group("number") == "1"
        and not is_row(line)
        and (is_heading(line) or numbered.group("inner"))
    ):
        return "minutes", line
    if (OTHER.match(heading_words(line)) and now.name not in ("minutes", "attendees")) or _is_unknown_heading(line, now):
        return "other", ""
    return None, ""


def _is_unknown_heading(line: str, now: Section) -> bool:
    """Say whether a heading ends the tables without being one of those expected: what it heads is kept as text."""
    words = heading_words(line)
    if not line.lstrip().startswith("#") and not now.has_rows:
        return False  # a bold cell of a table run down the page
    return (
        now.name in ("actions", "decisions", "other")
        and is_heading(line)
        and not is_row(line)
        and not mentions_reference(line)
        and not re.match(r"^(?:new|previous|prior|outstanding|open|carried|earlier)\b", words)
        and words not in ("role", "")
        and words not in HEADINGS[now.name if now.name != "other" else "actions"]
    )


def _next_meeting(text: str) -> tuple[str | None, str]:
    """Recognise 'Dates of next meeting', with the date where it is on the same line."""
    found = NEXT_MEETING.match(text)
    return ("next", text[found.end() :]) if found else (None, "")


def _confirmed(name: str, lines: list[str], number: int, now: Section) -> tuple[str | None, str]:
    """Keep a word such as 'Actions' from opening a section where it is a cell of a table or part of an item."""
    line = lines[number]
    if is_row(line) and column_names(cells(line)):
        return None, ""
    if (
        name == "minutes"
        and now.name == "header"
        and not any(re.search(r"\bmeeting\b", earlier, re.IGNORECASE) for earlier in lines[:number])
    ):
        return None, ""  # the title of the document, above the header block
    if name in ("actions", "decisions") and now.name in (name, "minutes", "next") and not _table_follows(lines, number):
        return None, ""
    if name in ("actions", "decisions") and now.name == "minutes" and not line.startswith("#"):
        return None, ""  # a table within an agenda item
    if now.name in ("actions", "decisions") and not is_heading(line) and _is_flattened_cell(lines, number):
        return None, ""
    return name, ""


def _reference_follows(lines: list[str], number: int, reference: re.Pattern) -> bool:
    """Say whether the next line that is not empty is such a reference and nothing else."""
    following = next((plain(line) for line in lines[number + 1 : number + 6] if line.strip()), "")
    return bool(reference.fullmatch(following))


def _table_follows(lines: list[str], number: int) -> bool:
    """Say whether a table of actions or decisions begins shortly after a line."""
    following = [line for line in lines[number + 1 : number + 6] if line]
    return bool(following) and ((is_row(following[0]) and bool(column_names(cells(following[0])))) or _is_column(following[0]))


def _is_column(line: str) -> bool:
    """Say whether a line is the first column heading of a table run down the page."""
    return heading_words(line) in ("area", "ref", "action ref", "dec ref", "decision ref")


def _is_flattened_cell(lines: list[str], number: int) -> bool:
    """Say whether 'Action' or 'Decision' stands among the column headings of a table run down the page."""
    before = [heading_words(line) for line in lines[max(0, number - 4) : number] if line]
    return any(word in ("ref", "dec ref", "action ref", "decision ref", "reference") for word in before)


def _stands_alone(lines: list[str], number: int) -> bool:
    """Say whether a line is short and has nothing directly above it."""
    return len(lines[number]) < 60 and (number == 0 or not lines[number - 1])


def mentions_reference(text: str) -> bool:
    """Say whether a text holds the reference of an action or a decision."""
    return bool(ACTION_REF.search(text) or DECISION_REF.search(text))
