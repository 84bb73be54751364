"""How what a body says is shown: the bar of a roll, and the colour of an outcome or a state."""

from typing import Any

from decisions.sentences import advice_sentence, roll_sentence, tally_of

TONES = {
    "approved": "green", "approved_subject_to": "green", "baselined": "green", "issued_to_assessment": "blue", "rejected": "red",
    "rejected_as_excluded": "red", "sent_back": "yellow", "passed_to_psg": "purple", "passed_to_ofgem": "purple", "deferred": "yellow",
    "withdrawn": "grey", "noted": "grey",
}  # fmt: skip

_BAR = {
    "approve": ("Approve", "green"), "reject": ("Reject", "red"), "abstain": ("Abstain", "yellow"), "silent": ("No objection", "blue"),
    "absent": ("Not in attendance", "grey"), "expected": ("Not cast", "grey"), "vacant": ("Vacant", "outline"),
    "unreadable": ("Unreadable", "outline"),
}  # fmt: skip


def segments(rows: list[dict]) -> list[dict]:
    """The roll as a bar, for below the table."""
    tally = tally_of(rows)
    return [
        {"state": state, "label": label, "count": tally[state], "tone": tone, "percent": 100 * tally[state] / len(rows)}
        for state, (label, tone) in _BAR.items()
        if tally[state]
    ]


def vote_shown(vote: dict[str, Any], settlements: list[dict]) -> dict[str, Any]:
    """A vote of a body, with its sentence, what came of the advice, its bar, and the rows of each choice together."""
    bar = segments(vote["rows"])
    return vote | {
        "sentence": roll_sentence(vote["rows"]),
        "advice": advice_sentence(vote, settlements),
        "segments": bar,
        "grouped": [part | {"rows": [row for row in vote["rows"] if row["choice"] == part["state"]]} for part in bar],
    }


def tone_of(state: str) -> str:
    """Of how it stands with something put to a group, as its part of the edition says it."""
    if "not satisfied" in state:
        return "yellow"
    return {"Carried": "purple", "Waiting": "blue", "Answered": "green"}.get(state.split(" ")[0], "grey")
