"""The agenda as a PDF: made once it is public, anew when it changes, and over with the minutes."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from ledger.models import Entry
from ledger.operations import black_out
from ledger.verifying import faults
from meetings import operations
from meetings.models import AgendaPDF
from meetings.printing import as_html
from notifications.sweeping import run_and_remember
from tests.pages import text_of

pytestmark = pytest.mark.django_db
AT = "/meetings/DAG027/agenda.pdf"


@pytest.fixture
def ahead(rooms):
    room = rooms()
    room.next = operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), ends_at=datetime(2023, 8, 9, 12, 30, tzinfo=UTC), venue="Teams", by=room.pmo)
    operations.table_item(room.next, "CR027", purpose="decision", presenter="Ruth Ansell", by=room.pmo)
    return room


def on_paper(room) -> str:
    return as_html("pdf/agenda.html", room.next.editions.latest("n"), room.next)


def test_while_it_is_not_published_there_is_none(ahead):
    run_and_remember()
    assert Client().get(AT).status_code == 404
    assert not AgendaPDF.objects.exists()


def test_it_is_made_by_the_worker_sealed_and_linked_from_the_page_of_the_meeting(ahead):
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    assert "Its PDF is being made." in text_of(Client().get("/meetings/DAG027/"))
    assert Client().get(AT).status_code == 503
    run_and_remember()
    assert Client().get(AT).content.startswith(b"%PDF")
    assert "This agenda as PDF" in text_of(Client().get("/meetings/DAG027/?"))
    assert Entry.objects.filter(subject_kind="agenda_pdf", kind="printed").count() == 1
    assert not list(faults())


def test_it_says_what_the_page_says(ahead):
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    operations.table_item(ahead.next, "CR028", by=ahead.pmo)
    said = on_paper(ahead)
    assert "<td>Teams</td>" in said
    assert "Ruth Ansell" in said
    assert "CR028" not in said, "it was tabled since"
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    assert "CR028 (late item)" in on_paper(ahead)


def test_it_says_when_each_item_begins_as_far_as_the_minutes_before_it_are_known(ahead):
    for title, minutes in (("Welcome", 10), ("CR028", 20), ("Costs", None), ("Close", 5)):
        operations.table_item(ahead.next, title, minutes_allowed=minutes, by=ahead.pmo)
    first = ahead.next.items.get(number=1)
    operations.change_item(first, "CR027", purpose="decision", presenter="Ruth Ansell", minutes_allowed=15, by=ahead.pmo)
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    page, paper = text_of(Client().get("/meetings/DAG027/")), " ".join(re.sub("<[^>]+>", " ", on_paper(ahead)).split())
    assert "CR027 10:00, for decision, Ruth Ansell Welcome 10:15 CR028 10:25 Costs 10:45 Close" in page
    assert "1 10:00 CR027 For decision Ruth Ansell 2 10:15 Welcome 3 10:25 CR028 4 10:45 Costs 5 Close" in paper
    operations.move(ahead.next, starts_at=datetime(2023, 8, 9, 10, tzinfo=UTC), ends_at=datetime(2023, 8, 9, 13, tzinfo=UTC), why="The room", by=ahead.pmo)
    assert "Welcome 11:15" in text_of(Client().get("/meetings/DAG027/?"))


def test_without_minutes_it_says_no_times(ahead):
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    assert "Begins" not in on_paper(ahead)


def test_published_again_it_is_printed_again_and_the_earlier_one_can_still_be_had(ahead):
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    run_and_remember()
    first = ahead.next.editions.latest("n").n
    operations.table_item(ahead.next, "CR028", by=ahead.pmo)
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    run_and_remember()
    earlier, latest = Client().get(f"{AT}?edition={first}"), Client().get(AT)
    assert earlier.content.startswith(b"%PDF")
    assert earlier.content != latest.content


def test_it_is_printed_anew_without_words_that_were_withdrawn(ahead):
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    run_and_remember()
    black_out("Ruth Ansell", why="she asked for it", ordered_by="the data protection officer", by=ahead.pmo)
    assert Client().get(AT).status_code == 503
    run_and_remember()
    assert AgendaPDF.objects.count() == 2
    assert "Ruth Ansell" not in on_paper(ahead)


def test_of_a_cancelled_meeting_there_is_none(ahead):
    operations.publish_agenda(ahead.next, by=ahead.pmo)
    operations.cancel(ahead.next, why="Nothing to decide", by=ahead.pmo)
    run_and_remember()
    assert Client().get(AT).status_code == 404
