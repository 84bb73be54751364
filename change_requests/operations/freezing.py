"""The verbs of a freeze: declared for a group, and ended before its time."""

from datetime import date

from change_requests.models import Freeze
from change_requests.rules.freezing import (
    refusals_of_ending_freeze,
    refusals_of_freeze,
    refusals_to_declare_freeze,
    refusals_to_end_freeze,
)
from groups.models import Group, User
from groups.standing import Standing
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.periods import in_words, period
from records.rules import require


@operation
def declare_freeze(group: Group, first: date | None, last: date | None = None, *, why: str, by: User) -> Freeze:
    """Freeze changes to the group's design from a day on; without a last day until it is ended. It is public at once."""
    group, now = locked(Group.objects).get(pk=group.pk), portal_now()
    require(refusals_to_declare_freeze(group, Standing.at(by, now), now), refusals_of_freeze(group, first, last, why, london_date(now)))
    assert first is not None  # noqa: S101 (the rule asks for it)
    freeze = Freeze(group=group, during=period(first, last), why=why.strip()).save_by(by, at=now)
    seal("declared", freeze, by=by, at=now)
    issue("group", group.pk, f"A freeze of changes was declared: {in_words(freeze.during)}.", by=by, at=now)
    return freeze


@operation
def end_freeze(freeze: Freeze, last: date | None = None, *, why: str, by: User) -> Freeze:
    """End it early, with that day as its last one; one that has not begun is called off."""
    group, now = locked(Group.objects).get(pk=freeze.group_id), portal_now()
    freeze = locked(Freeze.objects).get(pk=freeze.pk)
    freeze.group, today = group, london_date(now)
    require(refusals_to_end_freeze(freeze, Standing.at(by, now), now), refusals_of_ending_freeze(freeze, last, why, today))
    freeze.ended_why, freeze.called_off = why.strip(), freeze.first_day > today
    if not freeze.called_off:
        freeze.during = period(freeze.first_day, last)
    freeze.save_by(by, why.strip(), at=now)
    done = "called off" if freeze.called_off else "ended early"
    seal(done, freeze, by=by, at=now, why=why.strip())
    issue("group", group.pk, f"A freeze of changes was {done}.", by=by, at=now)
    return freeze
