"""The wall of the room, as it is read from its far end."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.conftest import SECRETARY

WALL = "/desk/meetings/REH004/wall/"
READ_AT_THREE_METRES = 24  # pixels of a screen 1,920 wide and 1.2 metres across: fifteen millimetres, a two-hundredth of the distance
SIZES = """() => [...document.querySelectorAll('.app-wall__page *')].filter(e => e.getClientRects().length && !e.matches('.govuk-visually-hidden')
  && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim().slice(0, 40)])"""


def on_the_wall(page: Page) -> None:
    """Large enough, all of it on one screen, and read by whoever cannot see it."""
    small = [said for size, said in page.evaluate(SIZES) if size < READ_AT_THREE_METRES]
    assert small == []
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080
    assert looking.sideways(page) == 0
    assert looking.broken_rules(page) == []


@pytest.mark.long
def test_everything_on_it_is_read_from_three_metres_while_a_vote_fills_and_when_it_is_closed(fresh, tab):
    page = tab(fresh, who=SECRETARY)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(WALL)
    on_the_wall(page)
    roll = tab(fresh, who=SECRETARY)
    roll.goto("/desk/groups/REH/questions/")
    roll.get_by_role("link", name="CR903 v0.9").click()
    roll.get_by_role("button", name="Open the vote").click()
    roll.get_by_role("button", name="Open the vote").click()
    expect(page.locator(".app-wall__seat").first).to_be_visible(timeout=30_000)  # without loading it again
    on_the_wall(page)
    roll.keyboard.press("a")
    expect(page.locator(".app-wall__seat--approve")).to_have_count(1, timeout=30_000)
    on_the_wall(page)
    minutes = tab(fresh, who=SECRETARY)
    minutes.goto("/desk/meetings/REH004/minute/")
    long = "read the papers on the longer window, and say which of the windows of the programme it concerns, and why, for each of the networks that are asked"
    minutes.locator('[data-number="1"] textarea').last.fill(f"/action @REH Members by +5 wd: {long}")
    minutes.keyboard.press("Enter")
    expect(page.locator(".app-wall__action")).to_have_text(long, timeout=30_000)
    on_the_wall(page)

    attendance = tab(fresh, who=SECRETARY)
    attendance.goto("/desk/meetings/REH004/attendance/")
    attendance.get_by_role("button", name="Save, and everyone not said yet was present").click()
    expect(page.get_by_text("constituencies represented")).to_be_visible(timeout=30_000)
    on_the_wall(page)
    roll.get_by_role("button", name="Close the vote").click()
    roll.get_by_role("button", name="Close the vote").click()
    expect(page.locator(".app-wall__count")).to_contain_text("One seat advised approving", timeout=30_000)
    expect(page.locator(".app-wall__seat")).to_have_count(13)
    on_the_wall(page)
