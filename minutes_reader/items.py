"""Reads the minutes proper: agenda items, and under each every printed piece in its order, nothing lost."""

from __future__ import annotations

import re

from .document import fold, is_row, is_wrapped, plain, still_bold, unbalanced
from .put_off import is_put_off
from .reasons import Reasons, announces_reasons
from .references import ACTION_REF, DECISION_REF, same_meeting, written_action_ref, written_decision_ref
from .result import Block, Header, Item
from .rolls import is_constituency, table_kind
from .run_down import run_down_table, votes_in_a_list
from .sections import NUMBERED, Section, is_heading
from .spaced import spaced_roll
from .tables import as_markdown, cell, column_names, gathered, without_repeats

DECISION_LINE = re.compile(
    r"^[\s*#>_-]{0,12}(?:\d{1,2}\.\d{1,2}\.?\s{1,3}\*{0,2})?(?:[A-Z][A-Za-z]{1,7}\s)?decision(?:\sref(?:erence)?)?[\s:(*-]{1,6}(?P<ref>"
    + DECISION_REF.pattern
    + r")[\s*]{0,4}[:)\].–—-]{0,3}[\s*]{0,6}(?P<text>.*)$",
    re.IGNORECASE,
)
DECISION_BY_REF = re.compile(
    r"^[\s*#]{0,8}(?P<ref>" + DECISION_REF.pattern + r")[\s*]{0,4}(?::|\s[-–—]\s|\.\s)[\s*]{0,6}(?P<text>.+)$"
)
DECISION_BARE = re.compile(r"^[\s*#]{0,8}DECISION[\s*]{0,4}:[\s*]{0,6}(?P<text>.+)$")
ACTION_LINE = re.compile(
    r"^[\s*#>_-]{0,12}(?:\d{1,2}\.\d{1,2}\.?\s{1,3}\*{0,2})?(?:NEW\s)?action(?:\sref(?:erence)?)?[\s:(*-]{1,6}(?P<ref>"
    + ACTION_REF.pattern.replace("[A-Z][A-Za-z]", "[A-Za-z][A-Za-z]")
    + r")[\s*]{0,4}[:)\].–—-]{0,3}[\s*]{0,6}(?P<text>.*)$",
    re.IGNORECASE,
)
ACTION_BY_REF = re.compile(r"^[\s*#]{0,8}(?P<ref>" + ACTION_REF.pattern + r")[\s*]{0,4}(?::|\s[-–—]\s)[\s*]{0,6}(?P<text>.+)$")
ACTION_BARE = re.compile(r"^[\s*#]{0,8}ACTION[\s*]{0,4}:[\s*]{0,6}(?P<text>.+)$")
POST_MEETING = re.compile(r"^[\s*_#]{0,8}post[- ]?meeting\s(?:update|note|decision|addendum)\b", re.IGNORECASE)
LISTED = re.compile(r"^\s{0,12}(?:(?P<bullet>[-•*▪◦‣–])\s+|\(?(?P<number>\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s+)(?P<text>\S.*)$")
MID_LINE = re.compile(r"(?<=[.!?:)*])\s+(?=\*{0,2}(?:ACTION|DECISION)\s(?:[A-Z]{2,7}-?\d|[A-Z]{2,7}\s?-\s?DEC|DEC))")
MONTH_FIRST = re.compile(r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d", re.IGNORECASE)
SENTENCE_OPEN = re.compile(r"[^.!?:;]$")
LONGEST = 10_000  # a longer paragraph is no paragraph: nothing more is joined to it
TEXT_KINDS = ("paragraph", "list_item", "reason", "action", "decision", "post_meeting_update")


def read_items(section_lines: list[str], header: Header) -> list[Item]:
    """Read the agenda items of the minutes."""
    return _BodyReader(_parted(section_lines), header).read()


def read_discussion(sections: list[Section], header: Header) -> list[Item]:
    """Read a headline report's key discussion items, each area as an item."""
    items: list[Item] = []
    for section in sections:
        place, lines = 0, section.lines
        prose: list[str] = []
        while place < len(lines):
            if not is_row(lines[place]):
                prose.append(lines[place])
                place += 1
                continue
            rows, place = gathered(lines, place, lambda line: is_heading(line))
            items += _discussed(without_repeats(rows))
        if any(line.strip() for line in prose):
            items += read_items(prose, header)
    return items


def _discussed(rows: list[list[str]]) -> list[Item]:
    """Make an item of each area of a discussion table."""
    names = column_names(rows[0]) if rows else {}
    body = rows[1:] if names else rows
    names = names or {"area": 0, "discussion": 1}
    items: list[Item] = []
    for row in body:
        area, said = cell(row, names, "area"), " ".join(part for part in row[1:] if part)
        if area or not items:
            items.append(Item(None, area))
        if said:
            items[-1].blocks.append(Block("paragraph", said))
    return [_settled(item) for item in items]


class _BodyReader:
    """Walks down the minutes, keeping the item and the block that are open."""

    def __init__(self, lines: list[str], header: Header) -> None:
        self.lines = lines
        self.header = header
        self.items: list[Item] = []
        self.open = False  # whether the last block may still take the next line
        self.above = ""  # the printed line above, to see whether it was full
        self.last_number = 0
        self.numbered = any(self._marked_heading(line) for line in lines)
        self.wrapped = is_wrapped(lines)
        self.width = max((len(line) for line in lines if not is_row(line)), default=0)
        self.reasons = Reasons()

    def read(self) -> list[Item]:
        """Read every line into exactly one block."""
        place = 0
        while place < len(self.lines):
            line = self.lines[place]
            if not line.strip():
                self.open = False
                place += 1
            elif is_row(line):
                place = self._table(place)
            else:
                place += self._line(line, place)
                self.above = line
        return [_settled(item) for item in self.items]

    @property
    def item(self) -> Item:
        """The agenda item being read; what stands before the first has an item without a number."""
        if not self.items:
            self.items.append(Item(None, ""))
        return self.items[-1]

    def _line(self, line: str, place: int) -> int:
        """Read one line, and say how many lines it took."""
        if taken := self._heading(line, place) or self._run_down(place):
            return taken
        if self._decision(line) or self._action(line) or self._post_meeting(line) or self._subheading(line) or self._listed(line):
            return 1
        self._prose(line)
        return 1

    def _heading(self, line: str, place: int) -> int:
        """Begin an agenda item where the line is the heading of one."""
        found = NUMBERED.match(line)
        if found and self._is_item_heading(found, line, place):
            title = plain(found.group("title"))
            number = int(found.group("number"))
            if number == self.last_number and self.items and fold(title).startswith(fold(self.items[-1].title)):
                return 1  # the heading again, after a page break
            self._begin(number, title)
            return 1
        alone = re.match(r"^[#*\s]{0,8}(\d{1,2})[.)][*\s]*$", line)
        if alone and int(alone.group(1)) == self.last_number + 1:
            following = next((n for n in range(place + 1, min(place + 4, len(self.lines))) if self.lines[n].strip()), None)
            if following is not None and len(self.lines[following]) < 120 and not is_row(self.lines[following]):
                self._begin(int(alone.group(1)), plain(self.lines[following].strip("# ")))
                return following - place + 1
        if not self.numbered and is_heading(line) and not self._decided_or_acted(line):
            self._begin(None, plain(line.strip("# ")).strip(" :"))
            return 1
        return 0

    def _begin(self, number: int | None, title: str) -> None:
        """Begin an agenda item."""
        self.items.append(Item(number, title))
        self.last_number = number or self.last_number
        self.open = False
        self.reasons.end()

    def _is_item_heading(self, found: re.Match, line: str, place: int) -> bool:
        """Tell the heading of an agenda item from a numbered reason or a date."""
        number, title = int(found.group("number")), plain(found.group("title"))
        if not title or len(title) > 140 or MONTH_FIRST.match(title) or re.match(r"^\d", title):
            return False
        if self._marked_heading(line):
            return number > self.last_number - (1 if self.items else 0) and number <= self.last_number + 8
        if (found.group("dot").strip() not in (".", ")") and not found.group("word")) or re.match(
            r"^\*[^*]", found.group("title")
        ):
            return False
        in_a_list = bool(self.items and self.item.blocks and self.item.blocks[-1].number == str(number - 1))
        stands_alone = place == 0 or not self.lines[place - 1].strip()
        return (
            number == self.last_number + 1
            and stands_alone
            and not in_a_list
            and not (self.reasons.due and number in (1, self.reasons.last + 1))
            and not title.endswith((".", ";", ",", ":"))
            and len(title.split()) <= 14
        )

    def _marked_heading(self, line: str) -> bool:
        """Say whether a numbered line is marked as a heading, wholly bold or with #."""
        found = NUMBERED.match(line)
        if not found or re.match(r"^[#*\s]*\d{1,2}\.\d", line) or len(line) > 200:
            return False
        if found.group("hash") or found.group("hash2"):
            return True
        return bool(
            (found.group("bold") or found.group("inner")) and re.search(r"\*{2,3}\s*:?\s*$", line) and line.count("**") == 2
        )

    def _decided_or_acted(self, line: str) -> bool:
        """Say whether a line is printed as a decision, an action or a post meeting update."""
        return bool(
            DECISION_LINE.match(line)
            or DECISION_BY_REF.match(line)
            or DECISION_BARE.match(line)
            or ACTION_LINE.match(line)
            or ACTION_BARE.match(line)
            or POST_MEETING.match(line)
        )

    def _decision(self, line: str) -> bool:
        """Read a line that states a decision."""
        found = DECISION_LINE.match(line) or DECISION_BY_REF.match(line) or DECISION_BARE.match(line)
        if not found:
            return False
        ref = DECISION_REF.search(found.group("ref")) if "ref" in found.groupdict() else None
        self._add(
            Block(
                "decision",
                still_bold(line, found.group("text")),
                ref=written_decision_ref(ref, self.header.group) if ref else None,
            )
        )
        self.reasons.end()
        return True

    def _action(self, line: str) -> bool:
        """Read a line that states an action; a bare reference is one only where this meeting gave it."""
        found = ACTION_LINE.match(line)
        if (
            not found
            and (by_ref := ACTION_BY_REF.match(line))
            and same_meeting(by_ref.group("ref"), self.header.group, self.header.meeting_no)
        ):
            found = by_ref
        if found:
            ref = ACTION_REF.search(found.group("ref"))
            self._add(Block("action", still_bold(line, found.group("text")), ref=written_action_ref(ref) if ref else None))
        elif found := ACTION_BARE.match(line):
            self._add(Block("action", still_bold(line, found.group("text"))))
        return bool(found)

    def _post_meeting(self, line: str) -> bool:
        """Read a dated addendum."""
        if not POST_MEETING.match(line):
            return False
        self._add(Block("post_meeting_update", line.strip("# ")))
        self.reasons.begin(bulleted=announces_reasons(line))
        return True

    def _subheading(self, line: str) -> bool:
        """Read a heading inside an item."""
        if not is_heading(line) or len(line) > 160:
            return False
        text = plain(line.strip("# "))
        if not line.startswith("#") and (len(text.split()) > 14 or text.endswith(".")):
            return False
        self._add(Block("subheading", text))
        self.open = False
        self.reasons.under_a_heading(text)
        return True

    def _listed(self, line: str) -> bool:
        """Read a list item, which after a post meeting update is one of its reasons."""
        found = LISTED.match(line)
        if (
            not found
            or line.lstrip().startswith("**")
            or (self.open and found.group("number") and not self._follows_in_list(found.group("number")))
        ):
            return False
        text = re.sub(r"^\*([^*]+)\*$", r"\1", found.group("text").strip())
        place = self.reasons.place_of(found.group("number"))
        self._add(Block("reason" if place == "reason" else "list_item", text, number=found.group("number"), within=place == "within"))
        return True

    def _follows_in_list(self, number: str) -> bool:
        """Say whether a number is the next of the list above, so that it opens an item and not a wrapped line."""
        last = self.item.blocks[-1].number if self.item.blocks else None
        if self.reasons.are_next(number):
            return True
        if number in ("1", "a", "i") or last is None:
            return last is not None or number in ("1", "a", "i")
        return not last.isdigit() or not number.isdigit() or int(number) == int(last) + 1

    def _prose(self, line: str) -> None:
        """Read running text: more of the block above, or a paragraph of its own."""
        text = line.strip()
        blocks = self.item.blocks
        last = blocks[-1] if blocks else None
        if last and last.kind in TEXT_KINDS and ((self.open and self._was_full(text)) or _runs_on(last.text, text)):
            last.joins.append(len(last.text))
            last.text = f"{last.text} {text}"
        else:
            self._add(Block("paragraph", text))
            if announces_reasons(text):
                self.reasons.begin(bulleted=True)
        self.open = True

    def _was_full(self, text: str) -> bool:
        """Say whether the line above had no room for the next word, so that it was wrapped and not ended."""
        return (
            self.wrapped
            and len(self.item.blocks[-1].text) < LONGEST
            and len(self.above) + 1 + len(text.split()[0]) > 0.85 * self.width
        )

    def _run_down(self, place: int) -> int:
        """Read a roll of votes or comments that was run down the page, and say how many lines it took."""
        listed, after = votes_in_a_list(self.lines, place)
        if not listed:
            listed, after = spaced_roll(self.lines, place)
        if listed:
            self._add(Block("vote", as_markdown(listed), rows=listed))
            self.open = False
            return after - place
        if not is_constituency(fold(self.lines[place][:60])):
            return 0
        rolls = [block for block in self.item.blocks if block.kind == "vote"]
        seats = {fold(row[0]) for row in rolls[-1].rows[1:]} if rolls else set()
        rows, after = run_down_table(self.lines, place, seats, self._structural)
        if rows:
            self._add(Block(table_kind(rows[0]) or "paragraph", as_markdown(rows), rows=rows))
            self.open = False
        return after - place

    def _table(self, place: int) -> int:
        """Read a table, and give the line after it."""
        rows, after = gathered(self.lines, place, self._structural, wrapped=self.wrapped)
        for part in _by_heading(rows):
            kind = table_kind(part[0])
            last = self.item.blocks[-1] if self.item.blocks else None
            if kind is None and last and last.kind in ("vote", "comments") and len(part[0]) <= len(last.rows[0]):
                last.rows += part  # the same table, after something the page break left behind
                last.text = as_markdown(last.rows)
                continue
            rows_once = without_repeats(part)
            if rows_once:
                within = kind is None and bool(self.reasons.marked_as)
                self._add(Block(kind or "paragraph", as_markdown(rows_once), rows=rows_once, within=within))
        self.open = False
        if not self.reasons.marked_as or self.item.blocks[-1].kind in ("vote", "comments"):
            self.reasons.end()
        return after

    def _structural(self, line: str) -> bool:
        """Say whether a line begins something of its own, and so ends a table."""
        return bool(
            self._decided_or_acted(line)
            or is_heading(line)
            or LISTED.match(line)
            or (NUMBERED.match(line) and self._marked_heading(line))
        )

    def _add(self, block: Block) -> None:
        """Add a block to the item; the lines that follow directly may still belong to it."""
        self.item.blocks.append(block)
        self.open = True


def _by_heading(rows: list[list[str]]) -> list[list[list[str]]]:
    """Part rows that ran together at each heading row of another kind of table."""
    parts = [[rows[0]]]
    for row in rows[1:]:
        kind = table_kind(row)
        if kind and kind != table_kind(parts[-1][0]):
            parts.append([row])
        else:
            parts[-1].append(row)
    return parts


def _runs_on(before: str, after: str) -> bool:
    """Say whether a page break parted a sentence: the first part does not end, the second does not begin."""
    if len(before) > LONGEST:
        return False
    if not SENTENCE_OPEN.search(plain(before[-80:])):
        return before.count("**") % 2 == 1 and not after.startswith("**")
    return after[0].islower() or before.count("**") % 2 == 1 or (unbalanced(before) and after.count(")") > after.count("("))


def _parted(lines: list[str]) -> list[str]:
    """Give a line of its own to an action or decision printed at the end of another line."""
    parted: list[str] = []
    for line in lines:
        parted += MID_LINE.split(line) if "\t" not in line and ("ACTION" in line or "DECISION" in line) else [line]
    return parted


def _settled(item: Item) -> Item:
    """Take stray emphasis off the blocks, and note whether the item was put off."""
    for block in item.blocks:
        if block.kind in ("action", "decision", "reason"):
            block.text = plain(block.text)
        elif block.text.count("**") % 2 == 1:
            block.text = block.text.replace("**", "")
    prose = [plain(block.text) for block in item.blocks if block.kind in ("paragraph", "list_item")]
    decided = any(block.kind in ("decision", "vote") for block in item.blocks)
    short = sum(len(text) for text in prose) < 600
    item.deferred = not decided and short and any(is_put_off(text) for text in prose[:2])
    return item
