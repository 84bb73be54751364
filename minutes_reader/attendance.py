"""Reads who attended, in which seat and for whom, and who sent apologies."""

from __future__ import annotations

import re

from .document import cells, fold, is_row, plain, unbalanced
from .presence import VACANCY, Presence, is_like_a_role, presence
from .result import Attendee
from .sections import APOLOGIES, part_of_attendance

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"
LETTER = f"{UPPER}a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžșț"
INITIALS = re.compile(rf"^(?=[^{UPPER}]*[{UPPER}][^{UPPER}]*[{UPPER}])[{UPPER}][{LETTER}]{{0,2}}[{UPPER}][{LETTER}]{{0,4}}$|^[{UPPER}]{{2,4}}$")
HONOURS = re.compile(r"(?:,?\s(?:OBE|CBE|MBE|KBE|DBE|BEM|GBE|CB|CMG|KC|QC|MP|MSP|JP|DL|FRS|FREng|PhD|DPhil|CEng|FIET|MIET|FEI|MBA|BSc|MSc|FCA|ACA|Esq)\b\.?)+(?=\s*(?:\(|,|[-–—]|\t|$))")
YOUNGER = re.compile(r",?\s(?P<which>Jr|Sr|Jnr|Snr)\b\.?(?=\s*(?:\(|,|[-–—]|\t|$))")
BRACKET = re.compile(r"\s*\(([^()]{1,120})\)")
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
ROLE_WORDS = re.compile(
    r"\b(?:representative|rep|team|lead|manager|management|advis[eo]r|analyst|architect|director|officer|support|secretar\w+|pmo|ipa|ofgem|elexon|eso"
    r"|supplier|programme|chair|consultant|design|delivery|governance|technical|assurance|engineer|specialist|coordinator|limited|ltd|plc|energy|networks?"
    r"|grid|dno|idno|dcc|recco|ukpn|sro|head|service|services|advice|constituency|observer|group|market|senior|principal|data|testing|mhhs|ldp|member)\b",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Baroness|Rev|Cllr)\.?\s)?[^\W\d_][\w'.-]*(?:\s(?:de|la|van|von|der|den|da|di|du|del|bin|al|O'|Mc)?\s?[^\W\d_][\w'.-]*){1,4}$"
)
ONE_NAME = re.compile(rf"^[{UPPER}][{LETTER}'-]{{2,30}}$")
SENTENCE = re.compile(r"(?:\S+\s){4,}\S+[.!]$")
STRUCK = re.compile(r"~~.{1,200}?~~")
SPACED_DASH = re.compile(r"\s+[-–—]\s+|,\s+|:\s+")


def read_attendance(lines: list[str], unread: list[str] | None = None, doubts: list[str] | None = None) -> list[Attendee]:
    """Read the attendance list, section by section; whoever it says was not there, or nobody, is not among those it gives."""
    reader = _AttendanceReader([] if unread is None else unread, [] if doubts is None else doubts)
    lines = [HONOURS.sub("", YOUNGER.sub(r" \g<which>.", line)) for line in _unwrapped(lines)]
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        reader.read(line, following)
    return [person for person in reader.people if person.name and not any(person is other for other in reader.left_out)]


def is_person(text: str) -> bool:
    """Say whether a text has the look of a personal name and of no role or organisation."""
    if not PERSON.match(text) or ROLE_WORDS.search(text):
        return False
    words = text.split()
    return all(word[0].isupper() or len(word) <= 3 for word in words) and not any(
        len(word) > 2 and word.isupper() for word in words
    )


def initials_of(line: str) -> str | None:
    """Give the initials printed in brackets after a name."""
    return next((inside for inside in BRACKET.findall(line) if INITIALS.match(inside)), None)


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
            return
        if self._opens_section(line, row, text):
            return
        if is_row(line):
            self._row(row)
        elif self.section == "Apologies" and NOBODY.match(text):
            return
        else:
            self._line(text)

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
        for printed in _listed(text):
            self._add(printed)
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
        nobody = any(VACANCY.fullmatch(words) for words in (text, _bare(text), SPACED_DASH.split(text)[0]))
        if nobody and not (known and pending and not pending.role):
            self._leave_out(self._put(Attendee(name="", section=self.section, printed=text)))
        elif pending and (known or (re.fullmatch(r"(?:\([^()]*\)\s*)+", text) and not initials_of(text))):
            self._qualify(pending, text if "(" in text else f"({text})")
            pending.printed += f" {text}"
        elif SENTENCE.search(text):
            self.unread.append(text)
        elif initials_of(text):
            self._add_all(text)
        elif self._is_a_single_name(text):
            self._add(text)
        elif not pending:
            if _names_somebody(text):
                self._add_all(text)
            else:
                self.unread.append(text)
        elif not pending.role and not (self.section == "Apologies" and is_person(text)):
            self._give_roles(pending, text)
            pending.printed += f" {text}"
        elif _names_somebody(text):
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
        people = [self._add(part) for part in _several(text)]
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
        name, brackets, rest = _parted(text)
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
                self._qualify(person, f"({words})")
                kept = kept[:-1]
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
        if said.kind == "behalf":
            person.on_behalf_of = said.who
        if said.part:
            person.part, person.part_words = True, said.part
        if said.kind == "apology":
            person.section = "Apologies"
        if said.kind == "absent" and person.section != "Apologies":
            self._leave_out(person)
            self.doubts.append(f"The attendance list says of {person.name} '{said.words}': they are not listed as attending, and no apologies are recorded.")


def _listed(text: str) -> list[str]:
    """Part a list of names at its commas, semicolons and 'and', but not inside brackets."""
    names, start = [], 0
    for found in re.finditer(r"\([^()]*\)|[;,]|\s(?:and|&|/)\s", text):
        if not found.group(0).startswith("("):
            names.append(text[start : found.start()])
            start = found.end()
    return [name.strip(" .") for name in [*names, text[start:]] if name.strip(" .")]


def _several(text: str) -> list[str]:
    """Part a line that names several people; one that names one, or one and a role, stays whole."""
    parts = [part for part in _listed(text) if part]
    named = all(is_person(_bare(part)) and "(" not in _bare(part) for part in parts)
    return parts if len(parts) > 1 and named and not any(presence(part).kind for part in parts) else [text]


def _parted(text: str) -> tuple[str, str, str]:
    """Part a line into the name, the brackets after it, and whatever role follows on the same line."""
    if words := _said_after_a_name(text):
        return text[: -len(words)].strip(" ,"), f"({words})", ""
    opened = text.find("(")
    dash = SPACED_DASH.search(text)
    if opened < 0 or (dash and dash.start() < opened):
        return (text[: dash.start()].strip(), "", text[dash.end() :].strip()) if dash else (text.strip(), "", "")
    place = opened
    while bracket := BRACKET.match(text, place):
        place = bracket.end()
    brackets, rest = text[opened:place], text[place:].strip(" ,-–—:;\t")
    if rest and presence(rest).kind:
        brackets, rest = f"{brackets} ({rest})", ""
    return text[:opened].strip(" ,-–—:"), brackets, rest


def _said_after_a_name(text: str) -> str:
    """Give the words that say how somebody was there, known or not, where they follow the bare name at once: 'Ann Archer from item 4'."""
    words = text.split(" ")
    parted = [
        " ".join(words[end:])
        for end in range(2, min(6, len(words)))
        if words[end - 1][:1].isupper() and (words[end][:1].islower() or words[end][:1].isdigit()) and is_person(" ".join(words[:end]).strip(","))
    ]
    known = [rest for rest in parted if presence(rest).kind]
    return next(iter([*known, *(rest for rest in parted if not is_like_a_role(rest, ROLE_WORDS))]), "")


def _names_somebody(text: str) -> bool:
    """Say whether a line without initials begins with a personal name."""
    in_brackets = BRACKET.search(text) and is_person(_bare(text.split("(")[0]))
    return bool(is_person(_bare(text)) or in_brackets or _said_after_a_name(text) or _named_with_role(text))


def _named_with_role(text: str) -> bool:
    """Say whether a line names a person and, after a dash or comma, a role."""
    parts = SPACED_DASH.split(text, maxsplit=1)
    return len(parts) == 2 and is_person(parts[0].strip())


def _bare(text: str) -> str:
    """Give a line without its brackets."""
    return " ".join(BRACKET.sub("", text).split())


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
