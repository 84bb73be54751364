"""Planning, agenda and attendance in a real browser: by keyboard alone, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SECRETARY
from tests.browser.test_keyboard import tab_to

AGENDA, ATTENDANCE = "/desk/meetings/REH004/agenda/", "/desk/meetings/REH003/attendance/"


@pytest.mark.long
@pytest.mark.parametrize("scripts", [False, True])
def test_an_agenda_is_put_together_without_scripts_and_with_them(fresh, tab, scripts):
    page = tab(fresh, who=SECRETARY, java_script_enabled=scripts)
    page.goto(AGENDA)
    page.get_by_role("button", name=re.compile("Table it.*Summary and next steps")).click()
    expect(page.get_by_role("alert")).to_contain_text("“Summary and next steps” is item 5.")
    page.get_by_label("Item", exact=True).fill("Testing timetable")
    page.get_by_label("Minutes allowed").fill("90")
    page.get_by_role("button", name="Put it on the agenda").click()
    expect(page.get_by_role("main")).to_contain_text("Ends 13:15 of 12:00: 75 minutes too long.")
    page.get_by_role("button", name="Move item 6 up").click()
    expect(page.locator(".app-agenda__title").nth(4)).to_contain_text("Testing timetable")
    page.get_by_role("link", name="Take off item 5").click()
    page.get_by_role("button", name="Take off").click()
    expect(page.get_by_role("alert")).to_contain_text("“Testing timetable” is taken off the agenda.")
    page.get_by_role("button", name="Publish the agenda of REH004 again").click()
    page.get_by_role("button", name="Publish the agenda of REH004 again").click()
    page.goto("/meetings/REH004/")
    expect(page.get_by_role("main")).to_contain_text("Late item")


@pytest.mark.long
def test_items_are_moved_by_keys_and_the_moved_one_keeps_the_focus(fresh, tab):
    page = tab(fresh, who=SECRETARY)
    page.goto(AGENDA)
    titles = page.locator(".app-agenda__title")
    first = re.sub(r"^\s*1\s+", "", titles.first.inner_text()).split("\n")[0].strip()
    page.get_by_role("button", name="Move item 1 down").focus()
    for number, last in ((2, False), (3, False), (4, True)):
        page.keyboard.press("Alt+ArrowDown")
        expect(page.get_by_role("alert")).to_contain_text(f"“{first}” is item {number} now.")
        expect(page.get_by_role("button", name=f"Move item {number} {'up' if last else 'down'}")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("button", name="Move item 3 up")).to_be_focused()
    page.get_by_role("button", name="Move item 3 up").click()
    expect(page.get_by_role("button", name="Move item 2 up")).to_be_focused()
    expect(titles.nth(1)).to_contain_text(first)
    page.reload()
    expect(page.get_by_role("button", name="Move item 2 up")).not_to_be_focused()


def test_who_came_is_recorded_by_keyboard(fresh, tab):
    page = tab(fresh, who=SECRETARY)
    page.goto(ATTENDANCE)
    row = page.get_by_role("group", name="DNO Representative: Ruth")
    row.get_by_label("Present").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(row.get_by_label("Apologies")).to_be_checked()
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("11 of 13 constituencies represented")
    expect(page.get_by_role("group", name="DNO Representative: Ruth").get_by_label("Apologies")).to_be_checked()


@pytest.mark.long
def test_who_came_is_recorded_on_a_phone_without_scripts(fresh, tab):
    page = tab(fresh, who=SECRETARY, java_script_enabled=False, width=375)
    page.goto(ATTENDANCE)
    page.get_by_role("group", name="DNO Representative: Ruth").get_by_label("Dialled in").check()
    page.locator("summary", has_text=re.compile("Initials, part of it.*: DNO Representative")).click()
    page.get_by_label("Initials of Ruth Ansell").fill("EC")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("EC would be both")
    expect(page.get_by_label("Initials of Ruth Ansell")).to_be_visible()  # what is wrong stands open
    page.get_by_label("Initials of Ruth Ansell").fill("RAn")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("12 of 13 constituencies represented")
    page.goto("/desk/meetings/REH003/")
    expect(page.get_by_role("main")).to_contain_text("Ruth Ansell (RAn)")


@pytest.mark.long
def test_a_year_of_meetings_is_planned_without_scripts(fresh, tab):
    page = tab(fresh, who=SECRETARY, java_script_enabled=False)
    page.goto("/desk/meetings/")
    page.get_by_role("region", name="Rehearsal group").get_by_role("link", name="Plan a year of meetings").or_(page.get_by_role("button", name="Plan a year of meetings")).first.click()
    page.get_by_label("Begins at").fill("10:00")
    page.get_by_label("From").fill("2027-01-01")
    page.get_by_label("How many?").fill("3")
    page.get_by_role("button", name="Show the days").click()
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    boxes.nth(1).uncheck()
    page.get_by_role("button", name="Plan these meetings").click()
    expect(page.get_by_role("alert")).to_contain_text("2 meetings of REH are planned.")
