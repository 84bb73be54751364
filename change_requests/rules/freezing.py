"""Who may freeze changes to a group's design, and end that; and what is asked of change requests meanwhile. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date, datetime

from change_requests.models import ChangeRequest, Freeze
from groups.models import Group
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.dates import as_day
from records.periods import in_words, period
from records.rules import Refusal


def refusals_to_declare_freeze(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, group)


def refusals_of_freeze(group: Group, first: date | None, last: date | None, why: str, today: date) -> Iterator[Refusal]:
    if first is None:
        yield Refusal("Say from which day changes are frozen.", field="first")
    elif first < today:
        yield Refusal("Give today or a later day: what was raised before was raised without it.", field="first")
    elif last and last < first:
        yield Refusal("Give a last day that is not before the first one.", field="last")
    elif other := Freeze.objects.filter(group=group, called_off=False, during__overlap=period(first, last)).first():
        yield Refusal(f"Changes are frozen {in_words(other.during)} already: give other days, or end that freeze first.", field="first")
    if not why.strip():
        yield Refusal("Say why changes are frozen: it is published.", field="why")


def refusals_to_end_freeze(freeze: Freeze, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, freeze.group)
    if freeze.called_off:
        yield Refusal("This freeze was called off.", code="state")
    elif freeze.last_day and freeze.last_day < standing.on:
        yield Refusal(f"This freeze is over since {as_day(freeze.last_day)}.", code="state")


def refusals_of_ending_freeze(freeze: Freeze, last: date | None, why: str, today: date) -> Iterator[Refusal]:
    """One that has not begun is called off, and needs no day."""
    if freeze.first_day <= today:
        if last is None:
            yield Refusal("Say which day is its last one.", field="last")
        elif last < today:
            yield Refusal("Give today or a later day: until now changes were frozen.", field="last")
        elif freeze.last_day and last >= freeze.last_day:
            yield Refusal(f"It ends on {as_day(freeze.last_day)} as it is: give an earlier day.", field="last")
    if not why.strip():
        yield Refusal("Say why it ends early: it is published.", field="why")


def freeze_running(group: Group, standing: Standing) -> Freeze | None:
    """The one that runs that day in the group, if any. Asked once for all groups of a page."""
    running = standing.once("freezes", lambda: {each.group_id: each for each in Freeze.objects.on(standing.on).filter(called_off=False)})
    return running.get(group.pk)


def refusals_while_frozen(request: ChangeRequest, standing: Standing) -> Iterator[Refusal]:
    """What is raised or put to assessment while changes are frozen says why it cannot wait: that is public beside it."""
    if request.freeze_exception.strip():
        return
    if freeze := freeze_running(request.group, standing):
        last = f"until {as_day(freeze.last_day)}" if freeze.last_day else "until further notice"
        yield Refusal(f"Changes to the design of {request.group.code} are frozen {last} ({freeze.why}): write down why {request} cannot wait, beside what is said about it.", field="freeze_exception")
