"""What the attendance report of a Teams call says: who joined and left, and when. Plain reading; who they are is for somebody to say.

Teams writes UTF-16 with tabs; what went through a spreadsheet is UTF-8 with commas. Newer reports have a section of participants, a row
each; older ones a row each time that somebody joined or left. Times are the organiser's, which is London.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from records.clock import LONDON
from records.rules import Refusal, Refused
from records.typed import cleaned, turning_marks_in

MOST = 500  # people of one call
LARGEST = 400_000  # bytes of a file; half as many characters in UTF-16
NAME, JOINED, LEFT, MAIL = ("name", "full name"), ("first join", "join time", "first join time"), ("last leave", "leave time", "last leave time"), ("email", "e-mail")
ACTION, STAMP = ("user action", "action"), ("timestamp", "time stamp")
TIMES = (
    "%m/%d/%y, %I:%M:%S %p", "%m/%d/%Y, %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y, %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d/%m/%y, %H:%M:%S",
    "%d/%m/%Y, %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y, %I:%M:%S %p", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%m/%d/%y, %H:%M:%S", "%m/%d/%Y, %H:%M:%S",
)  # fmt: skip
SOON, EARLY = timedelta(minutes=10), timedelta(minutes=10)  # later than so is late; gone earlier than so before the end is gone early


@dataclass(frozen=True)
class Joined:
    """One person of the report: from the first time they joined to the last time they left."""

    name: str
    mail: str = ""
    joined_at: datetime | None = None
    left_at: datetime | None = None


def decoded(content: bytes) -> str:
    """The text of a file. May raise Refused."""
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16")
        if b"\0" in content[:200]:
            return content.decode("utf-16-le")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([Refusal("This file is no text that can be read: download the report once more, or paste it.", field="file")]) from None


def read(text: str, day: date) -> list[Joined]:
    """Everybody in it, in its order, each name once. May raise Refused."""
    if marks := turning_marks_in(text):
        raise Refused([Refusal(f"It has hidden marks that turn the direction of reading ({', '.join(marks)}): what is read there is not what stands there. Take them out.", field="report")])
    lines = [cleaned(line) for line in re.split(r"\r\n|\r|\n", text.replace("\ufeff", ""))]
    start = next((n for n, line in enumerate(lines) if _columns(_cells(line, _separator(line)))), None)
    if start is None:
        raise Refused([Refusal("There are no headings such as “Name” and “First Join” in it: paste the whole report.", field="report")])
    separator = _separator(lines[start])
    columns = _columns(_cells(lines[start], separator))
    rows = (_cells(line, separator) for line in _until_the_next_section(lines[start + 1 :]))
    found = _merged(_joined(row, columns, day) for row in rows)
    if not found:
        raise Refused([Refusal("Nobody is named in it.", field="report")])
    if len(found) > MOST:
        raise Refused([Refusal(f"It names more than {MOST} people.", field="report")])
    return found


def _separator(line: str) -> str:
    return "\t" if "\t" in line else ";" if line.count(";") > line.count(",") else ","


def _cells(line: str, separator: str) -> list[str]:
    return [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=separator), [])]


def _columns(cells: list[str]) -> dict[str, int]:
    """Which column is which; none, if the line is no heading."""
    folded = [cell.casefold() for cell in cells]
    wanted = {"name": NAME, "joined": JOINED, "left": LEFT, "mail": MAIL, "action": ACTION, "stamp": STAMP}
    found = {what: folded.index(word) for what, words in wanted.items() for word in words if word in folded}
    return found if "name" in found and ("joined" in found or "stamp" in found) else {}


def _until_the_next_section(lines: list[str]) -> Iterable[str]:
    for line in lines:
        if not line.strip(" \t,;") or re.match(r"\d+\. ", line):
            return
        yield line


def _joined(row: list[str], columns: dict[str, int], day: date) -> Joined:
    def cell(what: str) -> str:
        place = columns.get(what)
        return row[place] if place is not None and place < len(row) else ""

    if "stamp" in columns:
        at = _moment(cell("stamp"), day)
        return Joined(cell("name"), cell("mail"), None, at) if "left" in cell("action").casefold() else Joined(cell("name"), cell("mail"), at, None)
    return Joined(cell("name"), cell("mail"), *_in_order(_moment(cell("joined"), day), _moment(cell("left"), day)))


def _in_order(joined: datetime | None, left: datetime | None) -> tuple[datetime | None, datetime | None]:
    """In the night in which the clocks go back an hour is told twice: whoever left before they joined left in the second."""
    if joined and left and left < joined:
        left = left.astimezone(LONDON).replace(fold=1).astimezone(UTC)
    return joined, left


def _moment(text: str, day: date) -> datetime | None:
    """Days are written both ways round: read as the one on which the meeting was, or the night after."""
    for form in TIMES:
        try:
            at = datetime.strptime(text.strip('"'), form)  # noqa: DTZ007 (London's, said below)
        except ValueError:
            continue
        if timedelta(0) <= at.date() - day <= timedelta(days=1):
            return at.replace(tzinfo=LONDON).astimezone(UTC)
    return None


def _merged(rows: Iterable[Joined]) -> list[Joined]:
    """Whoever joined twice, or by two devices, was there from the first time to the last."""
    found: dict[str, Joined] = {}
    for row in rows:
        if row.name:
            known = found.get(row.name, row)
            found[row.name] = Joined(row.name, known.mail or row.mail, _first(known.joined_at, row.joined_at), _last(known.left_at, row.left_at))
    return list(found.values())


def _first(*moments: datetime | None) -> datetime | None:
    return min((each for each in moments if each), default=None)


def _last(*moments: datetime | None) -> datetime | None:
    return max((each for each in moments if each), default=None)


def together(rows: Iterable[Joined]) -> Joined:
    """Several rows that are one person."""
    rows = list(rows)
    return Joined(rows[0].name, rows[0].mail, _first(*(row.joined_at for row in rows)), _last(*(row.left_at for row in rows)))


def end_of(rows: Iterable[Joined]) -> datetime | None:
    """When the last of them left."""
    return _last(*(row.left_at for row in rows))


def was_there_for_part(row: Joined, starts_at: datetime, ended_at: datetime | None) -> bool:
    late = row.joined_at is not None and row.joined_at - starts_at > SOON
    early = row.left_at is not None and ended_at is not None and ended_at - row.left_at > EARLY
    return late or early


def plain_name(name: str) -> str:
    """A name as people are called: "Ansell, Ruth (Guest)" is Ruth Ansell."""
    name = re.sub(r"[(\[].*?[)\]]", " ", name)
    last, comma, first = name.partition(",")
    return " ".join(f"{first} {last}".split() if comma else name.split())
