"""Whoever owns an action says how it stands, from the desk or by the link that was mailed; the secretariat takes it up, or says why not."""

import re
from datetime import date

import pytest

from meetings import operations
from meetings.links import owned_by, owner_token
from meetings.models import Action, ActionReport
from notifications.models import Notice
from records.rules import Refused
from tests.conftest import set_clock
from tests.factories import HoldingFactory, PersonFactory, SeatFactory, UserFactory
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


def build_room() -> Room:
    room = Room(set_clock)
    owner = room.member
    room.action = operations.raise_action(
        room.meeting, "Amend CR024", owner=f"Supplier Agent ({owner.name})", owner_person=owner, due_on=date(2023, 7, 21), item=room.item, by=room.pmo
    )
    room.owner = UserFactory(person=owner)
    return room


@pytest.fixture(scope="module")
def stage(scene):
    return scene(build_room)


@pytest.fixture
def room(stage, db, settings):
    settings.DEMO = True
    return stage()


def action(room) -> Action:
    return Action.objects.get(pk=room.action.pk)


def link(room) -> str:
    body = Notice.objects.get(key__contains="-actions-").body
    return re.search(r"/desk/actions/report/\S+", body)[0]


def test_what_is_said_by_the_mailed_link_reaches_the_secretariat_who_takes_it_up(room, client):
    room.circulated()
    page = client.get(link(room))
    assert "Amend CR024" in text_of(page)
    assert room.member.name in text_of(page)
    told = client.post(link(room), {"kind": "done", "text": "Published as CR024 v1.3"})
    assert "The secretariat is told" in text_of(told)
    mail = Notice.objects.get(key__startswith="action-report-")
    assert (mail.address, mail.subject) == (room.pmo.person.email, "DAG26-01: its owner says that it is done")
    assert "Published as CR024 v1.3" in mail.body
    assert action(room).status == "open", "it is the secretariat that closes it"
    secretary = Visitor(room.pmo)
    assert f"Answer what {room.member} says of DAG26-01" in text_of(secretary.opens("/desk/"))
    report = ActionReport.objects.get()
    secretary.does(f"/desk/action-reports/{report.pk}/answer/", {"taken_up": "yes"})
    assert (action(room).status, action(room).closed_on) == ("done", date(2023, 7, 12))
    assert Notice.objects.get(key__endswith="-answered").subject == "DAG26-01: recorded as done"
    assert "What its owner said" in text_of(secretary.opens(f"/desk/actions/{room.action.pk}/"))


def test_another_day_is_asked_for_from_the_desk_and_kept_from_then_on(room):
    room.circulated()
    owner = Visitor(room.owner)
    assert "Action DAG26-01: Amend CR024" in text_of(owner.opens("/desk/"))
    address = f"/desk/actions/{room.action.pk}/report/"
    refused = owner.does(address, {"kind": "another_day", "text": "The IPA has not answered.", "asked_for": "2023-07-12"})
    assert "Give a day that is still to come." in text_of(refused)
    owner.sends(refused, {"asked_for": "2023-08-09"})
    Visitor(room.pmo).does(f"/desk/action-reports/{ActionReport.objects.get().pk}/answer/", {"taken_up": "yes"})
    assert action(room).due_on == date(2023, 8, 9)
    assert "its owner asked for it: The IPA has not answered." in action(room).history.latest().history_change_reason


def test_not_taken_up_says_why_and_leaves_it_as_it_is(room):
    room.circulated()
    report = operations.report_on_action(room.action, "done", "Sent to you", by=room.owner)
    with pytest.raises(Refused, match="Say why not"):
        operations.answer_report(report, taken_up=False, by=room.pmo)
    operations.answer_report(report, taken_up=False, why="It did not arrive.", by=room.pmo)
    assert action(room).status == "open"
    mail = Notice.objects.get(key__endswith="-answered")
    assert mail.subject == "DAG26-01: it stays as it is"
    assert "It did not arrive." in mail.body
    with pytest.raises(Refused, match="answered already"):
        operations.answer_report(report, taken_up=True, by=room.pmo)


def test_one_thing_waits_at_a_time_but_notes_wait_for_nothing(room):
    room.circulated()
    operations.report_on_action(room.action, "note", "Half of it is written", by=room.owner)
    operations.report_on_action(room.action, "done", "It is all written", by=room.owner)
    with pytest.raises(Refused, match="has still to take that up"):
        operations.report_on_action(room.action, "note", "And printed", by=room.owner)


def test_three_reports_a_day_are_enough_and_the_same_one_sent_twice_is_one(room, client, clock):
    room.circulated()
    here = link(room)
    for text in ("One", "One", "Two", "Three", "One"):
        answer = client.post(here, {"kind": "note", "text": text})
        assert "The secretariat is told" in text_of(answer)
    assert ActionReport.objects.count() == Notice.objects.filter(key__startswith="action-report-").count() == 3
    answer = client.post(here, {"kind": "note", "text": "Four"})
    assert "DAG26-01 has had 3 reports today, and that is enough for a day." in text_of(answer)
    assert "Four" in text_of(answer), "nothing typed is lost"
    clock("2023-07-13 09:00")
    client.post(here, {"kind": "note", "text": "Four"})
    assert ActionReport.objects.count() == 4


def test_only_the_owner_and_only_once_members_know_of_it(room):
    with pytest.raises(Refused, match="have not gone out yet"):
        operations.report_on_action(room.action, "done", "Early", by=room.owner)
    room.circulated()
    with pytest.raises(Refused, match="Only who owns"):
        operations.report_on_action(room.action, "done", "It is", by=room.chair)


def test_a_link_is_good_only_for_whom_it_names_while_the_action_is_theirs_and_open(room, client):
    room.circulated()
    good, stranger = owner_token(room.action, room.member), PersonFactory()
    assert owned_by(good) == (room.action, room.member)
    assert client.get(f"/desk/actions/report/{good[:-1]}/").status_code == 404
    other = client.get(f"/desk/actions/report/{owner_token(room.action, stranger)}/")
    assert (other.status_code, "Amend CR024" in text_of(other)) == (403, False)
    assert client.get(f"/desk/actions/report/{good}/")["Cache-Control"] == "private, no-store"
    operations.complete_action(action(room), by=room.pmo)
    late = client.post(f"/desk/actions/report/{good}/", {"kind": "done", "text": "What I typed"})
    assert "DAG26-01 is done." in text_of(late)
    assert "What I typed" in text_of(late), "nothing typed is lost"
    room.member.email = "moved@example.org"
    room.member.save_by(room.pmo)
    assert client.get(f"/desk/actions/report/{good}/").status_code == 404, "it ends with the address it went to"


def test_opening_the_link_changes_nothing_and_what_is_missing_is_asked_for(room, client):
    room.circulated()
    client.get(link(room))
    assert not ActionReport.objects.exists()
    told = client.post(link(room), {"kind": "done", "text": " "})
    assert "Say by what it can be seen." in text_of(told)
    assert not ActionReport.objects.exists()


def test_where_it_has_several_owners_the_secretary_is_told_who_has_not_spoken(room):
    other = UserFactory(person=HoldingFactory(seat=SeatFactory(group=room.group)).person)
    room.action = operations.raise_action(room.meeting, "Read it", owner="DAG Members", due_on=date(2023, 7, 21), item=room.item, by=room.pmo)
    room.circulated()
    report = operations.report_on_action(room.action, "done", "Read", by=other)
    secretary, page = Visitor(room.pmo), f"/desk/action-reports/{report.pk}/answer/"
    told = text_of(secretary.opens(page))
    assert "1 of its 4 owners has said how it stands (DAG Members)." in told
    for each in (room.chair.person, room.pmo.person, room.member):
        assert each.name in told
    assert "who have said nothing: what you record holds for them, too." in told
    with pytest.raises(Refused, match="It was said already how DAG26-02 stands"):
        operations.report_on_action(room.action, "done", "Read, too", by=room.owner)


def test_where_it_has_one_owner_nothing_is_said_of_others(room):
    room.circulated()
    report = operations.report_on_action(room.action, "done", "Read", by=room.owner)
    assert "of its" not in text_of(Visitor(room.pmo).opens(f"/desk/action-reports/{report.pk}/answer/"))
