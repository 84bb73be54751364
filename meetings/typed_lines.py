"""What a line typed into the minute of an item asks for: `/action @SJ by 9 Aug: amend CR024`. Read as people write it; nothing is guessed."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
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
NOT_KNOWN: Mapping[str, date | None] = {}  # when the next meetings are
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


def read_action(rest: str, on: date, days: Calendar, coming: Mapping[str, date | None] = NOT_KNOWN) -> ActionLine:
    """`on` is the day of the meeting: dates without a year are the next ones from there. Without a date it is as soon as possible.
    `coming` is when "the next meeting" is, and that of each group by its code."""
    head, colon, text = rest.partition(":")
    found = HEAD.fullmatch(" ".join(head[:LONGEST_HEAD].split()))
    if colon and text.strip() and found is None:
        return ActionLine(refusals=[Refusal(f"Say who is to do it. {HOW}", field="owner")])
    if not colon or not text.strip() or found is None:
        return ActionLine(refusals=[Refusal(f"There is no colon before what is to be done. {HOW}", field="text")])
    due_on, due_kind, refusals = None, str(Action.DueKind.ASAP), []
    if found["due"]:
        due_on, due_kind = read_due(found["due"].strip(), on, days, coming)
        if not due_kind:
            due_kind = Action.DueKind.TO_BE_CONFIRMED
            refusals.append(Refusal(_why_no_day(found["due"].strip(), coming), field="due_on"))
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


def read_due(words: str, on: date, days: Calendar, coming: Mapping[str, date | None] = NOT_KNOWN) -> tuple[date | None, str]:
    """The day, and its kind; no kind where it cannot be read. "Wed" is the first one after the meeting, "next Wed" that of the week after."""
    said = _plain(words)
    if said in IN_WORDS:
        return None, IN_WORDS[said]
    day = coming.get(_which_meeting(said)) or next(filter(None, (read(said, on, days) for read in READERS)), None)
    return (day, Action.DueKind.DATE) if day else (None, "")


def _plain(words: str) -> str:
    return " ".join(words.casefold().rstrip(".").split())


def _which_meeting(said: str) -> str:
    """ "the next meeting" is "meeting", "next DAG" and "the next DAG meeting" are "dag"."""
    found = re.fullmatch(r"(?:(?:the|our) )?next ([\w-]{1,20}?)(?: meeting)?", said)
    return found[1] if found else ""


def _why_no_day(words: str, coming: Mapping[str, date | None]) -> str:
    which = _which_meeting(_plain(words))
    if which in coming:
        whose = "" if which == "meeting" else f" of {which.upper()}"
        return f"No next meeting{whose} is planned, so “{words}” is no day yet: plan it, or write the day."
    return f"“{words}” is no day that can be read: write 9 Aug, Wed, next Wed, +5 wd, next meeting, end of the week, end of Aug, ASAP or TBC."


def _near(said: str, on: date, days: Calendar) -> date | None:
    return {"today": on, "tomorrow": on + timedelta(days=1)}.get(said)


def _end_of_week(said: str, on: date, days: Calendar) -> date | None:
    """Its Friday, or the last working day before."""
    found = re.fullmatch(r"(?:the )?end of (?:(?:the|this) |(next ))?week", said)
    if found is None:
        return None
    friday = on + timedelta(days=(4 - on.weekday()) % 7 + (7 if found[1] else 0))
    last = friday if days.is_working_day(friday) else days.add(friday, -1)
    return max(last, on)


def _end_of_month(said: str, on: date, days: Calendar) -> date | None:
    """Its last day. "The end of Dec" is the next one, "the end of next month" that of the one after the meeting's."""
    found = re.fullmatch(r"(?:the )?end (?:of )?(?:(?:the|this) |(?P<next>next ))?(?P<month>[a-z]{3,9})(?: (?P<year>\d{4}))?", said)
    if found is None:
        return None
    if found["month"] == "month" and not found["year"]:
        first = on.replace(day=1)
        return _last_of(_last_of(first) + timedelta(days=1) if found["next"] else first)
    years = [found["year"]] if found["year"] else [on.year, on.year + 1]
    firsts = _parsed(f"1 {found['month']} {year}" for year in years) if not found["next"] else ()
    return next((last for last in map(_last_of, firsts) if found["year"] or last >= on), None)


def _last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


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


READERS = (_near, _end_of_week, _end_of_month, _working_days, _weekday, _full_date, _date_without_year)


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
