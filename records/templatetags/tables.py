"""Tables that become lists on a narrow screen: each cell then says by itself what its column is.

    {% table "app-votes" %}
      <caption …>…</caption>
      {% head "Constituency" "Advice" %}
      {% body %}{% for … %}
        {% row %}{% rowhead %}…{% endrowhead %}{% cell "Advice" %}…{% endcell %}{% endrow %}
      {% endfor %}{% endbody %}
    {% endtable %}

What is shown so is no table any more to some browsers' accessibility trees, unless its parts say their roles.
"""

from django import template
from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def table(content: SafeString, look: str = "") -> SafeString:
    return SafeString(f'<table class="govuk-table app-table app-table--stack{_also(look)}" role="table">{content}</table>')


@register.simple_tag
def head(*columns: str) -> SafeString:
    cells = "".join(f'<th scope="col" role="columnheader" class="govuk-table__header">{escaped(column)}</th>' for column in columns)
    return SafeString(f'<thead class="govuk-table__head" role="rowgroup"><tr class="govuk-table__row" role="row">{cells}</tr></thead>')


@register.simple_block_tag
def body(content: SafeString) -> SafeString:
    return SafeString(f'<tbody class="govuk-table__body" role="rowgroup">{content}</tbody>')


@register.simple_block_tag
def row(content: SafeString, look: str = "", id: str = "") -> SafeString:
    named = f' id="{escaped(id)}"' if id else ""
    return SafeString(f'<tr class="govuk-table__row{_also(look)}" role="row"{named}>{content}</tr>')


@register.simple_block_tag
def rowhead(content: SafeString, look: str = "") -> SafeString:
    """The cell that names its row."""
    return SafeString(f'<th scope="row" role="rowheader" class="govuk-table__header{_also(look)}">{content}</th>')


@register.simple_block_tag
def cell(content: SafeString, column: str, look: str = "") -> SafeString:
    return SafeString(f'<td role="cell" class="govuk-table__cell{_also(look)}" data-label="{escaped(column)}">{content}</td>')


def _also(look: str) -> str:
    return f" {escaped(look)}" if look else ""
