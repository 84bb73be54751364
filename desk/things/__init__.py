"""What the signed-in person can do now, most urgent first: nothing that cannot be done, and all that can."""

from datetime import datetime
from itertools import chain

from desk.things import decisions, meetings, said, votes
from desk.things.thing import Thing
from groups.standing import Standing

__all__ = ["Thing", "things_to_do"]


def things_to_do(standing: Standing, now: datetime) -> list[Thing]:
    """Everything waiting for this person. What has no deadline comes last."""
    found = chain.from_iterable(noun.things(standing, now) for noun in (votes, decisions, said, meetings))
    return sorted(found, key=lambda t: (t.due_at is None, t.due_at or now, t.title))
