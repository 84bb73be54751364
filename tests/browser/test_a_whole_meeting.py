"""The meeting of 12 July 2023 run through the pages alone, by keyboard, from the day it is planned to what a reader sees of its minutes.

What is typed are the words of the retelling that the demonstration reads in, and the edition that comes of it is compared with that one. The same
without scripts: tests/desk/test_a_meeting_without_scripts.py.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests import databases
from tests.browser.dag026 import ByKeyboard, Pen, edition_of
from tests.dag026.before import SECOND_PEN
from tests.dag026.compared import compared_with_the_retelling
from tests.dag026.run import Told


class Interrupted(Pen):
    """Its line breaks while one paragraph is written."""

    breaks_at = ""

    def writes(self, text: str) -> None:
        if text != self.breaks_at:
            super().writes(text)
            return
        self.saved()
        self.hands.page.context.set_offline(True)
        super().writes(text)
        expect(self.state).to_contain_text("(offline)")
        self.hands.page.wait_for_timeout(60_000)  # a minute, in which it tries again and again
        expect(self.state).to_contain_text("(offline)")
        self.hands.page.context.set_offline(False)
        self.saved()


class InARoom(ByKeyboard):
    """Two write in the first items; in the third the line breaks."""

    def write_the_minutes(self, there=()) -> None:
        second, pen = Pen(self.hands(SECOND_PEN)).opens(1), self.pen.opens(1)
        first, theirs = (self.told.paragraphs(number)[0] for number in (1, 2))
        pen.writes(first["text"])
        pen.saved()
        expect(second.first_of(1)).to_have_value(first["text"])  # without loading the page again
        second.goes_on()
        second.writes(theirs["text"])
        second.saved()
        expect(pen.first_of(2)).to_have_value(theirs["text"])
        self.pen = Interrupted(self.pmo)
        self.pen.breaks_at = self.told.paragraphs(3)[2]["text"]
        super().write_the_minutes(there=(first["label"], theirs["label"]))
        self.pen = pen


@pytest.fixture
def meeting(server, tab) -> Iterator[InARoom]:
    with server.copy(template=databases.before_dag026(server.beside)) as address:
        yield InARoom(address, server.databases[-1], tab, Told(edition_of(server.template)), server.beside)


@pytest.mark.long
@pytest.mark.usefixtures("refusals_are_heard")
def test_dag026_from_the_day_it_is_planned_to_its_published_minutes(meeting):
    meeting.run()
    meeting.is_read_by_anybody()
    compared_with_the_retelling(meeting.edition(), meeting.told)
    meeting.approve_at_the_next_meeting()
