"""Whoever is to do something is told when the minutes go out, reminded on its day and when it is late, once each; in the end the Chair is told."""

from datetime import UTC, date, datetime

import pytest

from meetings import operations
from meetings.by_the_clock import actions_to_chase
from meetings.models import Action
from notifications.models import Notice
from records.clock import portal_now
from records.sweep import run
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
DUE = date(2023, 7, 21)  # a Friday


def raised(room, owner=None, due=DUE, text="Amend CR024") -> Action:
    who = {"owner": f"Supplier Agent ({owner.name})", "owner_person": owner} if owner else {"owner": "Programme (PMO)"}
    kind = {"due_on": due} if due else {"due_kind": "asap"}
    return operations.raise_action(room.meeting, text, item=room.item, by=room.pmo, **(who | kind))


def reminders(action: Action) -> list[tuple[str, str]]:
    told = Notice.objects.filter(key__startswith=f"action-{action.reference}-due").order_by("pk")
    return [(notice.subject, notice.address) for notice in told]


def test_each_owner_gets_one_mail_with_all_that_is_theirs_once_the_minutes_are_circulated(room):
    owner = PersonFactory()
    raised(room, owner)
    raised(room, owner, due=None, text="Ask the IPA")
    raised(room, text="Nobody's own")
    assert not Notice.objects.filter(key__contains="-actions-").exists(), "nothing before the Chair has cleared them"
    room.circulated()
    mail = Notice.objects.get(key__contains="-actions-")
    assert mail.address == owner.email
    assert mail.subject == "DAG026: your actions from this meeting"
    for words in ("DAG26-01, due 21 Jul 2023", "Amend CR024", "DAG26-02, due As soon as possible", "Ask the IPA"):
        assert words in mail.body
    assert "Nobody's own" not in mail.body


def test_an_action_of_the_members_is_everyones(room):
    operations.raise_action(room.meeting, "Read it", owner="DAG Members", due_on=DUE, item=room.item, by=room.pmo)
    room.circulated()
    assert room.member.email in Notice.objects.filter(key__contains="-actions-").values_list("address", flat=True)


def test_its_owner_is_reminded_on_the_day_and_five_and_ten_working_days_later_then_with_the_chair(room, clock):
    owner = PersonFactory()
    action = raised(room, owner)
    room.circulated()
    for moment in ("2023-07-21 08:59", "2023-07-21 09:00", "2023-07-21 09:05", "2023-07-28 09:00", "2023-08-04 09:00", "2023-08-11 09:00"):
        clock(moment)
        run()
    told = reminders(action)
    assert [subject for subject, address in told if address == owner.email] == [
        "DAG26-01: due today", "DAG26-01: 5 working days overdue", "DAG26-01: 10 working days overdue",
    ]  # fmt: skip
    others = {address for _, address in told if address != owner.email}
    assert others == {room.chair.person.email, room.pmo.person.email}
    assert all("10 working days" in subject for subject, address in told if address != owner.email)


def test_after_a_pause_one_reminder_stands_for_all_that_were_missed(room, clock):
    action = raised(room, PersonFactory())
    room.circulated()
    clock("2023-07-31 12:00")
    run()
    assert [subject for subject, _ in reminders(action)] == ["DAG26-01: 5 working days overdue"]


def test_what_is_done_is_not_chased_and_another_day_is_counted_from_anew(room, clock):
    done, moved = raised(room, PersonFactory()), raised(room, PersonFactory(), text="Ask the IPA")
    room.circulated()
    operations.complete_action(Action.objects.get(pk=done.pk), by=room.pmo)
    moved = Action.objects.get(pk=moved.pk)
    operations.change_action(moved, text=moved.text, owner=moved.owner, due_on=date(2023, 7, 28), due_kind="date", why="Asked for", by=room.pmo)
    clock("2023-07-21 09:00")
    run()
    assert reminders(done) == reminders(moved) == []
    clock("2023-07-28 09:00")
    run()
    assert [subject for subject, _ in reminders(moved)] == ["DAG26-02: due today"]
    operations.reopen_action(Action.objects.get(pk=done.pk), why="It was not", by=room.pmo)
    assert Action.objects.get(pk=done.pk).chase_at is not None, "five working days after its day there is another reminder"


def test_where_nobody_is_named_the_secretariat_is_told(room, clock):
    action = raised(room)
    room.circulated()
    clock("2023-07-21 09:00")
    run()
    assert reminders(action) == [("DAG26-01: due today", room.pmo.person.email)]
    assert "remind them yourself" in Notice.objects.get(key__startswith=f"action-{action.reference}-due").body


def test_nobody_is_reminded_of_what_members_were_not_told(room, clock):
    raised(room, PersonFactory())
    clock("2023-07-21 09:00")
    assert not actions_to_chase(portal_now()).exists()


def looked_at(action: Action) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(key__startswith=f"action-{action.reference}-before").order_by("pk").values_list("subject", "address"))


def test_what_is_to_be_done_as_soon_as_possible_comes_back_before_each_meeting_once(room, clock):
    owner = PersonFactory()
    action = raised(room, owner, due=None)
    operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    operations.schedule(room.group, "28", starts_at=datetime(2023, 9, 13, 9, tzinfo=UTC), by=room.pmo)
    room.circulated()
    for moment in ("2023-08-07 08:59", "2023-08-07 09:00", "2023-08-08 09:00", "2023-08-10 09:00", "2023-09-08 09:00", "2023-09-11 09:00", "2023-09-12 09:00"):
        clock(moment)
        run()
    assert looked_at(action) == [
        ("DAG26-01: looked at again at DAG027 on 9 Aug 2023", owner.email), ("DAG26-01: looked at again at DAG028 on 13 Sep 2023", owner.email),
    ]  # fmt: skip
    mail = Notice.objects.filter(key__contains="-before-DAG027")[0].body
    assert "is to be done as soon as possible, and is open." in mail
    assert "/actions/report/" in mail


def test_while_no_meeting_is_planned_it_waits_for_one(room, clock):
    action = raised(room, PersonFactory(), due=None)
    room.circulated()
    clock("2023-07-31 10:00")
    run()
    assert looked_at(action) == []
    operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    clock("2023-08-07 10:00")
    run()
    assert [subject for subject, _ in looked_at(action)] == ["DAG26-01: looked at again at DAG027 on 9 Aug 2023"]


def test_what_is_done_comes_back_no_more(room, clock):
    action = raised(room, PersonFactory(), due=None)
    operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    room.circulated()
    operations.complete_action(Action.objects.get(pk=action.pk), by=room.pmo)
    clock("2023-08-08 10:00")
    run()
    assert looked_at(action) == []
