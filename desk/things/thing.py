"""One thing to do."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Thing:
    """What, about whose business, by when (with the working days left), and where it is done."""

    verb: str
    title: str
    about: str
    due_at: datetime | None
    days_left: int | None
    url: str
