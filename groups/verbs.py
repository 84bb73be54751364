"""What can be done about who stands in for whom: buttons, and what waits on the desk of the PMO."""

from datetime import datetime

from django.urls import reverse

from groups import operations
from groups.models import Alternate, User
from groups.rules import (
    alternates_to_approve,
    refusals_to_approve_alternate,
    refusals_to_invite_alternate,
    refusals_to_revoke_alternate,
)
from groups.standing import Standing
from records.verbs import Verb, register


def _seat(alternate: Alternate) -> str:
    return reverse("groups:seat", args=[alternate.seat_id])


def _find(pk: int, standing: Standing) -> Alternate | None:
    found = Alternate.objects.select_related("seat__group", "person").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.seat.group) else None


def _invite(alternate: Alternate, *, by: User) -> User:
    return operations.invite(alternate.person, by=by)


def _waiting(standing: Standing, now: datetime) -> list[Alternate]:
    return list(alternates_to_approve(standing)) if standing.is_pmo else []


register(
    Verb(
        name="groups.approve_alternate", of=Alternate, rule=refusals_to_approve_alternate, label="Record the approval", waits=_waiting,
        group=lambda alternate: alternate.seat.group, at=lambda alternate: reverse("groups:approve_alternate", args=[alternate.pk]),
        title=lambda alternate: f"Record the approval of {alternate.person} as alternate for {alternate.seat.label}",
    ),
    Verb(
        name="groups.invite_alternate", of=Alternate, rule=refusals_to_invite_alternate, label="Send an invitation", at=_seat, look="secondary",
        act=_invite, find=_find, done=lambda alternate: f"An invitation goes to {alternate.person.email} with the next post, in a few minutes.",
    ),
    Verb(
        name="groups.revoke_alternate", of=Alternate, rule=refusals_to_revoke_alternate, label="Revoke", look="link",
        at=lambda alternate: reverse("groups:revoke_alternate", args=[alternate.pk]),
    ),
)  # fmt: skip
