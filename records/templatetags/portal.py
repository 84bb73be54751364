"""How templates say days, moments and Markdown, and the small marks beside words."""

from datetime import date, datetime, time
from urllib.parse import urlencode

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from records.dates import Told, as_clock, as_day, as_moment, as_second, as_weekday
from records.form_errors import Line, lines_of
from records.text import on_paper, rendered

register = template.Library()


@register.filter
def day(value: Told) -> str:
    """ "26 Jul 2023", in London; of a day, a moment, or either as an edition keeps it."""
    return as_day(value)


@register.filter
def weekday(value: Told) -> str:
    """ "Wed 26 Jul 2023": where days are counted or chosen."""
    return as_weekday(value)


@register.filter
def clock(value: datetime | time | str | None) -> str:
    """ "17:00", in London."""
    return as_clock(value)


@register.filter
def moment(value: datetime | str | None) -> str:
    """ "17:00 on 26 Jul 2023", in London."""
    return as_moment(value)


@register.filter
def to_the_second(value: datetime | str | None) -> str:
    """ "16:58:02 on 19 Jul 2023", in London: for receipts."""
    return as_second(value)


@register.filter
def days_until(first: date | str, last: date | str) -> str:
    """ "3 days": from one day to another."""
    one, other = (date.fromisoformat(each) if isinstance(each, str) else each for each in (first, last))
    days = (other - one).days
    return f"{days} day{'' if days == 1 else 's'}"


@register.filter
def iso(value: Told) -> str:
    """For <time datetime>."""
    return value if isinstance(value, str) else value.isoformat() if value else ""


@register.filter
def markdown(text: str, links: dict | None = None) -> str:
    """Markdown as safe HTML, references in `links` as links."""
    return rendered(text or "", links)


@register.filter
def markdown_on_paper(text: str) -> str:
    """The same for a PDF."""
    return on_paper(text or "")


@register.filter
def markdown_inline(text: str, links: dict | None = None) -> str:
    """The same without a paragraph round it."""
    return rendered(text or "", links, inline=True)


@register.filter
def indented(text: str) -> str:
    """Every line set in by two spaces: somebody's words in an e-mail."""
    return "\n".join(f"  {line}".rstrip() for line in (text or "").splitlines())


STRUCK = {
    "out": ("del", "Taken out: "),
    "in": ("ins", "Put in: "),
}


@register.simple_tag
def struck(pieces) -> SafeString:
    """What was taken out struck, what was put in underlined, and both said in words for whoever does not see it. In Python, because pages have thousands."""
    return SafeString("".join(_struck(*piece) for piece in pieces).replace("</del><ins>", "</del> <ins>"))


def _struck(kind: str, text: str) -> str:
    if kind not in STRUCK:
        return conditional_escape(text)
    (mark, said), bare = STRUCK[kind], text.rstrip()
    return f'<{mark}><span class="govuk-visually-hidden">{said}</span>{conditional_escape(bare)}</{mark}>{text[len(bare):]}'


@register.filter
def get(mapping: dict | None, key):
    """A dictionary's entry whose key is in a variable."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def lines_of_errors(form) -> list[Line]:
    """Of a form, or of none."""
    return lines_of(form) if form else []


@register.filter
def at(values: list, n: int):
    """One of a list, by its place; empty where there is none."""
    return values[n] if n < len(values) else ""


@register.filter
def who_came(people: list[dict]) -> list[dict]:
    """Of the people whom an edition lists: those who were there, in the room or on the line."""
    return [person for person in people if person.get("mode") != "absent"]


@register.filter
def button_class(look: str) -> str:
    """The class that a button of that look has besides."""
    return "" if look == "button" else f" govuk-button--{look}"


@register.simple_tag
def querystring_of(**parameters) -> str:
    """The parameters that say something, for behind a question mark."""
    return urlencode({name: value for name, value in parameters.items() if value})


_LINE = 'fill="none" stroke="currentColor" stroke-width='
SHAPES = {
    "tick": f'<path d="M2.5 8.5l3.6 3.8L13.5 4" {_LINE}"2.4"/>',
    "cross": f'<path d="M3.2 3.2l9.6 9.6M12.8 3.2l-9.6 9.6" {_LINE}"2.4"/>',
    "half": f'<circle cx="8" cy="8" r="5.9" {_LINE}"1.8"/> <path d="M8 2.1a5.9 5.9 0 0 0 0 11.8z" fill="currentColor"/>',
    "dash": f'<path d="M2.5 8h11" {_LINE}"2.4"/>',
    "dot": '<circle cx="8" cy="8" r="5" fill="currentColor"/>',
    "ring": f'<circle cx="8" cy="8" r="5.9" {_LINE}"1.8" stroke-dasharray="2.6 2"/>',
    "dots": f'<path d="M3 8h.01M8 8h.01M13 8h.01" {_LINE}"3" stroke-linecap="round"/>',
    "diamond": '<path d="M8 1.5L14.5 8 8 14.5 1.5 8z" fill="currentColor"/>',
    "clock": f'<circle cx="8" cy="8" r="6" {_LINE}"1.8"/> <path d="M8 4.4V8l2.6 1.9" {_LINE}"1.8"/>',
    "flag": '<path d="M3.5 15V2.2l9.5 3-9.5 3.4" fill="currentColor" stroke="currentColor" stroke-width="1.6"/>',
}
_DRAWN = {
    name: SafeString(f'<svg class="app-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"> {path} </svg>')
    for name, path in SHAPES.items()
}
SHAPE_OF_TONE = {"green": "tick", "red": "cross", "yellow": "half", "blue": "dot", "purple": "diamond", "grey": "dash"}


@register.simple_tag(name="shape")
def drawn(name: str) -> SafeString:
    """The small mark beside a word; hidden from screen readers, who hear the word. In Python, because pages have hundreds."""
    return _DRAWN[name]


@register.simple_tag
def tag(label: str, tone: str, shape: str = "") -> SafeString:
    """Word, shape and colour; without a tone it is grey. Each tone has a shape of its own, if none is named."""
    tone = tone or "grey"
    mark = drawn(shape or SHAPE_OF_TONE[tone])
    word = f'<span class="app-tag__word">{conditional_escape(label)}</span>'
    return SafeString(f'<strong class="govuk-tag govuk-tag--{conditional_escape(tone)} app-tag"> {mark} {word} </strong>')
