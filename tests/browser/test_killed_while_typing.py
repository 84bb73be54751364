"""The server killed outright while minutes are typed, again and again: whatever was on its way when it died."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SECRETARY, WAIT
from tests.browser.editor import Editor, again

KILLS = 20


@pytest.fixture
def killable(server):
    with server.killable() as (address, kill):
        yield address, kill


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_killed_twenty_times_while_typing_not_a_letter_is_lost_and_nothing_doubled(killable, tab):
    address, kill = killable
    editor = Editor(tab(address, who=SECRETARY))
    editor.begin(1)
    sentences = [f"Sentence {n} of the minutes." for n in range(KILLS)]
    for n, sentence in enumerate(sentences):
        half = len(sentence) // 2
        editor.keys.type(sentence[:half])
        editor.page.evaluate("window.dispatchEvent(new Event('online'))")  # sends at once, so that something is on its way
        editor.page.wait_for_timeout(7 * n)  # not sent yet, being written, written and not answered, answered
        kill()
        editor.keys.type(sentence[half:])
        editor.keys.press("Enter")
    editor.keys.type("/action @DAG Members by +5 wd: read the timetable")
    editor.keys.press("Enter")
    kill()
    editor.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(editor.item(1).locator(".app-block__shown")).to_have_count(1, timeout=WAIT)
    editor.saved()
    assert again(editor).reads(1) == sentences
    expect(editor.item(1).locator(".app-block__shown")).to_contain_text("New action 1 read the timetable")
