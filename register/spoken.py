"""Where a reference is spoken of: in which paragraphs of which minutes, and in which actions."""

from typing import Any, NamedTuple

from ledger.withdrawn import without, words_withdrawn
from meetings.models import MinutesEdition
from records.references import key_of, keys_in
from register.models import Shelf
from register.published import texts_in
from register.search import speaking_of

MEETINGS, PARAGRAPHS, ACTIONS = 12, 6, 12  # the newest; a page is no index


class Spoken(NamedTuple):
    """A meeting whose minutes name it, with the first paragraphs that do."""

    row: Shelf
    paragraphs: list[str]
    more: bool


def minutes_naming(reference: str) -> list[Spoken]:
    """The newest first. Two queries."""
    rows = list(speaking_of(reference).filter(noun="meeting").defer("words").order_by("-sort_on", "-pk")[:MEETINGS])
    latest = MinutesEdition.objects.filter(minutes__meeting__in=[row.record_pk for row in rows]).order_by("minutes", "-n").distinct("minutes")
    words = words_withdrawn()
    bodies = {each.minutes.meeting_id: without(each.body, words) for each in latest.select_related("minutes")}
    return [_spoken(row, bodies.get(row.record_pk), reference) for row in rows]


def _spoken(row: Shelf, body: Any, reference: str) -> Spoken:
    paragraphs = [each for item in (body["items"] if body else ()) for each in item["paragraphs"]]
    labels = [each["label"] for each in paragraphs if each["label"] and _names("\n".join(texts_in(each)), reference)]
    return Spoken(row, labels[:PARAGRAPHS], len(labels) > PARAGRAPHS)


def _names(text: str, reference: str) -> bool:
    return reference.casefold() in text.casefold() or key_of(reference) in keys_in(text)


def actions_naming(reference: str) -> list[Shelf]:
    return list(speaking_of(reference).filter(noun="action").defer("words").order_by("-sort_on", "-order")[:ACTIONS])
