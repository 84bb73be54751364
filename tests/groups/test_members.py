"""The membership of a group on pages: seating, ending, appointing, correcting, looking back, and a list that is brought in."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from groups import operations
from groups.models import Alternate, Appointment, Holding, Person, User
from groups.sheets import bring_in, looked_at
from groups.standing import Standing
from ledger.verifying import faults
from notifications.models import Notice
from records.periods import period
from records.rules import Refused
from tests.conftest import set_clock
from tests.decisions.houses import House
from tests.factories import (
    AlternateFactory,
    AppointmentFactory,
    GroupFactory,
    HoldingFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    issue_all,
    secretary_of,
)
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)
MEMBERS, SHEET, APPOINT = "/desk/groups/REH/members/", "/desk/groups/REH/members/sheet/", "/desk/groups/REH/appointments/new/"


class Club:
    """A seat with its holder, a vacant one, the secretary of the group, and the PMO of the programme."""

    def __init__(self):
        set_clock("2026-11-20 10:00")
        group = GroupFactory(code="REH", name="Rehearsal group")
        self.group = group
        self.seat = SeatFactory(group=group, label="DNO Representative", order=1)
        self.vacant = SeatFactory(group=group, label="Consumer Representative", order=2)
        self.holding = HoldingFactory(seat=self.seat, person=PersonFactory(name="Ruth Ansell", email="ruth@example.org"))
        self.firm = OrganisationFactory(name="Fenmoor Networks")
        self.secretary, self.pmo = secretary_of(group), a_pmo()
        issue_all("group", "seat")


@pytest.fixture(scope="module")
def clubs(scene):
    return scene(Club)


@pytest.fixture
def club(clubs, db):
    set_clock("2026-11-20 10:00")
    return clubs()


@pytest.fixture
def pmo(club, settings):
    settings.DEMO = True
    return Visitor(club.pmo)


def told(key: str) -> list[str]:
    return sorted(Notice.objects.filter(key__contains=key).values_list("address", flat=True))


def seating(club) -> str:
    return reverse("groups:seat_somebody", args=[club.vacant.pk])


def ending(holding) -> str:
    return reverse("groups:end_holding", args=[holding.pk])


# --- the page


def test_vacant_seats_come_first_and_who_answers_for_the_group_reads_it_without_buttons(club, pmo, settings):
    page = text_of(pmo.opens(MEMBERS))
    assert "1 of 2 constituencies have a holder today" in page
    assert page.index("Consumer Representative") < page.index("DNO Representative")
    read = text_of(Visitor(club.secretary).opens(MEMBERS))
    assert "ruth@example.org" in read
    assert "The PMO secretariat of the programme seats people" in read
    assert "Seat somebody" not in read


def test_another_day_shows_who_held_what_then(club, pmo):
    operations.end_holding(club.holding, last=TODAY, why="Moved on", by=club.pmo)
    operations.appoint(club.seat, PersonFactory(name="Noor Gale"), since=TOMORROW, by=club.pmo)
    then, later = text_of(pmo.opens(f"{MEMBERS}?on=2026-11-20")), text_of(pmo.opens(f"{MEMBERS}?on=2026-12-01"))
    assert "Ruth Ansell" in then
    assert "Then Noor Gale, since 21 Nov 2026" in then
    assert "Noor Gale" in later
    assert "Ruth Ansell" not in later
    assert "End it" not in later
    assert "Give a day" in text_of(pmo.client.get(f"{MEMBERS}?on=yesterday"))


# --- seats


def test_somebody_new_is_seated_invited_and_told_and_a_press_twice_seats_once(club, pmo):
    typed = {"name": "Ada Example", "email": "ada@example.org", "organisation": str(club.firm.pk), "since": "2026-11-20", "invite": "on"}
    assert "Ada Example holds the Consumer Representative seat since 20 Nov 2026, and is told." in text_of(pmo.does(seating(club), typed))
    holding = Holding.objects.get(seat=club.vacant)
    assert (holding.person.email, holding.organisation, holding.first_day) == ("ada@example.org", club.firm, TODAY)
    assert Standing(User.objects.get(person=holding.person), TODAY).votes_in(club.vacant) == "holder"
    assert told(f"holding-{holding.pk}") == ["ada@example.org"]
    assert told("invitation-") == ["ada@example.org"]
    assert "Ada Example holds Consumer Representative, REH since 20 Nov 2026: end that first." in text_of(pmo.client.get(seating(club)))
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "ada"}, "Give an e-mail address, such as name@example.org."),
        ({"since": "2020-01-01"}, "does not exist on 1 Jan 2020"),
        ({"until": "2026-11-01"}, "The last day (1 Nov 2026) is before the first (20 Nov 2026)."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nobody_is_written_down(club, pmo, typed, said):
    page = pmo.does(seating(club), {"name": "Ada Example", "email": "ada@example.org", "since": "2026-11-20"} | typed)
    assert page.status_code in (400, 409)
    assert said in text_of(page)
    assert "Ada Example" in page.content.decode()
    assert not Person.objects.filter(name="Ada Example").exists()


def test_who_leaves_a_seat_is_told_and_what_hangs_on_it_is_said_first(club, pmo):
    alternate = AlternateFactory(seat=club.seat, person=PersonFactory(name="Ben Example", email="ben@example.org"))
    page = text_of(pmo.opens(ending(club.holding)))
    assert "Ben Example is named as alternate: 17 Nov 2021 until further notice." in page
    assert "Their alternates end with it" in page
    pmo.does(ending(club.holding), {"last": "2026-11-30", "why": "Another post", "alternates_too": "on"})
    alternate.refresh_from_db()
    assert Holding.objects.get(pk=club.holding.pk).last_day == alternate.last_day == date(2026, 11, 30)
    assert told("holding-") == ["ruth@example.org"]
    assert told("-ended") == ["ben@example.org"]
    assert list(faults()) == []


def test_alternates_may_go_on_and_one_who_would_only_begin_later_is_revoked(club, pmo):
    stays = AlternateFactory(seat=club.seat)
    operations.end_holding(club.holding, last=date(2026, 11, 30), why="x", by=club.pmo)
    later = AlternateFactory(seat=club.seat, during=period(date(2026, 12, 10)))
    operations.end_holding(Holding.objects.get(pk=club.holding.pk), last=date(2026, 11, 25), why="x", alternates_too=True, by=club.pmo)
    assert Alternate.objects.get(pk=stays.pk).last_day == date(2026, 11, 25)
    assert Alternate.objects.get(pk=later.pk).revoked_at is not None


def test_an_open_vote_with_the_seat_on_its_roll_is_said_to_whoever_ends_the_holding(clock, settings):
    settings.DEMO = True
    house = House(clock)
    house.ask()
    holding = Holding.objects.get(seat=house.seats[0])
    page = text_of(Visitor(a_pmo()).opens(ending(holding)))
    assert "is open, and the seat is on its roll: it has not voted in it." in page


def test_nobodys_time_in_a_seat_is_ended_long_ago(club):
    with pytest.raises(Refused, match="more than 31 days ago"):
        operations.end_holding(club.holding, last=date(2026, 10, 1), by=club.pmo)


# --- appointments


def test_somebody_is_appointed_to_answer_for_an_organisation_and_it_is_ended(club, pmo):
    typed = {"name": "Moss Harker", "email": "moss@example.org", "kind": "respondent", "whole": "programme", "since": "2026-11-20"}
    assert "Say for which organisation" in text_of(pmo.does(APPOINT, typed))
    pmo.does(APPOINT, typed | {"organisation": str(club.firm.pk)})
    made = Appointment.objects.get(person__email="moss@example.org")
    assert (made.kind, made.group, made.organisation) == ("respondent", None, club.firm)
    assert told(f"appointment-{made.pk}") == ["moss@example.org"]
    pmo.does(reverse("groups:end_appointment", args=[made.pk]), {"last": "2026-11-20", "why": "Left the firm"})
    made.refresh_from_db()
    assert made.last_day == TODAY
    assert list(faults()) == []


def test_the_database_has_an_appointment_without_an_end_once(club):
    given = operations.give_appointment(club.holding.person, "pmo", since=TODAY, by=club.pmo)
    with pytest.raises(IntegrityError, match="appointment_once_without_end"), transaction.atomic():
        AppointmentFactory(person=given.person, kind="pmo", group=None, during=period(TODAY))
    operations.end_appointment(given, last=TODAY, why="Given twice", by=club.pmo)


def test_an_owner_is_appointed_for_an_artefact_that_is_there(club, pmo):
    typed = {"name": "Greta", "email": "greta@example.org", "kind": "artefact_owner", "whole": "REH", "scope": "nowhere", "since": "2026-11-20"}
    assert "“Artefact”: choose something that is offered." in text_of(pmo.does(APPOINT, typed))
    with pytest.raises(Refused, match="There is no artefact nowhere"):
        operations.give_appointment(club.holding.person, "artefact_owner", group=club.group, scope="nowhere", since=TODAY, by=club.pmo)


def test_the_only_one_who_runs_the_membership_stays_until_there_is_another(club):
    only = Appointment.objects.get(person=club.pmo.person)
    with pytest.raises(Refused, match="is the only one who runs the membership"):
        operations.end_appointment(only, last=TODAY, why="x", by=club.pmo)
    AppointmentFactory(during=period(TODAY))
    operations.end_appointment(only, last=TODAY, why="x", by=club.pmo)


# --- people


def test_a_corrected_name_is_read_on_the_page_of_the_seat_and_both_addresses_are_told(club, pmo):
    account = UserFactory(person=club.holding.person)
    here = reverse("groups:correct_person", args=[club.holding.person_id])
    pmo.does(here, {"name": "Ruth Ansell-Moor", "email": "ruth.moor@example.org", "why": "Married"})
    account.refresh_from_db()
    assert account.email == account.username == "ruth.moor@example.org"
    assert told(f"person-{club.holding.person_id}") == ["ruth.moor@example.org", "ruth@example.org"]
    page = text_of(pmo.opens(reverse("groups:person", args=[club.holding.person_id])))
    assert "Ruth Ansell, ruth@example.org, until 20 Nov 2026: Married" in page
    assert "Ruth Ansell-Moor" in text_of(pmo.client.get("/groups/REH/seats/dno-representative/"))


def test_an_address_is_one_persons(club, pmo):
    PersonFactory(email="other@example.org")
    here = reverse("groups:correct_person", args=[club.holding.person_id])
    page = pmo.does(here, {"name": "Ruth Ansell", "email": "Other@example.org", "why": "x"})
    assert "Other@example.org is the address of somebody else." in text_of(page)


# --- a list


LIST = """constituency,name,organisation,mail,from,to,alternate of
DNO Representative,Ruth Ansell,,ruth@example.org,2021-11-17,30/11/2026,
DNO Representative,Noor Gale,Fenmoor Networks,noor@example.org,1 Dec 2026,,
Consumer Representative,Ada Example,,ada@example.org,,,
Consumer Representative,Sam Cole,,sam@example.org,2022-01-01,,Ada Example
"""


def test_a_list_is_looked_at_taken_once_and_passed_over_when_it_comes_again(club, pmo):
    looked = pmo.does(SHEET, {"sheet": LIST, "step": "look"})
    page = text_of(looked)
    assert "4 lines can be taken" in page
    assert "Ruth Ansell holds DNO Representative until 30 Nov 2026." in page
    assert "Sam Cole (sam@example.org) is named as alternate for Consumer Representative: 20 Nov 2026 until further notice." in page
    assert Holding.objects.count() == 2  # the holder and the secretary: nothing is done by looking
    assert not Notice.objects.exists()
    sees = looked.context["sees"]
    assert "4 lines are taken" in text_of(pmo.client.post(SHEET, {"sheet": LIST, "step": "do", "sees": sees}, follow=True))
    held = {(each.seat.label, each.person.name, each.first_day, each.last_day) for each in Holding.objects.filter(seat__in=[club.seat, club.vacant])}
    assert held == {
        ("DNO Representative", "Ruth Ansell", date(2021, 11, 17), date(2026, 11, 30)), ("DNO Representative", "Noor Gale", date(2026, 12, 1), None),
        ("Consumer Representative", "Ada Example", TODAY, None),
    }  # fmt: skip
    again = text_of(pmo.does(SHEET, {"sheet": LIST, "step": "look"}))
    assert "0 lines can be taken; 4 lines are passed over" in again
    assert list(faults()) == []


@pytest.mark.parametrize("mail", ["@", "a@b,c@d.example", "ruth@example.org,ines@example.org", '"ines@example.org\nBcc: all@example.org"', "ines@example"])
def test_what_is_no_address_in_a_form_is_none_in_a_list(club, mail):
    mail = mail if mail.startswith('"') else f'"{mail}"'
    (read,) = looked_at(club.group, f"constituency,name,mail\nConsumer Representative,Ines Calder,{mail}\n", by=club.pmo)
    assert "is no e-mail address" in read.refusals[0]


def test_a_name_in_a_list_is_one_line_and_of_one_alphabet(club):
    bring_in(club.group, 'constituency,name,mail\nConsumer Representative,"Ines\nBcc:  Calder",ines@example.org\n', by=club.pmo)
    assert Person.objects.get(email="ines@example.org").name == "Ines Bcc: Calder"
    (read,) = looked_at(club.group, "constituency,name\nConsumer Representative,Inеs Calder\n", by=club.pmo)
    assert "mixes letters that look alike" in read.refusals[0]


def test_a_list_so_long_that_the_group_would_wait_for_it_is_brought_in_parts(club):
    lines = "Consumer Representative,Ines Calder\n" * 301
    with pytest.raises(Refused, match="It has more than 300 lines: bring a larger list in parts"):
        looked_at(club.group, f"constituency,name\n{lines}", by=club.pmo)


@pytest.mark.parametrize("do", [
    lambda club, person: operations.appoint(club.vacant, person, since=TODAY, by=club.pmo),
    lambda club, person: operations.give_appointment(person, "pmo", since=TODAY, by=club.pmo),
    lambda club, person: operations.name_alternate(club.seat, person, since=TODAY, by=club.pmo),
], ids=["seat", "appointment", "alternate"])  # fmt: skip
def test_an_address_that_somebody_else_wrote_down_in_the_meantime_is_refused(club, do):
    person = operations.known_or_new("Ines Calder", "ines@example.org")
    PersonFactory(name="Ines C. Calder", email="Ines@example.org")
    with pytest.raises(Refused, match="in the meantime, as the address of Ines C"):
        do(club, person)


def test_nobody_is_invited_by_the_address_of_somebody_else(club):
    with pytest.raises(Refused, match="is the address of somebody else"):
        operations.invite(PersonFactory(email=None), email="Ruth@example.org", by=club.pmo)


def test_lines_that_cannot_be_taken_say_why_and_nothing_is_done(club, pmo):
    text = LIST + "Nowhere,Zoe,,zoe@example.org,,,\nDNO,Zoe,Unknown Ltd,zoe@example.org,,,\nDNO Representative,Zoe,,zoe@example.org,32/13/2026,,\n"
    handed = SimpleUploadedFile("members.csv", text.encode(), "text/csv")
    page = pmo.client.post(SHEET, {"file": handed, "step": "do"})
    said = text_of(page)
    assert page.status_code == 400
    assert "No seat of REH is called “Nowhere”" in said
    assert "“32/13/2026” under “from” is no day" in said
    assert "Nothing is done while a line cannot be taken" in said
    assert "Take " not in said
    assert not Person.objects.filter(name="Zoe").exists()
