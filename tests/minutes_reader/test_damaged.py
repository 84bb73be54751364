"""However the page was converted, the same minutes are read: the retelling of DAG026, damaged in every way expected."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

import pytest

from archive.samples import DAG026
from minutes_reader import read

SAMPLE = DAG026.read_text(encoding="utf-8")
FOOTER = "\n\n© Elexon Limited 2023\tPage 3 of 9\n\nMHHS-DEL1234 v1.0\n\n\f## MHHS Design Advisory Group (DAG) Minutes and Actions\n\n4\n\n---\n\n"


def said(text: str) -> dict:
    """What the reader says of a document, doubts apart."""
    heard = read(text).as_json()
    heard.pop("warnings")
    return heard


WHOLE = said(SAMPLE)


def tables(text: str, redraw: Callable[[list[list[str]]], str]) -> str:
    """Redraw every table."""
    drawn, rows = [], []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            drawn.append(redraw(rows))
            rows = []
        drawn.append(line)
    return "\n".join(drawn)


def joined(rows: list[list[str]], mark: str = "\t") -> str:
    """Draw rows again as they were."""
    return "\n".join(mark.join(row) for row in rows)


def as_pipes(rows: list[list[str]]) -> str:
    """Draw a Markdown table."""
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    drawn = ["| " + " | ".join(row) + " |" for row in full]
    return "\n".join([drawn[0], "|" + "---|" * width, *drawn[1:]])


def as_bare_pipes(rows: list[list[str]]) -> str:
    """Draw a pipe table without its outer pipes."""
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    return "\n".join([" | ".join(full[0]), " | ".join(["---"] * width), *(" | ".join(row) for row in full[1:])])


def as_html(rows: list[list[str]]) -> str:
    """Draw an HTML table."""
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="x">\n{body}\n</table>'


def split_by_a_page(rows: list[list[str]]) -> str:
    """Break a table after its third row, repeating the heading on the next page."""
    heading = [rows[0]] if rows[0][0] in ("Area", "Constituency") else []
    return f"{joined(rows[:4])}{FOOTER}{joined([*heading, *rows[4:]])}" if len(rows) > 4 else joined(rows)


def split_without_heading(rows: list[list[str]]) -> str:
    """Break a table after its third row, without the heading on the next page."""
    return f"{joined(rows[:4])}{FOOTER}{joined(rows[4:])}" if len(rows) > 4 else joined(rows)


def split_inside_a_cell(rows: list[list[str]]) -> str:
    """Break each comment of the voting comments in the middle of a sentence, by a page."""
    if rows[0] != ["Constituency", "Voting Comments"]:
        return joined(rows)
    drawn = [rows[0][0] + "\t" + rows[0][1]]
    for seat, comment in rows[1:]:
        words = comment.split()
        place = next((n for n in range(5, len(words)) if words[n][0].islower() and words[n - 1][-1].isalpha()), None)
        drawn.append(
            f"{seat}\t{comment}" if place is None else f"{seat}\t{' '.join(words[:place])}{FOOTER}{' '.join(words[place:])}"
        )
    return "\n".join(drawn)


def votes(redraw: Callable[[list[list[str]]], list[list[str]]]) -> Callable[[str], str]:
    """Redraw the roll of votes only."""

    def damage(text: str) -> str:
        return tables(text, lambda rows: joined(redraw(rows) if rows[0][1:2] == ["Approve"] else rows))

    return damage


def marked_by(mark: str) -> Callable[[str], str]:
    """Mark the votes otherwise than with ticks."""
    return votes(lambda rows: [[mark if cell == "✓" else cell for cell in row] for row in rows])


def in_one_column(words: dict[str, str], heading: str = "Vote") -> Callable[[str], str]:
    """Give each vote as one word or letter."""

    def redraw(rows: list[list[str]]) -> list[list[str]]:
        return [["Constituency", heading]] + [
            [row[0], words[rows[0][row.index("✓")]] if "✓" in row else words["absent"]] for row in rows[1:]
        ]

    return votes(redraw)


def reordered(rows: list[list[str]]) -> list[list[str]]:
    """Put the columns in another order, under other names."""
    names = {"Approve": "For", "Reject": "Against", "Abstained": "Abstain"}
    return [
        [
            row[0],
            names.get((row + [""] * 3)[3], (row + [""] * 3)[3]),
            names.get(row[1], row[1]) if row is rows[0] or len(row) > 2 else "",
            names.get((row + [""] * 3)[2], (row + [""] * 3)[2]),
        ]
        if len(row) > 2
        else [row[0], "", "", row[1]]
        for row in rows
    ]


def header_block(block: str) -> Callable[[str], str]:
    """Lay the header out otherwise."""

    def damage(text: str) -> str:
        start, end = text.index("**Issue date"), text.index("### Attendees")
        return text[:start] + block + "\n\n" + text[end:]

    return damage


def attendance(redraw: Callable[[str, str], str]) -> Callable[[str], str]:
    """Lay out each person and role otherwise."""

    def damage(text: str) -> str:
        start, end = text.index("### Attendees"), text.index("## New / Outstanding")
        people = re.sub(
            r"(?m)^(?!#)(\S.*)\n\n(?!#)(\S.*)$",
            lambda m: redraw(m.group(1), m.group(2)),
            text[start:end].replace("\n\n#### **Role**", ""),
        )
        return text[:start] + people + text[end:]

    return damage


def plain_text(text: str) -> str:
    """Take all Markdown and HTML away."""
    text = re.sub(r"</?b>", "", text)
    return re.sub(r"(?m)^#+ ", "", text).replace("**", "").replace("&amp;", "&")


def wrapped(text: str) -> str:
    """Wrap all running text at 80 columns."""
    return "\n".join(
        line if "\t" in line or len(line) < 80 else textwrap.fill(line, 80, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


def on_pages(text: str) -> str:
    """Turn a page every thirty lines, wherever that falls."""
    lines = text.split("\n")
    return "\n".join(line + (FOOTER if number > 20 and number % 30 == 0 else "") for number, line in enumerate(lines))


def run_down(text: str) -> str:
    """Run the tables of actions and decisions down the page, a cell a line; empty cells vanish."""
    return tables(
        text, lambda rows: "\n".join(cell for row in rows for cell in row if cell) if rows[0][0] == "Area" else joined(rows)
    )


def wholly_run_down(text: str) -> str:
    """Run every table down the page, the votes in words."""
    text = in_one_column({"Approve": "Approve", "Reject": "Reject", "Abstained": "Abstain", "absent": "Not in attendance"})(text)
    return tables(text, lambda rows: "\n\n".join(cell for row in rows for cell in row if cell))


WORDS = {
    "Approve": "Approve",
    "Reject": "Rejected",
    "Abstained": "Abstained",
    "absent": "Constituency representative not in attendance",
}
DAMAGES: dict[str, Callable[[str], str]] = {
    "a byte order mark and Windows line ends": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "non-breaking and zero-width spaces": lambda text: (
        text.replace(" Representative", "\u00a0Representative")
        .replace("Design", "De\u200bsign")
        .replace("DAG-DEC", "DAG\u2060-DEC")
    ),
    "soft hyphens": lambda text: re.sub(r"\b([A-Za-z]{3})([a-z]{4,})", "\\1\u00ad\\2", text),
    "soft hyphens at line ends": lambda text: re.sub(
        r"(?m)^((?!#)[A-Z][^\t\n|]{70,90}?\b[a-z]{3})([a-z]{4,})", "\\1\u00ad\n\\2", text
    ),
    "non-breaking hyphens": lambda text: text.replace("-", "\u2011"),
    "en dashes in references": lambda text: re.sub(r"(DAG[\d.]*|DES)-(?=\d|DEC)", "\\1–", text),
    "typographic quotation marks": lambda text: text.replace("'near real time'", "‘near real time’").replace("'s", "’s"),
    "page furniture throughout": on_pages,
    "pipe tables": lambda text: tables(text, as_pipes),
    "pipe tables without outer pipes": lambda text: tables(text, as_bare_pipes),
    "HTML tables": lambda text: tables(text, as_html),
    "tables split by a page, headings repeated": lambda text: tables(text, split_by_a_page),
    "tables split by a page, headings not repeated": lambda text: tables(text, split_without_heading),
    "comments split by a page inside a sentence": lambda text: tables(text, split_inside_a_cell),
    "tables of actions and decisions run down the page": run_down,
    "every table run down the page": wholly_run_down,
    "heavy ticks": marked_by("✔"),
    "ballot boxes": marked_by("☑"),
    "crosses": marked_by("X"),
    "the letter Y": marked_by("y"),
    "the word Yes": marked_by("Yes"),
    "votes in one column of words": in_one_column(WORDS),
    "votes in one column of letters": in_one_column(
        {"Approve": "A", "Reject": "R", "Abstained": "AB", "absent": "Not in attendance"}, "Vote (A/R/AB)"
    ),
    "votes in one column of yes and no": in_one_column({"Approve": "Y", "Reject": "N", "Abstained": "A", "absent": "Absent"}),
    "columns of votes in another order": votes(reordered),
    "the header as table rows": header_block(
        "Issue date\t19/07/2023\nMeeting number\tDAG026\tVenue\tVirtual – MS Teams\nDate and time\t12 July 2023 1000-1330\tClassification\tPublic"
    ),
    "the header in columns": header_block(
        "Issue date: 19 July 2023\n\n| Meeting number | Venue | Date and time | Classification |\n|---|---|---|---|\n"
        "| DAG026 | Virtual – MS Teams | Wednesday 12th July 2023, 10am to 1.30pm | Public |"
    ),
    "the header on one line": header_block(
        "Issue date: 19 Jul 23 Meeting number DAG026 Venue Virtual – MS Teams Date and time 12/07/2023 10.00 – 13.30 Classification Public"
    ),
    "the header with values beneath": header_block(
        "Issue date\n\n2023-07-19\n\nMeeting number\n\nDAG 026\n\nVenue\n\nVirtual – MS Teams\n\nDate and time\n\n12th July 2023 10:00 - 13:30\n\nClassification\n\nPublic"
    ),
    "attendance in a table": attendance(lambda name, role: f"{name}\t{role}"),
    "attendance in a pipe table": attendance(lambda name, role: f"| {name} | {role} |"),
    "attendance on one line each": attendance(lambda name, role: f"{name} – {role}"),
    "attendance without blank lines": attendance(lambda name, role: f"{name}\n{role}"),
    "no Markdown at all": plain_text,
    "wrapped lines": wrapped,
    "wrapped lines without Markdown": lambda text: wrapped(plain_text(text)),
    "no blank lines": lambda text: re.sub(r"\n{2,}", "\n", text),
    "line breaks and strong type in HTML": lambda text: (
        text.replace("**DECISION", "<strong>DECISION")
        .replace("12 July 2023 10:00", "12<sup>th</sup> July 2023 10:00")
        .replace("Public**", "Public**<br>")
    ),
    "headings without bold": lambda text: re.sub(r"(?m)^(#+ \d+\.) \*\*(.*)\*\*$", r"\1 \2", text),
    "headings bold within their number": lambda text: re.sub(r"(?m)^\*\*(\d+)\. (.*)\*\*$", r"\1. **\2**", text),
    "headings with a tab after the number": lambda text: re.sub(r"(?m)^\*\*(\d+)\. (.*)\*\*$", "**\\1.\t\\2**", text),
    "references with spaces": lambda text: text.replace("DAG-DEC", "DAG - DEC ").replace("DAG26-0", "DAG26 - 0"),
    "decisions by their bare number": lambda text: text.replace("DAG-DEC", "DEC"),
    "Change Requests with spaces, versions in brackets": lambda text: (
        text.replace("CR018 version 1.8", "CR 018 (v1.8)")
        .replace("CR018 Version 1.8", "CR 018 (v1.8)")
        .replace("CR017 (", "CR-017 (")
    ),
}
WORDING_CHANGED = {"Change Requests with spaces, versions in brackets"}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_same_minutes_are_read(damage: str) -> None:
    text = DAMAGES[damage](SAMPLE)
    assert text != SAMPLE
    heard, expected = said(text), dict(WHOLE)
    if damage in WORDING_CHANGED:
        for reading in (heard, expected):
            reading["decisions"] = [{**decision, "text": ""} for decision in reading["decisions"]]
    assert heard == expected
