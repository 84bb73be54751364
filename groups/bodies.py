"""What an edition of a group and of a seat holds. Who sits today is read from the days when it is shown."""

from datetime import date
from typing import Any

from django.urls import reverse

from groups.models import Alternate, Group, GroupEdition, Holding, Seat, SeatEdition
from records.clock import london_date
from records.editions import Body, Shelved, body_of, parts_of


def _shelve_group(body: Body) -> Shelved:
    terms = tuple(each["text"] for each in body["terms"])
    return Shelved(
        title=body["name"], summary=body["purpose"], group=body["reference"], sort_on=date.min, address=reverse("register:group", args=[body["reference"]]),
        facets={"fictional": body["fictional"], "level": body["level"], "parent": body["parent"], "closed_on": body["closed_on"]}, words=terms,
    )  # fmt: skip


@body_of(GroupEdition, _shelve_group)
def group_body(pk: int) -> Body | None:
    """A group, whose terms of reference are the whole of what it may do."""
    group = Group.objects.select_related("parent").get(pk=pk)
    return {
        "reference": group.code,
        "name": group.name,
        "level": group.level,
        "parent": group.parent.code if group.parent else None,
        "purpose": group.purpose,
        "closed_on": group.closed_on,
        "fictional": group.fictional,
        "open_attendance": group.open_attendance,
        "terms": [
            {"version": each.version, "effective_on": each.effective_on, "text": each.text, "source": each.source}
            for each in group.terms_of_reference.order_by("-effective_on", "-pk")
        ],
        **parts_of("group", group),
    }


def _shelve_seat(body: Body) -> Shelved:
    code, slug = body["reference"].split("/")
    return Shelved(
        title=f"{body['label']}, {code}", summary=body["constituency"] or body["role_in_words"], group=code, sort_on=date.fromisoformat(body["from"]),
        address=reverse("register:seat", args=[code, slug]), facets={"role": body["role"]},
        words=tuple(each["name"] for each in [*body["holdings"], *body["alternates"]]),
    )  # fmt: skip


@body_of(SeatEdition, _shelve_seat)
def seat_body(pk: int) -> Body | None:
    """A seat: everybody who has sat in it, and the alternates its constituency approved."""
    seat = Seat.objects.select_related("group", "constituency").get(pk=pk)
    holdings = seat.holdings.select_related("person", "organisation").order_by("during", "pk")
    approved = seat.alternates.filter(approved_on__isnull=False).select_related("person").order_by("during", "pk")
    return {
        "reference": seat.reference,
        "group": seat.group.code,
        "label": seat.label,
        "role": seat.role,
        "role_in_words": seat.get_role_display(),
        "votes": seat.votes,
        "constituency": seat.constituency.name if seat.constituency else None,
        "order": seat.order,
        **_days(seat.during.lower, seat.during.upper),
        "holdings": [_holding(each) for each in holdings],
        "alternates": [_alternate(each) for each in approved],
    }


def _days(first: date, beyond: date | None) -> dict[str, Any]:
    """From a first day, and until before another one: so periods are kept, and whoever reads them need not add a day."""
    return {"from": first, "before": beyond}


def _holding(holding: Holding) -> dict[str, Any]:
    with_whom = holding.organisation.name if holding.organisation else None
    return {"name": holding.person.name, "organisation": with_whom, **_days(holding.during.lower, holding.during.upper)}


def _alternate(alternate: Alternate) -> dict[str, Any]:
    return {
        "name": alternate.person.name,
        "occasion": alternate.occasion or None,
        **_days(alternate.during.lower, alternate.during.upper),
        "approved_on": alternate.approved_on,
        "revoked_on": london_date(alternate.revoked_at) if alternate.revoked_at else None,
    }
