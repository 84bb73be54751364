"""Reads who attended, in which seat and for whom, and who sent apologies."""

from __future__ import annotations

import re

from .document import cells, fold, is_row, plain, unbalanced
from .names import (
    BRACKET,
    INITIALS,
    ONE_NAME,
    ROLE_WORDS,
    SPACED_DASH,
    bare,
    initials_of,
    is_person,
    listed,
    names_somebody,
    parted,
    several,
)
from .presence import ABSENT_HEADING, VACANCY, Presence, is_like_a_role, presence
from .result import Attendee
from .sections import APOLOGIES, is_heading, part_of_attendance

HONOURS = re.compile(r"(?:,?\s(?:OBE|CBE|MBE|KBE|DBE|BEM|GBE|CB|CMG|KC|QC|MP|MSP|JP|DL|FRS|FREng|PhD|DPhil|CEng|FIET|MIET|FEI|MBA|BSc|MSc|FCA|ACA|Esq)\b\.?)+(?=\s*(?:\(|,|[-–—]|\t|$))")
YOUNGER = re.compile(r",?\s(?P<which>Jr|Sr|Jnr|Snr)\b\.?(?=\s*(?:\(|,|[-–—]|\t|$))")
HEADING_WORDS = {
    "role",
    "roles",
    "attendee",
    "attendees",
    "name",
    "names",
    "organisation",
    "attendee role",
    "attendees role",
    "name role",
    "initials",
    "constituency",
    "attendee name",
}
CHAIR = re.compile(r"^chair(?:person|man|woman)?\s?(?::|\s[-–—])\s*(?P<name>\S.*)$", re.IGNORECASE)
NOBODY = re.compile(
    r"^\W*(?:none|nil|n/?a|no apologies(?: were)?(?: received| noted)?|none received|-|no apologies received)?\W*$", re.IGNORECASE
)
PRESENCE_COLUMN = re.compile(r"(?:present|attended|attendance|attending|in attendance|attended y/n|present y/n|attendance status)")
YES = re.compile(r"\W*(?:y|yes|present|attended|in attendance|[✓✔☑✅√])\W*", re.IGNORECASE)
NO = re.compile(r"\W*(?:n|no|not present|absent|did not attend)\W*|\s*[✗✘×❌✕]\s*", re.IGNORECASE)
ABSENT_LINE = re.compile(rf"(?:{ABSENT_HEADING})\s*(?:[:–—-]\s*(?P<rest>.*))?$", re.IGNORECASE)
STRUCK = re.compile(r"~~.{1,200}?~~")


def read_attendance(lines: list[str], unread: list[str] | None = None, doubts: list[str] | None = None) -> list[Attendee]:
    """Read the attendance list, section by section; whoever it says was not there, or nobody, is not among those it gives."""
    reader = _AttendanceReader([] if unread is None else unread, [] if doubts is None else doubts)
    lines = [HONOURS.sub("", YOUNGER.sub(r" \g<which>.", line)) for line in _unwrapped(lines)]
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        reader.read(line, following)
    return [person for person in reader.people if person.name and not any(person is other for other in reader.left_out)]


class _AttendanceReader:
    """Walks down the attendance list, keeping the person whose role is still to come."""

    def __init__(self, unread: list[str], doubts: list[str]) -> None:
        self.unread = unread  # lines that are neither a person nor a role, kept as text
        self.doubts = doubts
        self.left_out: list[Attendee] = []  # a vacancy, and who was not there: a role may follow them
        self.people: list[Attendee] = []
        self.section = ""
        self.pending: Attendee | None = None
        self.beside: list[Attendee] = []  # who stands on one line with the person whose role is still to come
        self.following = ""
        self.column: int | None = None  # which column of a table says who was there

    def read(self, line: str, following: str = "") -> None:
        """Read one line: a section, a person, a role, or several of them; what follows tells a single name from a role."""
        if STRUCK.search(line):
            self.doubts.append(f"Part of the attendance list is struck out ('{plain(line)}'): what is struck out is not listed.")
            line = STRUCK.sub(" ", line).strip()
            if not re.search(r"\w", line):
                self._leave_out(self._put(Attendee(name="", section=self.section)))
                return
        self.following = plain(following)
        text = plain(line.strip("# ").lstrip("-•* ") if not is_row(line) else line.strip("# ").replace("\t", " \t "))
        row = [part for part in cells(line.strip("# ")) if part]
        if not row or all(fold(part) in HEADING_WORDS for part in row):
            self.column = None if row else self.column
            return
        if is_row(line) and self._heads_a_table(cells(line.strip("# "))):
            return
        if self._opens_section(line, row, text) or self._names_the_absent(line, text):
            return
        if is_row(line):
            self._row(self._with_presence(cells(line.strip("# "))))
        elif self.section == "Apologies" and NOBODY.match(text):
            return
        else:
            self._line(text)

    def _heads_a_table(self, row: list[str]) -> bool:
        """Take a row for the heading of a table where one of its columns says who was there."""
        words = [fold(cell) for cell in row]
        if not any(word in HEADING_WORDS for word in words) or not any(PRESENCE_COLUMN.fullmatch(word) for word in words):
            return False
        self.column = next(place for place, word in enumerate(words) if PRESENCE_COLUMN.fullmatch(word))
        return True

    def _with_presence(self, row: list[str]) -> list[str]:
        """Give the cells of a row, with what its column of attendance says in words."""
        if self.column is not None and any(row):
            said = row[self.column] if self.column < len(row) else ""
            words = "" if YES.fullmatch(said) else "absent" if NO.fullmatch(said) else said or "no entry under attendance"
            row = [*row[: self.column], words, *row[self.column + 1 :]]
        return [part for part in row if part]

    def _names_the_absent(self, line: str, text: str) -> bool:
        """Follow a heading under which nobody was there, or a line that lists those who were not."""
        found = ABSENT_LINE.match(text)
        if not found or is_row(line):
            return False
        rest, marked = found.group("rest") or "", is_heading(line)
        if not rest and not marked and not (text[0].isupper() and names_somebody(self.following)):
            return False
        before, self.section, self.pending = self.section, "Absent", None
        self.doubts.append(f"The attendance list has '{text}': whoever stands there is not listed as attending, and no apologies of theirs are recorded.")
        for printed in listed(rest):
            self._add(printed)
        if rest:
            self.section, self.pending = before, None
        return True

    def _opens_section(self, line: str, row: list[str], text: str) -> bool:
        """Follow a section heading, unless it is the role of the person above ('Chair'), or says how they were there ('(apologies)')."""
        if self.pending and not self.pending.role and presence(text.strip("()")).kind and re.match(r"^[(a-z]", text):
            return False
        if (
            apologies := APOLOGIES.match(plain(line.strip("# ").replace("\t", " ")) if not is_row(line) else row[0])
        ) and not initials_of(text):
            self.section, self.pending = "Apologies", None
            rest = [text[apologies.end() :]] if not is_row(line) else row[1:]
            for part in rest:
                self._apologies_on_one_line(part)
            return True
        if (chair := CHAIR.match(text)) and not is_row(line) and not (self.pending and not self.pending.role):
            self.section = "Chair"
            self._add(chair.group("name"))
            return True
        opened = part_of_attendance(row[0])
        if not opened or any(fold(cell) not in HEADING_WORDS for cell in row[1:]):
            return False
        marked = line.lstrip().startswith("#")
        if self.pending and not self.pending.role and not marked and opened in ("Chair", "MHHS"):
            return False
        self.section, self.pending = opened, None
        return True

    def _apologies_on_one_line(self, text: str) -> None:
        """Read 'Apologies: Ann Ash (Consumer Representative), Bob Birch (DNO Representative)'."""
        if NOBODY.match(text) or fold(text) in HEADING_WORDS:
            return
        for printed in listed(text):
            name = parted(printed)[0]
            if is_person(name) or (ONE_NAME.match(name) and not ROLE_WORDS.search(name)) or initials_of(printed):
                self._add(printed)
            elif not VACANCY.fullmatch(name):
                self.unread.append(printed)
        self.pending = None

    def _row(self, row: list[str]) -> None:
        """Read a table row: the person in the first cell, the role in the rest."""
        if self.section == "Apologies" and NOBODY.match(" ".join(row)):
            return
        if VACANCY.fullmatch(row[0]) or not re.search(r"[A-Za-z]", row[0]):
            self.unread.append(" | ".join(row))
            return
        initials = next((part for part in row[1:] if INITIALS.match(part)), None) if len(row) > 2 else None
        roles = [part for part in row[1:] if part != initials]
        person = self._add_all(row[0])
        person.initials = person.initials or initials
        person.printed = " ".join(row)
        if roles:
            self._give_roles(person, ", ".join(roles))
        self.pending = None if person.role else person

    def _line(self, text: str) -> None:
        """Read a line that is a person, a role, a qualifier, or more of the role above."""
        pending = self.pending
        known = bool(presence(text.strip("()")).kind) and not initials_of(text)
        nobody = any(VACANCY.fullmatch(words) for words in (text, bare(text), SPACED_DASH.split(text)[0]))
        if nobody and not (known and pending and not pending.role):
            self._leave_out(self._put(Attendee(name="", section=self.section, printed=text)))
        elif pending and (known or (re.fullmatch(r"(?:\([^()]*\)\s*)+", text) and not initials_of(text))):
            self._qualify(pending, text if "(" in text else f"({text})")
            pending.printed += f" {text}"
        elif (text.endswith((".", "!")) and len(text.split()) > 4):
            self.unread.append(text)
        elif initials_of(text):
            self._add_all(text)
        elif self._is_a_single_name(text):
            self._add(text)
        elif not pending:
            if names_somebody(text):
                self._add_all(text)
            else:
                self.unread.append(text)
        elif not pending.role and not (self.section == "Apologies" and is_person(text)):
            self._give_roles(pending, text)
            pending.printed += f" {text}"
        elif names_somebody(text):
            self._add_all(text)
        elif is_like_a_role(BRACKET.sub("", text), ROLE_WORDS):
            pending.role = f"{pending.role} {text}" if pending.role else text
            pending.printed += f" {text}"
        else:
            self.unread.append(text)
            self._leave_out(self._put(Attendee(name="", section=self.section)))

    def _is_a_single_name(self, text: str) -> bool:
        """Say whether a line of one word is somebody with one name: whose role is complete stands above, and a role follows."""
        between = self.pending is None or bool(re.search(r"\brep(?:resentative)?\b", self.pending.role or "", re.IGNORECASE))
        return bool(
            self.section == "Industry Representatives" and between and ONE_NAME.match(text) and not ROLE_WORDS.search(text)
            and re.search(r"\brep(?:resentative)?\b", self.following, re.IGNORECASE) and not initials_of(self.following)
        )  # fmt: skip

    def _add_all(self, text: str) -> Attendee:
        """Add everybody a line names; one role may follow for them all."""
        people = [self._add(part) for part in several(text)]
        self.beside = people[:-1]
        return people[-1]

    def _give_roles(self, person: Attendee, text: str) -> None:
        """Give a person the role that follows, and whoever stands on the same line."""
        self._give_role(person, text)
        for other in self.beside:
            other.role = other.role or person.role
        self.beside = []

    def _add(self, text: str) -> Attendee:
        """Add the person a line names, with what its brackets say."""
        name, brackets, rest = parted(text)
        person = self._put(Attendee(name=name, section=self.section, printed=text))
        if VACANCY.fullmatch(name):
            self._leave_out(person)
            return person
        self._qualify(person, brackets)
        if rest:
            self._give_role(person, rest)
        if not person.role and self.section == "Apologies":
            seats = [
                inside
                for inside in BRACKET.findall(brackets)
                if not INITIALS.match(inside) and not presence(inside).kind and is_like_a_role(inside, ROLE_WORDS)
            ]
            person.role = seats[0] if seats else None
        return person

    def _put(self, person: Attendee) -> Attendee:
        """Put somebody on the list; their role may follow."""
        self.people.append(person)
        self.pending = person
        if self.section == "Absent":
            self._leave_out(person)
        return person

    def _leave_out(self, person: Attendee) -> None:
        """Keep somebody's place for the role that follows, and list nobody there."""
        self.left_out.append(person)

    def _give_role(self, person: Attendee, text: str) -> None:
        """Record a role as printed, less what is said of how the person was there."""
        for inside in BRACKET.findall(text):
            if presence(inside).kind or not is_like_a_role(inside, ROLE_WORDS):
                self._qualify(person, f"({inside})")
                text = text.replace(f"({inside})", "")
        kept: list[str] = []
        for part in re.split(r"(\s+[-–—]\s+|[,;]\s+)", text):
            words = part.strip(" ,;:-–—")
            if words and (presence(words).kind or not is_like_a_role(BRACKET.sub("", words), ROLE_WORDS)):
                role, said = _role_and_presence(words)
                self._attended(person, said)
                kept = [*kept, role] if role else kept[:-1]
            else:
                kept.append(part)
        person.role = " ".join("".join(kept).split()).strip(" ,;:-–—") or None

    def _qualify(self, person: Attendee, brackets: str) -> None:
        """Read what the brackets after a name say: initials, for whom, for how much of the meeting, or that they were not there."""
        for inside in BRACKET.findall(brackets):
            inside = inside.strip()
            if inside.lower() == "chair":
                person.role = person.role or "Chair"
            elif INITIALS.match(inside) and not person.initials:
                person.initials = inside
            elif not INITIALS.match(inside):
                self._attended(person, inside)

    def _attended(self, person: Attendee, words: str) -> None:
        """Take down how somebody was there, where the words are known as a whole or in each of their parts."""
        said = [presence(words)]
        if not said[0].kind and re.search(r"[,;]\s", words):
            said = [presence(part) for part in re.split(r"[,;]\s", words)]
        if not all(each.kind for each in said):
            if not is_like_a_role(words, ROLE_WORDS):
                person.part_words = person.part_words or words
                self.doubts.append(f"The attendance list says of {person.name} '{words}', which is not read: whether and for how long they attended is not decided, and the words are kept.")
            return
        for each in said:
            self._take(person, each)

    def _take(self, person: Attendee, said: Presence) -> None:
        """Take down one thing that is known."""
        if self.section == "Apologies" and (said.part or re.search(r"present|attend", said.words)) and said.kind in ("part", "there"):
            self.doubts.append(f"{person.name} is among the apologies with '{said.words}': whether they attended is not decided.")
        if said.kind == "behalf":
            person.on_behalf_of = said.who
        if said.part:
            person.part, person.part_words = True, said.part
        if said.kind == "apology":
            person.section = "Apologies"
        if said.kind == "absent" and person.section != "Apologies":
            self._leave_out(person)
            self.doubts.append(f"The attendance list says of {person.name} '{said.words}': they are not listed as attending, and no apologies are recorded.")


def _role_and_presence(words: str) -> tuple[str, str]:
    """Part a role from what follows it at once, where that is known: 'North Representative absent'."""
    for space in re.finditer(r"\s", words) if len(words) < 200 else ():
        role, said = words[: space.start()], words[space.end() :]
        if presence(said).kind and is_like_a_role(role, ROLE_WORDS) and ROLE_WORDS.search(role):
            return role, said
    return "", words


def _unwrapped(lines: list[str]) -> list[str]:
    """Join the lines that were wrapped inside a bracket."""
    joined: list[str] = []
    held = 0
    for line in lines:
        if not line.strip():
            continue
        if joined and held < 3 and unbalanced(joined[-1]) and not initials_of(line) and not line.startswith("#"):
            joined[-1] = f"{joined[-1]} {line.strip()}"
            held += 1
        else:
            joined.append(line)
            held = 0
    return joined


def placed_by_role(person: Attendee) -> str:
    """Name the section of somebody in a list that has none, from the role printed."""
    role = person.role or ""
    if re.match(r"^chair\b", role, re.IGNORECASE) or "(chair)" in person.printed.casefold():
        return "Chair"
    if re.search(r"\brep(?:resentative)?\b", role, re.IGNORECASE):
        return "Industry Representatives"
    return "MHHS" if re.search(r"\b(?:MHHS|Programme|PMO|LDP|Design Team|Secretariat)\b", role) else "Other Attendees"
