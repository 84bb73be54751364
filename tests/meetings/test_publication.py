"""The promise: decisions and minutes are public within ten working days, and the clock sees to it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction

from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from groups.models import HolidayChange, User
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations
from meetings.models import EditionPDF, MinutesEdition, Paragraph
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from records.clock import london_moment
from records.rules import Refused
from tests.factories import GroupFactory, HoldingFactory, SeatFactory, secretary_of
from tests.meetings.rooms import Room, sent
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


def test_dag026_had_to_be_public_by_five_on_26_july(room):
    assert room.meeting.publication_due_at == datetime(2023, 7, 26, 16, tzinfo=UTC)
    assert room.meeting.publication_working["end"] == "2023-07-26"
    assert sum(step["counted"] for step in room.meeting.publication_working["steps"]) == 10


def test_in_winter_five_oclock_in_london_is_five_oclock_utc(clock):
    group = GroupFactory()
    pmo = secretary_of(group)
    clock("2026-10-23 09:00")
    meeting = operations.schedule(group, "1", starts_at=london_moment(date(2026, 10, 23), time(10)), by=pmo)
    assert operations.hold(meeting, by=pmo).publication_due_at == datetime(2026, 11, 6, 17, tzinfo=UTC)


def test_a_stored_deadline_does_not_move_when_a_holiday_is_proclaimed_later(room):
    HolidayChange(day=date(2023, 7, 20), kind="proclaimed", name="A day", announced_on=date(2023, 7, 14)).save_by(room.pmo)
    assert room.again().publication_due_at == datetime(2023, 7, 26, 16, tzinfo=UTC)


def test_the_secretariat_is_reminded_at_five_two_one_and_no_working_days(room, clock):
    for day in range(12, 27):
        for hour in ("08:59", "09:01", "12:00"):
            clock(f"2023-07-{day} {hour}")
            run_and_remember()
    assert sent("-remind-")[::-1] == [
        "DAG026: publish by 17:00 on 26 Jul 2023 (5 working days left)",
        "DAG026: publish by 17:00 on 26 Jul 2023 (2 working days left)",
        "DAG026: publish by 17:00 on 26 Jul 2023 (1 working day left)",
        "DAG026: publish by 17:00 on 26 Jul 2023 (today)",
    ]


def test_after_a_pause_one_reminder_stands_for_all_that_were_missed(room, clock):
    clock("2023-07-25 10:00")
    run_and_remember()
    assert len(sent("-remind-")) == 1


def test_at_the_hour_the_clock_publishes_what_was_circulated(room, clock):
    decision = room.decided()
    room.circulated()
    clock("2023-07-26 16:59")
    run_and_remember()
    assert room.again().published_at is None
    clock("2023-07-26 17:00")
    run_and_remember()
    meeting = room.again()
    assert meeting.published_by == User.objects.the_clock()
    assert meeting.breach_recorded_at is None
    decision.refresh_from_db()
    assert decision.published_at == meeting.published_at
    assert sent("published-by-clock") == ["DAG026: published by the clock at its deadline"] * 2  # the secretary and the Chair


def test_minutes_not_circulated_by_the_hour_are_a_breach_and_chair_and_sro_are_told(room, clock):
    sro = HoldingFactory(seat=SeatFactory(group=room.group.parent, chair=True)).person
    clock("2023-07-26 17:05")
    run_and_remember()
    run_and_remember()
    meeting = room.again()
    assert meeting.published_at is None
    assert meeting.breach_recorded_at is not None
    assert "have not been circulated" in meeting.breach_why
    told = Notice.objects.filter(key="DAG026-missed")
    assert {n.person for n in told} == {room.chair.person, sro, room.pmo.person}


def test_decisions_that_may_be_published_are_even_when_the_minutes_are_not(room, clock):
    decision = room.decided()
    clock("2023-07-26 17:05")
    run_and_remember()
    decision.refresh_from_db()
    assert decision.published_at is not None
    assert room.again().published_at is None


def test_late_minutes_are_published_as_soon_as_they_are_circulated(room, clock):
    clock("2023-07-26 17:05")
    run_and_remember()
    clock("2023-07-27 11:00")
    room.circulated()
    run_and_remember()
    assert room.again().published_at is not None


@pytest.mark.parametrize("classification", ["participants", "restricted"])
def test_nothing_that_is_not_classified_public_is_ever_published(clock, classification):
    room = Room(clock, classification=classification)
    decision = room.decided()
    assert room.meeting.publication_due_at is None
    minutes = room.circulated()
    with pytest.raises(Refused, match="only Public meetings are published"):
        operations.publish(minutes, by=room.pmo)
    clock("2023-09-01 12:00")
    run_and_remember()
    decision.refresh_from_db()
    assert decision.published_at is None
    meeting = room.again()
    meeting.published_at, meeting.published_by = meeting.starts_at, room.pmo
    with pytest.raises(IntegrityError, match="meeting_only_public_is_published"), transaction.atomic():
        meeting.save_by(room.pmo)


def test_a_held_decision_is_not_published_and_the_public_is_told_that_one_is_embargoed(room, clock):
    held = decisions.embargo(room.decided(), until=date(2023, 9, 1), why="Commercially sensitive until the tender closes.", by=room.pmo)
    room.circulated()
    edition = operations.publish(room.minutes, by=room.pmo)
    held.refresh_from_db()
    assert held.published_at is None
    assert edition.body["decisions"] == [
        {"state": "embargoed", "why": "Commercially sensitive until the tender closes.", "until": "2023-09-01"}
    ]
    assert "DEC" not in str(edition.body["items"])
    assert "approved CR018" not in str(edition.body)


def test_a_hold_ends_at_five_on_its_last_day_and_the_minutes_get_an_addendum(room, clock, client):
    held = decisions.embargo(room.decided(), until=date(2023, 9, 1), why="Commercially sensitive.", by=room.pmo)
    operations.publish(room.circulated(), by=room.pmo)
    clock("2023-09-01 16:59")
    run_and_remember()
    held.refresh_from_db()
    assert held.published_at is None
    clock("2023-09-01 17:00")
    run_and_remember()
    held.refresh_from_db()
    assert held.published_at is not None
    edition = room.minutes.latest_edition
    assert (edition.kind, edition.body["decisions"][0]["state"]) == ("addendum", "determined")
    assert "One decision is under embargo" not in client.get("/meetings/DAG026/").content.decode()
    assert list(faults()) == []


def test_a_hold_can_be_ended_by_hand_and_only_once(room):
    held = decisions.embargo(room.decided(), until=date(2023, 9, 1), why="Commercially sensitive.", by=room.pmo)
    released = decisions.release(held, by=room.pmo)
    assert not released.is_embargoed
    with pytest.raises(Refused, match="is not under embargo"):
        decisions.release(released, by=room.pmo)


def test_holding_a_decision_needs_a_later_day_and_a_reason(room):
    decision = room.decided()
    with pytest.raises(Refused, match="later day"):
        decisions.embargo(decision, until=date(2023, 7, 12), why="Because.", by=room.pmo)
    with pytest.raises(Refused, match="the public is told"):
        decisions.embargo(decision, until=date(2023, 8, 1), why=" ", by=room.pmo)


def test_a_vote_that_waits_for_the_chair_is_published_as_waiting(room):
    place = operations.write_paragraph(room.item, kind=Paragraph.Kind.VOTE, by=room.pmo)
    decision = decisions.table(decisions.draft(room.group, "CR018", "CR018", meeting=room.meeting, item=room.item, by=room.pmo), by=room.pmo)
    question = decisions.put_question(
        room.group, "Approve CR018?", subject="CR018", version="1.8", item=room.item, decision=decision, paragraph=place, by=room.pmo
    )
    decisions.close(decisions.open_question(question, by=room.pmo), by=room.pmo)
    room.circulated()
    edition = operations.publish(room.minutes, by=room.pmo)
    assert edition.body["decisions"] == [{"state": "waiting", "area": "CR018"}]
    vote = next(p["vote"] for p in edition.body["items"][0]["paragraphs"] if p["kind"] == "vote")
    assert vote["waiting"]
    assert len(vote["rows"]) == 1


def test_publishing_says_what_it_publishes_and_tells_the_members(room):
    decision = room.decided()
    action = operations.raise_action(room.meeting, "Publish CR018", owner="PMO", due_kind="asap", item=room.item, by=room.pmo)
    room.circulated()
    edition = operations.publish(room.minutes, by=room.pmo)
    for record in (decision, action):
        record.refresh_from_db()
        assert record.published_at == edition.published_at
    assert edition.body["decisions"][0]["reference"] == "DAG-DEC01"
    run_and_remember()
    assert {m.to[0] for m in mail.outbox if m.subject == "DAG026: minutes and decisions published"} == {
        room.chair.email, room.pmo.email, room.member.email,
    }  # fmt: skip


def test_minutes_are_published_once(room):
    operations.publish(room.circulated(), by=room.pmo)
    with pytest.raises(Refused, match="published already"):
        operations.publish(room.minutes, by=room.pmo)


def test_only_the_secretariat_publishes(room):
    minutes = room.circulated()
    with pytest.raises(Refused, match="Only the secretariat"):
        operations.publish(minutes, by=room.chair)


def test_a_published_edition_can_be_neither_changed_nor_deleted(room):
    edition = operations.publish(room.circulated(), by=room.pmo)
    for forge in (
        lambda: MinutesEdition.objects.filter(pk=edition.pk).update(note="never said"),
        lambda: MinutesEdition.objects.filter(pk=edition.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forge()


def test_a_changed_edition_shows_in_the_ledger(room, as_owner):
    edition = operations.publish(room.circulated(), by=room.pmo)
    as_owner("UPDATE meetings_minutesedition SET body = jsonb_set(body, '{items,0,title}', '\"CR019\"') WHERE id = %s", edition.pk)
    assert any("changed since: computed_sha256" in fault for fault in faults())


def test_a_paragraph_put_in_later_gets_a_letter_and_the_others_keep_their_numbers(room):
    operations.write_paragraph(room.item, "It was long.", by=room.pmo)
    first = operations.publish(room.circulated(), by=room.pmo)
    between = operations.write_paragraph(room.item, "POST MEETING UPDATE: it was approved.", kind="addendum", by=room.pmo)
    between.order = 1
    between.save_by(room.pmo)
    second = operations.issue_edition(room.minutes, "addendum", note="The decision was added.", by=room.pmo)
    assert [p["label"] for p in first.body["items"][0]["paragraphs"]] == ["1.1", "1.2"]
    assert [p["label"] for p in second.body["items"][0]["paragraphs"]] == ["1.1", "1.1a", "1.2"]
    assert (second.n, second.kind) == (2, "addendum")


def test_a_further_edition_says_what_changed(room):
    operations.publish(room.circulated(), by=room.pmo)
    with pytest.raises(Refused, match="Say what changed"):
        operations.issue_edition(room.minutes, "correction", note=" ", by=room.pmo)


def test_members_are_told_of_a_further_edition_and_what_changed(room, settings):
    settings.DEMO = True
    operations.publish(room.circulated(), by=room.pmo)
    page = Visitor(room.pmo).opens("/desk/meetings/DAG026/minutes/editions/new/")
    assert "3 people with a seat in DAG are sent what changed" in text_of(page)
    operations.issue_edition(room.minutes, "correction", note="The date of item 1 was wrong.", by=room.pmo)
    told = Notice.objects.filter(key__contains="DAG026-edition-2")
    assert {each.person for each in told} == {room.member, room.chair.person, room.pmo.person}
    assert {each.subject for each in told} == {"DAG026: correction of the minutes published"}
    assert "The date of item 1 was wrong." in told.first().body


def test_the_worker_makes_the_pdf_once_and_the_ledger_vouches_for_it(room, as_owner):
    edition = operations.publish(room.circulated(), by=room.pmo)
    run_and_remember()
    run_and_remember()
    pdf = EditionPDF.objects.get(edition=edition)
    assert bytes(pdf.content).startswith(b"%PDF-1.7")
    assert [entry.kind for entry in Entry.objects.about(pdf)] == ["printed"]
    as_owner("UPDATE meetings_editionpdf SET content = 'x' WHERE id = %s", pdf.pk)
    assert any("PDF" in fault for fault in faults())


@pytest.mark.forged
def test_the_sweep_leaves_meetings_read_in_alone(room, clock):
    meeting = room.again()
    meeting.origin = "imported"
    meeting.save_by(room.pmo)
    clock("2023-08-26 17:05")
    run_and_remember()
    assert room.again().breach_recorded_at is None


def test_a_sweep_that_comes_days_late_still_does_everything(room, clock):
    room.circulated()
    clock("2023-07-31 09:00")
    run = run_and_remember()
    assert run.failures == []
    assert room.again().published_at - room.meeting.publication_due_at > timedelta(days=4)


def test_what_never_came_before_the_group_is_no_part_of_its_minutes(room):
    decisions.draft(room.group, "A draft title", "A draft wording", meeting=room.meeting, item=room.item, by=room.pmo)
    place = operations.write_paragraph(room.item, "Wording typed early", kind=Paragraph.Kind.DECISION, by=room.pmo)
    dropped = decisions.draft(room.group, "Dropped title", "Dropped wording", meeting=room.meeting, item=room.item, paragraph=place, by=room.pmo)
    decisions.withdraw(dropped, why="Overtaken", by=room.pmo)
    edition = operations.publish(room.circulated(), by=room.pmo)
    for hidden in ("A draft", "Dropped", "typed early"):
        assert hidden not in str(edition.body)


def test_a_decision_taken_after_the_minutes_are_public_is_published_with_an_addendum(room, clock):
    decision = decisions.table(decisions.draft(room.group, "CR018", "The SRO approved CR018", meeting=room.meeting, item=room.item, by=room.pmo), by=room.pmo)
    operations.publish(room.circulated(), by=room.pmo)
    decisions.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED)], after_the_meeting=True), by=room.chair)
    clock("2023-07-26 17:00")
    run_and_remember()
    edition = room.minutes.latest_edition
    assert (edition.n, edition.kind) == (2, "addendum")
    assert edition.body["decisions"][0]["reference"] == "DAG-DEC01"
    assert list(faults()) == []


def test_a_later_edition_publishes_the_actions_it_shows(room):
    operations.publish(room.circulated(), by=room.pmo)
    action = operations.raise_action(room.meeting, "Follow up", owner="PMO", due_kind="asap", by=room.pmo)
    operations.issue_edition(room.minutes, "addendum", note="An action was added.", by=room.pmo)
    action.refresh_from_db()
    assert action.published_at is not None


def test_the_agenda_the_public_sees_is_the_one_that_was_published(room, clock, client):
    clock("2023-07-20 10:00")
    coming = operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    operations.table_item(coming, "Minutes and actions", by=room.pmo)
    operations.publish_agenda(coming, by=room.pmo)
    operations.table_item(coming, "Tabled in confidence", by=room.pmo)
    page = client.get("/meetings/DAG027/").content.decode()
    assert "Minutes and actions" in page
    assert "Tabled in confidence" not in page
    operations.publish_agenda(coming, by=room.pmo)
    assert "Tabled in confidence" in client.get("/meetings/DAG027/").content.decode()


@pytest.mark.parametrize("number", [".5", "²", "26.", "20.123", "x", ""])
def test_a_meetings_number_is_a_number(room, number):
    with pytest.raises(Refused, match="number is a number"):
        operations.schedule(room.group, number, starts_at=room.meeting.starts_at, by=room.pmo)
