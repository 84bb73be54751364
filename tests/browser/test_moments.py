"""Pages that are met only at certain moments: a refusal, a slip in a form, a publication a minute ago."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.conftest import ASSURANCE, CHAIR, REPRESENTATIVE, SECRETARY

WIDTHS = [320, pytest.param(1280, marks=pytest.mark.long)]


def faults(page: Page, width: int) -> list[str]:
    looking.widen(page, width)
    wide = looking.sideways(page)
    return looking.broken_rules(page) + [f"{wide} pixels too wide"] * (wide > 0) + page.evaluate(looking.UNMARKED)


@pytest.mark.long
@pytest.mark.parametrize("width", WIDTHS)
def test_a_pdf_that_is_being_made_is_announced(after_publication, tab, width):
    page = tab(after_publication, width=width)
    assert page.goto("/meetings/REH002/minutes.pdf").status == 503
    expect(page.get_by_role("heading", level=1)).to_have_text("The PDF is being made")
    assert faults(page, width) == []


@pytest.mark.long
@pytest.mark.parametrize("width", WIDTHS)
def test_minutes_published_a_minute_ago_are_readable_by_all(after_publication, tab, width):
    page = tab(after_publication, width=width)
    page.goto("/meetings/REH002/")
    expect(page.get_by_text("The PDF is being made.")).to_be_visible()
    assert faults(page, width) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refusal_says_why_and_leads_back(demo, tab, width):
    page = tab(demo, who=SECRETARY, width=width)
    page.goto("/desk/meetings/REH002/")
    circulate = page.get_by_role("button", name="Circulate the minutes").get_attribute("href")
    pk = int(circulate.rstrip("/").rpartition("/")[2])
    with page.expect_navigation() as went:  # as a tab would ask that has been open since before they were sent back
        page.locator("form[action$='logout/']").evaluate(
            "(form, action) => { form.action = action; form.submit() }", f"/desk/do/meetings.publish/{pk}/"
        )
    assert went.value.status == 409
    expect(page.get_by_role("heading", level=1)).to_have_text("This cannot be done now")
    expect(page.get_by_role("main")).to_contain_text("Nothing has changed.")
    assert faults(page, width) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_wrong_password_is_said_above_the_form_and_beside_the_field(demo, tab, width):
    page = tab(demo, width=width)
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(f"nobody{width}@example.org")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Email").input_value() == f"nobody{width}@example.org"
    assert faults(page, width) == []


@pytest.mark.long
@pytest.mark.parametrize("width", WIDTHS)
def test_the_desk_says_what_was_done(after_publication, tab, width):
    page = tab(after_publication, who=SECRETARY, width=width)
    page.goto("/desk/meetings/REH002/")
    assert faults(page, width) == []


@pytest.mark.long
@pytest.mark.parametrize("who", [SECRETARY, CHAIR, REPRESENTATIVE, ASSURANCE])
@pytest.mark.parametrize("code", ["REH001", "REH002", "REH003", "REH004"])
def test_every_role_at_every_stage_of_a_meeting(demo, windows, code, who):
    page = windows.standing(demo, who=who)
    windows.complaints.clear()
    page.goto(f"/desk/meetings/{code}/")
    assert {width: faults(page, width) for width in (320, 1280)} == {320: [], 1280: []}
    assert windows.complaints == []
