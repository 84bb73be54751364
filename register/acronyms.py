"""The short words of the programme, from one reviewed file: what they stand for is said where a page first uses them."""

import re
import tomllib
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple


class Term(NamedTuple):
    short: str
    long: str
    meaning: str

    @property
    def anchor(self) -> str:
        return self.short.lower()


@cache
def terms() -> list[Term]:
    told = tomllib.loads(Path(__file__).with_name("acronyms.toml").read_text())["term"]
    return sorted((Term(**each) for each in told), key=lambda term: term.short.casefold())


@cache
def _known() -> tuple[re.Pattern, dict[str, str]]:
    longs = {term.short: term.long for term in terms()}
    return re.compile(rf"(?<![\w&-])(?:{'|'.join(map(re.escape, longs))})(?![\w-])"), longs


_PIECES = re.compile(r"(<[^>]*>)")
_MAIN = re.compile(r"(<main\b.*?>)(.*)(</main>)", re.S)
# Where a word stands that is read by itself or sent back: headings name, links and controls are spoken as one.
_LEFT_ALONE = {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "label", "legend", "option", "script", "style", "summary", "svg", "textarea", "title"}


def expanded(page: str) -> str:
    """The page with each short word told in full where its text first uses it: pointed at, read aloud, and on paper in brackets."""
    return _MAIN.sub(lambda main: main[1] + _expanded(main[2]) + main[3], page, count=1)


def _expanded(html: str) -> str:
    pattern, longs = _known()
    told: set[str] = set()
    inside: list[str] = []

    def tell(found: re.Match) -> str:
        short = found[0]
        if short in told:
            return short
        told.add(short)
        return f'<abbr title="{escape(longs[short])}">{short}</abbr>'

    pieces = _PIECES.split(html)
    for n, piece in enumerate(pieces):
        if piece.startswith("<"):
            _follow(piece, inside)
        elif not inside and piece.strip():
            pieces[n] = pattern.sub(tell, piece)
    return "".join(pieces)


def _follow(tag: str, inside: list[str]) -> None:
    """Which of the elements that are left alone the text after this tag stands in."""
    name = re.match(r"</?([a-z0-9]+)", tag)
    if name is None or name[1] not in _LEFT_ALONE or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        inside.append(name[1])
    elif name[1] in inside:
        inside.remove(name[1])
