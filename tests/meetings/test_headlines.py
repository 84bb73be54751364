"""The headline report: made from the record, due two working days after the meeting, and nothing in it that is not for everybody."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from decisions import operations as decisions
from groups.holidays import record_holiday
from groups.models import HolidayChange
from ledger.operations import black_out
from ledger.verifying import faults
from meetings import operations
from meetings.headlines import headlines_of, looked_at
from meetings.models import HeadlinePDF, HeadlineReport, Meeting
from meetings.printing import as_html
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from records.opened import Stale
from records.rules import Refused
from tests.conftest import set_clock
from tests.factories import a_pmo
from tests.meetings.rooms import Room, sent
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
PAGE = "/meetings/DAG026/headlines/"


@pytest.fixture(scope="module")
def stage(scene):
    return scene(lambda: Room(set_clock))


@pytest.fixture
def room(stage, db) -> Room:
    return stage()


def report(room: Room) -> HeadlineReport:
    return HeadlineReport.objects.get(meeting=room.meeting)


def published(room: Room, words: str = "", **told) -> HeadlineReport:
    return operations.publish_headlines(room.meeting, words, by=room.pmo, **told)


def test_it_is_due_two_working_days_after_the_meeting_and_the_secretariat_is_reminded(room, clock):
    assert report(room).due_at == datetime(2023, 7, 14, 16, tzinfo=UTC)
    for moment in ("2023-07-13 09:00", "2023-07-13 12:00", "2023-07-14 09:00", "2023-07-14 10:00"):
        clock(moment)
        run_and_remember()
    assert sent("-headlines-due-")[::-1] == [
        "DAG026: publish the headline report by 17:00 on 14 Jul 2023 (1 working day left)",
        "DAG026: publish the headline report by 17:00 on 14 Jul 2023 (today)",
    ]


def test_nobody_publishes_it_by_the_hour_and_that_it_is_late_is_recorded_once(room, clock):
    clock("2023-07-14 17:01")
    run_and_remember()
    run_and_remember()
    assert report(room).breach_recorded_at is not None
    assert {each.person for each in Notice.objects.filter(key="DAG026-headlines-missed")} == {room.chair.person, room.pmo.person}
    assert "It is late." in text_of(Client().get("/meetings/DAG026/"))
    assert "was due" in text_of(Client().get("/deadlines/"))
    published(room)
    assert "headlines/" in Client().get("/meetings/DAG026/").content.decode()
    assert "Headline report published" not in text_of(Client().get("/deadlines/"))


def test_once_the_minutes_are_out_nobody_waits_for_it(room, clock):
    operations.publish(room.circulated(), by=room.pmo)
    with pytest.raises(Refused, match="The minutes of DAG026 are published, and say all that its headline report would"):
        published(room)
    clock("2023-07-14 17:05")
    run_and_remember()
    assert report(room).breach_recorded_at is None
    assert "headlines" not in Meeting.objects.get(code="DAG026").editions.order_by("-n")[0].body


@pytest.mark.parametrize("classification", ["participants", "restricted"])
def test_only_public_meetings_are_reported_to_everybody(room, classification):
    other = operations.schedule(room.group, "26.1", starts_at=datetime(2023, 7, 12, 11, tzinfo=UTC), classification=classification, by=room.pmo)
    operations.hold(other, by=room.pmo)
    assert not HeadlineReport.objects.filter(meeting=other).exists()
    with pytest.raises(Refused, match="only Public meetings are reported to everybody"):
        operations.publish_headlines(other, by=room.pmo)


def test_who_may_not_and_when_not(room, clock):
    with pytest.raises(Refused, match="Only the secretariat of DAG may do this"):
        operations.publish_headlines(room.meeting, by=room.chair)
    later = operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    with pytest.raises(Refused, match="DAG027 has not been held: there is nothing to report yet"):
        operations.publish_headlines(later, by=room.pmo)


def test_it_says_what_was_decided_asked_for_and_deferred(room):
    room.decided()
    operations.raise_action(room.meeting, "Amend CR024", owner="Programme (PMO)", due_on=date(2023, 8, 1), by=room.pmo)
    later = operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    operations.defer_item(operations.table_item(room.meeting, "Interim releases", by=room.pmo), to=later, by=room.pmo)
    published(room, "A short meeting about CR018.")
    shown = text_of(Client().get(PAGE))
    for said in ("A short meeting about CR018.", "The SRO approved CR018", "no vote is recorded", "Amend CR024", "“Interim releases” was deferred to DAG027 on 9 Aug 2023.", "public by 17:00 on 26 Jul 2023"):
        assert said in shown
    assert "CR018 was discussed" not in shown  # the minute of the item, which the Chair has not cleared
    assert Client().get("/decisions/DAG-DEC01/").status_code == 404  # the decision itself comes with the minutes
    assert "Interim releases" in Client().get("/meetings/DAG026/headlines.json").json()["deferred"][0]["title"]
    [told] = Notice.objects.filter(key="DAG026-headlines-1", person=room.member)
    assert told.subject == "DAG026: headline report published"
    assert "- DAG-DEC01: CR018: approved." in told.body
    assert not list(faults())


def test_what_was_announced_says_only_that_it_waits(room):
    decision = decisions.table(decisions.draft(room.group, "CR019", "The SRO rejected CR019", meeting=room.meeting, item=room.item, by=room.pmo), by=room.pmo)
    decisions.announce(decision, who=room.chair.person, by=room.pmo)
    published(room)
    shown = text_of(Client().get(PAGE))
    assert "CR019 Waiting for the Chair’s decision." in shown
    assert "rejected" not in Client().get("/meetings/DAG026/headlines.json").content.decode()


def test_an_embargoed_decision_is_named_by_its_embargo_alone(room):
    decisions.embargo(room.decided(), until=date(2023, 8, 1), why="Ofgem is asked first.", by=room.pmo)
    published(room)
    told = Client().get("/meetings/DAG026/headlines.json").json()["decisions"]
    assert told == [{"state": "embargoed", "why": "Ofgem is asked first.", "until": "2023-08-01"}]


def test_it_stays_as_it_was_published_until_it_is_corrected(room):
    published(room)
    room.decided()
    assert "The SRO approved CR018" not in text_of(Client().get(PAGE))
    with pytest.raises(Refused, match="Say what is corrected"):
        published(room)
    published(room, note="The decision on CR018 was left out.")
    shown = text_of(Client().get(PAGE))
    assert "Corrected, 12 Jul 2023. The decision on CR018 was left out." in shown
    assert "The SRO approved CR018" in shown
    assert "No decision was taken." in text_of(Client().get(f"{PAGE}?edition=1"))
    assert "was left out" in text_of(Client().get(f"{PAGE}changes/"))
    assert sent("DAG026-headlines-2")[0] == "DAG026: headline report corrected"
    with pytest.raises(Refused, match="says just this: there is nothing to correct"):
        published(room, note="Again")


def test_whoever_looked_at_something_else_publishes_nothing(room):
    seen = looked_at(headlines_of(room.meeting, ""))
    room.decided()
    with pytest.raises(Stale):
        published(room, seen=seen)
    assert report(room).published_at is None


def test_a_late_holiday_moves_it(room, clock):
    clock("2023-07-13 10:00")
    record_holiday(date(2023, 7, 14), HolidayChange.Kind.PROCLAIMED, name="A royal day", announced_on=date(2023, 7, 13), by=a_pmo())
    assert report(room).due_at == datetime(2023, 7, 17, 16, tzinfo=UTC)
    assert "publication of the headline report of DAG026" in Notice.objects.filter(key__contains="-headlines-moved-")[0].body


def test_it_is_printed_and_printed_anew_without_words_that_were_withdrawn(room):
    published(room, "Ring Ruth on 020 7946 0000.")
    run_and_remember()
    assert Client().get("/meetings/DAG026/headlines.pdf").content.startswith(b"%PDF")
    black_out("020 7946 0000", why="a telephone number", ordered_by="the data protection officer", by=room.pmo)
    assert Client().get("/meetings/DAG026/headlines.pdf").status_code == 503
    run_and_remember()
    assert HeadlinePDF.objects.count() == 2
    assert "7946" not in as_html("pdf/headlines.html", report(room).editions.get(), room.meeting)
    assert "[withdrawn]" in text_of(Client().get(PAGE))


def test_the_page_that_publishes_it_says_who_is_told_and_keeps_what_was_typed(room, settings):
    settings.DEMO = True
    at, visitor = "/desk/meetings/DAG026/headlines/", Visitor(room.pmo)
    page = visitor.opens(at)
    assert "3 people are told by mail" in text_of(page)
    kept = visitor.sends(page, {"words": "A short meeting.", "step": "save"})
    assert "A short meeting." in kept.content.decode()
    assert report(room).published_at is None
    stale = visitor.sends(kept, {"words": "Mine.", "seen": "another"})
    assert stale.status_code == 409
    assert "Mine." in stale.content.decode()
    assert "is public" in text_of(visitor.sends(stale))
    assert report(room).told["words"] == "Mine."
    again = visitor.does(at, {"words": "Yours."})
    assert (again.status_code, "Say what is corrected" in text_of(again)) == (400, True) or again.status_code == 409
