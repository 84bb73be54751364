"""What a correction by hand changes of a decision that was read in, in sentences; and what its paper says of it."""

import html
from datetime import date

from decisions.lifecycle import QuestionStatus
from decisions.models import SETTLED, Choice, Decision, RollRow
from meetings.models import Meeting
from minutes_reader.document import cells, lines_of, plain
from records.dates import as_day
from records.typed import shown

WORDS, CHOICES = dict(SETTLED), dict(Choice.choices)
AROUND = 2  # printed lines before and after the one that has the reference


def rows_of(decision: Decision) -> list[RollRow]:
    """The rows of the rolls that were read in with it, in their order."""
    rows = RollRow.objects.filter(question__decision=decision, question__status=QuestionStatus.CLOSED).select_related("question")
    return list(rows.prefetch_related("casts").order_by("question_id", "order", "pk"))


def changes_by_hand(
    decision: Decision, outcomes: dict[int, tuple[str, str]], votes: dict[int, str], decided_on: date, reasons: dict[int, str]
) -> list[str]:
    """ "CR056 was approved, and is rejected." """
    told = []
    for each in decision.settlements.all():
        outcome, conditions = outcomes.get(each.n, (each.outcome, each.conditions))
        if (outcome, conditions.strip()) != (each.outcome, each.conditions):
            told.append(f"{each.subject} was {_became(each.outcome, each.conditions)}, and is {_became(outcome, conditions.strip())}.")
    for row in rows_of(decision):
        if row.pk in votes and votes[row.pk] != row.result:
            told.append(f"{row.constituency} was “{row.as_shown()['choice_label']}”, and is “{CHOICES[votes[row.pk]]}”.")
    known = {each.n: each.text for each in decision.reasons.all()}
    told += [f"Reason {n} {'reads otherwise' if n in known else 'was missed'}: “{text}”." for n, text in reasons.items() if known.get(n) != text]
    if decided_on != decision.decided_on:
        told.append(f"It was decided on {as_day(decided_on)}, and not on {as_day(decision.decided_on)}.")
    return told


def _became(outcome: str, conditions: str) -> str:
    return f"{WORDS[outcome].lower()}{f', subject to {conditions}' if conditions else ''}"


def source_of(decision: Decision) -> list[str]:
    """What the paper prints of it: each line that has its reference, with those around it; then the rows of the rolls."""
    meeting: Meeting | None = decision.meeting
    file = meeting.imported_files.order_by("-pk").first() if meeting else None
    lines = [" | ".join(filter(None, cells(line.strip("# ")))) for line in lines_of(shown(html.unescape(file.text))) if plain(line)] if file else []
    at = [n for n, line in enumerate(lines) if decision.reference.split("-")[-1] in line.replace(" ", "")]
    pieces = ["\n".join(lines[max(0, n - AROUND) : n + AROUND + 1]) for n in at[:4]]
    seats = [row.constituency for row in rows_of(decision)]
    rolls = [line for line in lines if line.split(" | ")[0] in seats and " | " in line]
    return [*pieces, "\n".join(rolls)] if rolls else pieces
