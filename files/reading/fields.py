"""What stands in the fields of a Word form, and what stands outside them. Done in a process of its own (files/apart.py); it knows no database.

A field is what Word calls a content control, known by its tag, which nobody sees. A name that stands in the text may be typed over; a tag may not.
What is marked in it as changed is told with each change made and with none, and by whom; so is what was said in its margin.
"""

import json
import re
import resource
import sys
from dataclasses import dataclass, field
from typing import Any

from files import markup, office
from files.archives import Budget, members
from files.comparing import IN, OUT, SAME
from files.reading.word import BLANKS, LETTERS, MARKS, WORD
from files.unfit import Unfit

MEMORY, SECONDS = 1024 * 1024 * 1024, 20  # which the process may take
MOST_LETTERS = 200_000
LONGEST_QUOTED = 200  # letters of what a comment is about
LONGEST_PROMPT = 80  # letters: other programs leave the mark in a field that was filled in
HIDDEN = "It has text that is hidden in Word: show it or take it out, and hand it in again."
BACKWARDS = "It has text that is made to run from right to left: what is read there is not what stands there. Write it anew, and hand it in again."
TOO_LONG = f"It has more than {MOST_LETTERS:,} letters: that is more than is read here."
NOT_TEXT = {"drawing": "a picture", "pict": "a picture", "object": "an embedded file", "footnoteReference": "a footnote", "endnoteReference": "an endnote", "oMath": "a formula"}


def _tidy(piece: str) -> str:
    """Of blanks one at a time."""
    return "\n".join(" ".join(line.split()) for line in piece.split("\n")).strip()


@dataclass
class Field:
    """One field, or what stands outside of all (then without a tag): its paragraphs, and what in it is no text."""

    tag: str
    name: str = ""
    paragraphs: list[str] = field(default_factory=list)
    was: list[str] = field(default_factory=list)  # the same without the changes that are marked in it
    by: list[str] = field(default_factory=list)  # who made these, as far as the paragraphs go that are told
    not_text: list[str] = field(default_factory=list)
    is_prompt: bool = False  # it says of itself that it shows only what Word shows in a field that was never filled in
    piece: str = ""
    piece_was: str = ""
    is_item: bool = False

    def ends(self, mark: str = SAME) -> bool:
        """The end of a paragraph: an empty one is none, and items of a list stand under each other. Where the end itself was put in, there was
        none before; where it was taken out, there is none now. Whether there is a paragraph more."""
        many = len(self.paragraphs)
        if mark != OUT:
            self._add(self.paragraphs, self.piece)
            self.piece = ""
        if mark != IN:
            self._add(self.was, self.piece_was)
            self.piece_was = ""
        self.is_item = False
        return len(self.paragraphs) > many

    def _add(self, paragraphs: list[str], piece: str) -> None:
        if text := _tidy(piece):
            paragraphs.append(f"- {text}" if self.is_item else text)

    @property
    def text(self) -> str:
        told = _joined(self.paragraphs)
        return "" if self.is_prompt and len(told) <= LONGEST_PROMPT else told


def _joined(paragraphs: list[str]) -> str:
    told = ""
    for before, now in zip(["", *paragraphs], paragraphs, strict=False):
        told += ("\n" if before.startswith("- ") and now.startswith("- ") else "\n\n") + now
    return told.strip()


def read(content: bytes) -> dict[str, Any]:
    """Fields in their order, what stands outside them and behind which, what is said in the margin, and whether changes are marked in it. Raises Unfit."""
    parts = {name: part for name, part in members(content, Budget()) if office.is_xml(name)}
    main = office.main_part(parts)
    reader, margin = _Reader(), _Margin()
    markup.read(parts[main], reader.opened, reader.text, reader.closed)
    reader.finish()
    folder = main.rpartition("/")[0]
    for name in sorted(parts):
        if re.fullmatch(rf"{re.escape(folder)}/?comments\d*\.xml", name):
            markup.read(parts[name], margin.opened, margin.text, margin.closed)
    fields = [
        {"tag": each.tag, "name": each.name, "text": each.text, "was": _joined(each.was), "by": each.by, "not_text": sorted(set(each.not_text))} for each in reader.fields
    ]
    comments = [
        {"tag": tag, "on": _tidy(words), "by": margin.said[key][0], "text": margin.said[key][1]} for key, (tag, words) in reader.ranges.items() if key in margin.said
    ]
    return {
        "fields": fields, "outside": reader.outside.paragraphs, "behind": reader.behind, "comments": comments, "not_text": sorted(set(reader.outside.not_text)),
        "tracked": reader.tracked,
    }  # fmt: skip


class _Margin:
    """Reads the part in which comments stand: of each its author and its words."""

    def __init__(self) -> None:
        self.said: dict[str, tuple[str, str]] = {}
        self.key, self.told, self.letters = "", 0, 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if space in WORD and tag == "comment":
            self.key = _attribute(attributes, "id")
            self.said[self.key] = (_attribute(attributes, "author"), "")
        elif space in WORD and tag == "t":
            self.told += 1
        elif space in WORD and tag in ("br", "tab") and self.key:
            self._say(" ")

    def closed(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        if space in WORD and tag == "t":
            self.told -= 1
        elif space in WORD and tag == "p" and self.key:
            self._say("\n")
        elif space in WORD and tag == "comment":
            author, words = self.said[self.key]
            self.said[self.key], self.key = (author, _tidy(words)), ""

    def text(self, words: str) -> None:
        if self.told and self.key:
            self._say(words)

    def _say(self, words: str) -> None:
        self.letters += len(words)
        if self.letters > MOST_LETTERS:
            raise Unfit(TOO_LONG)
        author, before = self.said[self.key]
        self.said[self.key] = (author, before + words)


def _attribute(attributes: dict[str, str], wanted: str) -> str:
    return next((value for key, value in attributes.items() if markup.local(key) == wanted), "")


class _Reader:
    """Reads the document from its beginning to its end."""

    def __init__(self) -> None:
        self.outside = Field("")
        self.behind: list[dict[str, Any]] = []  # of each paragraph outside: the field it stands behind, and who put something into it
        self.fields: list[Field] = []
        self.within: list[Field] = [self.outside]  # the control we are in, at the end; one without a tag belongs to what is around it
        self.about: list[Field] = []  # the controls of which the properties are told first
        self.marks: list[str] = []  # the changes we are in
        self.end = SAME  # whether the end of the paragraph we are in was put in or taken out
        self.ranges: dict[str, tuple[str, str]] = {}  # of each comment the field it begins in, and the words it is about
        self.open: set[str] = set()
        self.told = self.properties = self.left_out = self.tables = self.letters = 0
        self.tracked = False
        self.hidden = False  # whether the letters we are among are there, and not drawn

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if tag == "Fallback" or self.left_out:
            self.left_out += 1
        elif tag == "oMath":
            self.within[-1].not_text.append(NOT_TEXT[tag])
        elif space in WORD:
            self._opened(tag, attributes)

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in MARKS:
            self._marked(tag, _attribute(attributes, "author"))
        if tag in ("r", "p"):
            self.hidden = False
        if tag == "sdt":
            self.about.append(Field(""))
        elif tag == "sdtContent" and self.about:
            self._enters(self.about[-1])
        elif tag.endswith("Pr"):
            self.properties += 1
        elif self.properties:
            self.hidden |= tag == "vanish" and _attribute(attributes, "val") not in ("0", "false", "off")
            self._property(tag, _attribute(attributes, "val"))
        elif tag in ("bdo", "dir") and _attribute(attributes, "val") == "rtl":
            raise Unfit(BACKWARDS)
        elif tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            self._commented(tag, _attribute(attributes, "id"))
        elif tag in NOT_TEXT:
            self.within[-1].not_text.append(NOT_TEXT[tag])
        elif tag in LETTERS:
            self.told += 1
        elif tag in BLANKS:
            self._say("\n" if tag in ("br", "cr") else BLANKS[tag])
        elif tag == "tbl":
            self.tables += 1

    def _marked(self, tag: str, author: str) -> None:
        """A change is in the text around it, or among the properties of a paragraph, where it is of the paragraph's end."""
        self.tracked = True
        if self.properties:
            self.end = MARKS[tag]
        else:
            self.marks.append(MARKS[tag])
        if author and author not in self.within[-1].by:
            self.within[-1].by.append(author)

    def _commented(self, tag: str, key: str) -> None:
        """Some programs write no range, only where the comment stands."""
        if tag == "commentRangeEnd":
            self.open.discard(key)
        elif key not in self.ranges:
            self.ranges[key] = (self.within[-1].tag or self._last, "")
            if tag == "commentRangeStart":
                self.open.add(key)

    @property
    def _last(self) -> str:
        return self.fields[-1].tag if self.fields else ""

    def _property(self, tag: str, value: str) -> None:
        if tag == "numId" and value != "0":
            self.within[-1].is_item = True
        elif self.about and tag == "tag" and not self.about[-1].tag:
            self.about[-1].tag = value
        elif self.about and tag == "alias":
            self.about[-1].name = value
        elif self.about and tag == "showingPlcHdr" and value not in ("0", "false", "off"):
            self.about[-1].is_prompt = True

    def _enters(self, control: Field) -> None:
        if control.tag:
            self.fields.append(control)
            self.within.append(control)
        else:
            self.within.append(self.within[-1])

    def _leaves(self) -> None:
        left = self.within.pop()
        if left is not self.within[-1]:
            self._finish(left)

    def _finish(self, told: Field, mark: str = SAME) -> None:
        if told.ends(mark) and told is self.outside:
            self.behind.append({"tag": self._last, "by": told.by})
            told.by = []

    def finish(self) -> None:
        self._finish(self.outside)

    def closed(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        if self.left_out:
            self.left_out -= 1
        elif space in WORD:
            self._closed(tag)

    def _closed(self, tag: str) -> None:
        if tag == "sdtContent" and self.about:
            self._leaves()
        elif tag == "sdt":
            self.about.pop()
        elif tag.endswith("Pr"):
            self.properties -= 1
        elif self.properties:
            return
        elif tag in MARKS:
            self.marks.pop()
        elif tag in LETTERS:
            self.told -= 1
        elif tag in ("p", "tc"):
            self._ends(tag)
        elif tag == "tr":
            for piece in ("piece", "piece_was"):
                setattr(self.within[-1], piece, getattr(self.within[-1], piece).rstrip(" |"))
            self._finish(self.within[-1])
        elif tag == "tbl":
            self.tables -= 1

    def _ends(self, tag: str) -> None:
        """A row of a table is one paragraph, its cells kept apart."""
        if self.tables:
            self._say(" " if tag == "p" else "| ")
        else:
            self._finish(self.within[-1], self.end)
        self.end = SAME

    def text(self, words: str) -> None:
        if self.told and not self.left_out:
            if self.hidden and words.strip():
                raise Unfit(HIDDEN)
            self._say(words)

    def _say(self, words: str) -> None:
        self.letters += len(words)
        if self.letters > MOST_LETTERS:
            raise Unfit(TOO_LONG)
        mark = self.marks[-1] if self.marks else SAME
        if mark != OUT:
            self.within[-1].piece += words
            for key in self.open:
                tag, before = self.ranges[key]
                self.ranges[key] = (tag, (before + words)[:LONGEST_QUOTED])
        if mark != IN:
            self.within[-1].piece_was += words


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    try:
        told = read(sys.stdin.buffer.read())
    except Unfit as error:
        told = {"refused": str(error)}
    sys.stdout.write(json.dumps(told))
