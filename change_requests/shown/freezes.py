"""The freezes of a group as they are listed: those that run or are to come first."""

from datetime import date, datetime
from typing import Any

from change_requests.models import Freeze
from change_requests.rules.freezing import refusals_to_declare_freeze
from groups.models import Group
from groups.standing import Standing
from records.periods import in_words
from records.states import State
from records.verbs import offers


def freezes_of(group: Group, standing: Standing, now: datetime) -> dict[str, Any]:
    rows = list(group.freezes.order_by("-during", "-pk"))
    for freeze in rows:
        freeze.group = group
    shown = [{"freeze": each, "days": in_words(each.during), "state": state_of(each, standing.on), "offers": offers(each, standing, now)} for each in rows]
    return {"group": group, "rows": shown, "may_declare": not any(refusals_to_declare_freeze(group, standing, now))}


def state_of(freeze: Freeze, on: date) -> State:
    if freeze.called_off:
        return State("withdrawn", "Called off")
    if freeze.first_day > on:
        return State("planned", "To come")
    if freeze.last_day and freeze.last_day < on:
        return State("withdrawn", "Over")
    return State("open", "Changes are frozen")
