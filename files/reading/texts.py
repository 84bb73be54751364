"""Plain text in its several kinds: lines, paragraphs, tables with separators, JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from files.looking import as_text
from files.reading.passages import MOST_CELLS, MOST_PASSAGES, Count, Passage, Read, Table, Unreadable, one_line

NO_TEXT = "It is no text that can be read."


def _text(content: bytes) -> str:
    if (text := as_text(content)) is None:
        raise Unreadable(NO_TEXT)
    return text


def lines(content: bytes) -> Read:
    """As they stand, with the blanks they begin with: in YAML these have a meaning."""
    count, found = Count("lines", MOST_PASSAGES), []
    for n, line in enumerate(_text(content).splitlines(), 1):
        if line.strip():
            count.one_more(line)
            found.append(Passage(line.rstrip().replace("\t", "    "), f"line {n}"))
    return Read("line", found)


_ITS_OWN = re.compile(r"\s*(#{1,6} |[-*+•] |\d+[.)] |\||>|```|={3,}|-{3,}|\[)")


def paragraphs(content: bytes) -> Read:
    """Lines that were broken for their length belong together; items of lists, headings and rows stand by themselves."""
    count, found, heading, gathered = Count("paragraphs", MOST_PASSAGES), [], "", list[str]()

    def done() -> None:
        if gathered:
            text = one_line(" ".join(gathered))
            count.one_more(text)
            found.append(Passage(text, heading))
            gathered.clear()

    for line in _text(content).splitlines():
        if not line.strip() or _ITS_OWN.match(line):
            done()
        if line.strip():
            gathered.append(line)
        if re.match(r"#{1,6} ", line):
            done()
            heading = f"under “{one_line(line.lstrip('#'))[:100]}”"
    done()
    return Read("paragraph", found)


def csv_table(content: bytes) -> Read:
    text, count, rows = _text(content), Count("cells", MOST_CELLS), list[tuple[int, list[str]]]()
    head = text.split("\n", 1)[0]
    separator = max(",;\t|", key=head.count)
    try:
        for n, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            if any(cell.strip() for cell in row):
                for cell in row:
                    count.one_more(cell)
                rows.append((n, [one_line(cell) for cell in row]))
    except csv.Error as error:
        raise Unreadable("The table in it cannot be read: a quotation mark may be missing.") from error
    return Read("row", tables=[table("", rows)])


def table(name: str, rows: list[tuple[int, list[str]]]) -> Table:
    """The first row names the columns; one without a name goes by its letter."""
    width = max((len(row) for _, row in rows), default=0)
    columns = named((rows[0][1] if rows else []) + [""] * width, width)
    return Table(name, columns, [(n, {column: cell for column, cell in zip(columns, row, strict=False) if cell}) for n, row in rows[1:]])


def named(heads: list[str], width: int) -> list[str]:
    """No two alike."""
    found: dict[str, None] = {}
    for n, head in enumerate(heads[:width]):
        name, again = head or letter(n), 1
        while name in found:
            again += 1
            name = f"{head or letter(n)} ({again})"
        found[name] = None
    return list(found)


def letter(n: int) -> str:
    """0 is A, 26 is AA."""
    return (letter(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)


class Number(str):
    """As it was written: 1.10 stays 1.10."""

    __slots__ = ()


KEYS = ("id", "key", "reference", "code", "name")


def json_values(content: bytes) -> Read:
    """Each value by its path. What lies in a list goes by its id, key, reference, code or name if it has one, so that another before it moves nothing."""
    try:
        whole = json.loads(_text(content), parse_int=Number, parse_float=Number)
    except ValueError as error:
        raise Unreadable("The JSON in it is not well-formed.") from error
    count, found = Count("values", MOST_PASSAGES), dict[str, str]()
    for path, value in _values(whole, ""):
        count.one_more(value)
        found[path] = value
    return Read("value", values=found)


def _values(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from _values(each, f"{path}.{_step(name)}" if path else _step(name))
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for name, each in zip(_names(value), value, strict=True):
            yield from _values(each, f"{path}[{name}]")
    elif isinstance(value, list):
        yield path or "the whole", f"[{', '.join(map(_said, value))}]"
    else:
        yield path or "the whole", _said(value)


def _step(name: str) -> str:
    """A name in quotation marks where it could be taken for more than one."""
    return name if re.fullmatch(r"[\w /-]*\w", name) else json.dumps(name, ensure_ascii=False)


def _names(items: list) -> list[str]:
    for key in KEYS:
        told = [each[key] for each in items if isinstance(each, dict) and isinstance(each.get(key), str) and each[key]]
        if len(set(told)) == len(items):
            return [_step(each) for each in told]
    return [str(n) for n in range(1, len(items) + 1)]


_LOOKS_OTHERWISE = re.compile(r"-?\d[\d.eE+-]*|true|false|null|\s*|[\[{\"].*", re.DOTALL)


def _said(value: Any) -> str:
    """A text without its quotation marks, unless it could be taken for something else without them."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str) and not _LOOKS_OTHERWISE.fullmatch(value):
        return one_line(value)
    return json.dumps(value, ensure_ascii=False)
