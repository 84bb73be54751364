"""How templates show what a seat said."""

from django import template
from django.utils.safestring import SafeString

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
