"""Where a reference is spoken of: in which paragraphs of which minutes, and in which actions."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ledger.withdrawn import without, words_withdrawn
from meetings.models import ActionEdition, MinutesEdition
from records.references import key_of, keys_in
from register.models import Shelf
from register.published import texts_in
from register.search import speaking_of

HEADING = "area"
MEETINGS, PARAGRAPHS, ACTIONS = 12, 6, 12  # the newest; a page is no index


class Spoken(NamedTuple):
    """A meeting whose minutes name it, with the first paragraphs that do."""

    row: Shelf
    paragraphs: list[str]
    more: bool


def minutes_naming(*names: str) -> list[Spoken]:
    """The newest first. Two queries."""
    rows = list(speaking_of(*names).filter(noun="meeting").defer("words").order_by("-sort_on", "-pk")[:MEETINGS])
    latest = MinutesEdition.objects.filter(minutes__meeting__in=[row.record_pk for row in rows]).order_by("minutes", "-n").distinct("minutes")
    words = words_withdrawn()
    bodies = {each.minutes.meeting_id: without(each.body, words) for each in latest.select_related("minutes")}
    return [_spoken(row, bodies.get(row.record_pk), names) for row in rows]


def _spoken(row: Shelf, body: Any, names: Sequence[str]) -> Spoken:
    paragraphs = [each for item in (body["items"] if body else ()) for each in item["paragraphs"]]
    labels = [each["label"] for each in paragraphs if each["label"] and _names(each, names)]
    return Spoken(row, labels[:PARAGRAPHS], len(labels) > PARAGRAPHS)


def _names(body: dict[str, Any], names: Sequence[str]) -> bool:
    """Whether one of them is named in it: not in the heading under which it stands, "CR024 & CR025 Decision", which speaks of what is beside it, too."""
    parts = {name: {key: each for key, each in told.items() if key != HEADING} if isinstance(told, dict) else told for name, told in body.items() if name != HEADING}
    text = "\n".join(texts_in(parts))
    return any(name.casefold() in text.casefold() for name in names) or not {key_of(name) for name in names}.isdisjoint(keys_in(text))


def actions_naming(*names: str) -> list[Shelf]:
    """The newest first. Two queries."""
    rows = list(speaking_of(*names).filter(noun="action").defer("words").order_by("-sort_on", "-order")[: 2 * ACTIONS])
    latest = ActionEdition.objects.filter(action__in=[row.record_pk for row in rows]).order_by("action_id", "-n").distinct("action_id")
    words = words_withdrawn()
    bodies = {each.action_id: without(each.body, words) for each in latest}
    return [row for row in rows if _names(bodies[row.record_pk], names)][:ACTIONS]
