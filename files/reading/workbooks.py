"""What an Excel workbook says: sheet by sheet, row by row, what stands in each cell as its reader sees it, and the formula behind it."""

import posixpath
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from files import markup, office
from files.archives import Budget, members
from files.reading.passages import MOST_CELLS, Count, Read, Unreadable, one_line
from files.reading.texts import table

MOST_COLUMNS = 500
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # the formats of dates that every workbook has
_DATE = re.compile(r"[dmyhs]", re.I)
_NOT_DRAWN = re.compile(r"\"[^\"]*\"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.|General", re.I)


def read(content: bytes) -> Read:
    parts = {name: part for name, part in members(content, Budget()) if office.is_xml(name)}
    main = office.main_part(parts)
    book = _Book(parts, main)
    count = Count("cells", MOST_CELLS)
    return Read("row", tables=[table(name, _Sheet(book, count).read(part)) for name, part in book.sheets])


class _Book:
    """What its sheets share: the texts, which formats are dates, and from which day days are counted."""

    def __init__(self, parts: dict[str, bytes], main: str):
        folder, _, name = main.rpartition("/")
        self.targets: dict[str, tuple[str, str]] = {}
        self.sheet_ids: list[tuple[str, str]] = []
        self.shared: list[str] = []
        self.dates: list[bool] = []
        self.begins = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone
        markup.read(parts.get(f"{folder}/_rels/{name}.rels", b"<none/>"), self._relation)
        markup.read(parts[main], self._of_book)
        by_kind = {kind: posixpath.normpath(posixpath.join(folder, target)) for kind, target in self.targets.values()}
        _Shared(self.shared).read(parts.get(by_kind.get("sharedStrings", ""), b"<none/>"))
        self._formats(parts.get(by_kind.get("styles", ""), b"<none/>"))
        found = [(sheet, posixpath.normpath(posixpath.join(folder, self.targets.get(key, ("", ""))[1])).lstrip("/")) for sheet, key in self.sheet_ids]
        self.sheets = [(sheet, parts[part]) for sheet, part in found if part in parts]

    def _relation(self, name: str, attributes: dict[str, str]) -> None:
        if markup.local(name) == "Relationship":
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", ""))

    def _of_book(self, name: str, attributes: dict[str, str]) -> None:
        if markup.local(name) == "sheet":
            self.sheet_ids.append((attributes.get("name", ""), next((value for key, value in attributes.items() if key.endswith(" id")), "")))
        elif markup.local(name) == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.begins = datetime(1904, 1, 1)  # noqa: DTZ001

    def _formats(self, styles: bytes) -> None:
        own: dict[str, bool] = {}
        within = False

        def element(name: str, attributes: dict[str, str]) -> None:
            nonlocal within
            tag = markup.local(name)
            if tag == "numFmt":
                own[attributes.get("numFmtId", "")] = bool(_DATE.search(_NOT_DRAWN.sub("", attributes.get("formatCode", ""))))
            elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
                within = tag == "cellXfs"
            elif tag == "xf" and within:
                number = attributes.get("numFmtId", "0")
                self.dates.append(own.get(number, number.isdigit() and int(number) in _DATES))

        markup.read(styles, element)

    def is_date(self, style: str) -> bool:
        return style.isdigit() and int(style) < len(self.dates) and self.dates[int(style)]

    def day(self, number: float) -> str:
        try:
            moment = self.begins + timedelta(seconds=round(number * 86400))
        except OverflowError:
            return f"{number:.15g}"
        if 0 <= number < 1:
            return f"{moment:%H:%M:%S}".removesuffix(":00")
        return f"{moment:%Y-%m-%d}" if number == int(number) else f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


class _Texts:
    """Reads the letters of some elements; how a word is spoken, which stands beside it in Japanese, is none of them."""

    taken: tuple[str, ...] = ("t",)

    def __init__(self) -> None:
        self.words: list[str] = []
        self.open = self.spoken = 0

    def read(self, content: bytes) -> None:
        markup.read(content, self._opened, self._text, self._closed)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        tag = markup.local(name)
        self.open += tag in self.taken
        self.spoken += tag == "rPh"
        self.begun(tag, attributes)

    def _closed(self, name: str) -> None:
        tag = markup.local(name)
        self.open -= tag in self.taken
        self.spoken -= tag == "rPh"
        self.ended(tag)

    def _text(self, words: str) -> None:
        if self.open and not self.spoken:
            self.words.append(words)

    def said(self) -> str:
        text = one_line("".join(self.words))
        self.words.clear()
        return text

    def begun(self, tag: str, attributes: dict[str, str]) -> None: ...

    def ended(self, tag: str) -> None: ...


class _Shared(_Texts):
    def __init__(self, found: list[str]):
        super().__init__()
        self.found, self.count = found, Count("texts", MOST_CELLS)

    def ended(self, tag: str) -> None:
        if tag == "si":
            self.found.append(self.said())
            self.count.one_more(self.found[-1])


class _Sheet(_Texts):
    taken = ("t", "v", "f")

    def __init__(self, book: _Book, count: Count):
        super().__init__()
        self.book, self.count = book, count
        self.rows: list[tuple[int, list[str]]] = []
        self.n = self.column = 0
        self.cells: dict[int, str] = {}
        self.kind = self.style = self.formula = self.value = ""
        self.telling: dict[str, Callable[[str], str]] = {
            "s": self._shared, "b": lambda value: {"1": "TRUE", "0": "FALSE"}.get(value, value), "str": str, "e": str, "inlineStr": str, "d": str,
        }  # fmt: skip

    def read(self, content: bytes) -> list[tuple[int, list[str]]]:  # type: ignore[override]
        super().read(content)
        return self.rows

    def begun(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            told = attributes.get("r", "")
            self.n, self.column, self.cells = int(told) if told.isdigit() and len(told) < 9 else self.n + 1, -1, {}
        elif tag == "c":
            self.column = _column(attributes.get("r", ""), self.column + 1)
            self.kind, self.style, self.formula, self.value = attributes.get("t", "n"), attributes.get("s", "0"), "", ""

    def ended(self, tag: str) -> None:
        if tag == "f":
            self.formula = self.said()
        elif tag in ("v", "is"):
            self.value = self.said()
        elif tag == "c" and (told := self._told()):
            self.count.one_more(told)
            self.cells[self.column] = told
        elif tag == "row" and self.cells:
            self.rows.append((self.n, [self.cells.get(n, "") for n in range(max(self.cells) + 1)]))

    def _told(self) -> str:
        value = self.telling.get(self.kind, self._number)(self.value) if self.value else ""
        return f"{value} (={self.formula})".strip() if self.formula else value

    def _shared(self, value: str) -> str:
        known = value.isdigit() and len(value) < 9 and int(value) < len(self.book.shared)
        return self.book.shared[int(value)] if known else ""

    def _number(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        return self.book.day(number) if self.book.is_date(self.style) else f"{number:.15g}"


def _column(reference: str, following: int) -> int:
    """ "B7" is 1. A cell without a reference follows the one before it."""
    n = 0
    for each in reference.rstrip("0123456789"):
        n = n * 26 + ord(each.upper()) - 64
    column = n - 1 if n else following
    if not 0 <= column < MOST_COLUMNS:
        raise Unreadable(f"A sheet has more than {MOST_COLUMNS} columns: that is too much to compare here.")
    return column
