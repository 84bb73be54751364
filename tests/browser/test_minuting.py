"""The minutes typed in a browser, as a secretary types them: by keys, beside another, through a broken line."""

import re

import pytest
from playwright.sync_api import expect

from desk.lines import SHAPES, WORDS
from tests.browser import looking
from tests.browser.conftest import PROGRAMME_PMO, SECRETARY, WAIT
from tests.browser.editor import Editor, again


@pytest.fixture
def editor(fresh, tab):
    return Editor(tab(fresh, who=SECRETARY))


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
    editor.keys.press("ArrowLeft")
    assert editor.caret == ("First.", 6)
    editor.keys.press("ArrowRight")
    assert editor.caret == ("Second.", 0)


@pytest.mark.long
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
    editor.paste("\n\n".join(f"Paragraph {n}" for n in range(40)))
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


@pytest.mark.long
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


@pytest.mark.long
def test_the_menu_of_records_is_chosen_by_keys_and_said_to_who_hears_it(editor):
    editor.begin(1)
    editor.keys.type("/")
    menu = editor.page.get_by_role("listbox", name="Records")
    expect(menu.get_by_role("option")).to_have_text([f"/{word} {SHAPES[word]}" for word in WORDS])
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
    expect(menu.get_by_role("option")).to_have_text(["/heading its words"])
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
def test_the_same_keys_take_back_a_join_and_a_deletion_as_long_as_nothing_else_was_typed(editor):
    editor.begin(1)
    editor.keys.type("One.")
    editor.keys.press("Enter")
    editor.keys.type("Two.")
    editor.saved()
    editor.keys.press("Home")
    editor.keys.press("Backspace")
    assert editor.reads(1) == ["One. Two."]
    editor.saved()
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One.", "Two."]
    assert editor.caret == ("Two.", 0)
    editor.saved()
    assert again(editor).reads(1) == ["One.", "Two."]
    editor.item(1).get_by_role("textbox").first.click()
    editor.page.get_by_role("button", name="Delete: paragraph 1 of item 1", exact=True).click()
    assert editor.reads(1) == ["Two."]
    editor.item(1).get_by_role("textbox").first.click()
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One.", "Two."]
    editor.keys.press("End")
    editor.keys.insert_text(" And more.")
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One.", "Two."], "from the first letter on it is the browser's own again"
    editor.saved()


@pytest.mark.long
def test_initials_of_nobody_are_marked_once_their_paragraph_is_left(editor):
    editor.begin(1)
    editor.keys.type("QX said that it was late.")
    expect(editor.item(1).locator("[data-unknown]")).to_have_count(0)
    editor.keys.press("Enter")
    expect(editor.item(1).locator("[data-unknown]")).to_have_text(re.compile("^QX are the initials of nobody who came or sent apologies."))
    editor.saved()
    expect(again(editor).item(1).locator("[data-unknown]")).to_have_count(1)
    editor.item(1).get_by_role("textbox").first.fill("Somebody said that it was late.")
    editor.keys.press("Tab")
    expect(editor.item(1).locator("[data-unknown]")).to_have_count(0)
    editor.saved()


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


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_two_secretaries_see_what_the_other_writes_and_neither_is_overwritten(editor, fresh, tab):
    other = Editor(tab(fresh, who=PROGRAMME_PMO))
    editor.begin(1)
    editor.keys.type("Members agreed.")
    editor.saved()
    expect(other.item(1).get_by_role("textbox").first).to_have_value("Members agreed.", timeout=WAIT)
    expect(other.item(1).locator("[data-writing]")).to_contain_text("writing here", timeout=WAIT)
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


@pytest.mark.long
def test_what_was_deleted_stands_below_its_item_until_it_is_brought_back(editor):
    editor.begin(1)
    editor.keys.type("One.")
    editor.keys.press("Enter")
    editor.keys.type("Two.")
    editor.saved()
    listed = editor.item(1).locator("[data-deleted]")
    expect(listed).to_be_hidden()
    editor.item(1).get_by_role("textbox").first.click()
    editor.page.get_by_role("button", name="Delete: paragraph 1 of item 1", exact=True).click()
    editor.saved()
    expect(listed.locator("summary")).to_have_text("1 deleted paragraph of item 1")
    listed.locator("summary").click()
    listed.get_by_role("button", name="Bring it back").click()
    assert sorted(editor.reads(1)) == ["One.", "Two."]
    expect(listed).to_be_hidden()
    editor.saved()
    assert sorted(again(editor).reads(1)) == ["One.", "Two."]
