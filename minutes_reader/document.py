"""Turns a file's characters into the lines a reader of minutes would see: one kind of dash, quote, space and cell."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

INVISIBLE = dict.fromkeys([0xFEFF, 0x200B, 0x200C, 0x200D, 0x180E, 0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
SPACES = {ord(c): " " for c in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"}
QUOTES = {ord(c): "'" for c in "‘’‚‛′`´"} | {ord(c): '"' for c in "“”„‟″"}
HYPHENS = {ord(c): "-" for c in "‐‑−﹣－"}
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
NEWLINES = str.maketrans({"\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"})
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SOFT_HYPHEN = re.compile("\u00ad[ \t]*(?:\r?\n[ \t]*(?=[a-z]))?")
TIGHT_DASH = re.compile(r"(?<=\w)[–—‒](?=\w)")
ESCAPED = re.compile(r"\\([\\*_{}\[\]()#+.!|&<>~\-`])")
TAG = re.compile(
    r"</?(?:b|strong|i|em|u|p|div|span|sup|sub|br|font|a|h[1-6]|ul|ol|li|center|small|table|thead|tbody|tr|td|th)"
    r"(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
COMMENT = re.compile(r"<!--[^<>]{0,300}-->")
ORDINAL = re.compile(r"(?<=\d) ?<sup>\s?(st|nd|rd|th)\s?</sup>", re.IGNORECASE)
# a footnote's mark is no part of what it stands behind; an exponent is (m², 10³)
EXPONENT = re.compile(r"(?P<base>(?<![^\s(])(?:[kcm]?m|\d{1,9}))(?:<sup>\s?(?P<power>-?\d{1,2})\s?</sup>|(?P<raised>[⁰¹²³⁴-⁹]{1,2}))(?![\w/])", re.IGNORECASE)
MARKED = re.compile(
    r"(?<=[^\s|>*])(?P<bold>\*{0,2})\s?(?:<sup>\s?(?P<mark>(?:[\[(]?(?:\d{1,3}|[a-z]|[*†‡§])[\])]?[\s,]{0,2}){1,4})</sup>|(?P<raised>[⁰¹²³⁴-⁹]{1,3})|\[\^(?P<noted>[\w-]{1,12})\]|\^(?P<caret>\d{1,2})\^)",
    re.IGNORECASE,
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
STRUCK = re.compile(r"<(?P<tag>s|del|strike)>(?P<said>[^<>\n]{1,300})</(?P=tag)>", re.IGNORECASE)
BOLD = re.compile(r"<(/?)(?:b|strong)(?:\s[^<>\n]{0,100})?>", re.IGNORECASE)
BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
NUMBER_THEN_TAB = re.compile(r"^(\W{0,8}\d{1,2}[.)]\W{0,4}|\s*[-•*]\s?)\t+\s*(?=\S)")
PIPE_RULE = re.compile(r"^[\s|:+=-]*$")
MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")
LINK = re.compile(r"!?\[([^\[\]]{0,400})\]\([^()\s]{0,500}\)")


def lines_of(text: str) -> list[str]:
    """List the lines of a document; the cells of a table row, however it was drawn, are parted by tabs."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").translate(NEWLINES)
    text = SOFT_HYPHEN.sub("", text)
    text = html.unescape(CONTROLS.sub("", text.translate(INVISIBLE).translate(SPACES)))
    text = CONTROLS.sub("", text.translate(INVISIBLE)).translate(SPACES).translate(QUOTES).translate(HYPHENS).translate(LIGATURES)
    text = TIGHT_DASH.sub("-", text)
    text = _without_html(MARKED.sub(r"\g<bold>", _exponents_written(text)))
    lines = [ESCAPED.sub(r"\1", NUMBER_THEN_TAB.sub(r"\1 ", line.rstrip(" "))) for line in _piped_to_tabbed(text.split("\n"))]
    return [line if line.strip() else "" for line in lines]


def footnote_marks(text: str) -> list[str]:
    """List the marks of footnotes that are left out of a text, as they are printed."""
    found = MARKED.finditer(_exponents_written(html.unescape(ORDINAL.sub(r"\1", text))))
    marks = [next(filter(None, mark.group("mark", "raised", "noted", "caret"))).translate(RAISED).strip() for mark in found]
    return list(dict.fromkeys(marks))


def _exponents_written(text: str) -> str:
    """Write what is raised behind a number or a unit as a power, so that it is neither lost nor taken for a digit."""
    return EXPONENT.sub(lambda found: f"{found.group('base')}^{(found.group('power') or found.group('raised')).translate(RAISED)}", ORDINAL.sub(r"\1", text))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Take the emphasis, links and spare spaces off a printed text: its words only."""
    return " ".join(MARKS.sub("", LINK.sub(r"\1", text)).split())


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Reduce a text to what must agree for two readings to be the same words: no case, marks, dashes or spacing."""
    return " ".join(re.sub(r"[^\w&/.+]+", " ", plain(text).casefold()).split())


def cells(line: str) -> list[str]:
    """List the cells of a table row, without emphasis."""
    return [plain(cell) for cell in line.split("\t")]


def is_row(line: str) -> bool:
    """Say whether a line is a row of a table."""
    return "\t" in line.strip(" ")


def unbalanced(text: str) -> bool:
    """Say whether a parenthesis is still open, as where a line was wrapped inside it."""
    return text.count("(") > text.count(")")


def _without_html(text: str) -> str:
    """Turn the HTML that PDF converters leave behind into Markdown and tabs."""
    if "<" not in text:
        return text
    text = STRUCK.sub(r"~~\g<said>~~", COMMENT.sub("", text))
    if "<tr" in text.lower():
        text = re.sub(r"</t[dh]>\s{0,50}<t[dh](?:\s[^<>\n]{0,200})?>", "\t", text, flags=re.IGNORECASE)
        text = re.sub(r"<tr(?:\s[^<>\n]{0,200})?>\s{0,50}|\s{0,50}</tr>", "\n", text, flags=re.IGNORECASE)
    lines = [
        BREAK.sub(" ", line) if "\t" in line or line.lstrip().startswith("|") else BREAK.sub("\n", line)
        for line in text.split("\n")
    ]
    text = BOLD.sub("**", "\n".join(lines))
    text = re.sub(r"</(?:p|div|li|h[1-6])>", "\n", text, flags=re.IGNORECASE)
    return TAG.sub("", text)


def _piped_to_tabbed(lines: list[str]) -> list[str]:
    """Redraw Markdown pipe tables with tabs, dropping the ruled line beneath their headings."""
    drawn = []
    outer = False
    for number, line in enumerate(lines):
        stripped = line.strip()
        if "|" not in stripped:
            drawn.append(line)
            outer = False
            continue
        if number == 0 or "|" not in lines[number - 1]:
            # without outer pipes an empty first cell also leaves one in front, but then none behind
            outer = stripped.startswith("|") and (stripped.endswith("|") or not line.startswith(" "))
        if PIPE_RULE.match(stripped):
            continue
        if outer or stripped.startswith("|") or _in_a_run_of_pipes(lines, number):
            drawn.append(_tabbed(line, outer=outer))
        else:
            drawn.append(line)
    return drawn


def _in_a_run_of_pipes(lines: list[str], number: int) -> bool:
    """Say whether a neighbouring line has the same columns, so that the pipes are a table and not prose."""
    pipes = lines[number].count("|")
    neighbours = lines[max(0, number - 1) : number] + lines[number + 1 : number + 2]
    return any(line.count("|") == pipes for line in neighbours)


def _tabbed(row: str, *, outer: bool) -> str:
    """Part the cells of one pipe row with tabs; without outer pipes a leading one means an empty first cell."""
    row = row.strip().replace("\\|", "\x00")
    row = row.removeprefix("|").removesuffix("|") if outer else row
    return "\t".join(cell.strip().replace("\x00", "|") for cell in row.split("|"))


def is_wrapped(lines: list[str]) -> bool:
    """Say whether running text was broken into lines of a page's width, so that one line continues the last."""
    widths = [len(line) for line in lines if not is_row(line)]
    return bool(widths) and 50 <= max(widths) <= 160


def still_bold(line: str, text: str) -> str:
    """Keep the opening of a bold print that goes on beyond the line, so that the next line is known to belong to it."""
    return (
        f"**{text}"
        if line.count("**") % 2 == 1 and text.count("**") % 2 == 0
        else plain(text)
        if line.count("**") % 2 == 0
        else text
    )
