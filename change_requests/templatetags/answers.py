"""How templates say what organisations answered."""

from django import template

from change_requests.assessed import CONFIDENTIAL
from change_requests.models import Response

register = template.Library()

WORDS = {
    Response.Position.SUPPORT: "in support", Response.Position.WITH_COMMENTS: "in support with comments", Response.Position.OBJECT: "objecting",
    Response.Position.NO_IMPACT: "without impact", Response.Position.ABSTAIN: "abstaining", CONFIDENTIAL: "in confidence",
}  # fmt: skip


@register.filter
def position_in_words(position: str) -> str:
    """ "2 objecting": after how many it is."""
    return WORDS[position]


@register.filter
def impact_in_words(impact: str) -> str:
    """ "2 high"."""
    return WORDS.get(impact, impact)
