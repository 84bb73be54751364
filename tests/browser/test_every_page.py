"""What holds for every kind of page, narrow and wide: WCAG 2.2 AA as far as it can be measured, and a silent console."""

import pytest

from tests.browser import looking
from tests.browser.conftest import confirm
from tests.browser.pages import EVERYWHERE, sampled

NARROW, WIDE = 320, 1280


@pytest.fixture(scope="module", params=sampled(EVERYWHERE))
def page(request, demo, windows):
    """Each page is opened once, and then looked at from all sides."""
    place = request.param
    windows.complaints.clear()
    opened = windows.standing(demo, who=place.who)
    looking.widen(opened, NARROW)
    opened.goto(place.path)
    for link in place.through:
        with opened.expect_navigation():
            opened.get_by_role("link", name=link).or_(opened.get_by_role("button", name=link)).first.click()
    if "reauthenticate" not in place.path:
        confirm(opened)
    opened.said = list(windows.complaints)
    return opened


def test_its_console_is_silent_and_its_security_policy_is_kept(page):
    assert page.said == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_it_breaks_no_rule_of_accessibility(page, width):
    looking.widen(page, width)
    assert looking.broken_rules(page) == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_it_never_scrolls_sideways(page, width):
    looking.widen(page, width)
    assert looking.sideways(page) <= 0


def test_nothing_is_lost_when_a_reader_spaces_the_text_widely(page):
    looking.widen(page, NARROW)
    page.evaluate(looking.SPACE_OUT, looking.WIDE_TEXT)
    try:
        assert page.evaluate(looking.CLIPPED) == []
        assert looking.sideways(page) <= 0
    finally:
        page.evaluate(looking.SPACE_OUT, "")


@pytest.mark.long
def test_it_is_as_good_in_the_colours_the_reader_forces(page):
    page.emulate_media(forced_colors="active")
    try:
        for width in (WIDE, NARROW):
            looking.widen(page, width)
            assert looking.sideways(page) <= 0
            assert page.evaluate(looking.UNMARKED) == []
        assert looking.broken_rules(page, colours_of_the_reader=True) == []  # these colours change lines and fills, and no sizes
    finally:
        page.emulate_media(forced_colors="none")


def test_its_buttons_are_tall_enough_for_a_finger(page):
    looking.widen(page, NARROW)
    assert page.evaluate(looking.SMALL_BUTTONS) == []


def test_whatever_has_the_focus_shows_it(page):
    assert page.evaluate(looking.UNMARKED) == []


def test_it_has_one_main_heading_and_every_address_in_it_leads_somewhere(page):
    assert page.locator("h1").count() == 1
    assert page.evaluate(looking.TWICE) == []
    assert page.evaluate(looking.LEADING_NOWHERE) == []


def test_a_table_shown_as_cards_is_still_a_table_to_a_screen_reader(page):
    assert page.evaluate(looking.UNTOLD) == []
