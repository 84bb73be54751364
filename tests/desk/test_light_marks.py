"""Minutes are typed as plain text with a few marks, and the page on which they are typed says which: readers see what they stand for."""

import pytest

from meetings import operations
from meetings.models import Minutes, MinutesEdition
from meetings.printing import html_of
from meetings.wording import of_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE, MEETING = "/desk/meetings/DAG026/minute/", "/desk/meetings/DAG026/"
MARKS = {  # as it is typed -> what readers get
    "It is **bold**.": "<strong>bold</strong>",
    "It is *slanted*.": "<em>slanted</em>",
    "See [words](https://example.org/costs).": 'href="https://example.org/costs"',
    "- first\n- second": "<li>second</li>",
    "1. first\n2. second": "<ol>",
    "> As they said": "<blockquote>",
    "Present:\nthe Chair": "Present:<br>",
}


def published(desk) -> MinutesEdition:
    desk.clock("2023-07-12 13:00")
    minutes = Minutes.objects.get(meeting=operations.hold(desk.meeting, by=desk.pmo))
    operations.defer_rest(desk.meeting, by=desk.pmo)
    operations.clear(operations.send_to_chair(minutes, by=desk.pmo), by=desk.chair)
    return operations.publish(operations.circulate(minutes, by=desk.pmo), by=desk.pmo)


def test_readers_see_what_marks_stand_for_on_the_page_and_on_paper(desk, client):
    for text in MARKS:
        desk.typed(text)
    edition = published(desk)
    for page in (client.get("/meetings/DAG026/").content.decode(), html_of(edition)):
        assert [told for told in MARKS.values() if told not in page] == []


def test_an_action_has_its_marks_drawn_wherever_it_is_read(desk, client):
    desk.line("/action @DAG Members by 9 Aug: read the **redlined** paper")
    edition = published(desk)
    for page in (client.get("/meetings/DAG026/").content.decode(), html_of(edition)):
        assert page.count("<strong>redlined</strong>") == 2  # in the table of actions, and where it was raised
        assert "**" not in page


def test_the_page_on_which_one_types_names_them_and_where_they_are_drawn(desk):
    page = desk.visitor.opens(PAGE)
    for mark in ("**bold**", "*slanted*", "[words](https://…)"):
        assert mark in text_of(page)
    desk.typed("It is **bold**.")
    desk.clock("2023-07-12 13:00")
    operations.hold(desk.meeting, by=desk.pmo)
    assert "<strong>bold</strong>" in desk.visitor.opens(MEETING).content.decode()


def test_the_draft_for_a_word_processor_keeps_marks_as_they_were_typed(desk):
    """So that what comes back differs only where somebody changed it."""
    desk.typed("It is **bold**.")
    desk.clock("2023-07-12 13:00")
    minutes = Minutes.objects.get(meeting=operations.hold(desk.meeting, by=desk.pmo))
    assert "It is **bold**." in str(of_now(minutes))
