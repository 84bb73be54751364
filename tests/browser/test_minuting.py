"""The minutes typed in a browser, as a secretary types them: by keys, beside another, through a broken line."""

import re

import pytest
from playwright.sync_api import Page, expect

from desk.lines import WORDS
from tests.browser import looking
from tests.browser.conftest import PROGRAMME_PMO, SECRETARY, WAIT, cookie_of

PAGE = "/desk/meetings/REH004/minute/"


class Editor:
    """The page of the minutes, in one browser."""

    def __init__(self, page: Page, address: str = PAGE):
        self.page, self.keys = page, page.keyboard
        page.goto(address)
        expect(page.locator(".app-editor--live")).to_be_visible()

    def item(self, number: int):
        return self.page.locator(f'[data-number="{number}"]')

    def begin(self, number: int) -> None:
        self.item(number).get_by_role("textbox").last.click()

    def reads(self, number: int) -> list[str]:
        return [text for text in self.item(number).locator("textarea").evaluate_all("all => all.map(each => each.value)") if text]

    def saved(self) -> None:
        """Every word is with the server."""
        expect(self.state).to_have_text(re.compile("^Saved"), timeout=WAIT)

    @property
    def state(self):
        return self.page.locator("[data-state]")

    @property
    def caret(self) -> tuple[str, int]:
        return tuple(self.page.evaluate("[document.activeElement.value, document.activeElement.selectionStart]"))


@pytest.fixture
def editor(fresh, tab):
    return Editor(tab(fresh, who=SECRETARY))


def again(editor: Editor) -> Editor:
    editor.page.reload()
    expect(editor.page.locator(".app-editor--live")).to_be_visible()
    return editor


def test_enter_begins_the_next_paragraph_and_backspace_joins_it_again(editor):
    editor.begin(1)
    editor.keys.type("One. Two.")
    for _ in range(4):
        editor.keys.press("ArrowLeft")
    editor.keys.press("Enter")
    editor.saved()
    assert (editor.reads(1), editor.caret) == (["One.", "Two."], ("Two.", 0))
    assert again(editor).reads(1) == ["One.", "Two."]
    editor.item(1).get_by_role("textbox").nth(1).click()
    editor.keys.press("Home")
    editor.keys.press("Backspace")
    editor.saved()
    assert editor.reads(1) == ["One. Two."]
    assert again(editor).reads(1) == ["One. Two."]


@pytest.mark.long
def test_shift_enter_is_a_new_line_of_the_same_paragraph(editor):
    editor.begin(1)
    editor.keys.type("- one")
    editor.keys.press("Shift+Enter")
    editor.keys.type("- two")
    editor.saved()
    assert again(editor).reads(1) == ["- one\n- two"]


@pytest.mark.long
def test_the_caret_crosses_from_block_to_block(editor):
    editor.begin(1)
    editor.keys.type("First.")
    editor.keys.press("Enter")
    editor.keys.type("Second.")
    editor.keys.press("ArrowUp")
    assert editor.caret == ("First.", 6)
    editor.keys.press("ArrowDown")
    assert editor.caret == ("Second.", 0)


def test_alt_and_an_arrow_move_a_block(editor):
    editor.begin(1)
    for text in ("One", "Two", "Three"):
        editor.keys.type(text)
        editor.keys.press("Enter")
    editor.saved()
    editor.item(1).get_by_role("textbox").nth(2).click()
    editor.keys.press("Alt+ArrowUp")
    editor.saved()
    assert again(editor).reads(1) == ["One", "Three", "Two"]


@pytest.mark.long
def test_ctrl_enter_goes_to_the_next_item(editor):
    editor.begin(1)
    editor.keys.press("Control+Enter")
    editor.keys.type("Of the second.")
    editor.saved()
    assert editor.reads(2) == ["Of the second."]


@pytest.mark.long
def test_forty_paragraphs_pasted_are_forty_blocks(editor):
    editor.begin(1)
    text = "\n\n".join(f"Paragraph {n}" for n in range(40))
    editor.page.evaluate(
        """text => {
            const data = new DataTransfer()
            data.setData('text/plain', text)
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        text,
    )
    editor.saved()
    assert again(editor).reads(1) == [f"Paragraph {n}" for n in range(40)]


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_what_was_deleted_is_brought_back(editor):
    editor.begin(1)
    editor.keys.type("Keep me.")
    editor.saved()
    editor.page.get_by_role("button", name="Delete: paragraph 1 of item 1", exact=True).click()
    expect(editor.item(1).get_by_role("textbox")).to_have_count(1)
    editor.page.get_by_role("button", name="Bring back what was deleted").click()
    editor.saved()
    assert again(editor).reads(1) == ["Keep me."]
    editor.item(1).get_by_role("textbox").first.click()
    editor.page.get_by_role("button", name="Delete: paragraph 1 of item 1", exact=True).click()
    editor.saved()
    editor.page.route("**/minute/changes/", lambda route: route.abort())
    editor.page.get_by_role("button", name="Bring back what was deleted").click()
    expect(editor.state).to_have_text("Not saved yet")
    editor.page.unroute("**/minute/changes/")
    again(editor).saved()  # this browser knows that it was to be brought back
    assert again(editor).reads(1) == ["Keep me."]


def test_a_line_becomes_an_action_and_the_caret_goes_on(editor):
    editor.begin(1)
    editor.keys.type("/action @DAG Members by +5 wd: read the timetable")
    editor.keys.press("Enter")
    expect(editor.item(1).locator(".app-block__shown")).to_contain_text("New action 1 read the timetable")
    editor.keys.type("Members took it on.")
    editor.saved()
    assert again(editor).reads(1) == ["Members took it on."]
    expect(editor.item(1).locator(".app-block__shown")).to_contain_text("DAG Members; 25 Jun 2026")


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_a_line_that_cannot_be_read_says_so_beside_it_and_stays(editor):
    editor.begin(1)
    editor.keys.type("/action read the timetable")
    editor.keys.press("Enter")
    expect(editor.item(1).get_by_role("alert")).to_contain_text("There is no colon before what is to be done")
    assert editor.reads(1) == ["/action read the timetable"]
    editor.keys.press("Home")
    editor.keys.press("End")
    editor.page.keyboard.press("Control+A")
    editor.keys.type("/action @DAG Members: read the timetable")
    editor.keys.press("Enter")
    expect(editor.item(1).locator(".app-block__shown")).to_contain_text("New action 1")


def test_the_menu_of_records_is_chosen_by_keys_and_said_to_who_hears_it(editor):
    editor.begin(1)
    editor.keys.type("/")
    menu = editor.page.get_by_role("listbox", name="Records")
    expect(menu.get_by_role("option")).to_have_text([f"/{word}" for word in WORDS])
    box = editor.item(1).get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(menu.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    editor.keys.press("ArrowDown")
    expect(menu.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    editor.keys.press("Enter")
    expect(menu).to_have_count(0)
    assert editor.caret == ("/decision ", 10)
    editor.keys.press("Control+A")
    editor.keys.type("/h")
    expect(menu.get_by_role("option")).to_have_text(["/heading"])
    editor.keys.press("Escape")
    expect(menu).to_have_count(0)


@pytest.mark.long
@pytest.mark.parametrize(("meeting", "typed", "menu", "chosen"), [("REH003", "@ruth", "People present", "RA"), ("REH004", "#CR901", "References", "CR901")])
def test_people_present_and_references_are_found_as_they_are_typed(fresh, tab, meeting, typed, menu, chosen):
    editor = Editor(tab(fresh, who=SECRETARY), f"/desk/meetings/{meeting}/minute/")
    editor.begin(1)
    editor.keys.type(f"Asked by {typed}")
    expect(editor.page.get_by_role("listbox", name=menu).get_by_role("option").first).to_have_attribute("aria-selected", "true")
    editor.keys.press("Enter")
    expect(editor.page.get_by_role("listbox")).to_have_count(0)
    assert editor.caret[0] == f"Asked by {chosen}"
    editor.saved()


@pytest.mark.long
def test_what_was_typed_is_undone_by_the_keys_that_undo_everywhere(editor):
    editor.begin(1)
    editor.keys.type("Members agreed.")
    editor.saved()
    editor.keys.insert_text(" Or did they?")
    editor.keys.press("Control+Z")
    assert editor.caret[0] == "Members agreed."
    editor.saved()
    assert again(editor).reads(1) == ["Members agreed."]


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_lines_that_wait_to_be_carried_out_are_not_forgotten(editor):
    """Not when the page is closed before their turn, nor when what is sent with them is refused."""
    editor.begin(1)
    editor.page.route("**/minute/changes/", lambda route: route.abort())
    for n in range(3):
        editor.keys.insert_text(f"/action @DAG Members: read part {n}")
        editor.keys.press("Enter")
    editor.page.unroute("**/minute/changes/")
    again(editor)
    expect(editor.item(1).locator(".app-block__shown")).to_have_count(3)
    editor.begin(2)
    editor.page.evaluate("document.activeElement.removeAttribute('maxlength')")
    editor.keys.insert_text("x" * 10_001)
    editor.keys.press("Enter")
    editor.keys.insert_text("/action @DAG Members: shorten it")
    editor.keys.press("Enter")
    expect(editor.item(2).get_by_role("alert")).to_contain_text("make two of it")
    expect(editor.item(2).locator(".app-block__shown")).to_have_count(1)
    assert editor.reads(2) == ["x" * 10_001]


LATE_WORDS = """(ms) => {
  const read = Response.prototype.json
  Response.prototype.json = async function () { const told = await read.call(this); await new Promise((go) => setTimeout(go, ms)); return told }
}"""


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
def test_two_secretaries_see_what_the_other_writes_and_neither_is_overwritten(editor, fresh, tab):
    other = Editor(tab(fresh, who=PROGRAMME_PMO))
    editor.begin(1)
    editor.keys.type("Members agreed.")
    editor.saved()
    expect(other.item(1).get_by_role("textbox").first).to_have_value("Members agreed.")
    expect(other.item(1).locator("[data-writing]")).to_contain_text("writing here")
    for each, words in ((editor, " At once."), (other, " After a vote.")):
        each.item(1).get_by_role("textbox").first.click()
        each.keys.press("End")
        each.keys.type(words)
    choice = [each for each in (editor, other) if _is_asked(each)]
    assert len(choice) == 1, "whoever comes second is asked"
    choice[0].page.get_by_role("button", name="Keep both").click()
    choice[0].saved()
    kept = again(editor).reads(1)[0]
    assert "At once." in kept
    assert "After a vote." in kept


def _is_asked(editor: Editor) -> bool:
    expect(editor.state).to_have_text(re.compile("^(Saved|Not all is saved)"))
    return editor.page.get_by_role("button", name="Keep both").count() > 0


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


@pytest.mark.long
def test_the_history_of_a_paragraph_is_reached_from_it(editor):
    editor.begin(1)
    editor.keys.type("Members agreed.")
    editor.saved()
    editor.item(1).get_by_role("textbox").first.click()
    editor.page.get_by_role("link", name="History of paragraph 1 of item 1", exact=True).click()
    expect(editor.page.get_by_role("heading", level=1)).to_have_text("History of a paragraph")
    for width in (320, 1280):
        looking.widen(editor.page, width)
        assert looking.broken_rules(editor.page) == []
        assert looking.sideways(editor.page) == 0


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_while_it_is_written_on_can_be_used_by_everybody(editor, width):
    editor.page.set_viewport_size({"width": width, "height": 900})
    editor.begin(1)
    editor.keys.type("Members agreed.")
    editor.keys.press("Enter")
    editor.keys.type("/action @DAG Members: read it")
    editor.keys.press("Enter")
    expect(editor.item(1).locator(".app-block__shown")).to_be_visible()
    editor.keys.type("Members took it on.")
    editor.saved()
    assert looking.broken_rules(editor.page) == []
    assert looking.sideways(editor.page) == 0
