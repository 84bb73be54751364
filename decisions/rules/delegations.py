"""Who may delegate decisions to another group, and take that back; when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date, datetime

from decisions.lifecycle import DELEGATION, DelegationStatus
from decisions.models import Delegation
from groups.models import Group
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group
from records.dates import as_day
from records.rules import Refusal

STEERING, WORKING = 2, 4  # the levels of governance


def refusals_to_delegate(source: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    if not standing.runs(source):
        yield Refusal(f"Only the Chair or the secretariat of {source} may delegate something for it.", status=403)
    yield from refusals_of_closed_group(source, standing)
    if source.level == WORKING:
        yield Refusal(f"{source} decides nothing of its own, so it has nothing to delegate.")


def refusals_of_delegation(
    source: Group, target: Group | None, text: str, scope: str, first: date | None, last: date | None, clause: str, on: date
) -> Iterator[Refusal]:
    """To an open group of its own level or below; with a scope, from one day to another, on a clause."""
    if target is None:
        yield Refusal("Choose the group it goes to.", field="to_group")
    elif target not in targets(source, on):
        yield Refusal(_why_not_there(source, target, on), field="to_group")
    if not text.strip():
        yield Refusal("Say what is delegated.", field="text")
    if not scope.strip():
        yield Refusal("Say what is delegated, and what is not.", field="scope")
    if not first:
        yield Refusal("Say from when it is delegated.", field="first")
    if not last:
        yield Refusal("Say until when it is delegated.", field="last")
    if first and last and last < first:
        yield Refusal("The last day is before the first.", field="last")
    if not clause.strip():
        yield Refusal("Give the clause of the terms of reference it rests on.", field="clause")


def targets(source: Group, on: date) -> list[Group]:
    """The open groups to which it may delegate."""
    return list(Group.objects.exclude(pk=source.pk).exclude(closed_on__lte=on).filter(level__gte=max(source.level, STEERING)))


def _why_not_there(source: Group, target: Group, on: date) -> str:
    if target == source:
        return "Choose another group."
    if target.closed_on and target.closed_on <= on:
        return f"{target} closed on {as_day(target.closed_on)}."
    return f"{source} cannot delegate upwards, to {target}."


def refusals_to_withdraw_delegation(delegation: Delegation, standing: Standing, now: datetime) -> Iterator[Refusal]:
    if not standing.runs(delegation.from_group):
        yield Refusal(f"Only the Chair or the secretariat of {delegation.from_group} may withdraw this.", status=403)
    yield from DELEGATION.refusals(delegation, "withdraw")


def delegations_to(group: Group, on: date) -> list[Delegation]:
    """What other groups have delegated to this one, in force that day."""
    given = Delegation.objects.on(on).filter(to_group=group, status=DelegationStatus.GIVEN)
    return list(given.select_related("from_group", "to_group"))


def may_read(delegation: Delegation, standing: Standing) -> bool:
    """Whoever has a place in one of the two groups, assurance readers among them."""
    return standing.belongs_to(delegation.from_group) or standing.belongs_to(delegation.to_group)
