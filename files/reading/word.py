"""What a Word document says: its paragraphs under their headings, rows of tables, notes; and the changes marked in it by Word itself."""

import re

from files import markup, office
from files.archives import Budget, members
from files.comparing import IN, OUT, SAME
from files.reading.passages import MOST_PASSAGES, Count, Passage, Read, Span

WORD = {"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"}
MARKS = {"ins": IN, "moveTo": IN, "del": OUT, "moveFrom": OUT}
LETTERS = {"t", "delText"}
BLANKS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
BESIDE = ("footnotes", "endnotes", "header", "footer")
CALLED = {"footnotes": "a footnote", "endnotes": "an endnote", "header": "the head of the page", "footer": "the foot of the page"}


def read(content: bytes) -> Read:
    """The text as it stands with every marked change made; beside it, each passage with its marks."""
    parts = {name: part for name, part in members(content, Budget()) if office.is_xml(name)}
    main = office.main_part(parts)
    headings = _headings(parts.get(f"{main.rpartition('/')[0]}/styles.xml".lstrip("/"), b""))
    count, found = Count("paragraphs", MOST_PASSAGES), list[tuple[str, list[Span]]]()
    for name, where in ((main, ""), *_beside(parts, main)):
        found += _Part(headings, where, count).read(parts[name])
    passages, marked = list[Passage](), list[list[Span]]()
    for where, spans in found:
        if text := _text(spans, (SAME, IN)):
            passages.append(Passage(text, where))
        marked.append(spans)
    return Read("paragraph", passages, marked=marked)


def _text(spans: list[Span], kinds: tuple[str, ...]) -> str:
    return " ".join("".join(text for kind, text in spans if kind in kinds).split())


def _beside(parts: dict[str, bytes], main: str) -> list[tuple[str, str]]:
    folder = main.rpartition("/")[0]
    return [(name, CALLED[kind]) for kind in BESIDE for name in sorted(parts) if re.fullmatch(rf"{re.escape(folder)}/?{kind}\d*\.xml", name)]


def _headings(styles: bytes) -> set[str]:
    """The styles that make a paragraph a heading, by what the document calls them."""
    found, style = set[str](), ""

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal style
        if markup.local(name) == "style":
            style = _attribute(attributes, "styleId")
        elif markup.local(name) == "name" and re.fullmatch(r"heading \d|title", _attribute(attributes, "val").lower()):
            found.add(style)

    if styles:
        markup.read(styles, element)
    return found


def _attribute(attributes: dict[str, str], wanted: str) -> str:
    return next((value for name, value in attributes.items() if markup.local(name) == wanted), "")


class _Part:
    """Reads one part of the document from its beginning to its end."""

    def __init__(self, headings: set[str], where: str, count: Count):
        self.headings, self.where, self.count = headings, where, count
        self.found: list[tuple[str, list[Span]]] = []
        self.marks: list[str] = []
        self.paragraphs: list[list[Span]] = []
        self.tables: list[list[list[Span]]] = []  # of each table we are in, the cells of the row so far
        self.told = self.properties = self.left_out = self.table = self.row = 0
        self.heading, self.is_heading = "", False

    def read(self, content: bytes) -> list[tuple[str, list[Span]]]:
        markup.read(content, self.opened, self.text, self.closed)
        return self.found

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if tag == "Fallback" or self.left_out:  # the same again, for programs that cannot draw it
            self.left_out += 1
        elif space in WORD:
            self._opened(tag, attributes)
        elif tag == "t":  # of a formula
            self.told += 1

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("Pr"):
            self.properties += 1
        elif self.properties:
            self.is_heading |= tag == "pStyle" and _attribute(attributes, "val") in self.headings
        elif tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag in LETTERS:
            self.told += 1
        elif tag in BLANKS:
            self._say(BLANKS[tag])
        elif tag == "p":
            self.paragraphs.append([])
            self.is_heading = False
        elif tag == "tbl":
            self.table += not self.tables
            self.row = self.row if self.tables else 0
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1] = []
        elif tag == "tc" and self.tables:
            self.tables[-1].append([])

    def closed(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        if self.left_out:
            self.left_out -= 1
        elif space in WORD:
            self._closed(tag)
        elif tag == "t":
            self.told -= 1

    def _closed(self, tag: str) -> None:
        if tag.endswith("Pr"):
            self.properties -= 1
        elif self.properties:
            return
        elif tag in MARKS:
            self.marks.pop()
        elif tag in LETTERS:
            self.told -= 1
        elif tag == "p" and self.paragraphs:
            self._paragraph(self.paragraphs.pop())
        elif tag == "tr" and self.tables:
            self._row(self.tables[-1])
        elif tag == "tbl" and self.tables:
            self.tables.pop()

    def text(self, words: str) -> None:
        if self.told and not self.left_out:
            self._say(words)

    def _say(self, words: str) -> None:
        if self.paragraphs:
            self.paragraphs[-1].append((self.marks[-1] if self.marks else SAME, words))

    def _paragraph(self, spans: list[Span]) -> None:
        if self.tables:
            if self.tables[-1]:
                cell = self.tables[-1][-1]
                cell += [(SAME, " "), *spans] if cell else spans
            return
        if self.is_heading and not self.where:
            self.heading = f"under “{_text(spans, (SAME, IN))[:100]}”"
        self._found(self.where or self.heading, spans)

    def _row(self, cells: list[list[Span]]) -> None:
        joined = [span for n, cell in enumerate(cells) for span in ([(SAME, " | "), *cell] if n else cell)]
        if len(self.tables) > 1:  # a table in a cell is a part of what the cell says
            if self.tables[-2]:
                self.tables[-2][-1] += [(SAME, " "), *joined]
            return
        self.row += 1
        self._found(f"table {self.table}, row {self.row}", joined if any(cells) else [])

    def _found(self, where: str, spans: list[Span]) -> None:
        if any(text.strip() for _, text in spans):
            self.count.one_more("".join(text for _, text in spans))
            self.found.append((where, spans))
