"""What the record says in a sentence: computed from the rows, never typed."""

from collections import Counter

from decisions.models import Decision, Outcome, Question
from decisions.rules import ACCEPTING

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
TONES = {
    Outcome.APPROVED: "green",
    Outcome.APPROVED_SUBJECT_TO: "green",
    Outcome.BASELINED: "green",
    Outcome.ISSUED: "blue",
    Outcome.REJECTED: "red",
    Outcome.REJECTED_AS_EXCLUDED: "red",
    Outcome.SENT_BACK: "yellow",
    Outcome.PASSED_TO_PSG: "purple",
    Outcome.PASSED_TO_OFGEM: "purple",
    Outcome.DEFERRED: "yellow",
    Outcome.WITHDRAWN: "grey",
    Outcome.NOTED: "grey",
}


def in_words(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def joined(parts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def tally_of(rows) -> Counter:
    """How many rows of a roll stand at each choice or state."""
    return Counter(row["choice"] for row in rows)


def roll_sentence(rows: list[dict]) -> str:
    """ "Four seats advised approving, six rejecting; two abstained and one was not in attendance."."""
    tally = tally_of(rows)
    if not rows:
        return ""
    spoke = f"{in_words(tally['approve'])} {_seats(tally['approve'])} advised approving and {in_words(tally['reject'])} rejecting"
    rest = [
        f"{in_words(tally[state])} {words(tally[state])}"
        for state, words in _REST.items()
        if tally[state]
    ]
    return (spoke + (f"; {joined(rest)}" if rest else "") + ".").capitalize()


def _seats(count: int) -> str:
    return "seat" if count == 1 else "seats"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


_REST = {
    "abstain": lambda n: "abstained",
    "absent": lambda n: f"{_was(n)} not in attendance",
    "silent": lambda n: "raised no objection",
    "expected": lambda n: "did not vote",
    "vacant": lambda n: f"{_was(n)} vacant",
    "unreadable": lambda n: "could not be read",
}


def advice_sentence(question: Question, rows: list[dict], decision: Decision | None) -> str:
    """Advice beside decision, so that no reader takes the count for the outcome."""
    tally = tally_of(rows)
    about = [s for s in decision.settlements.all() if s.subject_ref == question.subject] if decision else []
    if not about or not (tally["approve"] or tally["reject"]):
        return ""
    accepted, ahead = about[0].outcome in ACCEPTING, tally["approve"] - tally["reject"]
    high, low = max(tally["approve"], tally["reject"]), min(tally["approve"], tally["reject"])
    advised = f"advised {'approving' if ahead > 0 else 'against approving'} {question.on} by {high} to {low}" if ahead else (
        f"was evenly divided on {question.on}, {high} to {low}"
    )
    decided = about[0].get_outcome_display().lower()
    linked = "and" if ahead == 0 or (ahead > 0) == accepted else "but"
    return f"The group {advised}, {linked} it was {decided}."


def outcome_sentence(decision: Decision) -> str:
    """ "CR018 v1.8 was approved and CR017 was rejected: excluded by another."; the wording where nothing was told apart."""
    told = [f"{s.subject} was {s.get_outcome_display().lower()}" for s in decision.settlements.all() if s.subject_kind != "minutes"]
    return f"{joined(told)}." if told else ""


def segments(rows: list[dict]) -> list[dict]:
    """The roll as a bar, for below the table."""
    shown = {
        "approve": ("Approve", "green"), "reject": ("Reject", "red"), "abstain": ("Abstain", "yellow"), "silent": ("No objection", "blue"),
        "absent": ("Not in attendance", "grey"), "expected": ("Not cast", "grey"), "vacant": ("Vacant", "outline"),
        "unreadable": ("Unreadable", "outline"),
    }  # fmt: skip
    tally = tally_of(rows)
    return [
        {"label": label, "count": tally[state], "tone": tone, "percent": 100 * tally[state] / len(rows)}
        for state, (label, tone) in shown.items()
        if tally[state]
    ]
