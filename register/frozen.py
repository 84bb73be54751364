"""Which groups have frozen changes to their design: from their latest editions, by the clock."""

from datetime import date
from typing import Any

from ledger.withdrawn import as_shown, words_withdrawn
from records.editions import Body, nouns


def with_their_state(freezes: list[Body], today: date) -> list[dict[str, Any]]:
    """Each with whether it runs, is to come, or is over."""
    return [each | {"state": _state(each, today)} for each in freezes]


def _state(freeze: Body, today: date) -> str:
    if freeze["called_off"]:
        return "called off"
    if freeze["from"] > today.isoformat():
        return "to come"
    return "over" if freeze["to"] and freeze["to"] < today.isoformat() else "running"


def freezes_running(today: date) -> list[dict[str, Any]]:
    """Those that run, with the group of each. One query, and one for the words that were withdrawn."""
    latest = nouns["group"].editions.objects.order_by("group_id", "-n").distinct("group_id")
    words = words_withdrawn()
    told = [as_shown(edition, words) for edition in latest]
    return [each | {"group": body["reference"]} for body in told for each in with_their_state(body["freezes"], today) if each["state"] == "running"]
