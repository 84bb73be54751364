"""How templates say what organisations answered."""

from typing import Any

from django import template

from change_requests.assessed import CONFIDENTIAL, nothing_heard
from change_requests.models import Response
from change_requests.past import NOT_STATED

register = template.Library()

WORDS = {
    Response.Position.SUPPORT: "in support", Response.Position.WITH_COMMENTS: "in support with comments", Response.Position.OBJECT: "objecting",
    Response.Position.NO_IMPACT: "without impact", Response.Position.ABSTAIN: "abstaining", CONFIDENTIAL: "in confidence",
    NOT_STATED: "whose position is not stated",
}  # fmt: skip


@register.filter
def position_in_words(position: str) -> str:
    """ "2 objecting": after how many it is."""
    return WORDS[position]


@register.filter
def impact_in_words(impact: str) -> str:
    """ "2 high"."""
    return WORDS.get(impact, impact)


@register.filter
def heard(counted: dict[str, Any]) -> str:
    """ "3, and 1 late; not stated of 2": how many of a constituency answered."""
    told = [f"{counted['answered']}, and {counted['late']} late" if counted["late"] else str(counted["answered"])] if counted["answered"] or counted["late"] else []
    told += [f"not stated of {counted['unknown']}"] if counted.get("unknown") else []
    return "; ".join(told).capitalize() or "Nothing heard"


@register.filter
def nothing_heard_of(counts: list[dict[str, Any]]) -> str:
    """ "Nothing heard from 3 of 9.": over all constituencies."""
    asked = sum(each["asked"] for each in counts)
    return nothing_heard(asked, asked - sum(each["answered"] + each["late"] for each in counts))
