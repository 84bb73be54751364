"""How what a body says is shown: the bar of a roll, the colour of an outcome or a state, who owns what."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from decisions.sentences import advice_sentence, grouped, roll_sentence, segments
from records.editions import Body
from records.periods import in_words, period_of

TONES = {
    "approved": "green", "approved_subject_to": "green", "baselined": "green", "issued_to_assessment": "blue", "rejected": "red",
    "rejected_as_excluded": "red", "sent_back": "yellow", "passed_to_psg": "purple", "passed_to_ofgem": "purple", "deferred": "yellow",
    "withdrawn": "grey", "noted": "grey", "as_worded": "grey",
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


def covers(dated: Body, day: date) -> bool:
    return date.fromisoformat(dated["from"]) <= day and (dated["before"] is None or day < date.fromisoformat(dated["before"]))


def owners_shown(owners: Iterable[Body]) -> list[str]:
    """For whom an artefact is owned, and when: "Elexon, since 5 Jan 2026"."""
    return [f"{each['organisation'] or 'Somebody whose organisation is not recorded'}, {in_words(period_of(each['from'], each['before']))}" for each in owners]


def process_in_short(lines: list[dict]) -> str:
    """ "14 yes, 2 no, 3 not recorded"; and what is simply not done yet."""
    told = {"yes": "yes", "no": "no", "unknown": "not recorded"}
    said = [(line.get("answer_label") or told[line["answer"]]).lower() for line in lines]
    return ", ".join(f"{said.count(words)} {words}" for words in dict.fromkeys((*told.values(), *said)) if words in said)
