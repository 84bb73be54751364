"""Who came, saved as it is ticked: through a broken line, beside another window, and past what is refused. Without scripts it is one form."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PROGRAMME_PMO, SECRETARY, WAIT

PAGE = "/desk/meetings/REH003.1/attendance/"
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")


def opened(page: Page) -> Page:
    page.goto(PAGE)
    expect(page.locator("[data-how-saved]")).to_have_text("What you tick below is saved at once.")
    return page


def row(page: Page, n: int) -> Locator:
    return page.locator("[data-row]").nth(n)


def tick(page: Page, n: int, choice: str) -> Locator:
    row(page, n).get_by_label(choice, exact=True).check()
    return row(page, n).get_by_role("status")


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_who_came_is_saved_as_it_is_ticked(fresh, tab):
    page = opened(tab(fresh, who=SECRETARY))
    expect(tick(page, 1, "Present")).to_have_text(SAVED)
    page.reload()
    expect(row(page, 1).get_by_label("Present", exact=True)).to_be_checked()

    # the line is broken, and mended
    page.context.set_offline(True)
    expect(tick(page, 2, "Apologies")).to_have_text("Not saved: there is no connection. What you ticked is still here, and is sent again.")
    page.context.set_offline(False)
    expect(row(page, 2).get_by_role("status")).to_have_text(SAVED, timeout=WAIT)

    # another window ticked the same row
    other = opened(tab(fresh, who=PROGRAMME_PMO))
    expect(row(other, 2).get_by_label("Apologies", exact=True)).to_be_checked()
    expect(tick(other, 1, "Dialled in")).to_have_text(SAVED)
    expect(tick(page, 1, "Apologies")).to_contain_text("has recorded “Dialled in” here since you looked.")
    row(page, 1).get_by_role("button", name="Keep what is there").click()
    expect(row(page, 1).get_by_label("Dialled in", exact=True)).to_be_checked()
    expect(tick(page, 1, "Present")).to_have_text(SAVED)
    expect(tick(other, 1, "Apologies")).to_contain_text("has recorded “Present” here since you looked.")
    row(other, 1).get_by_role("button", name="Save mine").click()
    expect(row(other, 1).get_by_role("status")).to_have_text(SAVED)

    # what is refused says why beside its row, and is mended there
    row(page, 3).locator("summary").click()
    row(page, 3).get_by_label("For how much of it").select_option(label="Part of it")
    row(page, 3).get_by_label("Present", exact=True).check()
    row(page, 3).get_by_label("From item").fill("3")
    row(page, 3).get_by_label("To item").fill("2")
    row(page, 3).get_by_label("To item").press("Tab")
    said = row(page, 3).get_by_role("status")
    expect(said).to_contain_text("Not saved: ")
    row(page, 3).get_by_label("To item").fill("3")
    row(page, 3).get_by_label("To item").press("Tab")
    expect(said).to_have_text(SAVED)

    page.reload()
    for n, choice in ((1, "Apologies"), (2, "Apologies"), (3, "Present")):
        expect(row(page, n).get_by_label(choice, exact=True)).to_be_checked()


def test_who_came_is_said_by_one_key_a_seat(fresh, tab):
    page = opened(tab(fresh, who=SECRETARY))
    row(page, 1).get_by_label("Not said yet", exact=True).focus()
    page.keyboard.type("pda")
    for n, choice in ((1, "Present"), (2, "Dialled in"), (3, "Apologies")):
        expect(row(page, n).get_by_label(choice, exact=True)).to_be_checked()
        expect(row(page, n).get_by_role("status")).to_have_text(SAVED)
    expect(row(page, 4).get_by_label("Not said yet", exact=True)).to_be_focused()
    page.keyboard.press("q")  # means nothing
    expect(row(page, 4).get_by_label("Not said yet", exact=True)).to_be_checked()

    # in a field a letter is a letter
    row(page, 4).locator("summary").click()
    initials = row(page, 4).get_by_label("Initials")
    initials.fill("")
    page.keyboard.type("PD")
    expect(initials).to_have_value("PD")
    expect(row(page, 4).get_by_label("Present", exact=True)).not_to_be_checked()


@pytest.mark.long
def test_where_nobody_was_named_to_stand_in_the_key_says_so_and_the_row_leads_on(fresh, tab):
    page = opened(tab(fresh, who=SECRETARY))
    alone = page.locator("[data-row]:not(:has(input[value^=alternate]))").nth(2)
    alone.get_by_label("Not said yet", exact=True).focus()
    page.keyboard.press("s")
    expect(alone.get_by_role("status")).to_have_text("Nobody is named to stand in for this seat. If somebody did, follow “Somebody else stands in” in this row.")
    expect(alone.get_by_label("Not said yet", exact=True)).to_be_checked()
    alone.get_by_role("link", name="Somebody else stands in").click()
    assert page.get_by_label("For which seat they came").input_value().startswith("seat-")
    page.get_by_label("Their name").fill("Olu Other")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("alert")).to_contain_text("Olu Other is recorded as present for")
    expect(page.get_by_label("As recorded: Olu Other")).to_be_checked()
