"""The marks beside words, and tables that become lists on a narrow screen."""

import re

import pytest
from django.template import Context, Template

from records.templatetags.portal import SHAPE_OF_TONE, SHAPES


def shown(template: str, **told) -> str:
    """Without whitespace between tags."""
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", Template(template).render(Context(told)))


@pytest.mark.parametrize("tone", SHAPE_OF_TONE)
def test_a_tag_is_told_by_its_word_and_shape_and_not_by_colour_alone(tone):
    html = shown("{% tag word tone %}", word="Late", tone=tone)
    assert f'class="govuk-tag govuk-tag--{tone} app-tag"' in html
    assert SHAPES[SHAPE_OF_TONE[tone]].partition("/> ")[0] in html
    assert '<span class="app-tag__word">Late</span>' in html
    assert 'aria-hidden="true"' in html  # the shape; the word is heard


def test_a_tag_without_a_tone_is_grey():
    assert shown('{% tag "Late" tone %}', tone="") == shown('{% tag "Late" nowhere %}') == shown('{% tag "Late" "grey" %}')


def test_each_tone_has_a_shape_of_its_own_unless_another_is_named():
    assert len(set(SHAPE_OF_TONE.values())) == len(SHAPE_OF_TONE)
    assert shown('{% tag "Late" "red" shape="clock" %}').count(SHAPES["clock"].partition("/> ")[0]) == 1
    assert SHAPES["cross"] not in shown('{% tag "Late" "red" shape="clock" %}')


@pytest.mark.parametrize("template", ['{% tag word "red" %}', "{% head word %}", "{% cell word %}x{% endcell %}", "{% row id=word %}x{% endrow %}", '{% cell "A" word %}x{% endcell %}', "{% rowhead %}{{ word }}{% endrowhead %}"])
def test_what_is_given_to_a_mark_or_a_table_stays_text(template):
    html = shown(template, word='"><script>')
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_what_stands_in_a_cell_is_not_escaped_twice():
    assert "<em>R&amp;D</em>" in shown('{% cell "What" %}<em>{{ word }}</em>{% endcell %}', word="R&D")


def test_every_part_of_a_table_says_its_role_and_every_cell_its_column():
    html = shown(
        """{% table "app-votes" %}{% head "Seat" "Advice" %}{% body %}{% for seat in seats %}
             {% row "app-votes__row" id=seat %}{% rowhead %}{{ seat }}{% endrowhead %}{% cell "Advice" "app-votes__silent" %}None{% endcell %}{% endrow %}
           {% endfor %}{% endbody %}{% endtable %}""",
        seats=["DNO"],
    )
    assert html == (
        '<table class="govuk-table app-table app-table--stack app-votes" role="table">'
        '<thead class="govuk-table__head" role="rowgroup"><tr class="govuk-table__row" role="row">'
        '<th scope="col" role="columnheader" class="govuk-table__header">Seat</th>'
        '<th scope="col" role="columnheader" class="govuk-table__header">Advice</th></tr></thead>'
        '<tbody class="govuk-table__body" role="rowgroup"><tr class="govuk-table__row app-votes__row" role="row" id="DNO">'
        '<th scope="row" role="rowheader" class="govuk-table__header">DNO</th>'
        '<td role="cell" class="govuk-table__cell app-votes__silent" data-label="Advice">None</td></tr></tbody></table>'
    )
