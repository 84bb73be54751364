"""What a correction by hand changes of a decision or an action that was read in, in sentences; and what the paper says of it."""

import html
import re
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from django.db.models import Q, QuerySet

from decisions.lifecycle import QuestionStatus
from decisions.models import SETTLED, Choice, Decision, RollRow, Settlement
from decisions.operations.past import NO_REASONS, NOT_IN_IT
from meetings.lifecycle import ActionStatus
from meetings.models import Action, Meeting
from minutes_reader.document import cells, is_row, lines_of, plain
from minutes_reader.furniture import without_furniture
from minutes_reader.sections import divided
from records.dates import as_day
from records.models import Origin
from records.typed import shown

WORDS, CHOICES = dict(SETTLED), dict(Choice.choices)
AROUND = 2  # printed lines before and after the one that has the reference
STATED = {"authority": "By what authority it was decided", "determined_by_name": "Who determined it", "determined_as": "As what they determined it"}
MADE_UP = "made_up"  # in place of a state: no such action is in the paper
STATES = [(status.value, status.label) for status in (ActionStatus.OPEN, ActionStatus.DONE, ActionStatus.DROPPED)]


# --- a decision


def rows_of(decision: Decision) -> list[RollRow]:
    """The rows of the rolls that were read in with it, in their order."""
    rows = RollRow.objects.filter(question__decision=decision, question__status=QuestionStatus.CLOSED).select_related("question")
    return list(rows.prefetch_related("casts").order_by("question_id", "order", "pk"))


@dataclass(frozen=True)
class Mended:
    """How a decision is to read. By the number of a subject: what became of it and on which conditions, its reference and its version.

    A subject or a reason that was missed has the number after the others; one that was made up is NOT_IN_IT, or has no words.
    """

    outcomes: dict[int, tuple[str, str]]
    votes: dict[int, str]
    decided_on: date
    reasons: dict[int, str] = field(default_factory=dict)
    named: dict[int, tuple[str, str]] = field(default_factory=dict)
    whose: tuple[str, str] | None = None  # whose decision it was, and on what basis
    stated: dict[str, str] = field(default_factory=dict)  # by the names of STATED, what the paper says besides of who decided


def changes_by_hand(decision: Decision, now: Mended) -> list[str]:
    """ "CR056 was approved, and is rejected." """
    told = _subjects(decision, now)
    for row in rows_of(decision):
        if row.pk in now.votes and now.votes[row.pk] != row.result:
            told.append(f"{row.constituency} was “{row.as_shown()['choice_label']}”, and is “{CHOICES[now.votes[row.pk]]}”.")
    told += _reasons(decision, now.reasons)
    for what, then, words in _whose(decision, now):
        if words != then:
            told.append(f"{what} was “{then}”, and is “{words}”.")
    if now.decided_on != decision.decided_on:
        told.append(f"It was decided on {as_day(now.decided_on)}, and not on {as_day(decision.decided_on)}.")
    return told


def _subjects(decision: Decision, now: Mended) -> list[str]:
    told, known = [], set()
    for each in decision.settlements.all():
        known.add(each.n)
        outcome, conditions = now.outcomes.get(each.n, (each.outcome, each.conditions))
        ref, version = now.named.get(each.n, (each.subject_ref, version_of(each)))
        if outcome == NOT_IN_IT:
            told.append(f"{each.subject} was {_became(each.outcome, each.conditions)}, and is not in the paper.")
            continue
        if (ref, version) != (each.subject_ref, version_of(each)):
            told.append(f"“{each.subject}” is “{_called(ref, version)}”.")
        if (outcome, conditions.strip()) != (each.outcome, each.conditions):
            told.append(f"{_called(ref, version)} was {_became(each.outcome, each.conditions)}, and is {_became(outcome, conditions.strip())}.")
    return told + [f"{_called(*now.named[n])} was missed: {_became(*said)}." for n, said in now.outcomes.items() if n not in known and n in now.named]


def version_of(settlement: Settlement) -> str:
    return "" if settlement.subject_version == Settlement.NOT_STATED else settlement.subject_version


def _called(ref: str, version: str) -> str:
    return f"{ref} v{version}" if version else ref


def _reasons(decision: Decision, reasons: dict[int, str]) -> list[str]:
    told, known = [], {each.n: each.text for each in decision.reasons.all()}
    for n, text in reasons.items():
        if not text.strip() and n in known and known[n] not in NO_REASONS:
            told.append(f"Reason {n} is not in the paper: “{known[n]}”.")
        elif text.strip() and known.get(n) != text:
            told.append(f"Reason {n} {'reads otherwise' if n in known else 'was missed'}: “{text}”.")
    return told


def _whose(decision: Decision, now: Mended) -> list[tuple[str, str, str]]:
    maker, basis = now.whose or (decision.maker, decision.basis)
    whose = Decision(group=decision.group, maker=maker)
    return [
        ("Whose decision it was", decision.maker_in_words, whose.maker_in_words),
        ("On what basis it was decided", decision.get_basis_display(), dict(Decision.Basis.choices)[basis]),
        *((STATED[name], getattr(decision, name) or "Not stated", said.strip() or "Not stated") for name, said in now.stated.items()),
    ]


def _became(outcome: str, conditions: str) -> str:
    return f"{WORDS[outcome].lower()}{f', subject to {conditions}' if conditions else ''}"


def source_of(decision: Decision) -> list[str]:
    """What the paper prints of it: each line that has its reference, with those around it; then the rows of the rolls."""
    lines = _printed(decision.meeting)
    pieces = _around(lines, decision.reference.split("-")[-1])
    seats = {row.constituency for row in rows_of(decision)}
    rolls = [piece for piece in _rolls(decision.meeting) if any(row.split(" | ")[0] in seats for row in piece.split("\n"))]
    return [*pieces, *rolls]


# --- an action


def papers_of(action: Action) -> QuerySet[Meeting]:
    """The meetings of which a paper was read in that tells of it, the latest last."""
    told = Meeting.objects.filter(Q(actions=action) | Q(action_reviews__action=action), origin=Origin.IMPORTED)
    return told.select_related("group", "minutes").distinct().order_by("held_on", "pk")


@dataclass(frozen=True)
class Asked:
    """What a paper says that somebody is to do, by when, and how that stands."""

    text: str
    owner: str
    due_on: date | None
    due_text: str
    status: str
    closed_on: date | None

    @property
    def as_printed(self) -> tuple[str, str, str]:
        return self.text, self.owner, self.due_text


def as_asked(action: Action) -> Asked:
    """As the last paper that tells of it was read; of the portal's own, as it stands. It may have been reworded here since, which was not misread."""
    last = papers_of(action).last()
    words = action.words_at(last) if last else {"text": action.text, "owner": action.owner}
    return Asked(words["text"], words["owner"], action.due_on, action.due_as_printed, action.status, action.closed_on)


def changes_of_action(action: Action, now: Asked) -> list[str]:
    """ "Its owner was “Chair”, and is “Secretariat”." """
    if now.status == MADE_UP:
        return ["It is not in the paper, and is taken out."]
    then = as_asked(action)
    told = [] if now.text == then.text else [f"It reads “{now.text}”, and not “{then.text}”."]
    if now.owner != then.owner:
        told.append(f"Its owner was “{then.owner}”, and is “{now.owner}”.")
    if (due := _due(now)) != _due(then):
        told.append(f"It was due {_due(then)}, and is due {due}.")
    if (stands := _stands(now)) != _stands(then):
        told.append(f"It was {_stands(then)}, and is {stands}.")
    return told


def missed_action(reference: str, asked: Asked) -> str:
    stands = f"; it is {_stands(asked)}" if asked.status != ActionStatus.OPEN else ""
    return f"{reference} was missed: “{asked.text}” ({asked.owner}), due {_due(asked)}{stands}."


def prints_otherwise(meeting: Meeting, action: Action, now: Asked) -> bool:
    """Whether its minutes, as they are published, have what was misread."""
    edition = meeting.minutes.latest_edition
    lines = [line for kind in ("new", "previous") for line in edition.body["actions"][kind]] if edition else []
    for line in lines:
        if line["reference"] == action.reference:
            said = zip((line["text"], line["owner"], line["due"]), as_asked(action).as_printed, now.as_printed, strict=True)
            return now.status == MADE_UP or any(each == before != after for each, before, after in said)
    return False


def _due(asked: Asked) -> str:
    printed = f"“{asked.due_text}”" if asked.due_text else ""
    return f"by {as_day(asked.due_on)}{f' ({printed})' if printed else ''}" if asked.due_on else printed or "by no day"


def _stands(asked: Asked) -> str:
    return f"{dict(ActionStatus.choices)[asked.status].lower()}{f' since {as_day(asked.closed_on)}' if asked.closed_on else ''}"


def source_of_action(action: Action) -> list[str]:
    """What the paper that told of it last prints of it."""
    return _around(_printed(papers_of(action).last()), action.reference)


# --- a meeting


def source_of_attendance(meeting: Meeting) -> list[str]:
    """The attendance list as it is printed."""
    return _sections(meeting, "attendees")


def source_of_actions(meeting: Meeting) -> list[str]:
    """The tables of actions, and each line of the minutes that has one."""
    marked = [line for line in _printed(meeting) if line.upper().startswith("ACTION ")]
    return [*_sections(meeting, "actions"), *(["\n".join(marked)] if marked else [])]


def source_of_votes(meeting: Meeting) -> list[str]:
    """The rolls, with all their cells, and each line of the minutes that speaks of voting."""
    told = [line for line in _printed(meeting) if " | " not in line and SPEAKS_OF_VOTING.search(line)]
    return [*_rolls(meeting), *(["\n".join(told)] if told else [])]


def source_of_items(meeting: Meeting) -> list[str]:
    """Each line that speaks of putting off, with those around it; else what stands in the minutes."""
    lines = _printed(meeting)
    near = {n for at, line in enumerate(lines) if SPEAKS_OF_PUTTING_OFF.search(line) for n in range(at - AROUND, at + AROUND + 1)}
    pieces: list[list[str]] = []
    for n in sorted(near & set(range(len(lines)))):
        pieces = pieces if pieces and n - 1 in near else [*pieces, []]
        pieces[-1].append(lines[n])
    return ["\n".join(piece) for piece in pieces] or _sections(meeting, "minutes")


# --- what is printed

SPEAKS_OF_VOTING = re.compile(r"\b(?:vot(?:e[sd]?|ing|ers?)|abst(?:ain|ent)\w*|against|in favou?r|unanimous\w*|polled|show of hands|roll call)\b", re.IGNORECASE)
SPEAKS_OF_PUTTING_OFF = re.compile(r"\b(?:defer\w*|postpon\w*|adjourn\w*|put off|held over|carried (?:over|forward)|(?:next|later|future) meeting|not (?:discussed|reached|taken))\b", re.IGNORECASE)
CHOICE_CELL = re.compile(r"(?:[✓✔☑xX]|approv(?:e[sd]?|al)|reject(?:s|ed)?|abstain(?:s|ed)?|for|against|yes|no|absent|not in attendance|vacant)\b|[✓✔☑]", re.IGNORECASE)


def _rolls(meeting: Meeting | None) -> list[str]:
    """The tables that have a cell with a choice in it, row by row, each cell with the heading of its column."""
    tables: list[list[list[str]]] = [[]]
    for line in lines_of(_text_of(meeting)):
        tables = [*tables[:-1], [*tables[-1], cells(line)]] if is_row(line) else tables if not tables[-1] else [*tables, []]
    rolls = [table for table in tables if any(CHOICE_CELL.match(cell) and len(cell) < 30 for row in table[1:] for cell in row[1:])]
    return ["\n".join([" | ".join(filter(None, table[0])), *(_under(table[0], row) for row in table[1:])]) for table in rolls]


def _under(headings: list[str], row: list[str]) -> str:
    """ "South Representative | Reject: ✓": an empty cell is left out, and the others keep their columns."""
    told = [f"{heading}: {cell}" if heading else cell for heading, cell in zip_longest(headings[1:], row[1:], fillvalue="") if cell]
    return " | ".join([row[0], *told])


def _text_of(meeting: Meeting | None) -> str:
    file = meeting.imported_files.order_by("-pk").first() if meeting else None
    return shown(html.unescape(file.text)) if file else ""


def _printed(meeting: Meeting | None) -> list[str]:
    return _as_lines(lines_of(_text_of(meeting)))


def _as_lines(lines: list[str]) -> list[str]:
    return [" | ".join(filter(None, cells(line.strip("# ")))) for line in lines if plain(line)]


def _around(lines: list[str], reference: str) -> list[str]:
    at = [n for n, line in enumerate(lines) if reference in line.replace(" ", "")]
    return ["\n".join(lines[max(0, n - AROUND) : n + AROUND + 1]) for n in at[:4]]


def _sections(meeting: Meeting, name: str) -> list[str]:
    sections = divided(without_furniture(lines_of(_text_of(meeting))))
    return ["\n".join(plain(line) for line in _as_lines(section.lines)) for section in sections if section.name == name and any(map(plain, section.lines))]
