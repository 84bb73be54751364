"""What the record says in a sentence: computed from the rows, never typed."""

from decisions.models import Decision, Outcome, Question, Settlement
from decisions.rules import ACCEPTING
from decisions.sentences import in_words, joined, tally_of

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


def advice_sentence(question: Question, rows: list[dict], decision: Decision | None) -> str:
    """Advice beside decision, so that no reader takes the count for the outcome."""
    tally = tally_of(rows)
    about = [s for s in decision.settlements.all() if s.subject_ref == question.subject] if decision else []
    if about and tally["silent"]:
        return _consent(question, rows, about[0])
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


def _consent(question: Question, rows: list[dict], settled: Settlement) -> str:
    """What the room said when it was asked for objections; nothing where a seat says that its silence was none."""
    tally, accepted = tally_of(rows), settled.outcome in ACCEPTING
    objected, ahead = tally["reject"], tally["approve"] + tally["silent"] - tally["reject"]
    if not objected and any(row["disputed"] for row in rows):
        return ""
    said = f"{in_words(objected)} seat{'s' if objected != 1 else ''} objected".capitalize() if objected else "Nobody objected"
    linked = "and" if ahead == 0 or (ahead > 0) == accepted else "but"
    return f"{said}, {linked} {question.on} was {settled.get_outcome_display().lower()}."


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
