"""Reads the head of the minutes: which group, which meeting, when, where, how classified, when issued."""

from __future__ import annotations

import re
from itertools import pairwise

from .dates import first_date
from .document import cells, fold, is_row, plain
from .held import held
from .references import DECISION_REF
from .result import Header

LABELS = {
    "meeting_no": r"meeting\s(?:number|no\.?|ref(?:erence)?|#)",
    "issue_date": r"(?:issue\sdate|date\s(?:of\s)?issued?|issued(?:\son)?|date\sof\sissue)",
    "venue": r"(?:venue|location)",
    "when": r"(?:date\s(?:and|&|/)\stime|date/time|meeting\sdate(?:\sand\stime)?|date\sof\smeeting)",
    "classification": r"(?:document\s)?classification",
    "date": r"date",
    "time": r"time",
}
# A label opens a line or a cell, or stands capitalised within a header that a converter ran together on one line.
LABEL = re.compile(
    r"(?:(?:^|(?<=[\n\t|*]))[ *#|]{0,8}(?i:(?P<edge>" + "|".join(LABELS.values()) + r"))"
    r"|(?<=[ *])(?P<inside>Meeting [Nn]umber|Meeting [Nn]o\.?|Issue [Dd]ate|Venue|Date and [Tt]ime|Date & [Tt]ime|Classification|Location|Meeting [Dd]ate))"
    r"(?![\w])[ *:|\t]{0,12}",
    re.MULTILINE,
)
NUMBER = re.compile(
    r"^\W{0,6}(?P<pre>e(?=[A-Z]))?(?:(?P<group>[A-Z][A-Za-z]{1,7}?)[\s#-]{0,3})?#?0{0,4}(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<post>e\b)?"
)
TITLE_CODE = re.compile(
    r"\b(?P<pre>e(?=[A-Z]))?(?P<group>[A-Z]{2,7})[\s#-]{0,2}0{0,3}(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<post>e)?\b"
)
ACRONYM = re.compile(r"\((?P<group>[A-Z][a-z]{0,4}[A-Z][A-Za-z]{0,6})\)")
TITLE_GROUP = re.compile(
    r"\b(?!MHHS\b)(?P<group>[A-Z]{2,7})(?=\s(?:extra-?ordinary\s)?(?:meeting\s)?(?:headline|minutes|meeting))", re.IGNORECASE
)
TITLE = re.compile(r"\b(?:minutes(?:\s(?:and|&)\sactions)?|headline\sreport)\b", re.IGNORECASE)
GROUP_NAME = re.compile(r"\b((?:[A-Z][\w-]+\s){1,5}(?:Group|Board|Forum|Committee))\b")


def read_header(lines: list[str], everything: list[str]) -> Header:
    """Read the header block, however its labels and values were laid out."""
    header = Header(printed=_labelled(lines))
    _name_the_document(header, lines)
    printed = header.printed
    _number_the_meeting(header, printed.get("meeting_no", ""))
    header.group = header.group or _group_of_the_references(everything, header.group_name)
    when = " ".join(part for part in (printed.get("when"), printed.get("date")) if part)
    told = held(when, " ".join(part for part in (printed.get("time"), printed.get("when"), printed.get("date")) if part))
    header.date, header.start, header.end, header.doubts = told.day, told.start, told.end, told.doubts
    header.issue_date = first_date(printed.get("issue_date", ""))
    header.venue = printed.get("venue") or None
    header.classification = printed.get("classification") or None
    return header


def title_lines(lines: list[str]) -> list[str]:
    """List the lines near the top that say a document is minutes or a headline report."""
    near_top = [plain(line.strip("# ")) for line in lines if line and not is_row(line)][:25]
    return [
        line
        for line in near_top
        if len(line) < 160
        and TITLE.search(line)
        and not re.match(r"^\W*\d{1,2}[.)]?\s", line)
        and not re.search(r"[.;]$", line)
        and not re.search(r"\b(?:agenda|slides|papers?|presentation|approval of|approve)\b", line, re.IGNORECASE)
    ]


def _name_the_document(header: Header, lines: list[str]) -> None:
    """Find what the document calls itself, and the group it is of."""
    titles = title_lines(lines)
    top = [plain(line.strip("# ")) for line in lines[:30] if line]
    header.title = titles[0] if titles else ""
    headline = any("headline report" in title.lower() for title in titles)
    header.doc_type = "headline report" if headline else "minutes" if titles else None
    for line in [*titles, *top[:4]]:
        acronym = ACRONYM.search(line) or TITLE_GROUP.search(line)
        if acronym and acronym.group("group").isupper():
            header.group = acronym.group("group")
            break
    header.group_name = next((name for line in [*titles, *top[:4]] if (name := _group_name(line))), None)
    header.extraordinary = any(re.search(r"\bextra-?ordinary\b", line, re.IGNORECASE) for line in top[:20])


def _group_of_the_references(lines: list[str], name: str | None) -> str | None:
    """Find whose references a document gives, where its head does not say: all of one group, or none."""
    owners = {match.group("group") for line in lines for match in DECISION_REF.finditer(line[:2000]) if match.group("group")}
    if len(owners) == 1:
        return owners.pop()
    letters = "".join(word[0] for word in (name or "").split() if word[0].isupper())
    return letters if len(letters) > 2 and any(re.search(rf"\b{letters}\b", line[:2000]) for line in lines) else None


def _group_name(title: str) -> str | None:
    """Give the full name of the group where a title has it."""
    found = GROUP_NAME.search(title)
    return found.group(1) if found else None


def _number_the_meeting(header: Header, printed: str) -> None:
    """Read DAG026, eDAG027, DAG020.1 or 26: the number without letters or leading zeros, and whose it is."""
    found = NUMBER.match(printed)
    if not found and header.title:
        found = TITLE_CODE.search(header.title)
    if not found:
        return
    header.meeting_no = found.group("number")
    if found.group("group") and found.group("group").lower() not in ("no", "number", "meeting"):
        header.group = found.group("group")
    if found.group("pre") or found.group("post") or "." in header.meeting_no:
        header.extraordinary = True


def _labelled(lines: list[str]) -> dict[str, str]:
    """Pair the labels of the header block with their values."""
    printed = _in_columns(lines)
    text = "\n".join(line for line in lines[:60] if line)[:8000]
    labels = list(LABEL.finditer(text))
    for place, label in enumerate(labels):
        name = _label_name(label.group("edge") or label.group("inside"))
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        value = _value(text[label.end() : end])
        if value:
            printed.setdefault(name, value)
    return printed


def _label_name(label: str) -> str:
    """Name the label by its printed words."""
    return next(name for name, pattern in LABELS.items() if re.fullmatch(pattern, label, re.IGNORECASE))


def _value(text: str) -> str:
    """Give the first line of what follows a label."""
    value = plain(text.strip().split("\n")[0].replace("\t", " ").strip(" |"))
    return value.strip(" :|")


def _in_columns(lines: list[str]) -> dict[str, str]:
    """Read a header drawn as a row of labels above a row of values."""
    rows = [cells(line) for line in lines[:60] if is_row(line)]
    for labels, values in pairwise(rows):
        names = [
            next(
                (
                    name
                    for name, pattern in LABELS.items()
                    if re.fullmatch(pattern + r":?", fold(cell).replace("  ", " "), re.IGNORECASE)
                ),
                None,
            )
            for cell in labels
        ]
        if sum(name is not None for name in names) >= 2 and all(names[: len(labels)]):
            return {name: value for name, value in zip(names, values, strict=False) if name and value}
    return {}
