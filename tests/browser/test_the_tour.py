"""Step 5 of the README's tour: a meeting run in ten minutes by one person, with the Chair in another window."""

import pytest
from playwright.sync_api import Page, expect

from rehearsal.sign_ins import PASSWORD
from tests.browser.conftest import CHAIR, SECRETARY
from tests.browser.editor import Editor

HERE = "/desk/meetings/REH003.1/"


def presses(page: Page, name: str, times: int = 1) -> None:
    """The second time, having read what follows."""
    for _ in range(times):
        with page.expect_navigation():
            page.get_by_role("main").locator("a, button:not([aria-hidden])").filter(has_text=name).first.click()
        if "/reauthenticate/" in page.url:
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            with page.expect_navigation():
                page.keyboard.press("Enter")


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("alert").first).to_contain_text(words)


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_the_meeting_of_today_is_run_as_the_readme_says(fresh, tab):
    pmo, chair, wall, reader = tab(fresh, who=SECRETARY), tab(fresh, who=CHAIR), tab(fresh, who=SECRETARY), tab(fresh)
    wall.goto(f"{HERE}wall/")
    pmo.goto(HERE)
    presses(pmo, "Record who came")
    presses(pmo, "Save, and everyone not said yet was present")
    said(pmo, "constituencies represented")

    editor = Editor(pmo, f"{HERE}minute/")
    editor.begin(1)
    editor.keys.type("Everybody was welcomed.")
    editor.keys.press("Enter")
    editor.keys.type("/action @REH Members by +5 wd: read it")
    editor.keys.press("Enter")
    editor.saved()
    editor.begin(2)
    editor.keys.type("/announced CR906 v1.0 approved")
    editor.keys.press("Enter")
    editor.saved()
    expect(wall.locator(".app-wall__words")).to_have_text("The SRO approved CR906 v1.0.", timeout=30_000)
    expect(wall.locator(".app-wall__action")).to_have_text("read it")
    editor.begin(3)
    editor.keys.type("/defer the rest")
    with pmo.expect_navigation():
        editor.keys.press("Enter")
    presses(pmo, "and the rest")

    pmo.goto(HERE)
    presses(pmo, "Record that REH003.1 was held", 2)
    said(pmo, "REH003.1 is recorded as held.")
    presses(pmo, "Send the draft minutes of REH003.1 to the Chair", 2)
    said(pmo, "The Chair can read the minutes of REH003.1 now")
    chair.goto("/desk/")
    presses(chair, "Confirm what was announced at REH003.1")
    presses(chair, "Confirm what is marked")
    said(chair, "1 decision is determined")
    chair.goto(HERE)
    presses(chair, "Clear the draft minutes of REH003.1")
    said(chair, "You cleared the minutes of REH003.1.")
    pmo.goto(HERE)
    presses(pmo, "Circulate the minutes of REH003.1 to members", 2)
    presses(pmo, "Publish the minutes of REH003.1 to everyone", 2)
    said(pmo, "The minutes of REH003.1 are published.")
    reader.goto("/meetings/REH003.1/")
    for words in ("Everybody was welcomed.", "read it", "The SRO approved CR906 v1.0.", "The item was not reached, for want of time"):
        expect(reader.get_by_role("main")).to_contain_text(words)
