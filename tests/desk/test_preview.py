"""Whoever publishes minutes sees beforehand what the public, members and assurance will see; and by looking nothing is published."""

import re
from datetime import date

import pytest

from decisions import operations as decisions
from files.models import Visibility
from ledger.models import Entry
from meetings import operations
from meetings.models import MinutesEdition, Paragraph
from notifications.models import Notice
from register.models import Shelf
from tests.conftest import set_clock
from tests.factories import UserFactory
from tests.meetings.papers import CSV
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rooms(scene):
    return scene(lambda: Room(set_clock))


@pytest.fixture
def room(rooms, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return rooms()


def address(room: Room, verb: str = "publish", readers: str = "") -> str:
    return f"/desk/preview/meetings.{verb}/{room.minutes.pk}/" + (f"?for={readers}" if readers else "")


def looked_at(room: Room, readers: str = "", verb: str = "publish"):
    return Visitor(room.pmo).opens(address(room, verb, readers))


def body_of(page) -> str:
    """From the title to the end of the minutes."""
    return re.search(r"<h1.*?(?=<section[^>]*aria-labelledby=\"(?:promise|papers)\")", page.content.decode(), re.S)[0]


def test_it_is_the_page_that_the_public_reads_afterwards(room, client):
    room.decided()
    room.circulated()
    page = looked_at(room)
    assert "Not published: how the public will read it." in text_of(page)
    operations.publish(room.minutes, by=room.pmo)
    public = client.get("/meetings/DAG026/")
    assert "CR018 was discussed." in body_of(public)
    assert body_of(page) == body_of(public)


def test_by_looking_nothing_is_published_sealed_or_sent(room, client):
    room.decided()
    minutes = room.circulated()
    before = (Entry.objects.count(), Notice.objects.count(), Shelf.objects.count(), list(Paragraph.objects.values_list("label", flat=True)))
    for readers in ("", "members", "assurance"):
        looked_at(room, readers)
    minutes.refresh_from_db()
    assert minutes.published_at is None
    assert not MinutesEdition.objects.exists()
    assert (Entry.objects.count(), Notice.objects.count(), Shelf.objects.count(), list(Paragraph.objects.values_list("label", flat=True))) == before
    assert "CR018 was discussed." not in client.get("/meetings/DAG026/").content.decode()


def test_no_browser_keeps_it_and_no_search_engine_lists_it(room):
    room.circulated()
    page = looked_at(room)
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_a_decision_under_embargo_is_named_to_members_and_not_to_the_public(room):
    decision = room.decided()
    decisions.embargo(decision, until=date(2023, 9, 1), why="Ofgem is asked first.", by=room.pmo)
    room.circulated()
    for readers, named in (("", False), ("members", True), ("assurance", True)):
        page = text_of(looked_at(room, readers))
        assert "One decision is under embargo" in page
        assert (f"{decision}, which is under embargo: CR018" in page) is named


def test_a_paper_for_the_pmo_and_assurance_is_named_to_assurance_and_not_to_members(room):
    for title, visibility in (("Costs", Visibility.PMO_AND_ASSURANCE), ("Options", Visibility.PARTICIPANTS)):
        operations.add_paper(room.item, title, CSV, visibility=visibility, by=room.pmo)
    operations.circulate_papers(room.meeting, by=room.pmo, why="They came late.")
    room.circulated()
    named = {readers: re.findall(r"“(\w+)”, a paper of item 1", text_of(looked_at(room, readers))) for readers in ("", "members", "assurance")}
    assert named == {"": [], "members": ["Options"], "assurance": ["Costs", "Options"]}


def test_assurance_finds_what_is_behind_the_process_and_members_do_not(room):
    decision = room.decided()
    room.circulated()
    said = f"What is behind “Was process followed?” of {decision}"
    assert [said in text_of(looked_at(room, readers)) for readers in ("", "members", "assurance")] == [False, False, True]


def test_whoever_circulates_a_draft_sees_it_as_it_would_be_published(room):
    operations.clear(operations.send_to_chair(room.minutes, by=room.pmo), by=room.chair)
    assert "CR018 was discussed." in text_of(looked_at(room, verb="circulate"))
    assert looked_at(room).status_code == 409  # it has not been circulated
    room.minutes.refresh_from_db()
    assert room.minutes.circulated_at is None


def test_the_page_that_asks_first_leads_to_it(room):
    room.circulated()
    for page in (f"/desk/do/meetings.publish/{room.minutes.pk}/", "/desk/meetings/DAG026/"):
        shown = Visitor(room.pmo).opens(page).content.decode()
        assert all(f'href="{address(room, readers=readers)}"' in shown for readers in ("", "members", "assurance"))


def test_whoever_may_not_publish_sees_none_of_it(room):
    room.circulated()
    member = Visitor(UserFactory(person=room.member))
    assert member.opens(address(room)).status_code == 403
    assert Visitor(room.chair).opens(address(room)).status_code == 403
    assert "/desk/preview/" not in member.opens("/desk/meetings/DAG026/").content.decode()


def test_of_a_verb_that_makes_no_page_public_there_is_nothing_to_look_at(room):
    assert looked_at(room, verb="send_to_chair").status_code == 404
