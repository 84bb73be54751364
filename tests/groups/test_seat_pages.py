"""A seat's page: naming an alternate, recording the constituency's approval, revoking at once, and who is told."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from groups import operations
from groups.models import Alternate, Person, User
from groups.rules import alternates_to_approve
from groups.standing import Standing
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations as meetings
from notifications.models import Notice
from records.periods import period
from records.rules import Refused
from tests.conftest import set_clock
from tests.factories import (
    AlternateFactory,
    AppointmentFactory,
    BelongingFactory,
    GroupFactory,
    HoldingFactory,
    PersonFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    secretary_of,
    user_of,
)
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)
UNAPPROVED = {"approved_on": None, "approved_by": "", "approved_how": ""}


class House:
    """A seat with its holder, its constituency of three, and the PMO of the programme."""

    def __init__(self):
        set_clock("2026-11-20 10:00")
        self.group = GroupFactory(code="REH", name="Rehearsal group")
        self.seat = SeatFactory(group=self.group, label="DNO Representative")
        self.holding = HoldingFactory(seat=self.seat, person=PersonFactory(name="Ruth Ansell", email="ruth@example.org"))
        self.holder, self.pmo = Visitor(UserFactory(person=self.holding.person)), Visitor(a_pmo())
        self.page = reverse("groups:seat", args=[self.seat.pk])
        self.naming = reverse("groups:name_alternate", args=[self.seat.pk])

    def names(self, **typed):
        told = {"name": "Ben Example", "email": "ben@example.org", "term": "period", "since": "2026-11-20", "until": "2026-11-30"} | typed
        return self.holder.does(self.naming, told)

    def alternate(self) -> Alternate:
        return Alternate.objects.get(seat=self.seat)


@pytest.fixture(scope="module")
def houses(scene):
    return scene(House)


@pytest.fixture
def house(houses, settings):
    settings.DEMO = True
    return houses()


def mails(key: str) -> list[str]:
    return sorted(Notice.objects.filter(key__endswith=key).values_list("address", flat=True))


# --- from being named to voting


def test_an_alternate_is_named_approved_invited_and_may_vote(house):
    page = text_of(house.names())
    assert "Ben Example is named." in page
    assert "Waiting for the constituency’s approval: it gives no right yet" in page
    assert "The PMO secretariat must invite Ben Example" in page
    alternate = house.alternate()
    assert (alternate.first_day, alternate.last_day, alternate.named_by) == (TODAY, date(2026, 11, 30), house.holding.person)

    (asked,) = Notice.objects.filter(key=f"alternate-{alternate.pk}-named")
    assert asked.address == house.pmo.user.email
    assert reverse("groups:approve_alternate", args=[alternate.pk]) in asked.body
    page = house.pmo.does(
        reverse("groups:approve_alternate", args=[alternate.pk]),
        {"approved_by": "The DNOs", "how": "e-mail of 19 November 2026", "on": "2026-11-19"},
    )
    assert "Approved on 19 Nov 2026 by The DNOs, on the evidence of e-mail of 19 November 2026" in text_of(page)
    assert mails("-approved") == ["ben@example.org", "ruth@example.org"]
    assert "no account yet" in Notice.objects.get(key__endswith="-approved", address="ben@example.org").body

    page = house.pmo.sends(house.pmo.opens(house.page), form=0)
    assert "An invitation goes to ben@example.org" in text_of(page)
    assert "None yet" not in text_of(page)
    assert Standing(User.objects.get(person=alternate.person), TODAY).votes_in(house.seat) == "alternate"
    assert list(faults()) == []


def test_for_one_meeting_the_coming_ones_are_offered_and_the_day_is_the_meetings(house):
    secretary = secretary_of(house.group)
    meeting = meetings.schedule(house.group, "4", starts_at=datetime(2026, 11, 30, 10, tzinfo=UTC), by=secretary)
    other = meetings.schedule(GroupFactory(), "9", starts_at=datetime(2026, 11, 30, 10, tzinfo=UTC), by=a_pmo())
    page = text_of(house.holder.opens(house.naming))
    assert "REH004 on 30 Nov 2026" in page
    assert other.code not in page
    page = text_of(house.names(term=str(meeting.pk), since="", until=""))
    assert "REH004, 30 Nov 2026" in page
    alternate = house.alternate()
    assert (alternate.occasion, alternate.first_day, alternate.last_day) == ("REH004", date(2026, 11, 30), date(2026, 11, 30))
    house.names(email="cleo@example.org", term=str(other.pk))
    assert not Alternate.objects.filter(person__email="cleo@example.org").exists()


def test_a_known_address_keeps_the_name_the_portal_knows_and_says_so(house):
    known = PersonFactory(name="Benedict Example", email="Ben@example.org")
    page = text_of(house.names(name="Ben Example"))
    assert "The portal knows Ben@example.org as Benedict Example, so that name is kept, not “Ben Example”." in page
    assert house.alternate().person == known


def test_a_name_that_differs_in_accents_and_capitals_only_is_no_other_name(house):
    PersonFactory(name="Zoë O'Brien", email="zoe@example.org")
    assert "so that name is kept" not in text_of(house.names(name="zoe  o'brien", email="zoe@example.org"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "ruth@example.org"}, "Ruth Ansell holds DNO Representative, REH: an alternate is somebody else."),
        ({"since": "2026-11-30", "until": "2026-11-20"}, "The last day (20 Nov 2026) is before the first (30 Nov 2026)."),
        ({"since": "2026-11-19"}, "It would begin in the past: an alternate is named from today (20 Nov 2026) on."),
        ({"email": "known@example.org"}, "Known Example is named already (since 17 Nov 2021), and that is approved."),
        ({"email": "waiting@example.org"}, "Waiting Example is named already (since 17 Nov 2021), and that waits for approval."),
        ({"since": ""}, "Give the first day."),
        ({"since": "tomorrow"}, "Give a day, such as 27/11/2026."),
        ({"email": "ben"}, "Give an e-mail address, such as name@example.org."),
        ({"name": " "}, "Give the alternate's name."),
        ({"term": "99999999"}, "choose something that is offered."),
    ],
    ids=lambda told: "" if isinstance(told, str) else "-".join(f"{k}={v}" for k, v in told.items()),
)
def test_what_cannot_be_is_refused_beside_what_was_typed(house, typed, said):
    AlternateFactory(seat=house.seat, person=PersonFactory(name="Known Example", email="known@example.org"))
    AlternateFactory(seat=house.seat, person=PersonFactory(name="Waiting Example", email="waiting@example.org"), **UNAPPROVED)
    page = house.names(**typed)
    assert page.status_code in (400, 409)
    assert said in text_of(page)
    assert "ben@example.org" in page.content.decode() or "email" in typed
    assert Alternate.objects.count() == 2
    assert not Person.objects.filter(email="ben@example.org").exists()


def test_nobody_stands_in_for_a_vacant_seat(house):
    operations.end_holding(house.holding, last=TODAY, by=house.pmo.user)
    with pytest.raises(Refused, match="Nobody holds DNO Representative, REH in that time"):
        operations.name_alternate(house.seat, PersonFactory(), since=TOMORROW, by=house.pmo.user)


def test_a_revoked_alternate_can_be_named_again(house):
    house.names()
    operations.revoke_alternate(house.alternate(), why="Fell ill", by=house.holder.user)
    house.names()
    assert Alternate.objects.filter(seat=house.seat, person__email="ben@example.org").count() == 2
    assert Person.objects.filter(email="ben@example.org").count() == 1


def test_a_holder_names_and_revokes_for_their_own_seat_and_no_other(house):
    colleague = Visitor(user_of(SeatFactory(group=house.group)))
    alternate = AlternateFactory(seat=house.seat)
    assert "Name an alternate" not in text_of(colleague.opens(house.page))
    for address in (house.naming, reverse("groups:revoke_alternate", args=[alternate.pk])):
        page = colleague.client.post(address, {"why": "x", "name": "x", "email": "x@example.org", "term": "period", "since": "2026-11-20"})
        assert page.status_code == 403
        assert "Only whoever holds the DNO Representative seat, or the PMO secretariat" in text_of(page)
    alternate.refresh_from_db()
    assert alternate.revoked_at is None
    assert Alternate.objects.count() == 1


def test_an_alternate_names_nobody(house):
    standing_in = Visitor(UserFactory(person=AlternateFactory(seat=house.seat).person))
    assert "You are its approved alternate, and may vote for it" in text_of(standing_in.opens(house.page))
    assert standing_in.opens(house.naming).status_code == 403


# --- the approval


def test_the_holder_does_not_approve_their_own_alternate(house):
    house.names()
    page = house.holder.opens(reverse("groups:approve_alternate", args=[house.alternate().pk]))
    assert page.status_code == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": "2026-11-21"}, "An approval is not dated ahead: today is 20 Nov 2026."),
        ({"how": ""}, "Say how the approval is evidenced."),
        ({"approved_by": " "}, "Say who approved it."),
        ({"on": ""}, "Give the day of the approval."),
    ],
)
def test_an_approval_needs_its_evidence_and_a_day_that_has_come(house, typed, said):
    house.names()
    told = {"approved_by": "The DNOs", "how": "e-mail of 19 November 2026", "on": "2026-11-19"} | typed
    page = house.pmo.does(reverse("groups:approve_alternate", args=[house.alternate().pk]), told)
    assert said in text_of(page)
    assert house.alternate().approved_on is None


def test_what_is_over_is_not_approved_any_more(house, clock):
    house.names()
    clock("2026-12-01 10:00")
    with pytest.raises(Refused, match="which is over: name the alternate again"):
        operations.approve_alternate(house.alternate(), approved_by="The DNOs", how="e-mail", on=TODAY, by=house.pmo.user)


def test_an_alternate_is_approved_once(house):
    alternate = AlternateFactory(seat=house.seat)
    with pytest.raises(Refused, match="was approved on 17 Nov 2021"):
        operations.approve_alternate(alternate, approved_by="The DNOs", how="e-mail", on=TODAY, by=house.pmo.user)


def test_what_waits_for_the_pmo_is_what_may_still_be_approved(house, clock):
    house.names()
    over = AlternateFactory(seat=house.seat, during=period(date(2026, 1, 1), date(2026, 11, 19)), **UNAPPROVED)
    AlternateFactory(seat=house.seat)
    AlternateFactory(seat=house.seat, revoked_at="2026-11-19T10:00Z", **UNAPPROVED)
    waiting = alternates_to_approve(Standing(house.pmo.user, TODAY))
    assert [a.person.name for a in waiting] == ["Ben Example"]
    assert over not in waiting
    assert not alternates_to_approve(Standing(house.holder.user, TODAY))
    assert "Ben Example for DNO Representative, REH" in text_of(house.pmo.opens(reverse("groups:seats")))


# --- the end of it


@pytest.mark.parametrize("who", ["holder", "pmo"])
def test_holder_and_pmo_revoke_at_once_after_being_asked_and_both_are_told(house, who):
    alternate = AlternateFactory(seat=house.seat, person=PersonFactory(name="Ben Example", email="ben@example.org"))
    visitor, address = getattr(house, who), reverse("groups:revoke_alternate", args=[alternate.pk])
    page = visitor.opens(address)
    assert "It ends the moment you confirm, also for a form that is open." in text_of(page)
    assert Alternate.objects.get().revoked_at is None  # opening it changed nothing
    page = visitor.sends(page, {"why": "Back from leave"})
    assert "Revoked At 10:00 on 20 Nov 2026: Back from leave" in text_of(page)
    assert mails("-revoked") == ["ben@example.org", "ruth@example.org"]
    assert "Back from leave" in Notice.objects.filter(key__endswith="-revoked").first().body
    assert Entry.objects.about(alternate).get().kind == "alternate revoked"


def test_revoking_needs_a_reason_and_is_done_once(house):
    alternate = AlternateFactory(seat=house.seat)
    page = house.holder.does(reverse("groups:revoke_alternate", args=[alternate.pk]), {"why": "  "})
    assert "Say why: the holder and the alternate are told." in text_of(page)
    operations.revoke_alternate(alternate, why="Back from leave", by=house.holder.user)
    with pytest.raises(Refused, match="was revoked already, at 10:00 on 20 Nov 2026"):
        operations.revoke_alternate(alternate, why="Again", by=house.pmo.user)
    assert Notice.objects.filter(key__endswith="-revoked").count() == 2


def test_what_ended_by_itself_is_not_revoked(house):
    ended = AlternateFactory(seat=house.seat, during=period(date(2026, 1, 1), date(2026, 11, 19)))
    with pytest.raises(Refused, match="ended on 19 Nov 2026"):
        operations.revoke_alternate(ended, why="x", by=house.holder.user)


def test_taking_back_a_name_that_was_never_approved_tells_the_holder_and_the_pmo_and_not_the_person(house):
    house.names()
    operations.revoke_alternate(house.alternate(), why="Wrong address", by=house.holder.user)
    assert mails("-revoked") == sorted(["ruth@example.org", house.pmo.user.email])


# --- the page


def test_each_alternate_has_its_status_in_words(house):
    told = {
        "In force": {"approved_by": "the DNOs"},
        "To come": {"during": period(TOMORROW)},
        "Over": {"during": period(date(2026, 1, 1), date(2026, 11, 19))},
        "Lapsed": {"during": period(date(2026, 1, 1), date(2026, 11, 19)), **UNAPPROVED},
        "Waiting": UNAPPROVED,
        "Revoked": {"revoked_at": "2026-11-19T10:00Z"},
    }
    for name, how in told.items():
        AlternateFactory(seat=house.seat, person=PersonFactory(name=f"{name} Example"), **how)
    page = text_of(house.holder.opens(house.page))
    for name, status in (
        ("In force", "Approved"), ("To come", "Approved, not begun"), ("Over", "Ended"), ("Lapsed", "Ended without approval"),
        ("Waiting", "Waiting for approval"), ("Revoked", "Revoked"),
    ):  # fmt: skip
        assert f"{name} Example {status} For" in page
    assert "Alternates before (3)" in page


def test_the_page_tells_who_the_constituency_is_and_who_held_the_seat(house):
    for name in ("Fenmoor Networks", "Tarn Networks"):
        BelongingFactory(constituency=house.seat.constituency, organisation__name=name)
    BelongingFactory(constituency=house.seat.constituency, organisation__name="Gone Networks", during=period(date(2022, 1, 1), date(2026, 11, 19)))
    BelongingFactory(organisation__name="Other Networks")
    page = text_of(house.holder.opens(house.page))
    assert "2 organisations on record: Fenmoor Networks Tarn Networks" in page
    assert "Gone Networks" not in page
    assert "Other Networks" not in page


def test_an_address_is_shown_to_holder_and_pmo_only(house):
    house.names()
    colleague = Visitor(user_of(SeatFactory(group=house.group)))
    assert "ben@example.org" in text_of(house.pmo.opens(house.page))
    page = text_of(colleague.opens(house.page))
    assert "Ben Example" in page
    assert "ben@example.org" not in page


def test_an_assurance_readers_look_at_a_seat_is_written_down(house):
    reader = UserFactory(person=AppointmentFactory(kind="assurance").person)
    Visitor(reader).opens(house.page)
    assert list(reader.person.assurance_readings.values_list("reference", flat=True)) == ["seat DNO Representative, REH"]


def test_my_seat_leads_to_the_one_seat_and_to_the_list_for_whoever_has_several(house):
    mine = reverse("groups:my_seat")
    assert house.holder.client.get(mine).url == house.page
    AlternateFactory(person=house.holding.person)
    assert house.holder.client.get(mine).url == reverse("groups:seats")


def test_a_person_sees_the_seats_of_their_own_groups(house):
    elsewhere = HoldingFactory(seat=SeatFactory(label="Elsewhere Representative")).seat
    assert "Elsewhere Representative" not in text_of(house.holder.opens(reverse("groups:seats")))
    assert house.holder.opens(reverse("groups:seat", args=[elsewhere.pk])).status_code == 404
    assert "Elsewhere Representative" in text_of(house.pmo.opens(reverse("groups:seats")))


def test_an_alternate_finds_the_seat_on_their_desk(house):
    alternate = AlternateFactory(seat=house.seat)
    assert "Alternate for DNO Representative" in text_of(Visitor(UserFactory(person=alternate.person)).opens("/desk/"))
