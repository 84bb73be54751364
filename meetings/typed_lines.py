"""What a line typed into the minute of an item asks for: `/action @SJ by 9 Aug: amend CR024`. Read as people write it; nothing is guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from meetings.models import Action
from records.rules import Refusal
from records.working_days import Calendar

COMMAND = re.compile(r"/[ \t]*(?P<word>[a-zA-Z]+)\b[ \t]*(?P<rest>.*)", re.DOTALL)
HEAD = re.compile(r"(?:@(?P<owner>.*?))?(?:(?:^| )by (?P<due>.*))?", re.IGNORECASE)  # of words with one space between them
LONGEST_HEAD = 500
LONGEST_REFERENCE = 40
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FORMATS = ("%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d")
IN_WORDS = {
    "asap": Action.DueKind.ASAP, "as soon as possible": Action.DueKind.ASAP, "ongoing": Action.DueKind.ONGOING,
    "tbc": Action.DueKind.TO_BE_CONFIRMED, "to be confirmed": Action.DueKind.TO_BE_CONFIRMED,
}  # fmt: skip
HOW = "Write it so: /action @initials by 9 Aug: what is to be done."


@dataclass(frozen=True)
class Line:
    """A word and what follows it: ("action", "@SJ by 9 Aug: amend CR024")."""

    word: str
    rest: str


def line_of(text: str) -> Line | None:
    """None where the text is no such line."""
    found = COMMAND.match(text.strip())
    return Line(found["word"].lower(), found["rest"].strip()) if found else None


@dataclass(frozen=True)
class ActionLine:
    """Who is to do what by when, and what could not be read of it."""

    owner: str = ""
    text: str = ""
    due_on: date | None = None
    due_kind: str = Action.DueKind.ASAP
    refusals: list[Refusal] = field(default_factory=list)


def read_action(rest: str, on: date, days: Calendar) -> ActionLine:
    """`on` is the day of the meeting: dates without a year are the next ones from there. Without a date it is as soon as possible."""
    head, colon, text = rest.partition(":")
    found = HEAD.fullmatch(" ".join(head[:LONGEST_HEAD].split()))
    if colon and text.strip() and found is None:
        return ActionLine(refusals=[Refusal(f"Say who is to do it. {HOW}", field="owner")])
    if not colon or not text.strip() or found is None:
        return ActionLine(refusals=[Refusal(f"There is no colon before what is to be done. {HOW}", field="text")])
    due_on, due_kind, refusals = None, str(Action.DueKind.ASAP), []
    if found["due"]:
        due_on, due_kind = read_due(found["due"].strip(), on, days)
        if not due_kind:
            due_kind = Action.DueKind.TO_BE_CONFIRMED
            refusals.append(Refusal(f"“{found['due'].strip()}” is no day that can be read: write 9 Aug, Wed, next Wed, +5 wd, ASAP or TBC.", field="due_on"))
    if not found["owner"]:
        refusals.append(Refusal(f"Say who is to do it. {HOW}", field="owner"))
    return ActionLine((found["owner"] or "").strip(), text.strip(), due_on, due_kind, refusals)


HOW_ON_ACTION = {"done": "Write it so: /done DAG26-01: published as DES-196 v1.1.", "note": "Write it so: /note DAG26-01: it is with the auditors."}


@dataclass(frozen=True)
class OnAction:
    """What is said of an action on the log: its reference, and the words."""

    reference: str = ""
    words: str = ""
    refusals: list[Refusal] = field(default_factory=list)


def read_on_action(word: str, rest: str) -> OnAction:
    """ "DAG26-01: published". That it is done can be said without more."""
    head, _, words = rest.partition(":")
    reference, words = " ".join(head.split()), words.strip()
    if not reference or " " in reference or len(reference) > LONGEST_REFERENCE or (word == "note" and not words):
        return OnAction(refusals=[Refusal(HOW_ON_ACTION[word], field="text")])
    return OnAction(reference, words)


def read_due(words: str, on: date, days: Calendar) -> tuple[date | None, str]:
    """The day, and its kind; no kind where it cannot be read. "Wed" is the first one after the meeting, "next Wed" that of the week after."""
    said = " ".join(words.casefold().rstrip(".").split())
    if said in IN_WORDS:
        return None, IN_WORDS[said]
    day = next(filter(None, (read(said, on, days) for read in (_working_days, _weekday, _full_date, _date_without_year))), None)
    return (day, Action.DueKind.DATE) if day else (None, "")


def _working_days(said: str, on: date, days: Calendar) -> date | None:
    found = re.fullmatch(r"\+?(\d{1,3}) ?(?:wd|working days?)", said)
    return days.add(on, int(found[1])) if found else None


def _weekday(said: str, on: date, days: Calendar) -> date | None:
    found = re.fullmatch(r"(next )?([a-z]{3,9})", said)
    named = [n for n, name in enumerate(DAYS) if found and name.startswith(found[2])]
    if not found or len(named) != 1:
        return None
    first = on + timedelta(days=(named[0] - on.weekday() - 1) % 7 + 1)
    monday_after = on + timedelta(days=7 - on.weekday())
    return first + timedelta(days=7) if found[1] and first < monday_after else first


def _full_date(said: str, on: date, days: Calendar) -> date | None:
    return next(_parsed([_without_weekday(said)]), None)


def _date_without_year(said: str, on: date, days: Calendar) -> date | None:
    bare = _without_weekday(said)
    between = "/" if "/" in bare else " "
    candidates = _parsed(f"{bare}{between}{year}" for year in (on.year, on.year + 1))
    return next((day for day in candidates if day >= on), None)


def _without_weekday(said: str) -> str:
    """ "wed 9th august" is "9 august"."""
    said = re.sub(rf"^(?:{'|'.join(name[:3] + '[a-z]*' for name in DAYS)}),? ", "", said)
    return re.sub(r"^(\d{1,2})(?:st|nd|rd|th)\b", r"\1", said)


def _parsed(texts) -> Iterator[date]:
    for text in texts:
        for form in FORMATS:
            try:
                day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if 2000 <= day.year <= 2099:
                yield day
