"""Actions from the line that raised them to the day they are done: numbered when the meeting is closed, and kept as a log."""

from datetime import UTC, date, datetime

import pytest

from meetings import operations
from meetings.models import Action, Meeting, Minutes
from records.rules import Refused
from tests.factories import GroupFactory, HoldingFactory, SeatFactory, UserFactory, chair_of, secretary_of, user_of
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


class Log:
    def __init__(self, clock):
        self.clock = clock
        self.group = GroupFactory(code="DAG")
        self.pmo, self.chair, self.member = secretary_of(self.group), chair_of(self.group), user_of(SeatFactory(group=self.group))
        clock("2023-07-12 10:00")
        self.meeting = operations.schedule(self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=self.pmo)
        self.items = [operations.table_item(self.meeting, title, by=self.pmo) for title in ("Welcome", "CR018")]

    def raised(self, text: str = "Amend CR024", item: int = 1, **told) -> Action:
        told = {"owner": "Programme (PMO)", "due_on": date(2023, 8, 9)} | told
        return operations.raise_action(self.meeting, text, item=self.items[item - 1], by=self.pmo, **told)

    def closed(self) -> Meeting:
        self.meeting = operations.hold(Meeting.objects.get(pk=self.meeting.pk), by=self.pmo)
        return self.meeting

    def circulated(self) -> Minutes:
        self.closed()
        return operations.circulate(operations.clear(operations.send_to_chair(Minutes.objects.get(meeting=self.meeting), by=self.pmo), by=self.chair), by=self.pmo)


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.DEMO = True  # it has tests of its own


@pytest.fixture
def log(clock):
    return Log(clock)


def again(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def test_while_the_meeting_runs_an_action_has_no_number_for_good(log):
    assert [log.raised().called, log.raised("Another").called] == ["New action 1", "New action 2"]


def test_when_it_is_closed_actions_are_numbered_in_the_order_of_the_minutes_without_gaps(log):
    later, mistaken, first = log.raised("Later", item=2), log.raised("Mistaken"), log.raised("First", item=1)
    operations.take_off_action(mistaken, by=log.pmo)
    log.closed()
    assert [(again(each).reference, each.text) for each in (first, later)] == [("DAG26-01", "First"), ("DAG26-02", "Later")]
    assert log.raised("After it").reference == "DAG26-03"


def test_what_was_raised_by_mistake_is_in_no_edition(log):
    mistaken = log.raised("Mistaken")
    operations.take_off_action(mistaken, by=log.pmo)
    minutes = log.circulated()
    edition = operations.publish(minutes, by=log.pmo)
    assert edition.body["actions"]["new"] == []
    assert again(mistaken).published_at is None


def test_what_is_public_is_dropped_with_a_reason_and_not_taken_off(log):
    action = log.raised()
    operations.publish(log.circulated(), by=log.pmo)
    with pytest.raises(Refused, match="drop it, and say why"):
        operations.take_off_action(again(action), by=log.pmo)


def test_a_date_is_moved_with_a_reason_once_it_is_public(log):
    action = log.raised()
    moved = operations.change_action(action, text="Amend CR024", owner="Programme (PMO)", due_on=date(2023, 8, 16), due_kind="date", by=log.pmo)
    assert moved.due_on == date(2023, 8, 16)
    operations.publish(log.circulated(), by=log.pmo)
    said = {"text": "Amend CR024", "owner": "Programme (PMO)", "due_on": None, "due_kind": "asap"}
    with pytest.raises(Refused, match="Say why it is changed"):
        operations.change_action(again(action), **said, by=log.pmo)
    assert operations.change_action(again(action), **said, why="The redline is late", by=log.pmo).due_in_words == "As soon as possible (reviewed at the next meeting)"
    assert action.history.latest("history_id").history_change_reason == "The redline is late"


def test_what_is_done_is_not_reworded(log):
    done = operations.complete_action(log.raised(), by=log.pmo)
    with pytest.raises(Refused, match="reopen it to change it"):
        operations.change_action(done, text="x", owner="y", due_on=None, due_kind="asap", by=log.pmo)


# --- its pages


def test_the_log_shows_what_is_open_who_has_it_and_for_how_many_meetings(log):
    log.raised("Amend CR024")
    operations.complete_action(log.raised("Read it", owner="DAG Members", due_on=None, due_kind="asap"), by=log.pmo)
    log.closed()
    log.clock("2023-08-10 10:00")
    later = operations.schedule(log.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=log.pmo)
    operations.hold(later, by=log.pmo)
    page = text_of(Visitor(log.pmo).opens("/desk/groups/DAG/actions/"))
    assert "1 action." in page
    assert "Amend CR024" in page
    assert "Overdue" in page
    assert "1 meeting old" in page
    assert "Read it" not in page
    assert "Read it" in text_of(Visitor(log.pmo).opens("/desk/groups/DAG/actions/?state=closed"))
    assert "No such action" in text_of(Visitor(log.pmo).opens("/desk/groups/DAG/actions/?owner=nobody"))
    csv = Visitor(log.pmo).opens("/desk/groups/DAG/actions/?state=all&format=csv").content.decode()
    assert csv.count("\n") == 3
    assert "Open (overdue)" in csv


def test_members_see_the_actions_of_minutes_that_went_to_them_and_no_draft(log):
    action = log.raised()
    visitor = Visitor(log.member)
    assert "Amend CR024" not in text_of(visitor.opens("/desk/groups/DAG/actions/"))
    assert visitor.opens(f"/desk/actions/{action.pk}/").status_code == 404
    log.circulated()
    assert "Amend CR024" in text_of(visitor.opens("/desk/groups/DAG/actions/"))
    assert visitor.opens(f"/desk/actions/{action.pk}/").status_code == 200


def test_an_action_is_done_by_its_form_and_its_page_says_what_was_changed(log):
    action = log.raised()
    log.closed()
    visitor = Visitor(log.pmo)
    reworded = {"text": "Amend CR024 and CR025", "owner": "Programme (SI)", "due_kind": "date", "due_on": "2023-08-16"}
    assert "The action is changed." in text_of(visitor.does(f"/desk/actions/{action.pk}/change/", reworded))
    done = visitor.does(f"/desk/actions/{action.pk}/complete/", {"on": "2023-07-12", "why": "Published as v1.1"})
    assert "It is recorded as done." in text_of(done)
    page = text_of(visitor.opens(f"/desk/actions/{action.pk}/"))
    assert "reworded (it was “Amend CR024”), given to another (it was Programme (PMO)’s), another date (due 16 Aug 2023)" in page
    assert "Published as v1.1" in page
    assert "Done" in page


def test_a_date_by_which_it_is_due_is_asked_for_and_what_was_typed_stays(log):
    action = log.raised()
    sent = Visitor(log.pmo).does(f"/desk/actions/{action.pk}/change/", {"text": "A longer wording", "due_kind": "date", "due_on": ""})
    assert sent.status_code == 409
    assert "Give a date, or choose another kind" in text_of(sent)
    assert "A longer wording" in sent.content.decode()


def test_the_log_says_how_often_an_action_was_given_another_day(log):
    action = log.raised()
    log.circulated()
    for day in (16, 23):
        operations.change_action(Action.objects.get(pk=action.pk), text="Amend CR024", owner="Programme (PMO)", due_on=date(2023, 8, day), due_kind="date", why="Asked for", by=log.pmo)
    operations.change_action(Action.objects.get(pk=action.pk), text="Amend CR024 again", owner="Programme (PMO)", due_on=date(2023, 8, 23), due_kind="date", why="Reworded", by=log.pmo)
    visitor = Visitor(log.pmo)
    assert "given another day 2 times" in text_of(visitor.opens("/desk/groups/DAG/actions/"))
    line = visitor.client.get("/desk/groups/DAG/actions/?format=csv").content.decode("utf-8-sig").splitlines()[1]
    assert line.startswith("DAG,DAG26-01,")
    assert line.endswith(",2")


class Two:
    """Two groups with an action each that nobody but the secretariat has read, and somebody who keeps the record of one and sits in the other."""

    def __init__(self, clock):
        self.log, self.other = Log(clock), GroupFactory(code="SRG")
        self.log.raised("Amend CR024")
        self.pmo = secretary_of(self.other)
        meeting = operations.schedule(self.other, "7", starts_at=datetime(2023, 7, 13, 9, tzinfo=UTC), by=self.pmo)
        operations.raise_action(meeting, "Count the days", owner="PMO", due_kind="asap", by=self.pmo)


def test_whoever_has_places_in_several_groups_reads_all_actions_on_one_page_as_each_group_shows_them(clock):
    two = Two(clock)
    HoldingFactory(seat=SeatFactory(group=two.log.group), person=two.pmo.person)
    visitor = Visitor(two.pmo)
    assert "Actions of all your groups" in text_of(visitor.opens("/desk/"))
    said = text_of(visitor.opens("/desk/actions/"))
    assert "Count the days" in said
    assert "Amend CR024" not in said, "in that group it is in nobody's hands but the secretariat's"
    two.log.circulated()
    said = text_of(visitor.opens("/desk/actions/?state=all"))
    assert "Count the days" in said
    assert "Amend CR024" in said
    assert "2 actions." in said


def test_whoever_has_no_place_reads_none(clock):
    two = Two(clock)
    two.log.circulated()
    said = text_of(Visitor(UserFactory()).opens("/desk/actions/"))
    assert "0 actions." in said
