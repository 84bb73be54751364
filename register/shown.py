"""How what a body says is shown: the bar of a roll, and the colour of an outcome or a state."""

from typing import Any

from decisions.sentences import advice_sentence, grouped, roll_sentence, segments

TONES = {
    "approved": "green", "approved_subject_to": "green", "baselined": "green", "issued_to_assessment": "blue", "rejected": "red",
    "rejected_as_excluded": "red", "sent_back": "yellow", "passed_to_psg": "purple", "passed_to_ofgem": "purple", "deferred": "yellow",
    "withdrawn": "grey", "noted": "grey",
}  # fmt: skip


def vote_shown(vote: dict[str, Any], settlements: list[dict]) -> dict[str, Any]:
    """A vote of a body, with its sentence, what came of the advice, its bar, and the rows of each choice together."""
    rows = vote["rows"]
    return vote | {"sentence": roll_sentence(rows), "advice": advice_sentence(vote, settlements), "segments": segments(rows), "grouped": grouped(rows)}


def tone_of(state: str) -> str:
    """Of how it stands with something put to a group, as its part of the edition says it."""
    if "not satisfied" in state:
        return "yellow"
    return {"Carried": "purple", "Waiting": "blue", "Answered": "green"}.get(state.split(" ")[0], "grey")
