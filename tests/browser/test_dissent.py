"""Dissent in a real browser: by keyboard, on a phone, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ASSURANCE, CHAIR, REPRESENTATIVE
from tests.browser.pages import CONCERNED
from tests.browser.test_keyboard import tab_to


def open_decision(page: Page) -> None:
    page.goto("/desk/groups/REH/questions/")
    page.get_by_role("link", name="REH-DEC03").first.click()
    page.wait_for_url("**/desk/decisions/**")


@pytest.mark.long
def test_a_representative_states_a_position_by_keyboard_and_it_stands_in_public_as_typed(fresh, tab):
    page = tab(fresh, who=REPRESENTATIVE)
    open_decision(page)
    tab_to(page, "State your seat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statement/")
    tab_to(page, "Your position")
    page.keyboard.type("We said it would cost *twice* as much.")
    tab_to(page, "Put it on record")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Tick the box if you want it published")
    expect(page.get_by_label("Your position")).to_have_value("We said it would cost *twice* as much.")
    tab_to(page, "I understand that this is published unedited")
    page.keyboard.press("Space")
    tab_to(page, "Put it on record")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Your position is recorded. It is public.")
    page.goto("/decisions/REH-DEC03/")
    expect(page.get_by_role("main")).to_contain_text("We said it would cost *twice* as much.")


@pytest.mark.long
def test_a_concern_is_answered_and_judged_on_a_phone_without_scripts(fresh, tab):
    chair = tab(fresh, who=CHAIR, width=375, java_script_enabled=False)
    chair.goto("/desk/groups/REH/referrals/")
    chair.get_by_role("link", name="Significant concern").click()
    chair.get_by_role("button", name="Answer it").click()
    chair.get_by_role("button", name="Record the answer").click()
    expect(chair.get_by_role("alert")).to_contain_text("Fill in “The answer”")
    chair.get_by_label("The answer", exact=True).fill("The direction moves the date: nothing is restated.")
    chair.get_by_role("button", name="Record the answer").click()
    expect(chair.get_by_role("main")).to_contain_text("The REH answered")

    seat = tab(fresh, who=CONCERNED, width=375, java_script_enabled=False)
    seat.goto("/desk/concerns/")
    expect(seat.get_by_role("main")).to_contain_text("The direction moves the date: nothing is restated.")
    seat.get_by_role("link", name="Say whether the answer satisfies").click()
    seat.get_by_role("radio", name="No").check()
    seat.get_by_role("button", name="Save").click()
    expect(seat.get_by_role("alert")).to_contain_text("Say why the answer does not satisfy.")
    seat.get_by_label("If not: why?").fill("The reads of May stay as they are.")
    seat.get_by_role("button", name="Save").click()
    seat.get_by_role("button", name="Carry it to PSG").click()
    expect(seat.get_by_role("main")).to_contain_text("in the name of the Supplier Agent Representative")
    seat.get_by_role("button", name="Carry it to the PSG").click()
    expect(seat.get_by_role("main")).to_contain_text("The concern lies with the PSG now")

    reader = tab(fresh)
    reader.goto("/decisions/REH-DEC03/")
    expect(reader.get_by_role("main")).to_contain_text("It was carried to the PSG")


@pytest.mark.long
def test_an_assurance_reader_escalates_to_ofgem_and_writes_nothing_else(fresh, tab):
    page = tab(fresh, who=ASSURANCE)
    page.goto("/desk/groups/REH/referrals/")
    page.get_by_role("link", name="Significant concern").click()
    expect(page.get_by_role("heading", name="What you can do now")).to_have_count(0)
    page.goto("/desk/groups/REH/referrals/new/")
    page.get_by_label("To which group?").select_option(label="Ofgem")
    page.get_by_label("What is referred").fill("Above the threshold.")
    page.get_by_label("Clause").fill("ToR, Level 1")
    page.get_by_role("button", name="Escalate").click()
    expect(page.get_by_role("alert")).to_contain_text("It lies with Ofgem now.")
