"""Minutes typed while answers are late or lost, in two tabs, or after a sign-in has run out: not a word is lost, and none is there twice."""


import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SECRETARY, cookie_of
from tests.browser.editor import Editor, again


@pytest.fixture
def editor(fresh, tab):
    return Editor(tab(fresh, who=SECRETARY))


LATE_WORDS = """(ms) => {
  const read = Response.prototype.json
  Response.prototype.json = async function () { const told = await read.call(this); await new Promise((go) => setTimeout(go, ms)); return told }
}"""


@pytest.mark.long
def test_lines_typed_while_an_answer_is_still_coming_are_all_carried_out(editor):
    """Its head has come and its words have not: on a slow line that is a second, in which one types on."""
    editor.page.evaluate(LATE_WORDS, 700)
    editor.begin(1)
    for n in range(4):
        editor.keys.insert_text(f"/action @DAG Members: read part {n}")
        editor.keys.press("Enter")
        editor.page.wait_for_timeout(250)
    editor.saved()
    expect(editor.item(1).locator(".app-block__shown")).to_have_count(4)
    assert again(editor).reads(1) == []


@pytest.mark.long
def test_a_notepad_typed_on_while_it_is_being_saved_has_each_word_once(editor):
    editor.page.evaluate(LATE_WORDS, 2000)
    pad = editor.page.locator("[data-notepad] textarea")
    pad.click()
    for word in ("Ask", " Ruth", " about", " the", " timetable"):
        editor.keys.insert_text(word)
        editor.page.wait_for_timeout(900)
    editor.keys.insert_text(".")
    editor.page.wait_for_timeout(6000)
    editor.page.reload()
    expect(pad).to_have_value("Ask Ruth about the timetable.")


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_one_who_writes_in_two_tabs_has_each_word_once(editor, fresh, tab):
    editor.begin(1)
    editor.page.route("**/minute/changes/", lambda route: route.abort())
    editor.keys.type("Typed in the first tab.")
    expect(editor.state).to_contain_text("(offline)")
    other = Editor(tab(fresh, who=SECRETARY))  # the same browser: it knows what waits to be sent, and sends it
    other.saved()
    other.begin(1)
    other.keys.type("Typed in the second.")
    other.saved()
    editor.page.unroute("**/minute/changes/")
    editor.page.evaluate("window.dispatchEvent(new Event('online'))")
    editor.saved()
    assert again(editor).reads(1) == ["Typed in the first tab.", "Typed in the second."]


@pytest.mark.usefixtures("refusals_are_heard")
def test_a_broken_line_loses_nothing(editor):
    editor.begin(1)
    editor.keys.type("Before.")
    editor.saved()
    editor.page.context.set_offline(True)
    editor.keys.press("Enter")
    editor.keys.type("While it was broken.")
    expect(editor.state).to_contain_text("(offline)")
    editor.page.context.set_offline(False)
    editor.saved()
    assert again(editor).reads(1) == ["Before.", "While it was broken."]


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_a_page_closed_while_the_line_is_broken_still_has_it_when_it_is_opened_again(editor):
    editor.begin(1)
    editor.keys.type("Before.")
    editor.saved()
    editor.page.route("**/minute/changes/", lambda route: route.abort())
    editor.keys.type(" And after.")
    editor.keys.press("Enter")
    editor.keys.type("A second paragraph.")
    expect(editor.state).to_contain_text("(offline)")
    editor.page.unroute("**/minute/changes/")
    again(editor)
    editor.saved()
    assert again(editor).reads(1) == ["Before. And after.", "A second paragraph."]


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_with_the_line_broken_twenty_times_not_a_letter_is_lost_or_doubled(editor):
    """Each time either what was sent never arrives, or it is done and the answer never comes."""
    times = iter(range(20))

    def broken(route):
        n = next(times, None)
        if n is None:
            return route.continue_()
        if n % 2:
            route.fetch()
        return route.abort()

    editor.page.route("**/minute/changes/", broken)
    editor.page.evaluate("window.dispatchEvent(new Event('online'))")
    editor.begin(1)
    for n in range(10):
        editor.keys.type(f"Sentence {n} of the minutes.")
        editor.keys.press("Enter")
        editor.page.wait_for_timeout(600)
        editor.page.evaluate("window.dispatchEvent(new Event('online'))")  # tries again at once
    for _ in range(20):
        editor.page.evaluate("window.dispatchEvent(new Event('online'))")
        editor.page.wait_for_timeout(300)
    editor.saved()
    assert again(editor).reads(1) == [f"Sentence {n} of the minutes." for n in range(10)]


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_a_sign_in_that_ran_out_is_asked_for_beside_the_text(editor):
    editor.page.context.clear_cookies()
    editor.begin(1)
    editor.keys.type("Typed after it ran out.")
    expect(editor.state).to_contain_text("your sign-in has run out. Nothing is lost.")
    expect(editor.page.get_by_role("link", name="Sign in again in a new tab")).to_be_visible()
    assert editor.reads(1) == ["Typed after it ran out."]
    editor.page.context.add_cookies([cookie_of(SECRETARY, editor.page.url)])  # as one who signs in again in the other tab
    editor.saved()  # at its next try
    assert again(editor).reads(1) == ["Typed after it ran out."]
