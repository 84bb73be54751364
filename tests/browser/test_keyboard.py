"""Nothing needs a mouse."""

import pytest
from playwright.sync_api import Page, expect

from rehearsal.sign_ins import PASSWORD
from tests.browser.conftest import CHAIR, REPRESENTATIVE, SECRETARY

FOCUSED = """() => {
  const e = document.activeElement
  const labels = e.labels ? [...e.labels].map(l => l.innerText) : []
  return (e.getAttribute('aria-label') || labels.join(' ') || e.innerText || '').trim()
}"""
IN_VIEW = """() => {
  const box = document.activeElement.getBoundingClientRect()
  return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
}"""
PATIENCE = 60  # times Tab is pressed before a thing counts as out of reach


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the thing of these words has the focus, which must always be in view."""
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        assert page.evaluate(IN_VIEW)
        if words in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"No Tab led to “{words}” on {page.url}")


def test_the_first_tab_offers_to_skip_to_the_main_content(reader):
    reader.goto("/")
    reader.keyboard.press("Tab")
    skip = reader.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    reader.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "main-content"
    tab_to(reader, "Search decisions, minutes and actions")


def test_a_reader_finds_a_decision_by_typing(reader):
    reader.goto("/")
    tab_to(reader, "Search decisions, minutes and actions")
    reader.keyboard.type("operating hours")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/search/?q=operating+hours")
    tab_to(reader, "Registration Service Operating Hours: CR018 approved, CR017 rejected")
    reader.keyboard.press("Enter")
    expect(reader).to_have_title("Registration Service Operating Hours: CR018 approved, CR017 rejected (DAG-DEC60) – DAG Portal")


@pytest.mark.long
def test_the_menu_of_a_narrow_window_opens_and_leads_on_by_keyboard(demo, tab):
    page = tab(demo, width=320)
    page.goto("/")
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    tab_to(page, "Meetings")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meetings/")


@pytest.mark.long
def test_a_wide_table_in_a_narrow_window_can_be_scrolled_by_keyboard(demo, tab):
    page = tab(demo, width=700)
    page.goto("/meetings/DAG026/")
    for box in page.locator(".app-scroll").all():
        if box.evaluate("e => e.scrollWidth > e.clientWidth + 1"):
            box.focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_function("document.activeElement.scrollLeft > 0")


def say_who_one_is(page: Page) -> None:
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_a_representative_votes_by_keyboard(fresh, tab):
    page = tab(fresh, who=REPRESENTATIVE)
    page.goto("/desk/")
    tab_to(page, "Vote on CR902")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vote/")
    for words in ("Approve", "Yes"):  # the question, and the one that rides on it
        tab_to(page, words)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")  # reject, and no
        tab_to(page, "Comment")
        page.keyboard.type("Three retries are too few in winter.")
    tab_to(page, "Continue to check")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are voting")
    tab_to(page, "Record this vote for DNO Representative")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vote recorded")
    expect(page.get_by_role("main")).to_contain_text("Reject")


@pytest.mark.long
def test_the_chair_determines_by_keyboard(fresh, tab):
    page = tab(fresh, who=CHAIR)
    page.goto("/desk/")
    tab_to(page, "Decide CR901")
    page.keyboard.press("Enter")
    page.wait_for_url("**/determine/")
    page.locator("#id_subject-0-outcome").focus()
    page.keyboard.type("Approved")
    tab_to(page, "Check before deciding")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reauthenticate/**")
    say_who_one_is(page)
    page.wait_for_url("**/determine/check/")
    tab_to(page, "Determine it now")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("REH-DEC04 is determined")


@pytest.mark.long
def test_the_secretary_signs_in_and_publishes_minutes_by_keyboard(fresh, tab):
    page = tab(fresh)
    page.goto("/")
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{fresh}/accounts/login/?next=/desk/")
    tab_to(page, "Email")
    page.keyboard.type(SECRETARY)
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{fresh}/desk/")
    tab_to(page, "REH002")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{fresh}/desk/meetings/REH002/")
    for verb, said in (("Circulate the minutes", "go to the members"), ("Publish the minutes", "are published")):
        tab_to(page, verb)
        page.keyboard.press("Enter")
        if verb.startswith("Publish"):
            page.wait_for_url("**/reauthenticate/**")
            say_who_one_is(page)
        page.wait_for_url("**/desk/do/**")
        tab_to(page, verb)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(said)
    page.goto("/meetings/REH002/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rehearsal group, meeting 2")
