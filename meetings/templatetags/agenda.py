"""The agenda as the public reads it, on a page and on paper."""

from datetime import datetime, timedelta
from typing import Any

from django import template

register = template.Library()


@register.filter
def with_times(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of a published agenda, each with when it would begin if every item before it took its minutes; none behind one that is allowed no minutes."""
    items = body["agenda"]
    if not body["time_known"] or not any(item.get("minutes") for item in items):
        return items
    begins: datetime | None = datetime.fromisoformat(body["starts_at"]) if isinstance(body["starts_at"], str) else body["starts_at"]
    timed = []
    for item in items:
        timed.append(item | {"begins": begins})
        begins = begins + timedelta(minutes=item["minutes"]) if begins and item.get("minutes") else None
    return timed
