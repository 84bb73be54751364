"""A page can be printed: the words and tables, not the means to get about."""

import re

import pypdfium2
import pytest

ON_PAPER = ["/decisions/DAG-DEC60/", "/meetings/DAG026/", "/actions/"]
A4 = 673  # pixels between the margins
NOT_ON_PAPER = ["nav", "form", "button", ".govuk-skip-link", ".app-copy__button", ".app-masthead__account"]


def shown(page, selector: str) -> list[str]:
    return page.eval_on_selector_all(
        selector, "all => all.filter(e => e.getClientRects().length).map(e => e.outerHTML.slice(0, 120))"
    )


@pytest.mark.parametrize("path", ON_PAPER)
@pytest.mark.parametrize("width", [A4, pytest.param(1280, marks=pytest.mark.long)])
def test_on_paper_a_page_has_its_tables_and_no_menus(demo, tab, path, width):
    page = tab(demo, width=width)
    page.goto(path)
    page.emulate_media(media="print")
    for selector in NOT_ON_PAPER:
        assert shown(page, selector) == []
    for part, display in {"table": "table", "tbody tr": "table-row", "td": "table-cell", "thead": "table-header-group"}.items():
        assert set(page.eval_on_selector_all(part, "all => all.map(e => getComputedStyle(e).display)")) == {display}
    assert set(page.eval_on_selector_all(".app-scroll", "all => all.map(e => getComputedStyle(e).overflowX)")) == {"visible"}


@pytest.mark.parametrize("reference", ["DAG-DEC60", "REH-DEC03"])
def test_a_decision_is_printed_on_two_pages_with_its_proof_in_one_line(demo, tab, reference):
    page = tab(demo, width=1280)
    page.goto(f"/decisions/{reference}/")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    words = "\n".join(sheet.get_textpage().get_text_range() for sheet in printed)
    assert len(printed) <= 2
    assert f"/decisions/{reference}/, edition " in words
    assert len(re.findall(r"\b[0-9a-f]{64}\b", words)) == 1
    assert "Was process followed?" not in words
