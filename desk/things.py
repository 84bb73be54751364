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
    late: bool = False
    in_the_room: bool = False


def things_to_do(standing: Standing, now: datetime) -> list[Thing]:
    """Everything waiting for this person. What a room waits for comes first, what has no deadline last."""
    found = [_thing(offer, standing, now) for offer in waiting(standing, now)]
    return sorted(found, key=lambda thing: (not thing.in_the_room, thing.due_at is None, thing.due_at or now, thing.title))


def _thing(offer: Offer, standing: Standing, now: datetime) -> Thing:
    verb, record = offer.verb, offer.record
    due = verb.due(record, standing)
    title = verb.in_words(verb.title or verb.label, record)
    left, in_the_room = standing.counting.left(standing.on, due), verb.waits_in_the_room(record, now)
    is_late = due is not None and due <= now
    return Thing(verb.short, title, verb.about(record).name, due, left, verb.at(record), is_late, in_the_room)
