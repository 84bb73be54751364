"""What the minutes say after a meeting of what was decided at it stands on the decision's page, with the address of its paragraph."""

import pytest

from archive.operations import import_minutes
from archive.samples import DAG026
from decisions import operations as decisions
from decisions.models import Decision, Outcome
from decisions.subjects import Subject, Terms
from groups.models import User
from groups.programme import load
from ledger.operations import black_out
from meetings import operations
from meetings.printing import html_of
from tests.conftest import set_clock
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
PAGE, HEADING = "/decisions/DAG-DEC01/", "After the meeting"


def build_room() -> Room:
    room = Room(set_clock)
    room.decided()
    return room


@pytest.fixture(scope="module")
def rooms(scene):
    return scene(build_room)


@pytest.fixture
def room(rooms, settings):
    settings.DEMO = True
    return rooms()


def updated(room: Room, text: str, item=None) -> None:
    """An update is typed, and a further edition of the minutes has it."""
    operations.write_paragraph(item or room.item, text, kind="addendum", by=room.pmo)
    if room.minutes.published_at:
        operations.issue_edition(room.minutes, "addendum", note="An update.", by=room.pmo)


def also_decided(room: Room, subject: str) -> Decision:
    place = operations.write_paragraph(room.item, kind="decision", by=room.pmo)
    drafted = decisions.draft(room.group, subject, f"The SRO approved {subject}", meeting=room.meeting, item=room.item, paragraph=place, by=room.pmo)
    return decisions.determine(decisions.table(drafted, by=room.pmo), Terms([Subject("change_request", subject, Outcome.APPROVED, version="1.0")]), by=room.chair)


def read(client, address: str = PAGE) -> str:
    return text_of(client.get(address))


def test_an_update_stands_on_its_decisions_page_with_its_day_and_its_paragraph(room, client, clock):
    operations.publish(room.circulated(), by=room.pmo)
    assert HEADING not in read(client)
    clock("2023-07-20 10:00")
    updated(room, "The Programme confirmed that CR018 goes into IR5.")
    page = client.get(PAGE)
    assert "Post-meeting update, published 20 Jul 2023: DAG026, paragraph 1.2a The Programme confirmed that CR018 goes into IR5." in text_of(page)
    assert 'href="/meetings/DAG026/#p1.2a"' in page.content.decode()
    assert 'id="p1.2a"' in client.get("/meetings/DAG026/").content.decode()


def test_what_is_typed_and_not_published_is_on_no_page(room, client):
    operations.publish(room.circulated(), by=room.pmo)
    operations.write_paragraph(room.item, "The Programme confirmed the date.", kind="addendum", by=room.pmo)
    assert HEADING not in read(client)


def test_its_day_stays_when_a_further_edition_follows(room, client, clock):
    updated(room, "The date was confirmed.")
    operations.publish(room.circulated(), by=room.pmo)
    clock("2023-07-20 10:00")
    operations.issue_edition(room.minutes, "correction", note="A name was wrong.", by=room.pmo)
    assert "Post-meeting update, published 12 Jul 2023" in read(client)


def test_on_an_earlier_day_there_was_no_update(room, client, clock):
    operations.publish(room.circulated(), by=room.pmo)
    clock("2023-07-20 10:00")
    updated(room, "The date was confirmed.")
    assert HEADING not in read(client, f"{PAGE}?as-at=2023-07-19")
    assert HEADING not in read(client, f"{PAGE}?edition=1")
    assert HEADING in read(client, f"{PAGE}?as-at=2023-07-20")


def test_it_is_for_the_decision_that_it_names_wherever_it_stands(room, client):
    item = operations.table_item(room.meeting, "Any other business", by=room.pmo)
    updated(room, "DAG-DEC01 was put into practice.", item)
    updated(room, "The next meeting is in Leeds.", item)
    operations.publish(room.circulated(), by=room.pmo)
    page = read(client)
    assert "was put into practice." in page
    assert "Leeds" not in page


def test_one_that_names_what_another_decision_settled_is_for_that_one(room, client):
    second = also_decided(room, "CR019")
    updated(room, "CR019 follows in October.")
    updated(room, "Both were told to the programme.")
    operations.publish(room.circulated(), by=room.pmo)
    first, other = read(client), read(client, f"/decisions/{second.reference}/")
    assert ("October" in first, "October" in other) == (False, True)
    assert "Both were told" in first
    assert "Both were told" in other


def test_words_withdrawn_are_withdrawn_from_it_too(room, client):
    updated(room, "Ann Example confirmed the date.")
    operations.publish(room.circulated(), by=room.pmo)
    black_out("Ann Example", why="a name", ordered_by="The DPO", by=User.objects.the_installer())
    assert "[withdrawn] confirmed the date." in read(client)


def test_of_a_meeting_that_was_read_in_no_day_is_made_up(client, settings):
    for file in ("programme/mhhs.toml", "rehearsal/demo-people.toml"):
        load(settings.BASE_DIR / file)
    import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())
    page = read(client, "/decisions/DAG-DEC60/")
    assert "CR017 (DSO Registration Service DIP Messages Processing Times) falls with that" in page
    assert "Post-meeting update: DAG026, paragraph 7." in page
    assert HEADING not in read(client, "/decisions/DAG-DEC59/")
    minutes = read(client, "/meetings/DAG026/")
    assert "Post-meeting update " in minutes
    assert "Post-meeting update, " not in minutes


def test_an_update_says_in_words_that_it_is_one_and_of_which_day_on_page_and_paper(room, client, clock):
    clock("2023-07-14 10:00")
    operations.write_paragraph(room.item, "The Programme confirmed that CR018 goes into IR5.", kind="addendum", by=room.pmo)
    said = "Post-meeting update, 14 Jul 2023"
    minutes = room.circulated()
    assert said in text_of(Visitor(room.pmo).opens("/desk/meetings/DAG026/minutes/comments/"))
    clock("2023-07-19 10:00")
    edition = operations.publish(minutes, by=room.pmo)
    assert f"{said} The Programme confirmed" in read(client, "/meetings/DAG026/")
    assert "<strong>Post-meeting update, 14 Jul 2023</strong>" in html_of(edition)
