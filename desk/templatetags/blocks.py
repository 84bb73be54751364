"""A block of the minutes as the page shows it. In Python, and with no more than it needs: a long meeting has more than a thousand of them.

Its item has a form and its buttons once: without scripts they are for the block that is chosen. Scripts show them beside the block in hand, and take the
forms away: Chromium lays out all that is in each.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from meetings.lifecycle import ActionStatus
from meetings.models import Action
from meetings.owners import offered, unknown_in

register = template.Library()

BLOCK = """<li class="app-block app-block--{kind}" id="block-{uid}" data-reads="{reads}" data-kind="{kind}"{more}>{inside}</li>"""
CHOOSE = '<input class="app-block__choose" type="radio" name="at" value="{uid}.{reads}" form="{form}" aria-label="Choose {where}">'
TYPED = """{theirs}<text-expander keys="@ # /"><textarea class="govuk-textarea app-block__text" name="text.{uid}.{reads}" rows="1" maxlength="12000"{form} aria-label="{label}">
{text}</textarea></text-expander>"""
UNKNOWN = '<p class="app-block__unknown" data-unknown>{}</p>'
REFUSED = '<div class="app-block__said" data-said>{}</div>'
THEIRS = '<div class="app-panel app-panel--warning govuk-body" role="alert"><strong>What stands there now</strong><br>{}</div>'
# What is put together here without being escaped is ours: kinds, hashes, numbers, and what a place is called.


@register.simple_tag(takes_context=True)
def written_block(context: Context, shown: Any, item: Any, place: int) -> SafeString:
    """One that is there: its words, or the record that stands in it."""
    inside = CHOOSE.format(uid=shown.uid, reads=shown.reads, form=form_of(item), where=f"{shown.called} {place} of item {item.number}")
    inside += _typed(item, shown.uid, shown.reads, shown.text, f"Item {item.number}, {shown.called} {place}", shown.theirs) if shown.is_typed else _record(shown, context["people"])
    if shown.refused:
        inside += REFUSED.format(escape(shown.refused))
    if shown.unknown:
        inside += UNKNOWN.format(escape(" ".join(shown.unknown)))
    return _block(shown.uid, shown.kind, shown.reads, f' data-pk="{shown.paragraph.pk}"', inside)


@register.simple_tag
def new_block(item: Any) -> SafeString:
    """The empty one at the end of an item."""
    return _block(item.new_uid, "text", "", " data-fresh", _typed(item, item.new_uid, "", item.new_text, f"Item {item.number}, new paragraph"))


@register.simple_tag
def model_block() -> SafeString:
    """What scripts make new ones from."""
    return _block("", "text", "", " data-fresh", _typed(None, "", "", "", ""))


@register.simple_tag
def histories() -> str:
    """Where those of all blocks are: the key of one goes behind it."""
    return reverse("desk:block_history", args=[0]).removesuffix("0/")


def form_of(item: Any) -> str:
    return f"write-{item.pk}"


def _block(uid: Any, kind: str, reads: str, more: str, inside: str) -> SafeString:
    return mark_safe(BLOCK.format(kind=kind, uid=uid, reads=reads, more=more, inside=inside))  # noqa: S308 - the words in it were escaped


def _typed(item: Any, uid: Any, reads: str, text: str, label: str, theirs: str | None = None) -> str:
    # A line break behind <textarea> is none of its text.
    form = f' form="{form_of(item)}"' if item else ""
    return TYPED.format(form=form, uid=uid, reads=reads, text=escape(text), label=label, theirs="" if theirs is None else THEIRS.format(escape(theirs)))


def _record(shown: Any, people: Any) -> str:
    return f'<div class="app-block__shown" tabindex="-1">{render_to_string("desk/_block_record.html", {"block": shown, "people": people})}</div>'


@register.simple_tag
def unreached(action: Action, people: Iterable[dict[str, str]] | None = None) -> str:
    """To whom of its owners it cannot be sent as it stands. `people` are those who are offered, if they were read."""
    if action.owner_person_id or action.status != ActionStatus.OPEN:
        return ""
    unknown = unknown_in(action.owner, people or offered(action.group, action.meeting))
    named = " and ".join(f"“{each}”" for each in unknown)
    return f"{named} {'is' if len(unknown) == 1 else 'are'} nobody who came or sits in the group, and no seat or organisation with somebody in it: nothing is sent there." if named else ""
