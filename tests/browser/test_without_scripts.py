"""JavaScript only makes some things quicker: whoever has none, or whose network lost it, reads and does the same."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CHAIR, REPRESENTATIVE, SECRETARY, confirm, sign_in
from tests.browser.pages import PUBLIC, sampled

ADDED_BY_SCRIPTS = "body .app-copy__button, body .app-copy__said, body .app-needs-js, body .govuk-password-input__toggle, body .govuk-password-input__wrapper > .govuk-visually-hidden"
WORDS = """hidden => {
  document.querySelectorAll(hidden).forEach(e => e.remove())
  return document.querySelector('main').innerText.replace(/\\s+/g, ' ')
}"""


@pytest.mark.many(4)
@pytest.mark.parametrize("place", sampled(PUBLIC))
def test_a_public_page_says_the_same_without_scripts(demo, windows, place):
    said = []
    for scripts in (True, False):
        page = windows.standing(demo, java_script_enabled=scripts)
        page.goto(place.path)
        said.append(page.evaluate(WORDS, ADDED_BY_SCRIPTS))
    assert said[0] == said[1] != ""


def test_the_filters_of_the_register_work_without_scripts(reader_without_scripts):
    page = reader_without_scripts
    page.goto("/decisions/")
    page.get_by_label("Group").select_option("REH")
    page.get_by_role("button", name="Show decisions").click()
    expect(page.get_by_role("status")).to_have_text("3 decisions")
    assert "group=REH" in page.url
    page.get_by_role("link", name="Remove filter: Group: REH").click()
    expect(page.get_by_role("status")).to_have_text("9 decisions")


@pytest.mark.long
def test_the_second_page_of_a_long_list_is_reached_without_scripts(crowded, tab):
    page = tab(crowded, java_script_enabled=False)
    page.goto("/actions/?group=REH")
    first = page.locator("tbody th").all_inner_texts()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("link", name="Previous page", exact=True)).to_be_visible()  # a click does not wait until the page is read
    second = page.locator("tbody th").all_inner_texts()
    assert "page=2" in page.url
    assert "group=REH" in page.url
    assert len(first) == 25
    assert second
    assert not set(first) & set(second)


def publish(page: Page) -> None:
    page.get_by_role("button", name="Circulate the minutes of REH002").click()
    page.get_by_role("button", name="Circulate the minutes of REH002").click()
    expect(page.get_by_role("alert")).to_contain_text("go to the members")
    page.get_by_role("button", name="Publish the minutes of REH002").click()
    confirm(page)
    expect(page.get_by_role("main")).to_contain_text("become public at once")
    page.get_by_role("button", name="Publish the minutes of REH002").click()
    expect(page.get_by_role("alert")).to_contain_text("are published")


@pytest.mark.long
def test_the_secretary_signs_in_and_publishes_minutes_without_scripts(fresh, tab):
    page = tab(fresh, java_script_enabled=False)
    sign_in(page, SECRETARY)
    page.get_by_role("link", name="REH002", exact=True).last.click()
    publish(page)
    page.get_by_role("link", name="The published minutes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rehearsal group, meeting 2")
    page.get_by_role("link", name="Your desk").or_(page.get_by_role("link", name="Sign in")).click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_representative_votes_and_changes_the_vote_without_scripts(fresh, tab):
    page = tab(fresh, java_script_enabled=False)
    sign_in(page, REPRESENTATIVE)
    page.get_by_role("link", name="Vote on CR902").click()
    page.get_by_label("Approve").first.check()
    page.get_by_label("Abstain").last.check()
    page.get_by_role("button", name="Continue to check").click()
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("Reject").first.check()
    page.get_by_role("button", name="Continue to check").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why you reject")
    page.get_by_label("Comment").first.fill("Three retries are too few.")
    page.get_by_role("button", name="Continue to check").click()
    page.get_by_role("button", name="Record this vote").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vote recorded")
    page.get_by_role("link", name="Change this vote").click()
    expect(page.get_by_label("Comment").first).to_have_value("Three retries are too few.")


@pytest.mark.long
def test_the_chair_determines_without_scripts(fresh, tab):
    page = tab(fresh, java_script_enabled=False)
    sign_in(page, CHAIR)
    page.get_by_role("link", name="Decide CR901").click()
    page.get_by_label("Outcome", exact=True).first.select_option("rejected")
    page.get_by_role("button", name="Check before deciding").click()
    expect(page.get_by_role("alert")).to_contain_text("Give your reasons")
    page.get_by_label("Reason 1").fill("Nobody has said what the overnight batches would cost.")
    page.get_by_role("button", name="Check before deciding").click()
    confirm(page)
    expect(page.get_by_role("main")).to_contain_text("The SRO rejected CR901 v1.2.")
    page.get_by_role("button", name="Determine it now").click()
    expect(page.get_by_role("alert")).to_contain_text("REH-DEC04 is determined")
