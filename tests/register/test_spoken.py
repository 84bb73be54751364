"""Where a record is spoken of: by its number or its name, and not by the heading under which something else stands."""

from datetime import date

import pytest

from meetings import operations as meetings
from meetings.models import Paragraph
from register.spoken import actions_naming, minutes_naming
from tests.conftest import set_clock
from tests.decisions.houses import House

pytestmark = pytest.mark.django_db


def two_at_once() -> None:
    """One item about two change requests; what was said and is to be done is about the first, and about a catalogue by its name."""
    house = House(set_clock)
    item = meetings.table_item(house.meeting(), "CR901 & CR902", by=house.secretary)
    set_clock("2023-07-20 15:00")
    meeting = meetings.hold(item.meeting, by=house.secretary)
    for text in ("Members wanted CR 901 altered.", "The Interface catalogue follows.", "Nothing else was said."):
        meetings.write_paragraph(item, text, by=house.secretary)
    for text in ("Revise CR901", "Send the interface catalogue round"):
        place = meetings.write_paragraph(item, kind=Paragraph.Kind.ACTION, by=house.secretary)
        meetings.raise_action(meeting, text, owner="Programme (PMO)", due_on=date(2023, 8, 1), item=item, paragraph=place, by=house.secretary)
    minutes = meetings.circulate(meetings.clear(meetings.send_to_chair(meeting.minutes, by=house.secretary), by=house.chair), by=house.secretary)
    meetings.publish(minutes, by=house.secretary)


@pytest.fixture(scope="module")
def told(scene):
    return scene(two_at_once)


def said(*names: str) -> tuple[list[str], list[str]]:
    """The paragraphs and the actions that name one of these."""
    return [label for each in minutes_naming(*names) for label in each.paragraphs], [row.title for row in actions_naming(*names)]


def test_what_stands_beside_it_under_one_heading_does_not_speak_of_it(told):
    paragraphs, actions = said("CR901")
    assert (len(paragraphs), actions) == (2, ["Revise CR901"])
    assert said("CR902") == ([], [])


def test_an_artefact_is_spoken_of_by_its_number_or_by_its_name(told):
    assert said("DES-196") == ([], [])
    paragraphs, actions = said("DES-196", "Interface catalogue")
    assert (len(paragraphs), actions) == (2, ["Send the interface catalogue round"])
    assert said("Interface catalogue") == (paragraphs, actions)
