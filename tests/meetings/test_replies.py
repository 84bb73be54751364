"""Whether members come: by the link in the mail and signed in, what is expected, who is reminded, and how the attendance begins from it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from groups.models import Alternate
from groups.operations import correct_person, end_holding
from meetings import operations
from meetings.models import Meeting, MeetingReply
from meetings.replying import forecast_of, token_for
from notifications.models import Notice
from records import sweep
from records.rules import Refused
from tests.conftest import set_clock
from tests.factories import (
    AlternateFactory,
    GroupFactory,
    HoldingFactory,
    PersonFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    chair_of,
    secretary_of,
)
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
HERE = "/desk/meetings/REH004/reply/"


class Table:
    """A group of three constituencies, one of them vacant, and its meeting of Wednesday 9 December 2026, to which all are invited."""

    def __init__(self):
        set_clock("2026-11-20 10:00")
        self.group = GroupFactory(code="REH", name="Rehearsal group")
        self.chair, self.secretary = chair_of(self.group), secretary_of(self.group)
        self.first, self.second, self.vacant = (SeatFactory(group=self.group, label=f"Seat {n}", order=n) for n in (1, 2, 3))
        self.ruth = UserFactory(person=HoldingFactory(seat=self.first, person=PersonFactory(name="Ruth Ansell", email="ruth@example.org")).person)
        self.ines = UserFactory(person=HoldingFactory(seat=self.second, person=PersonFactory(name="Ines Calder", email="ines@example.org")).person)
        self.alternate = AlternateFactory(seat=self.first, person=PersonFactory(name="Sam Cole"))
        self.meeting = operations.schedule(self.group, "4", starts_at=datetime(2026, 12, 9, 10, tzinfo=UTC), by=self.secretary)
        self.meeting = operations.invite(self.meeting, by=self.secretary)


@pytest.fixture(scope="module")
def tables(scene):
    return scene(Table)


@pytest.fixture
def table(tables, db, settings):
    settings.DEMO = True
    set_clock("2026-11-20 10:00")
    return tables()


def link(table, person) -> str:
    return f"/desk/replies/{token_for(table.meeting, person)}/"


def represented(table) -> tuple[int, int]:
    forecast = forecast_of(Meeting.objects.get(pk=table.meeting.pk))
    return forecast.represented, len(forecast.constituencies)


def test_the_invitation_carries_a_link_of_ones_own_and_opening_it_does_nothing(table):
    mail = Notice.objects.get(address="ruth@example.org", key__startswith="REH004-calendar")
    here = link(table, table.ruth.person)
    assert here in mail.body
    page = Client().get(here)
    assert "Do you come to REH004, Ruth Ansell?" in text_of(page)
    assert page["Cache-Control"] == "private, no-store"
    assert not MeetingReply.objects.exists()
    assert represented(table) == (0, 3)


def test_a_reply_by_link_is_recorded_and_can_be_said_otherwise(table):
    here = link(table, table.ruth.person)
    page = text_of(Client().post(here, {"choice": "dial_in"}, follow=True))
    assert "Ruth Ansell dials in. That is recorded." in page
    assert represented(table) == (1, 3)
    Client().post(here, {"choice": f"alternate-{table.alternate.pk}"})
    assert "Sam Cole comes for Ruth Ansell" in text_of(Client().get(here))
    assert represented(table) == (1, 3)
    Client().post(here, {"choice": "apologies"})
    assert represented(table) == (0, 3)
    assert MeetingReply.objects.count() == 1
    assert MeetingReply.objects.get().history.count() == 3


def test_a_link_ends_with_the_seat_with_the_address_and_with_the_meeting(table):
    here = link(table, table.ruth.person)
    other = link(table, table.ines.person)
    correct_person(table.ines.person, name="Ines Calder", email="new@example.org", why="x", by=a_pmo())
    end_holding(table.first.holdings.get(), last=date(2026, 11, 30), why="x", by=a_pmo())
    for each in (here, other):
        page = Client().post(each, {"choice": "attend"})
        assert page.status_code == 404
        assert "Ruth" not in text_of(page)
    operations.cancel(table.meeting, why="x", by=table.secretary)
    gone = Client().post(link(table, type(table.ines.person).objects.get(pk=table.ines.person_id)), {"choice": "attend"})
    assert gone.status_code == 409
    assert "is cancelled: nothing more is to be said of who comes" in text_of(gone)
    assert not MeetingReply.objects.exists()


def test_somebody_new_is_named_with_the_reply_and_counts_once_approved(table):
    visitor = Visitor(table.ines)
    assert "Give their e-mail address." in text_of(visitor.does(HERE, {"choice": "new", "name": "Ben Example"}))
    page = text_of(visitor.does(HERE, {"choice": "new", "name": "Ben Example", "email": "ben@example.org"}))
    assert "Ben Example may not speak for the seat before the approval is recorded" in page
    named = Alternate.objects.get(person__email="ben@example.org")
    assert (named.occasion, named.first_day, named.last_day) == ("REH004", date(2026, 12, 9), date(2026, 12, 9))
    assert represented(table) == (0, 3)
    assert "Ben Example comes for Ines Calder, and is not approved yet" in text_of(Visitor(table.secretary).opens("/desk/meetings/REH004/"))
    named.approved_on, named.approved_by, named.approved_how = date(2026, 11, 20), "the constituency", "e-mail"
    named.save_by(table.secretary)
    assert represented(table) == (1, 3)


def test_who_holds_no_seat_says_nothing_for_one(table):
    with pytest.raises(Refused, match="That is not a seat of yours"):
        operations.reply(table.meeting, table.second, "attend", by=table.ruth)
    with pytest.raises(Refused, match="Only whoever holds a seat"):
        operations.reply(table.meeting, table.second, "attend", by=a_pmo())
    with pytest.raises(Refused, match="no alternate for Seat 2"):
        operations.reply(table.meeting, table.second, "alternate", alternate=table.alternate, by=table.ines)


def test_a_moved_meeting_asks_again(table):
    operations.reply(table.meeting, table.first, "attend", by=table.ruth)
    moved = operations.move(table.meeting, starts_at=datetime(2026, 12, 10, 10, tzinfo=UTC), ends_at=None, why="The room", by=table.secretary)
    assert represented(table) == (0, 3)
    mail = Notice.objects.filter(address="ruth@example.org", subject__contains="is moved").get()
    assert "What you said before was for another time" in mail.body
    assert [each.holder.name for each in forecast_of(moved).silent if each.seat.votes] == ["Ruth Ansell", "Ines Calder"]


def test_the_silent_are_reminded_once_two_working_days_before(table):
    operations.reply(table.meeting, table.first, "attend", by=table.ruth)
    set_clock("2026-12-07 08:00")  # Monday; the meeting is on Wednesday
    sweep.run()
    assert not Notice.objects.filter(key__startswith="REH004-reply").exists()
    set_clock("2026-12-07 09:30")
    sweep.run()
    sweep.run()
    asked = set(Notice.objects.filter(key__startswith="REH004-reply").values_list("address", flat=True))
    assert asked == {"ines@example.org", table.chair.email}, "not who runs the meeting"
    (mail,) = Notice.objects.filter(key__startswith="REH004-reply", address="ines@example.org")
    assert link(table, table.ines.person) in mail.body


def reminded(table) -> set[str]:
    return set(Notice.objects.filter(key__startswith="REH004-reply").values_list("address", flat=True))


def test_nobody_is_reminded_before_a_whole_working_day_is_over_since_they_were_told(table):
    set_clock("2026-12-04 15:00")  # Friday
    moved = operations.move(table.meeting, starts_at=datetime(2026, 12, 8, 17, tzinfo=UTC), ends_at=None, why="The room", by=table.secretary)
    for moment in ("2026-12-04 15:00", "2026-12-05 16:00", "2026-12-07 14:59"):
        set_clock(moment)
        sweep.run()
        assert reminded(table) == set()
    set_clock("2026-12-07 15:00")
    sweep.run()
    assert reminded(table) == {"ruth@example.org", "ines@example.org", table.chair.email}
    operations.move(moved, starts_at=datetime(2026, 12, 8, 16, tzinfo=UTC), ends_at=None, why="The room again", by=table.secretary)
    sweep.run()
    assert Notice.objects.filter(key__startswith="REH004-reply").count() == 3


def test_who_is_invited_late_is_not_reminded_with_the_others(table):
    set_clock("2026-12-07 08:30")
    HoldingFactory(seat=table.vacant, person=PersonFactory(email="late@example.org"))
    operations.invite(table.meeting, by=table.secretary)
    set_clock("2026-12-07 09:30")
    sweep.run()
    assert reminded(table) == {"ruth@example.org", "ines@example.org", table.chair.email}


def test_who_runs_the_meeting_is_asked_for_another_seat_that_they_hold(table):
    assert "Say whether you come to REH004" not in text_of(Visitor(table.secretary).opens("/desk/"))
    assert table.secretary.person.name not in [each.holder.name for each in forecast_of(table.meeting).silent]
    HoldingFactory(seat=table.vacant, person=table.secretary.person)
    assert "Say whether you come to REH004" in text_of(Visitor(table.secretary).opens("/desk/"))
    set_clock("2026-12-07 09:30")
    sweep.run()
    assert table.secretary.email in reminded(table)


def test_the_attendance_begins_from_the_replies_and_records_nothing_by_itself(table):
    operations.reply(table.meeting, table.first, "alternate", alternate=table.alternate, by=table.ruth)
    operations.reply(table.meeting, table.second, "apologies", by=table.ines)
    set_clock("2026-12-09 12:00")
    held = operations.hold(Meeting.objects.get(pk=table.meeting.pk), by=table.secretary)
    page = Visitor(table.secretary).opens("/desk/meetings/REH004/attendance/")
    assert "As they replied on 20 Nov 2026: recorded once you save" in text_of(page)
    assert "0 of 3 constituencies represented" in text_of(page)
    assert not held.attendances.exists()
    page = Visitor(table.secretary).does("/desk/meetings/REH004/attendance/", {})
    assert "Saved: 1 of 3 constituencies represented." in text_of(page)


def test_it_waits_on_the_desk_until_it_is_said(table):
    visitor = Visitor(table.ruth)
    assert "Say whether you come to REH004" in text_of(visitor.opens("/desk/"))
    visitor.does(HERE, {"choice": "attend"})
    assert "Say whether you come to REH004" not in text_of(visitor.opens("/desk/"))
