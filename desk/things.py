"""What the signed-in person can do now, most urgent first: nothing that cannot be done, and all that can.

Each app says in its verbs.py what of it waits for whom; here it is sorted and counted.
"""

from dataclasses import dataclass
from datetime import datetime

from groups.standing import Standing
from records.verbs import Offer, waiting


@dataclass(frozen=True)
class Thing:
    """What, about whose business, by when (with the working days left), and where it is done."""

    verb: str
    title: str
    about: str
    due_at: datetime | None
    days_left: int | None
    url: str


def things_to_do(standing: Standing, now: datetime) -> list[Thing]:
    """Everything waiting for this person. What has no deadline comes last."""
    found = [_thing(offer, standing) for offer in waiting(standing, now)]
    return sorted(found, key=lambda thing: (thing.due_at is None, thing.due_at or now, thing.title))


def _thing(offer: Offer, standing: Standing) -> Thing:
    verb, record = offer.verb, offer.record
    due = verb.due(record, standing)
    title = verb.said(verb.title or verb.label, record)
    return Thing(verb.short, title, verb.about(record).name, due, standing.counting.left(standing.on, due), verb.at(record))
