"""What Ctrl and Z take back while minutes are typed: one step after the other, and never what somebody else wrote."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PROGRAMME_PMO, SECRETARY, WAIT
from tests.browser.editor import Editor, again

LEFT_ALONE = "This was changed by somebody else since, or became a record: it was not taken back."


@pytest.fixture
def editor(fresh, tab):
    return Editor(tab(fresh, who=SECRETARY))


def types(editor: Editor, *paragraphs: str) -> None:
    for n, text in enumerate(paragraphs):
        if n:
            editor.keys.press("Enter")
        editor.keys.type(text)


def takes_back(editor: Editor, until: list[str], item: int = 1, most: int = 12) -> None:
    """By as many presses as it needs: how much of what was typed goes at once is for the browser to say."""
    for _ in range(most):
        if editor.reads(item) == until:
            return
        editor.keys.press("Control+Z")
        editor.page.wait_for_timeout(150)
    assert editor.reads(item) == until


@pytest.mark.long
def test_steps_are_taken_back_in_their_order_to_the_beginning(editor):
    editor.begin(1)
    types(editor, "One.", "Two.", "Three.")
    editor.saved()
    editor.keys.press("Alt+ArrowUp")
    assert editor.reads(1) == ["One.", "Three.", "Two."]
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One.", "Two.", "Three."]
    takes_back(editor, ["One.", "Two."])
    takes_back(editor, ["One."])
    editor.keys.press("Control+Z")
    assert editor.caret == ("One.", 4), "the empty paragraph is taken back, too"
    editor.saved()
    assert again(editor).reads(1) == ["One."]
    editor.item(1).get_by_role("textbox").first.click()
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One."], "what was typed before the page was opened stays"


@pytest.mark.long
def test_all_that_was_typed_is_taken_back_too_word_by_word(editor):
    editor.begin(1)
    types(editor, "Members agreed at once.", "Two.")
    takes_back(editor, ["Members agreed at once."])
    editor.keys.press("Control+Z")
    editor.keys.press("Control+Z")
    assert editor.reads(1) in (["Members agreed at "], ["Members agreed "])
    takes_back(editor, [])
    editor.keys.press("Control+Z")
    editor.keys.type("Something else.")
    editor.saved()
    assert again(editor).reads(1) == ["Something else."]


@pytest.mark.long
def test_forty_paragraphs_pasted_go_at_once_and_what_stood_there_comes_back(editor):
    editor.begin(1)
    types(editor, "Members agreed to wait.")
    for _ in " to wait.":
        editor.keys.press("ArrowLeft")
    for _ in " agreed":
        editor.keys.press("Shift+ArrowLeft")
    editor.paste("\n\n".join(f"Paragraph {n}" for n in range(40)))
    editor.saved()
    assert editor.reads(1) == ["MembersParagraph 0", *(f"Paragraph {n}" for n in range(1, 40)), "to wait."]
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["Members agreed to wait."]
    editor.saved()
    assert again(editor).reads(1) == ["Members agreed to wait."]


@pytest.mark.long
def test_a_paragraph_split_in_its_midst_is_one_again(editor):
    editor.begin(1)
    types(editor, "One. Two.")
    for _ in range(4):
        editor.keys.press("ArrowLeft")
    editor.keys.press("Enter")
    assert editor.reads(1) == ["One.", "Two."]
    editor.saved()
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One. Two."]
    assert editor.caret == ("One. Two.", 5)
    editor.saved()
    assert again(editor).reads(1) == ["One. Two."]


@pytest.mark.long
def test_split_at_its_beginning_nothing_is_lost_either(editor):
    editor.begin(1)
    editor.keys.insert_text("One.")
    editor.keys.press("Home")
    editor.keys.press("Enter")
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One."]
    editor.saved()
    assert again(editor).reads(1) == ["One."]


@pytest.mark.long
def test_a_step_in_another_item_is_taken_back_and_not_the_words_of_this_one(editor):
    editor.begin(1)
    types(editor, "One.", "Two.")
    editor.begin(2)
    editor.keys.insert_text("Other.")
    editor.keys.press("Enter")
    editor.saved()
    editor.item(1).get_by_role("textbox").first.click()
    editor.keys.press("Control+Z")
    assert (editor.reads(1), editor.reads(2)) == (["One.", "Two."], ["Other."])
    takes_back(editor, [], item=2)
    assert editor.reads(1) == ["One.", "Two."]
    editor.saved()


@pytest.mark.long
def test_a_name_chosen_from_a_menu_is_taken_back(editor):
    editor.begin(1)
    editor.keys.type("Members agreed.")
    editor.keys.press("Enter")
    editor.keys.type("/h")
    expect(editor.page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    editor.keys.press("Enter")
    assert editor.caret[0] == "/heading "
    takes_back(editor, ["Members agreed."])
    editor.saved()


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_steps_are_taken_back_while_the_line_is_broken(editor):
    editor.begin(1)
    types(editor, "One.", "Two.")
    editor.saved()
    editor.page.route("**/minute/changes/", lambda route: route.abort())
    editor.paste(" And\n\nthree\n\nmore.")
    expect(editor.state).to_contain_text("(offline)")
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One.", "Two."]
    editor.page.get_by_role("button", name="Delete: paragraph 2 of item 1", exact=True).click()
    expect(editor.state).to_contain_text("(offline)")
    editor.keys.press("Control+Z")
    assert editor.reads(1) == ["One.", "Two."]
    editor.page.unroute("**/minute/changes/")
    assert again(editor).reads(1) == ["One.", "Two."]
    expect(editor.state).to_have_text("Everything is saved.")
    assert again(editor).reads(1) == ["One.", "Two."]


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_a_deletion_whose_answer_never_came_is_taken_back_all_the_same(editor):
    editor.begin(1)
    types(editor, "One.", "Two.")
    editor.saved()

    def lost(route):
        route.fetch()
        route.abort()

    editor.page.route("**/minute/changes/", lost)
    editor.page.get_by_role("button", name="Delete: paragraph 2 of item 1", exact=True).click()
    expect(editor.state).to_contain_text("offline")
    editor.keys.press("Control+Z")
    editor.page.unroute("**/minute/changes/")
    editor.saved()
    assert editor.reads(1) == ["One.", "Two."]
    assert again(editor).reads(1) == ["One.", "Two."]


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
@pytest.mark.parametrize("is_seen", [True, False])
def test_what_somebody_else_changed_meanwhile_is_left_alone(editor, fresh, tab, is_seen):
    other = Editor(tab(fresh, who=PROGRAMME_PMO))
    editor.begin(1)
    types(editor, "One.", "Two.")
    editor.saved()
    again(editor)
    editor.item(1).get_by_role("textbox").first.click()
    editor.keys.press("End")
    editor.paste(" And so on.\n\nPasted.\n\nAlso pasted.")
    editor.saved()
    expect(other.item(1).get_by_role("textbox").nth(1)).to_have_value("Pasted.", timeout=WAIT)
    if not is_seen:
        editor.page.route("**/minute/now/**", lambda route: route.abort())
    other.item(1).get_by_role("textbox").nth(1).click()
    other.keys.press("End")
    other.keys.type(" By mistake?")
    other.saved()
    if is_seen:
        expect(editor.item(1).get_by_role("textbox").nth(1)).to_have_value("Pasted. By mistake?", timeout=WAIT)
    editor.keys.press("Control+Z")
    if is_seen:
        expect(editor.item(1).get_by_role("alert")).to_have_text(LEFT_ALONE)
    else:
        expect(editor.item(1).get_by_role("alert")).to_contain_text("so it was not deleted")
    editor.saved()
    assert again(editor).reads(1) == ["One.", "Pasted. By mistake?", "Two."]


@pytest.mark.long
def test_a_line_that_was_carried_out_stays_a_record(editor):
    editor.begin(1)
    types(editor, "One.", "/action @DAG Members: read it")
    editor.keys.press("Enter")
    expect(editor.item(1).locator(".app-block__shown")).to_be_visible()
    editor.saved()
    editor.keys.press("Control+Z")
    expect(editor.item(1).get_by_role("alert")).to_have_text(LEFT_ALONE)
    expect(editor.item(1).locator(".app-block__shown")).to_be_visible()
    assert editor.reads(1) == ["One."]
