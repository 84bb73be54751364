"""Days and times as people read them: in one format on every page, in every mail and on paper, and always London's.

"12 Jul 2023", "17:00", "17:00 on 12 Jul 2023". Which day of the week it is stands with it only where that is the point: where days
are counted, or chosen for a meeting. Files to take away hold ISO dates.
"""

from datetime import date, datetime, time

from records.clock import LONDON

Told = date | datetime | str | None  # a string is what an edition keeps of either


def read(value: str) -> date | datetime:
    """A day or a moment out of an edition."""
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _in_london(value: Told) -> date | datetime | None:
    value = read(value) if isinstance(value, str) and value else value
    return value.astimezone(LONDON) if isinstance(value, datetime) else value or None  # type: ignore[return-value]


def as_day(value: Told) -> str:
    """ "12 Jul 2023"; of a day, a moment, or either as an edition keeps it."""
    local = _in_london(value)
    return f"{local:%-d %b %Y}" if local else ""


def as_weekday(value: Told) -> str:
    """ "Wed 12 Jul 2023"."""
    local = _in_london(value)
    return f"{local:%a} {as_day(local)}" if local else ""


def as_clock(value: datetime | time | str | None) -> str:
    """ "17:00"."""
    local = value if isinstance(value, time) else _in_london(value)
    return f"{local:%H:%M}" if local is not None else ""


def as_seconds(value: datetime | str | None) -> str:
    """ "16:58:02": where two things came close upon each other."""
    local = _in_london(value)
    return f"{local:%H:%M:%S}" if local else ""


def as_tenths(value: datetime) -> str:
    """ "17:00:00.4": where it was a matter of less than a second."""
    return f"{value.astimezone(LONDON):%H:%M:%S.%f}"[:-5]


def as_moment(value: datetime | str | None) -> str:
    """ "17:00 on 12 Jul 2023"."""
    return f"{as_clock(value)} on {as_day(value)}" if value else ""


def as_second(value: datetime | str | None) -> str:
    """ "16:58:02 on 12 Jul 2023": for receipts."""
    return f"{as_seconds(value)} on {as_day(value)}" if value else ""
