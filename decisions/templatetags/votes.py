"""How templates show what a seat said."""

from django import template
from django.utils.safestring import SafeString

from decisions.models import Cast
from records.templatetags.portal import tag

register = template.Library()

MARKS = {
    "approve": ("green", "tick"),
    "reject": ("red", "cross"),
    "abstain": ("yellow", "half"),
    "hidden": ("blue", "dot"),
    "silent": ("blue", "dots"),
    "vacant": ("grey", "ring"),
}


@register.simple_tag
def choice_tag(choice: str, words: str) -> SafeString:
    """A seat's choice, or the state of its row where it made none."""
    tone, shape = MARKS.get(choice, ("grey", "dash"))
    return tag(words, tone, shape)


@register.filter
def voter(row: dict) -> str:
    """Whose voice it was. What the secretariat heard is the seat's own vote: "Ruth Ansell, entered by the PMO"."""
    if row["capacity"] == Cast.Capacity.PMO_ON_BEHALF.label:
        return f"{row['holder'] or 'The seat'}, entered by the PMO"
    return ", ".join(filter(None, [row["cast_by"], row["capacity"]]))
