"""How templates say days, moments and Markdown."""

from datetime import date, datetime

from django import template

from records.clock import LONDON
from records.text import rendered

register = template.Library()


@register.filter
def day(value: date | datetime | str | None) -> str:
    """ "Wed 26 Jul 2023", in London; of a date, a moment, or an ISO date out of an edition."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    local = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{local:%a %-d %b %Y}"


@register.filter
def clock(value: datetime | None) -> str:
    """ "5:00pm", in London."""
    if value is None:
        return ""
    return f"{value.astimezone(LONDON):%-I:%M%p}".lower()


@register.filter
def moment(value: datetime | None) -> str:
    """ "5:00pm on Wed 26 Jul 2023", in London."""
    return f"{clock(value)} on {day(value)}" if value else ""


@register.filter
def to_the_second(value: datetime | None) -> str:
    """ "16:58:02 on Wed 19 Jul 2023", in London: for receipts."""
    return f"{value.astimezone(LONDON):%H:%M:%S} on {day(value)}" if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """For <time datetime>."""
    return value.isoformat() if value else ""


@register.filter
def markdown(text: str, links: dict | None = None) -> str:
    """Markdown as safe HTML, references in `links` as links."""
    return rendered(text or "", links)


@register.filter
def markdown_inline(text: str, links: dict | None = None) -> str:
    """The same without a paragraph round it."""
    return rendered(text or "", links, inline=True)


@register.filter
def indented(text: str) -> str:
    """Every line set in by two spaces: somebody's words in an e-mail."""
    return "\n".join(f"  {line}".rstrip() for line in (text or "").splitlines())


@register.filter
def get(mapping: dict | None, key):
    """A dictionary's entry whose key is in a variable."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def button_class(look: str) -> str:
    """The class that a button of that look has besides."""
    return "" if look == "button" else f" govuk-button--{look}"
