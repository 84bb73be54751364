"""A block of the minutes as the page shows it. In Python: a long meeting has more than a thousand of them."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
NOTHING = mark_safe("")
BUTTONS = [("up", "Up"), ("down", "Down"), ("drop", "Delete")]

BLOCK = """<li class="app-block app-block--{kind}" id="block-{uid}" data-uid="{uid}" data-reads="{reads}" data-kind="{kind}"{fresh}>
<form method="post" action="{action}"><input type="hidden" name="csrfmiddlewaretoken" value="{token}">{inside}<div class="app-block__buttons">{buttons}</div></form></li>"""
TYPED = """{theirs}<text-expander keys="@ # /"><textarea class="govuk-textarea app-block__text" name="text" rows="1" maxlength="12000" aria-label="{label}">
{text}</textarea></text-expander>"""
THEIRS = '<div class="app-panel app-panel--warning govuk-body" role="alert"><strong>What stands there now</strong><br>{}</div>'
BUTTON = '<button class="app-block__button{}" name="do" value="{}" aria-label="{}: {}">{}</button>'
HISTORY = '<a class="app-block__button" href="{}" aria-label="History of {}">History</a>'


@register.simple_tag(takes_context=True)
def written_block(context: Any, shown: Any, item: Any, place: int) -> SafeString:
    """One that is there: its words, or the record that stands in it."""
    where = f"{shown.called} {place} of item {item.number}"
    save = _button("save", "Save", where, " app-block__save") if shown.is_typed else NOTHING
    others = (_button(value, label, where) for value, label in BUTTONS if shown.is_typed or value != "drop")
    history = format_html(HISTORY, reverse("desk:block_history", args=[shown.paragraph.pk]), where)
    inside = _typed(shown.text, f"Item {item.number}, {shown.called} {place}", shown.theirs) if shown.is_typed else _record(shown)
    return _block(context, shown.uid, item.pk, shown.kind, shown.reads, inside, [save, *others, history])


@register.simple_tag(takes_context=True)
def new_block(context: Any, item: Any) -> SafeString:
    """The empty one at the end of an item."""
    save = _button("save", "Add", f"a paragraph to item {item.number}", " app-block__save")
    return _block(context, item.new_uid, item.pk, "text", "", _typed("", f"Item {item.number}, new paragraph"), [save], fresh=True)


@register.simple_tag(takes_context=True)
def model_block(context: Any) -> SafeString:
    """What scripts make new ones from."""
    return _block(context, "", "", "text", "", _typed("", ""), [_button(value, label, "") for value, label in BUTTONS], fresh=True)


def _block(context: Any, uid: Any, item: Any, kind: str, reads: str, inside: SafeString, buttons: list[SafeString], *, fresh: bool = False) -> SafeString:
    told = urlencode({"uid": uid, "item": item, "base": reads})
    return format_html(
        BLOCK, kind=kind, uid=uid, reads=reads, fresh=mark_safe(" data-fresh") if fresh else NOTHING,
        action=f"{reverse('desk:block', args=[context['meeting'].code])}?{told}", token=context["csrf_token"], inside=inside, buttons=_joined(buttons),
    )  # fmt: skip


def _joined(parts: list[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each was made by format_html


def _typed(text: str, label: str, theirs: str | None = None) -> SafeString:
    # A line break behind <textarea> is none of its text.
    return format_html(TYPED, text=text, label=label, theirs=NOTHING if theirs is None else format_html(THEIRS, theirs))


def _record(shown: Any) -> SafeString:
    return format_html('<div class="app-block__shown" tabindex="-1">{}</div>', mark_safe(render_to_string("desk/_block_record.html", {"block": shown})))  # noqa: S308 - a template


def _button(value: str, label: str, where: str, look: str = "") -> SafeString:
    return format_html(BUTTON, look, value, label, where, label)
