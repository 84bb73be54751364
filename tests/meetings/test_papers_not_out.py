"""Papers that never go out: the secretariat is reminded on the morning of the day; once it has passed, that is on record, and the Chair hears of it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from assurance.trail import trail
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from groups.models import Policy
from ledger.verifying import faults
from meetings import operations, papers_awaited
from meetings.models import Meeting, PapersAwaited
from meetings.operations.papers_awaited import note_papers_missed, remind_of_circulating
from notifications.models import Notice
from records import sweep
from tests.factories import UserFactory
from tests.meetings.papers import owed, paper, prepared
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
MORNING, CLOSE = "2023-08-02 09:00", "2023-08-02 17:00"  # of the day by which papers of DAG027 go out


@pytest.fixture(scope="module")
def stage(scene):
    return scene(prepared)


@pytest.fixture
def table(stage, settings):
    settings.DEMO = True
    return stage()


def reminded() -> list[Notice]:
    return list(Notice.objects.filter(key__contains="-circulate-").order_by("pk"))


def escalated() -> list[Notice]:
    return list(Notice.objects.filter(key__contains="-not-circulated-").order_by("pk"))


def at(clock, *moments: str) -> None:
    for moment in moments:
        clock(moment)
        sweep.run()


def board(user) -> str:
    return text_of(Visitor(user).opens("/desk/deadlines/"))


def page_of(meeting: Meeting, user) -> str:
    return text_of(Visitor(user).opens(f"/desk/meetings/{meeting}/"))


def test_the_secretariat_is_reminded_once_on_the_morning_of_the_day(table, clock):
    paper(table)
    owed(table)
    at(clock, "2023-08-02 08:55")
    assert reminded() == []
    at(clock, MORNING, "2023-08-02 12:00")
    [notice] = reminded()
    assert notice.person == table.pmo.person
    assert notice.subject == "DAG027: circulate its papers today, by 17:00 on 2 Aug 2023"
    assert "- item 2: Options\n" in notice.body
    assert "- item 2: Plan, from Ruth Ansell\n" in notice.body
    assert "\n\n\n" not in notice.body


def test_once_the_day_has_passed_it_is_on_record_and_the_chair_is_told_once(table, clock):
    paper(table)
    at(clock, MORNING, "2023-08-02 16:59")
    assert escalated() == []
    at(clock, CLOSE, "2023-08-02 17:05", "2023-08-03 09:00")
    assert {each.person for each in escalated()} == {table.chair.person, table.pmo.person}
    assert len(escalated()) == 2
    missed = PapersAwaited.objects.get(missed=True)
    assert (missed.meeting, missed.to_be_held_on, missed.due_at) == (table.next, date(2023, 8, 9), datetime(2023, 8, 2, 16, tzinfo=UTC))
    assert escalated()[0].subject == "DAG027: its papers have not gone out"
    assert "were to go out by 17:00 on 2 Aug 2023. None has gone out, and that is recorded." in escalated()[0].body
    assert list(faults()) == []


def test_a_paper_that_is_only_owed_is_reason_enough(table, clock):
    owed(table)
    at(clock, MORNING, CLOSE)
    assert len(reminded()) == 1
    assert len(escalated()) == 2
    assert "Ready to go out" not in escalated()[0].body
    assert "Nothing can go out until one is handed in." in escalated()[0].body
    assert "Still to be handed in:\n- item 2: Plan, from Ruth Ansell" in escalated()[0].body


@pytest.mark.parametrize("what", ["nothing", "taken off", "dropped", "kept from members", "circulated", "cancelled"])
def test_nobody_is_told_where_nothing_is_awaited(table, clock, what):
    if what == "kept from members":
        paper(table, visibility="pmo_and_assurance")
    elif what != "nothing":
        made = paper(table)
    if what == "taken off":
        operations.take_off(table.items[1], why="Too early.", by=table.pmo)
    elif what == "dropped":
        operations.drop_paper(made, by=table.pmo)
    elif what == "circulated":
        operations.circulate_papers(table.next, by=table.pmo)
        paper(table)  # what comes later is a supplement
    elif what == "cancelled":
        operations.cancel(table.next, why="Too little to speak of.", by=table.pmo)
    at(clock, MORNING, CLOSE, "2023-08-03 09:00")
    assert (reminded(), escalated()) == ([], [])
    assert not PapersAwaited.objects.exists()


@pytest.mark.forged
def test_a_meeting_that_was_read_in_awaits_none(table, clock):
    paper(table)
    meeting = Meeting.objects.get(pk=table.next.pk)
    meeting.origin = "imported"
    meeting.save_by(table.pmo)
    at(clock, MORNING, CLOSE)
    assert not PapersAwaited.objects.exists()
    assert "Go out by" not in page_of(meeting, table.pmo)
    assert "Papers of DAG027" not in board(table.pmo)


def test_a_meeting_that_is_moved_runs_its_new_day(table, clock):
    paper(table)
    at(clock, MORNING)
    operations.move(Meeting.objects.get(pk=table.next.pk), starts_at=datetime(2023, 8, 16, 9, tzinfo=UTC), ends_at=None, why="The room is taken.", by=table.pmo)
    at(clock, CLOSE, "2023-08-08 12:00")
    assert escalated() == []
    assert "Go out by 17:00 on 9 Aug 2023" in page_of(table.next, table.chair)
    at(clock, "2023-08-09 09:00", "2023-08-09 17:00")
    assert [each.key for each in reminded()] == ["DAG027-circulate-2023-08-09", "DAG027-circulate-2023-08-16"]
    assert {each.key for each in escalated()} == {"DAG027-not-circulated-2023-08-16"}


def test_one_that_was_missed_and_is_moved_is_late_no_more_and_the_record_stays(table, clock):
    paper(table)
    at(clock, CLOSE)
    assert "Late" in page_of(table.next, table.pmo)
    operations.move(Meeting.objects.get(pk=table.next.pk), starts_at=datetime(2023, 8, 16, 9, tzinfo=UTC), ends_at=None, why="The papers are late.", by=table.pmo)
    assert "Go out by 17:00 on 9 Aug 2023" in page_of(table.next, table.pmo)
    assert "Papers of DAG027 go out" in board(table.pmo)
    assert PapersAwaited.objects.filter(missed=True).count() == 1
    at(clock, "2023-08-09 17:00")
    assert PapersAwaited.objects.filter(missed=True).count() == 2


def test_moved_nearer_it_has_missed_no_day_that_nobody_went_by(table, clock):
    paper(table)
    clock("2023-08-01 12:00")
    operations.move(Meeting.objects.get(pk=table.next.pk), starts_at=datetime(2023, 8, 4, 9, tzinfo=UTC), ends_at=None, why="It is urgent.", by=table.pmo)
    at(clock, "2023-08-01 12:05", "2023-08-03 09:00")
    assert (reminded(), escalated()) == ([], [])


def test_what_comes_only_after_the_day_was_not_missed(table, clock):
    clock("2023-08-03 10:00")
    paper(table)
    at(clock, "2023-08-03 10:05")
    assert (reminded(), escalated()) == ([], [])
    assert "were to go out" not in page_of(table.next, table.pmo)
    assert "Papers of DAG027 go out" not in board(table.pmo)


def test_after_a_pause_the_second_mail_stands_for_both(table, clock):
    paper(table)
    at(clock, "2023-08-04 08:00")
    assert reminded() == []
    assert len(escalated()) == 2


def test_a_worker_that_comes_after_the_meeting_began_sends_nothing_and_records_what_was_missed(table, clock):
    paper(table)
    at(clock, "2023-08-09 10:30")
    assert (reminded(), escalated()) == ([], [])
    assert PapersAwaited.objects.get().missed
    assert "none went out before the meeting began" in page_of(table.next, table.chair)
    assert "Papers of DAG027" not in board(table.pmo), "nothing can mend it any more"


def test_of_a_meeting_whose_minutes_are_public_nothing_is_recorded_afterwards(table, clock):
    paper(table)
    clock("2023-08-09 12:00")
    meeting = operations.hold(table.next, by=table.pmo)
    minutes = operations.circulate(operations.clear(operations.send_to_chair(meeting.minutes, by=table.pmo), by=table.chair), by=table.pmo)
    operations.publish(minutes, by=table.pmo)
    at(clock, "2023-08-14 10:00")
    assert not PapersAwaited.objects.exists()


def test_the_verbs_look_again_for_themselves(table, clock):
    """As when two sweeps run beside each other, or what was due is done meanwhile."""
    paper(table)
    clock(MORNING)
    for _ in range(2):
        remind_of_circulating(table.next)
        note_papers_missed(table.next)
    assert len(reminded()) == 1
    assert not PapersAwaited.objects.filter(missed=True).exists()
    clock(CLOSE)
    operations.circulate_papers(table.next, by=table.pmo)
    note_papers_missed(table.next)
    assert escalated() == []


def test_the_policy_of_the_group_says_which_day(table, clock):
    Policy(group=table.group, key=Policy.Key.PAPERS, value="3", since=date(2023, 7, 1)).save_by(table.pmo)
    paper(table)
    at(clock, CLOSE)
    assert (reminded(), escalated()) == ([], [])
    at(clock, "2023-08-04 09:00", "2023-08-04 17:00")
    assert len(reminded()) == 1
    assert len(escalated()) == 2


def test_the_page_and_the_board_say_by_when_and_since_when_it_is_late(table, clock):
    paper(table)
    member = UserFactory(person=table.member)
    for user in (table.pmo, table.chair, member):
        assert "Go out by 17:00 on 2 Aug 2023" in page_of(table.next, user)
        assert "5 working days before 9 Aug 2023 is 2 Aug 2023" in board(user)
    at(clock, CLOSE)
    for user in (table.pmo, table.chair, member):
        assert "Late They were to go out by 17:00 on 2 Aug 2023, and none has." in page_of(table.next, user)
        line = board(user).partition("Papers of DAG027 go out")[0][-60:]
        assert "17:00 on 2 Aug 2023 Late" in line
    operations.circulate_papers(table.next, why="Costs came late.", by=table.pmo)
    assert "Papers of DAG027" not in board(table.pmo)
    assert "Went out 17:00 on 2 Aug 2023" in page_of(table.next, member)


def test_a_meeting_without_papers_is_late_with_nothing(table, clock):
    clock("2023-08-03 10:00")
    assert "Papers of DAG027" not in board(table.pmo)
    assert "Papers Go" not in page_of(table.next, table.pmo)


def test_what_anybody_may_know_of_says_nothing_of_it(table, clock, client):
    """Papers go to members: the public is promised none, and reads in the end whether they were out in time."""
    paper(table)
    operations.publish_agenda(table.next, by=table.pmo)
    at(clock, CLOSE)
    assert "DAG027" not in text_of(client.get("/deadlines/"))
    assert "go out" not in text_of(client.get("/meetings/DAG027/"))


@pytest.mark.parametrize("agenda", ["published", "not published"])
def test_was_process_followed_says_that_none_was_circulated(table, clock, agenda):
    paper(table)
    if agenda == "published":
        operations.publish_agenda(table.next, by=table.pmo)
    at(clock, CLOSE)
    clock("2023-08-09 12:00")
    meeting = operations.hold(Meeting.objects.get(pk=table.next.pk), by=table.pmo)
    drafted = decisions.draft(table.group, "CR024", "The SRO approved CR024", meeting=meeting, item=table.items[1], by=table.pmo)
    subjects = [Subject("change_request", "CR024", Outcome.APPROVED)]
    decision = decisions.determine(decisions.table(drafted, by=table.pmo), Terms(subjects, reasons=["It is needed."]), by=table.chair)
    line = next(line for line in trail(decision) if "papers out" in line.question)
    assert line.answer == "no"
    assert line.text == (
        "None was circulated before it began, though there were papers. They were to go out by 17:00 on 2 Aug 2023; that none had is on record since 17:00 on 2 Aug 2023."
    )
    operations.circulate_papers(meeting, why="Handed round in the room.", by=table.pmo)
    assert "None was circulated before it began" in next(line for line in trail(decision) if "papers out" in line.question).text


def test_a_decision_that_is_public_before_it_is_recorded_says_so_from_then_on(table, clock):
    """The clock was down until somebody published the decision alone."""
    paper(table)
    clock("2023-08-09 12:00")
    meeting = operations.hold(table.next, by=table.pmo)
    drafted = decisions.draft(table.group, "CR024", "The SRO approved CR024", meeting=meeting, item=table.items[1], by=table.pmo)
    subjects = [Subject("change_request", "CR024", Outcome.APPROVED)]
    decision = decisions.determine(decisions.table(drafted, by=table.pmo), Terms(subjects, reasons=["It is needed."]), by=table.chair)
    decision = decisions.publish(decision, by=table.pmo)
    at(clock, "2023-08-09 13:00")
    edition = decision.editions.latest("n")
    assert edition.why == "That no papers of DAG027 went out in time was recorded."
    assert "None was circulated before it began" in str(edition.body)
    assert list(faults()) == []


def test_documents_of_what_an_item_is_about_are_papers_too(table, clock, monkeypatch):
    told = [SimpleNamespace(item=table.items[0], papers=[], about=[SimpleNamespace(documents=[SimpleNamespace(visibility="public")])])]
    monkeypatch.setattr(papers_awaited, "to_read", lambda *_: told)
    at(clock, CLOSE)
    assert PapersAwaited.objects.filter(missed=True).exists()
