"""A48: before minutes are published, what the Chair has not settled and who voted without being there is named, each with where it is mended.

Minutes are due whatever the Chair does: what is not determined is published as waiting, and told so on the page that asks first.
"""

import pytest
from django.urls import reverse

from decisions import operations as decisions
from decisions.due import how_it_is_published
from decisions.models import Decision, Outcome, RollRow
from decisions.subjects import Subject, Terms
from meetings import operations as meetings
from meetings.attending import Presence
from meetings.models import Minutes
from meetings.rules import findings_before_publishing
from records.clock import portal_now
from tests.decisions.test_announcing import Room
from tests.factories import SeatFactory, user_of
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(clock, settings) -> Room:
    settings.DEMO = True
    return Room()


def circulated(room: Room) -> Minutes:
    room.meeting = meetings.hold(room.meeting, by=room.pmo)
    meetings.discuss_item(room.item, by=room.pmo)
    meetings.write_paragraph(room.item, "The change requests were discussed.", by=room.pmo)
    minutes = meetings.send_to_chair(Minutes.objects.get(meeting=room.meeting), by=room.pmo)
    return meetings.circulate(meetings.clear(minutes, by=room.chair), by=room.pmo)


def test_a48_a_decision_that_was_announced_or_only_tabled_is_named_with_its_page_and_nothing_of_it_is_published(room, client):
    room.announced(room.one)
    minutes = circulated(room)
    found = {str(each): each.at for each in findings_before_publishing(minutes)}
    announced = f"{room.one} (CR025) was announced by {room.chair.person.name} and waits for the Chair to confirm it: it will be published without it."
    tabled = f"{room.other} (CR018) waits for the Chair's decision: its vote and advice will be published without it."
    assert (found[announced], found[tabled]) == (reverse("decisions:decision", args=[room.one.pk]), reverse("decisions:decision", args=[room.other.pk]))
    secretary = Visitor(room.pmo)
    page = secretary.opens("/desk/meetings/DAG026/")
    for decision in (room.one, room.other):
        assert f'href="{reverse("decisions:decision", args=[decision.pk])}"' in page.text
    asked = secretary.opens(f"/desk/do/meetings.publish/{minutes.pk}/")
    assert f"Look at this first: {announced}" in text_of(asked)
    assert f"Look at this first: {tabled}" in text_of(asked)
    secretary.sends(asked)
    assert Minutes.objects.get(pk=minutes.pk).published_at
    assert not Decision.objects.filter(published_at__isnull=False).exists()
    public = text_of(client.get("/meetings/DAG026/"))
    assert room.one.wording not in public
    assert "Waiting for the Chair" in public


def test_what_is_determined_after_the_minutes_are_public_waits_for_the_secretariat_to_publish_it_and_the_minutes_have_it(room, client):
    minutes, secretary = circulated(room), Visitor(room.pmo)
    decided = decisions.determine(room.other, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")], reasons=["Weighed."]), by=room.chair)
    assert how_it_is_published(decided, portal_now()) == f"It is published with the minutes of {room.meeting}."
    publish = f"/desk/do/decisions.publish/{decided.pk}/"
    assert publish not in secretary.opens("/desk/").text
    assert f"It is published with the minutes of {room.meeting}." in text_of(secretary.opens(publish))
    meetings.publish(minutes, by=room.pmo)
    late = decisions.determine(room.one, Terms([Subject("change_request", "CR025", Outcome.APPROVED, version="1.2")], reasons=["Weighed."]), by=room.chair)
    assert how_it_is_published(late, portal_now()) == "The secretariat can publish it now; by itself it is public at 17:00 on 26 Jul 2023."
    assert f"Publish {late}" in text_of(secretary.opens("/desk/"))
    asked = secretary.opens(f"/desk/do/decisions.publish/{late.pk}/")
    assert f"The minutes of {room.meeting} are public already: they get a further edition that has it." in text_of(asked)
    secretary.sends(asked)
    assert f"Publish {late}" not in text_of(secretary.opens("/desk/"))
    assert late.reference in text_of(client.get("/meetings/DAG026/"))
    assert client.get(f"/decisions/{late.reference}/").status_code == 200


def test_who_sent_apologies_and_voted_all_the_same_is_named_with_the_roll(room):
    seat = SeatFactory(group=room.group, label="DNO Representative")
    holder = user_of(seat)
    question = decisions.put_question(room.group, "Should CR025 be approved?", subject="CR025", version="1.2", decision=room.one, item=room.item, by=room.pmo)
    question = decisions.open_question(question, by=room.pmo)
    decisions.cast_vote(RollRow.objects.get(question=question, seat=seat), "approve", by=holder)
    decisions.close(question, by=room.pmo)
    said = f"{holder.person.name} is recorded as not there, and the DNO Representative seat voted on CR025 v1.2: who gave its vote, and how?"
    assert said not in map(str, findings_before_publishing(circulated(room)))
    meetings.record_attendances(room.meeting, {f"seat-{seat.pk}": Presence("apologies")}, by=room.pmo)
    (found,) = [each for each in findings_before_publishing(Minutes.objects.get(meeting=room.meeting)) if "is recorded as not there" in each]
    assert str(found).replace(str(RollRow.objects.get(question=question, seat=seat).constituency), "DNO Representative") == said
    assert found.at == reverse("decisions:question", args=[question.pk])
    assert "is recorded as not there" in text_of(Visitor(room.pmo).opens("/desk/meetings/DAG026/"))
