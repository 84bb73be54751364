"""What was read of a file: running text in passages, tables in rows, or values by their paths. And why nothing could be."""

from dataclasses import dataclass, field
from typing import NamedTuple

MOST_PASSAGES = 100_000
MOST_CELLS = 500_000
MOST_LETTERS = 20_000_000

Span = tuple[str, str]  # of a passage with changes marked: whether the words stayed, went or came (files/comparing.py), and they


class Unreadable(Exception):
    """The sentence says why."""


class Passage(NamedTuple):
    text: str
    where: str = ""


class Table(NamedTuple):
    """A sheet, or a whole file. Of each row its number as people count it, and what stands in it by column."""

    name: str
    columns: list[str]
    rows: list[tuple[int, dict[str, str]]]


@dataclass
class Read:
    """One of the three is filled. `unit` is what its passages are called, one of them."""

    unit: str
    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    marked: list[list[Span]] = field(default_factory=list)  # of a document with changes marked: each passage with them

    @property
    def shape(self) -> str:
        return "tables" if self.tables else "values" if self.values else "passages"


class Count:
    """Keeps count of what is read, and says when it is too much to be compared."""

    def __init__(self, noun: str, most: int):
        self.noun, self.most, self.found, self.letters = noun, most, 0, 0

    def one_more(self, text: str = "") -> None:
        self.found, self.letters = self.found + 1, self.letters + len(text)
        if self.found > self.most:
            raise Unreadable(f"It has more than {self.most:,} {self.noun}: that is too much to compare here.")
        if self.letters > MOST_LETTERS:
            raise Unreadable(f"It has more than {MOST_LETTERS:,} letters: that is too much to compare here.")


def one_line(text: str) -> str:
    return " ".join(text.split())
