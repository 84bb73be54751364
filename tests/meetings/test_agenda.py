"""Putting an agenda together: items, their order and times, what is offered, what is late, and what the public sees of it."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from assurance.trail import trail
from change_requests import operations as changes
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.operations.asking import bring
from decisions.subjects import Subject, Terms
from meetings import operations
from meetings.agendas import order_of, running_clock
from meetings.models import AgendaItem, Meeting
from meetings.tabling import what_may_be_tabled
from records.opened import Stale
from records.rules import Refused
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.factories import ActionFactory, UserFactory, a_pmo
from tests.meetings.rooms import Room
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
HERE = "/desk/meetings/DAG027/agenda/"


def build_table() -> Room:
    """The DAG after its meeting 26 of 12 July 2023, and meeting 27 of 9 August, 10:00 to 13:30, with three items."""
    room = Room(set_clock)
    room.next = operations.schedule(
        room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), ends_at=datetime(2023, 8, 9, 12, 30, tzinfo=UTC), by=room.pmo
    )
    room.items = [operations.table_item(room.next, title, minutes_allowed=minutes, by=room.pmo) for title, minutes in (("Welcome", 5), ("CR018", 60), ("Close", None))]
    room.visitor = Visitor(room.pmo)
    return room


@pytest.fixture(scope="module")
def tables(scene):
    return scene(build_table)


@pytest.fixture
def table(tables, settings):
    settings.DEMO = True
    return tables()


@pytest.fixture
def room(clock):
    """The same group before anything was planned: for tests that need no more."""
    return Room(clock)


def titles(meeting: Meeting) -> list[str]:
    return [f"{item.number} {item.title}" for item in meeting.items.on_the_agenda()]


def refused(match: str):
    return pytest.raises(Refused, match=match)


def offered(table) -> dict[str, str]:
    return {each.title: each.why for each in what_may_be_tabled(table.next)}


# --- items and their order


def test_an_item_is_put_on_the_agenda_and_nothing_typed_is_lost(table):
    page = table.visitor.does(HERE, {"title": "", "presenter": "Ruth Ansell", "minutes_allowed": "601"}, form=-1)
    said = text_of(page)
    assert "Say what the item is called." in said
    assert "Allow between 1 and 600 minutes" in said
    assert 'value="Ruth Ansell"' in page.content.decode()
    page = table.visitor.sends(page, {"title": "CR019", "purpose": "decision", "minutes_allowed": "20"}, form=-1)
    assert "“CR019” is item 4." in text_of(page)
    made = AgendaItem.objects.get(title="CR019")
    assert (made.presenter, made.purpose, made.minutes_allowed, made.late) == ("Ruth Ansell", "decision", 20, False)


def test_the_clock_says_when_each_item_begins_and_by_when_it_all_ends(table):
    said = text_of(table.visitor.opens(HERE))
    assert "10:05 to 11:05, 60 minutes" in said
    assert "Ends 11:05 of 13:30: 145 minutes to spare." in said
    assert "For 1 item no time is allowed." in said
    operations.change_item(table.items[1], "CR018", minutes_allowed=300, by=table.pmo)
    assert "Ends 15:05 of 13:30: 95 minutes too long." in text_of(table.visitor.opens(HERE))


def test_the_clock_goes_on_over_midnight_and_when_the_clocks_change(table):
    meeting = operations.schedule(table.group, "28", starts_at=datetime(2023, 10, 28, 23, tzinfo=UTC), by=table.pmo)
    item = operations.table_item(meeting, "All night", minutes_allowed=180, by=table.pmo)
    assert running_clock(meeting, [item]).ends == datetime(2023, 10, 29, 2, tzinfo=UTC)


def test_items_are_moved_up_and_down_by_buttons(table):
    page = table.visitor.opens(HERE)
    page = table.visitor.sends(page, {"to": "down"}, form=0)
    assert titles(table.next) == ["1 CR018", "2 Welcome", "3 Close"]
    table.visitor.sends(page, {"to": "up"}, form=2)
    assert titles(table.next) == ["1 CR018", "2 Close", "3 Welcome"]


def test_what_is_first_goes_no_further_up(table):
    with refused("It is at that end of the agenda already"):
        operations.move_item(table.items[0], -1, by=table.pmo)
    with refused("It is at that end of the agenda already"):
        operations.move_item(table.items[2], 1, by=table.pmo)


def test_two_secretaries_do_not_lose_the_order(table):
    first, second = table.visitor.opens(HERE), table.visitor.opens(HERE)
    table.visitor.sends(first, {"to": "down"}, form=0)
    page = table.visitor.sends(second, {"to": "up"}, form=2)
    assert "Somebody changed the agenda since you opened it, so nothing was moved." in text_of(page)
    assert titles(table.next) == ["1 CR018", "2 Welcome", "3 Close"]
    with pytest.raises(Stale):
        operations.move_item(table.items[2], -1, seen=order_of(table.items), by=table.pmo)


@pytest.mark.parametrize("to", ["", "sideways", "\0", "2"])
def test_a_move_to_nowhere_moves_nothing(table, to):
    table.visitor.client.post(f"/desk/agenda-items/{table.items[0].pk}/move/", {"to": to})
    assert titles(table.next) == ["1 Welcome", "2 CR018", "3 Close"]


def test_two_who_change_an_item_do_not_write_over_each_other(table):
    address = f"/desk/agenda-items/{table.items[1].pk}/change/"
    first, second = table.visitor.opens(address), table.visitor.opens(address)
    table.visitor.sends(first, {"title": "CR018 version 1.8"})
    page = table.visitor.sends(second, {"presenter": "Ruth Ansell"})
    assert page.status_code == 409
    assert "There now: CR018 version 1.8" in text_of(page)
    assert AgendaItem.objects.get(pk=table.items[1].pk).presenter == ""


def test_what_is_taken_off_stays_on_record_and_leaves_no_gap(table):
    page = table.visitor.opens(f"/desk/do/meetings.take_off/{table.items[1].pk}/")
    assert "is no longer on the agenda of DAG027" in text_of(page)
    page = table.visitor.sends(page)
    assert titles(table.next) == ["1 Welcome", "2 Close"]
    taken = AgendaItem.objects.get(pk=table.items[1].pk)
    assert (taken.status, taken.number) == ("taken_off", None)
    assert "Taken off CR018" in text_of(page)
    with refused("was taken off the agenda"):
        operations.change_item(taken, "CR018 again", by=table.pmo)
    again = operations.table_item(table.next, "CR018", by=table.pmo)
    assert again.number == 3


def test_what_is_taken_off_is_in_no_edition(table, clock):
    operations.take_off(table.items[1], by=table.pmo)
    clock("2023-08-09 14:00")
    meeting = operations.hold(table.next, by=table.pmo)
    minutes = operations.circulate(operations.clear(operations.send_to_chair(meeting.minutes, by=table.pmo), by=table.chair), by=table.pmo)
    operations.publish(minutes, by=table.pmo)
    body = minutes.editions.get().body
    assert [item["title"] for item in body["items"]] == ["Welcome", "Close"]


def test_an_item_on_which_a_vote_is_prepared_is_not_taken_off(table):
    question = bring(table.group, item=table.items[1], title="CR018", decision_wording="The SRO approved CR018", wording="Should it?", subject="CR018", by=table.pmo)
    with refused(r"A vote is prepared on this item \(.*\): withdraw it first"):
        operations.take_off(table.items[1], by=table.pmo)
    decisions.withdraw_question(question, why="Not now", by=table.pmo)
    assert operations.take_off(table.items[1], by=table.pmo).status == "taken_off"


def test_an_item_on_which_a_decision_is_drafted_is_not_taken_off(table):
    decisions.draft(table.group, "CR018", "The SRO approved CR018", meeting=table.next, item=table.items[1], by=table.pmo)
    with refused(r"A decision is drafted on this item \(CR018\): withdraw it first"):
        operations.take_off(table.items[1], by=table.pmo)


def test_once_a_meeting_is_held_items_are_deferred_and_not_taken_off(room):
    item = operations.table_item(room.meeting, "DIN log", by=room.pmo)
    with refused("DAG026 was held: what was not reached is deferred"):
        operations.take_off(item, by=room.pmo)


def test_once_the_minutes_are_published_items_stay_where_they_are(room, settings):
    settings.DEMO = True
    item = operations.table_item(room.meeting, "DIN log", by=room.pmo)
    operations.publish(room.circulated(), by=room.pmo)
    for verb in (lambda: operations.move_item(item, -1, by=room.pmo), lambda: operations.change_item(item, "Log", by=room.pmo)):
        with refused("The minutes of DAG026 are published: what they say of this stays as it is"):
            verb()
    assert "Move up" not in text_of(Visitor(room.pmo).opens("/desk/meetings/DAG026/agenda/"))


def test_a_decision_that_is_public_keeps_its_item_where_it_is(room):
    other = operations.table_item(room.meeting, "DIN log", by=room.pmo)
    decision = decisions.publish(room.decided(), by=room.pmo)
    with refused(f"{decision} is public and names its item"):
        operations.move_item(other, -1, by=room.pmo)
    with refused(f"{decision} is public and says what this item was tabled for"):
        operations.change_item(room.item, "CR018", purpose="discussion", by=room.pmo)
    operations.change_item(other, "DIN log of July", by=room.pmo)


def test_the_order_holds_at_the_end_of_each_transaction(table):
    with transaction.atomic():
        operations.move_item(table.items[2], -2, by=table.pmo)
        operations.move_item(table.items[0], 1, by=table.pmo)
    assert titles(table.next) == ["1 Close", "2 CR018", "3 Welcome"]


# --- what is offered


def test_what_every_agenda_has_is_offered_until_it_is_there(table):
    page = table.visitor.does("/desk/groups/DAG/standing-items/", {"title": "Summary and next steps", "minutes_allowed": "5"}, form=-1)
    assert "is offered for every agenda from now on" in text_of(page)
    page = table.visitor.opens(HERE)
    place = next(n for n, form in enumerate(forms_on(page)) if "table/" in form["action"])
    page = table.visitor.sends(page, form=place)
    assert "“Summary and next steps” is item 4." in text_of(page)
    assert offered(table) == {}
    taken = AgendaItem.objects.get(title="Summary and next steps")
    operations.take_off(taken, by=table.pmo)
    assert list(offered(table)) == ["Summary and next steps"]
    operations.drop_standing_item(table.group.standing_items.get(), by=table.pmo)
    assert offered(table) == {}
    with refused("is not offered any more"):
        operations.drop_standing_item(table.group.standing_items.get(), by=table.pmo)


def test_an_item_renamed_on_the_agenda_is_not_offered_again(table):
    operations.add_standing_item(table.group, "Minutes and actions", by=table.pmo)
    item = operations.table_offered(table.next, what_may_be_tabled(table.next)[0].key, by=table.pmo)
    operations.change_item(item, "Minutes, actions and the log", by=table.pmo)
    assert offered(table) == {}


def test_what_two_press_at_once_is_tabled_once(table):
    operations.add_standing_item(table.group, "Minutes and actions", by=table.pmo)
    page = table.visitor.opens(HERE)
    place = next(n for n, form in enumerate(forms_on(page)) if "table/" in form["action"])
    table.visitor.sends(page, form=place)
    page = table.visitor.sends(page, form=place)
    assert "This is not offered any more: it is on the agenda already, or was settled meanwhile." in text_of(page)
    assert table.next.items.filter(title="Minutes and actions").count() == 1


def test_minutes_that_wait_for_approval_are_offered(table):
    assert offered(table) == {}
    table.circulated()
    assert offered(table) == {"Approve the minutes of DAG026": "Circulated, not approved yet"}


def test_what_was_deferred_to_no_meeting_is_offered_with_its_reason_and_says_where_it_went(table):
    item = operations.table_item(table.meeting, "DIN log", presenter="Ruth Ansell", by=table.pmo)
    operations.defer_item(item, why="No time left", by=table.pmo)
    assert offered(table) == {"DIN log": "Deferred at DAG026: No time left"}
    made = operations.table_offered(table.next, f"deferred:{item.pk}", by=table.pmo)
    assert AgendaItem.objects.get(pk=item.pk).deferred_to == made
    assert made.presenter == "Ruth Ansell"
    operations.take_off(made, by=table.pmo)
    assert list(offered(table)) == ["DIN log"]


def test_what_was_deferred_to_a_meeting_that_is_cancelled_is_offered_again(table):
    item = operations.table_item(table.meeting, "DIN log", by=table.pmo)
    operations.defer_item(item, to=table.next, by=table.pmo)
    operations.cancel(table.next, why="Holidays", by=table.pmo)
    later = operations.schedule(table.group, "28", starts_at=datetime(2023, 9, 13, 9, tzinfo=UTC), by=table.pmo)
    assert "DIN log" in [each.title for each in what_may_be_tabled(later)]


def test_actions_due_by_then_are_counted(table):
    for told in ({"due_kind": "asap"}, {"due_kind": "date", "due_on": "2023-08-09"}, {"due_kind": "date", "due_on": "2023-08-10"}, {"due_kind": "asap", "status": "done"}):
        ActionFactory(group=table.group, **told)
    assert "2 open actions of the group are due by then." in text_of(table.visitor.opens(HERE))


def test_a_change_request_that_aims_at_the_meeting_or_is_assessed_is_offered(clock):
    office = Office(clock)
    meeting = operations.schedule(office.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=office.secretary)
    aimed = changes.change(office.raised("Aimed"), "Aimed", category="normal", target_meeting=meeting, by=office.secretary)
    waiting, assessed = office.raised("Waiting"), office.raised("Assessed")
    assessment = office.assessed(assessed)
    clock("2023-07-28 17:00")
    changes.close_when_due(assessment)
    told = {each.title: each.why for each in what_may_be_tabled(meeting)}
    assert told == {aimed.called: "To be decided at this meeting", assessed.called: "Assessed, and on no agenda yet"}
    assert waiting.called not in told
    operations.table_item(meeting, f"{aimed.reference} at last", by=office.secretary)
    assert [each.title for each in what_may_be_tabled(meeting)] == [assessed.called]


# --- deferring


def test_an_item_is_deferred_to_a_meeting_that_is_planned(table):
    item = operations.table_item(table.meeting, "DIN log", by=table.pmo)
    page = table.visitor.does(f"/desk/agenda-items/{item.pk}/defer/", {"to": str(table.next.pk), "why": "No time left"})
    assert "“DIN log” is deferred, and is on the agenda of DAG027 now." in text_of(page)
    assert titles(table.next)[-1] == "4 DIN log"
    assert AgendaItem.objects.get(pk=item.pk).status_why == "No time left"


def test_before_the_meeting_nothing_is_deferred(table):
    assert table.visitor.client.get(f"/desk/agenda-items/{table.items[0].pk}/defer/").status_code == 409


def test_an_item_is_not_deferred_to_another_groups_meeting(table):
    item = operations.table_item(table.meeting, "DIN log", by=table.pmo)
    foreign = operations.schedule(table.group.parent, "9", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=a_pmo())
    page = table.visitor.does(f"/desk/agenda-items/{item.pk}/defer/", {"to": str(foreign.pk)})
    assert page.status_code == 400
    with refused("to another meeting of the same group"):
        operations.defer_item(item, to=foreign, by=table.pmo)
    with refused("to another meeting of the same group"):
        operations.defer_item(item, to=table.meeting, by=table.pmo)


# --- what the public sees


def test_what_is_tabled_after_publication_is_late_here_at_once_and_in_public_when_it_is_published_again(table):
    operations.publish_agenda(table.next, by=table.pmo)
    with refused("The agenda of DAG027 is public as it stands"):
        operations.publish_agenda(table.next, by=table.pmo)
    operations.table_item(table.next, "CR027", by=table.pmo)
    said = text_of(table.visitor.opens(HERE))
    assert "CR027 Late item" in said
    assert "it has been changed since, which the public does not see yet" in said
    assert "CR027" not in text_of(Visitor().opens("/meetings/DAG027/"))
    page = table.visitor.opens(f"/desk/do/meetings.publish_agenda/{table.next.pk}/")
    assert "with 4 items, becomes public at once" in text_of(page)
    table.visitor.sends(page)
    public = text_of(Visitor().opens("/meetings/DAG027/?"))
    assert "CR027 Late item" in public
    assert public.count("Late item") == 1


def test_an_agenda_that_is_published_again_was_out_when_it_was_first(table, clock):
    first = operations.publish_agenda(table.next, by=table.pmo).agenda_published_at
    operations.table_item(table.next, "CR027", by=table.pmo)
    clock("2023-08-08 10:00")
    assert operations.publish_agenda(table.next, by=table.pmo).agenda_published_at == first
    edition = table.next.editions.latest("n")
    assert (edition.body["agenda"][-1]["late"], edition.why) == (True, "Its agenda was published again.")
    clock("2023-08-09 14:00")
    operations.hold(table.next, by=table.pmo)
    decision = decisions.table(decisions.draft(table.group, "CR018", "The SRO approved CR018", meeting=table.next, item=table.items[1], by=table.pmo), by=table.pmo)
    decision = decisions.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]), by=table.chair)
    told = next(line for line in trail(decision) if "papers out" in line.question)
    assert told.answer == "yes"
    assert told.text.endswith("Tabled after the agenda was published: CR027.")


def test_an_agenda_waits_on_the_desk_until_it_is_published_by_as_many_days_before_as_papers_go_out(table):
    said = text_of(table.visitor.opens("/desk/"))
    assert "Publish the agenda of DAG027" in said
    assert "17:00 on 2 Aug 2023" in said
    operations.publish_agenda(table.next, by=table.pmo)
    assert "Publish the agenda of DAG027" not in text_of(table.visitor.opens("/desk/"))


def test_a_member_reads_the_agenda_and_changes_nothing(table):
    member = Visitor(UserFactory(person=table.member))
    page = member.opens(HERE)
    assert "10:05 to 11:05" in text_of(page)
    assert "Move up" not in text_of(page)
    assert "What could go on it" not in text_of(page)
    assert member.client.post(HERE, {"title": "Mine"}).status_code == 403
    assert member.client.post(f"/desk/agenda-items/{table.items[1].pk}/move/", {"to": "up"}).status_code == 403
    assert Visitor(UserFactory()).client.get(HERE).status_code == 404


def test_a_cancelled_meeting_takes_no_more_items_here(table):
    operations.cancel(table.next, why="Holidays", by=table.pmo)
    assert table.visitor.client.post(HERE, {"title": "CR019"}).status_code == 409


@pytest.mark.parametrize("title", ["Вelcome to CR018 рapers", "x" * 301])
def test_a_title_that_only_looks_like_one_is_refused(table, title):
    page = table.visitor.does(HERE, {"title": title}, form=-1)
    assert page.status_code == 400
    assert table.next.items.count() == 3


def test_what_is_typed_is_shown_and_never_run(table):
    page = table.visitor.does(HERE, {"title": "<script>alert(1)</script>"}, form=-1)
    assert "<script>alert(1)" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()
