"""Handing decisions to another group, and taking them back."""

from datetime import date, datetime
from typing import cast

from decisions import notices
from decisions.lifecycle import DELEGATION
from decisions.models import Decision, Delegation
from decisions.rules.delegations import refusals_of_delegation, refusals_to_delegate, refusals_to_withdraw_delegation
from decisions.rules.questions import refusals_of_withdrawing
from groups.models import Group, User
from groups.standing import Standing
from ledger.operations import seal
from records.clock import portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.periods import period
from records.rules import require


@operation
def delegate(
    source: Group, target: Group, text: str, *, scope: str, first: date | None, last: date | None, clause: str, by: User
) -> Delegation:
    """Hand decisions to another group, with their scope, from one day to another (London's, both included)."""
    now = portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_delegate(source, standing, now), refusals_of_delegation(source, target, text, scope, first, last, clause, standing.on))
    delegation = Delegation(
        from_group=source, to_group=target, given_by=by.person, given_at=now, text=text.strip(), scope=scope.strip(),
        during=period(cast(date, first), last), clause=clause.strip(),  # the rule refused where there is no first day
    ).save_by(by, at=now)  # fmt: skip
    seal("delegated", delegation, by=by, at=now)
    _issue_what_rests_on(delegation, f"{source} delegated it.", by=by, at=now)
    notices.delegated(delegation, by=by)
    return delegation


@operation
def withdraw_delegation(delegation: Delegation, *, why: str, by: User) -> Delegation:
    """Take it back. What was decided under it before keeps its ground."""
    delegation, now = locked(Delegation.objects.select_related("from_group", "to_group")).get(pk=delegation.pk), portal_now()
    require(refusals_to_withdraw_delegation(delegation, Standing.at(by, now), now), refusals_of_withdrawing(why))
    delegation.status, delegation.withdrawn_at = DELEGATION["withdraw"].target, now
    delegation.save_by(by, why.strip(), at=now)
    seal("withdrawn", delegation, by=by, at=now, why=why.strip())
    _issue_what_rests_on(delegation, "The delegation it rests on was withdrawn since.", by=by, at=now)
    notices.delegation_withdrawn(delegation, why.strip(), by=by)
    return delegation


def _issue_what_rests_on(delegation: Delegation, why: str, *, by: User, at: datetime) -> None:
    """What was decided under it, and is public, says so."""
    taken = Decision.objects.published().filter(group=delegation.to_group_id, level=2, decided_on__contained_by=delegation.during)
    for pk in taken.values_list("pk", flat=True):
        issue("decision", pk, why, by=by, at=at)
