"""What waits to be done with concerns, referrals and alternates."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from decisions.things_said import waiting
from desk.things.thing import Thing
from groups.calendar import calendar
from groups.rules import alternates_to_approve
from groups.standing import Standing
from records.clock import london_date


def things(standing: Standing, now: datetime) -> Iterator[Thing]:
    for each in waiting(standing, now):
        left = calendar().between(standing.on, london_date(each.due_at)) if each.due_at else None
        yield Thing(each.verb, each.title, each.group.name, each.due_at, left, each.url)
    for alternate in alternates_to_approve(standing):
        title = f"Record the approval of {alternate.person} as alternate for {alternate.seat.label}"
        yield Thing("approve_alternate", title, alternate.seat.group.name, None, None, reverse("groups:approve_alternate", args=[alternate.pk]))
