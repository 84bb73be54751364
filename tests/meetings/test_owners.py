"""Whose an action is, wherever it is typed: whoever came, a seat by its label, an organisation, everyone. Each is told, has a link, and finds it on the desk."""

from datetime import UTC, date, datetime

import pytest

from groups.models import Organisation, Seat
from meetings import operations
from meetings.models import Action, Attendance
from meetings.owners import offered, owner_of, owners_of
from meetings.rules import findings_before_publishing
from notifications.models import Notice
from records import sweep
from tests.conftest import set_clock
from tests.factories import HoldingFactory, PersonFactory, SeatFactory, UserFactory, user_of
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


class Attended(Room):
    """A member who came, another seat with its holder from Elexon, who did not, and a seat that is vacant."""

    def __init__(self, clock):
        super().__init__(clock)
        came = Seat.objects.get(holdings__person=self.member)
        self.member.name, self.member.email = "Sade Agu", "sade@example.org"
        self.member.save_by(self.pmo)
        operations.record_attendance(self.meeting, self.member, Attendance.Section.REPRESENTATIVES, seat=came, role="Supplier Agent", initials="SA", by=self.pmo)
        self.seat = SeatFactory(group=self.group, label="DNO Representative")
        self.user = user_of(self.seat)
        self.holder = self.user.person
        self.holder.organisation = Organisation(name="Elexon").save_by(self.pmo)
        self.holder.save_by(self.pmo)
        SeatFactory(group=self.group, label="Vacant Representative")

    def raised(self, owner: str) -> Action:
        return operations.raise_action(self.meeting, "Amend CR024", owner=owner, due_kind="asap", item=self.item, by=self.pmo)


@pytest.fixture(scope="module")
def stage(scene):
    return scene(lambda: Attended(set_clock))


@pytest.fixture
def room(stage, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return stage()


@pytest.mark.parametrize("said", ["SA", "sa", "Sade Agu", "Supplier Agent (Sade Agu)", " Supplier  Agent (sade agu) "])
def test_whoever_came_is_found_by_initials_name_and_as_the_log_prints_them(room, said):
    action = room.raised(said)
    assert (action.owner, action.owner_person) == ("Supplier Agent (Sade Agu)", room.member)


def test_somebody_who_came_is_found_behind_a_role_of_another_name_which_stays(room):
    action = room.raised("Agents (Sade Agu)")
    assert (action.owner, action.owner_person) == ("Agents (Sade Agu)", room.member)


@pytest.mark.parametrize("said", ["DNO Representative", "dno representative", "Elexon", "elexon"])
def test_a_seat_and_an_organisation_are_whoever_sits_there_and_have_it_by_mail_by_link_and_on_the_desk(room, said):
    action = room.raised(said)
    assert (action.owner_person, owners_of(action)) == (None, [room.holder])
    assert not any("is given to" in told for told in findings_before_publishing(room.minutes))
    room.circulated()
    mail = Notice.objects.get(key__contains="-actions-", address=room.holder.email)
    assert "Amend CR024" in mail.body
    assert "Amend CR024" in text_of(Visitor(room.user).opens("/desk/"))
    said = Visitor(room.user).does(f"/desk/actions/{action.pk}/report/", {"kind": "note", "text": "Half done"})
    assert said.status_code == 200
    assert action.reports.get().made_by == room.holder


def test_what_everyone_owns_is_on_every_desk_of_the_group_and_on_no_other(room):
    room.raised("DAG Members")
    room.circulated()
    assert "Amend CR024" in text_of(Visitor(room.user).opens("/desk/"))
    assert "Amend CR024" not in text_of(Visitor(user_of(SeatFactory())).opens("/desk/"))


BOTH = "Supplier Agent (Sade Agu) & DNO Representative"


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("SA & DNO Representative", BOTH), ("SA and DNO Representative", BOTH), ("SA, DNO Representative", BOTH), ("sa; dno representative", BOTH),
        ("Sade Agu, Elexon and PMO", "Supplier Agent (Sade Agu) & Elexon & PMO"), ("SA & Sade Agu", "Supplier Agent (Sade Agu)"),
        ("SA & Cake Office", "Supplier Agent (Sade Agu) & Cake Office"), ("SA and Cake Office", "Supplier Agent (Sade Agu) & Cake Office"),
        ("Cake Office and Tea Office", "Cake Office and Tea Office"), ("Agents, and others (Sade Agu)", "Agents, and others (Sade Agu)"),
    ],
)  # fmt: skip
def test_several_owners_are_found_each_for_themselves(room, said, printed):
    action = room.raised(said)
    assert action.owner == printed
    assert owner_of(room.group, room.meeting, printed) == (action.owner, action.owner_person), "found the same again"


def test_a_label_with_a_comma_and_an_and_is_one_seat(room):
    large = SeatFactory(group=room.group, label="Large, Medium and Small Supplier")
    lead = HoldingFactory(seat=large).person
    assert owners_of(room.raised("Large, Medium and Small Supplier")) == [lead]
    assert owners_of(room.raised("Large, Medium and Small Supplier & SA")) == [lead, room.member]
    both = SeatFactory(group=room.group, label="Import & Export Supplier")
    assert owners_of(room.raised("Import & Export Supplier")) == []
    trader = HoldingFactory(seat=both).person
    assert owners_of(room.raised("Import & Export Supplier")) == [trader]


@pytest.mark.parametrize("said", ["SA & DNO Representative", "Sade Agu and Elexon", "SA, Cake Office, DNO Representative"])
def test_each_of_several_owners_has_it_by_mail_by_link_and_on_the_desk(room, said):
    action = room.raised(said)
    assert action.owner_person is None
    assert set(owners_of(action)) == {room.member, room.holder}
    room.circulated()
    mails = Notice.objects.filter(key__contains="-actions-")
    assert {each.address for each in mails} == {"sade@example.org", room.holder.email}
    assert all("Amend CR024" in each.body for each in mails)
    for user in (room.user, UserFactory(person=room.member)):
        assert "Amend CR024" in text_of(Visitor(user).opens("/desk/"))
        Visitor(user).does(f"/desk/actions/{action.pk}/report/", {"kind": "note", "text": "Half done"})
    assert {report.made_by for report in action.reports.all()} == {room.member, room.holder}
    assert "Amend CR024" not in text_of(Visitor(user_of(SeatFactory(group=room.group))).opens("/desk/"))


def test_each_of_several_owners_is_reminded(room, clock):
    action = operations.raise_action(room.meeting, "Amend CR024", owner="SA & DNO Representative", due_on=date(2023, 8, 9), item=room.item, by=room.pmo)
    room.circulated()
    clock("2023-07-21 18:00")
    sweep.run()
    clock("2023-08-09 09:30")
    sweep.run()
    assert {each.address for each in Notice.objects.filter(key__startswith=f"action-{action.reference}-due-")} == {"sade@example.org", room.holder.email}


def test_of_several_owners_those_are_named_who_are_reached_by_nothing(room):
    room.raised("SA & DNO Representative")
    room.raised("SA & PMO")
    room.raised("SA & Cake Office & Vacant Representative")
    [told] = [each for each in findings_before_publishing(room.minutes) if "is given to" in each]
    assert "of whom “Cake Office” and “Vacant Representative” cannot be told" in told


def test_the_seat_hands_it_on_to_whoever_holds_it_next(room):
    action = room.raised("DNO Representative")
    holding = room.holder.holdings.get()
    holding.during = ("2021-11-01", "2023-07-12")
    holding.save_by(room.pmo)
    later = HoldingFactory(seat=room.seat, during=("2023-07-12", None)).person
    assert owners_of(action) == [later]


def test_before_it_goes_out_it_is_said_who_is_reached_by_nothing(room):
    for owner in ("DNO Representative", "SA", "Programme (PMO)", "DAG Members", "Cake Office", "Vacant Representative"):
        room.raised(owner)
    told = [each for each in findings_before_publishing(room.minutes) if "is given to" in each]
    assert {each.split("“")[1].split("”")[0] for each in told} == {"Cake Office", "Vacant Representative"}
    [cakes] = (each for each in findings_before_publishing(room.minutes) if "Cake Office" in each)
    assert cakes.at == f"/desk/actions/{Action.objects.get(owner='Cake Office').pk}/change/"


def test_an_owner_without_an_address_is_named(room):
    room.holder.email = ""
    room.holder.save_by(room.pmo)
    room.raised("DNO Representative")
    assert any("“DNO Representative”, of whom no e-mail address is known: nobody is sent it." in told for told in findings_before_publishing(room.minutes))


def test_the_form_offers_the_names_that_the_line_does_and_finds_the_same(room):
    action = room.raised("Cake Office")
    page = Visitor(room.pmo).opens(f"/desk/actions/{action.pk}/change/").content.decode()
    for each in offered(room.group, room.meeting):
        assert f'<option value="{each["owner"]}">' in page
    assert {"Supplier Agent (Sade Agu)", "DAG Members", "Programme (PMO)", "DNO Representative", "Elexon"} <= {each["owner"] for each in offered(room.group, room.meeting)}
    Visitor(room.pmo).does(f"/desk/actions/{action.pk}/change/", {"owner": "SA"})
    action.refresh_from_db()
    assert (action.owner, action.owner_person) == ("Supplier Agent (Sade Agu)", room.member)


def test_whoever_is_given_it_later_is_told_at_once_and_has_it_on_the_desk(room):
    action = room.raised("SA")
    room.circulated()
    changed = operations.change_action(action, text="Amend CR024", owner="DNO Representative", due_on=None, due_kind="asap", by=room.pmo)
    mail = Notice.objects.get(key__contains="-given-")
    assert (mail.address, mail.subject) == (room.holder.email, "DAG26-01 is yours now")
    assert "Amend CR024" in text_of(Visitor(room.user).opens("/desk/"))
    operations.change_action(changed, text="Amend CR025", owner="DNO Representative", due_on=None, due_kind="asap", by=room.pmo)
    assert Notice.objects.filter(key__contains="-given-").count() == 1, "who has it already is not told again"


def test_initials_typed_before_it_was_written_down_who_came_are_known_when_the_meeting_is_closed(room, clock):
    clock("2023-08-01 09:00")
    meeting = operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    item = operations.table_item(meeting, "CR019", purpose="discussion", by=room.pmo)
    clock("2023-08-09 11:00")
    action = operations.raise_action(meeting, "Amend it", owner="SJ", due_kind="asap", item=item, by=room.pmo)
    assert action.owner_person is None
    person = PersonFactory(name="Sam Jones")
    operations.record_attendance(meeting, person, Attendance.Section.OTHERS, role="Elexon", initials="SJ", by=room.pmo)
    operations.hold(meeting, by=room.pmo)
    action.refresh_from_db()
    assert (action.owner, action.owner_person) == ("Elexon (Sam Jones)", person)


def test_two_of_one_name_are_nobody_until_it_is_said_which(room):
    for initials in ("JDa", "JDo"):
        operations.record_attendance(room.meeting, PersonFactory(name="Jo Doe"), Attendance.Section.OTHERS, initials=initials, by=room.pmo)
    assert owner_of(room.group, room.meeting, "Jo Doe") == ("Jo Doe", None)
