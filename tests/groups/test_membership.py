"""Who sits where, from when, and who may change it."""

from datetime import date

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from groups import operations
from groups.models import Alternate, Holding, Person, User
from groups.standing import Standing
from ledger.models import Entry
from ledger.verifying import faults
from notifications.sweeping import run_and_remember
from records.periods import period
from records.rules import Refused
from tests.factories import (
    AlternateFactory,
    AppointmentFactory,
    HoldingFactory,
    PersonFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    chair_of,
    secretary_of,
    user_of,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-11-20 10:00")


def test_the_first_secretary_can_be_appointed_once():
    user = operations.first_secretary("Ada Example", "ada@example.org")
    assert Standing(user, TODAY).is_pmo
    with pytest.raises(Refused, match="There is a secretary already: Ada Example"):
        operations.first_secretary("Bea Example", "bea@example.org")


def test_an_invited_person_chooses_a_password_by_the_mailed_link_and_can_sign_in(client):
    pmo = a_pmo()
    operations.invite(PersonFactory(name="Ruth Ansell", email="ruth@example.org"), by=pmo)
    run_and_remember()
    (message,) = mail.outbox
    assert message.subject == "Your invitation to the DAG Portal"
    assert f"{pmo} invites you" in message.body
    link = next(line for line in message.body.splitlines() if "/accounts/" in line)
    page = client.get(link.partition("8000")[2], follow=True)
    assert page.status_code == 200
    chosen = {"password1": "registration hours 24/7", "password2": "registration hours 24/7"}
    client.post(page.redirect_chain[-1][0], chosen)
    answer = client.post(reverse("account_login"), {"login": "ruth@example.org", "password": "registration hours 24/7"})
    assert answer.status_code == 302
    assert client.get(reverse("desk:home")).status_code == 200


def test_nobody_can_sign_up_uninvited(client):
    page = client.get(reverse("account_signup"))
    assert "invitation" in page.content.decode().lower()
    client.post(reverse("account_signup"), {"email": "x@example.org", "password1": "registration hours", "password2": "registration hours"})
    assert not User.objects.filter(email="x@example.org").exists()


def test_only_the_pmo_runs_the_membership():
    seat, person = SeatFactory(), PersonFactory()
    for nobody in (secretary_of(seat.group), chair_of(seat.group), user_of(SeatFactory(group=seat.group)), UserFactory()):
        with pytest.raises(Refused, match="Only the PMO secretariat"):
            operations.appoint(seat, person, since=TODAY, by=nobody)


def test_a_seat_has_one_holder_at_a_time_whoever_writes():
    holding = HoldingFactory()
    with pytest.raises(IntegrityError, match="holding_one_at_a_time"), transaction.atomic():
        Holding(seat=holding.seat, person=PersonFactory(), during=period(TODAY)).save_by(UserFactory())
    with pytest.raises(Refused, match="end that first"):
        operations.appoint(holding.seat, PersonFactory(), since=TODAY, by=a_pmo())


def test_nobody_is_seated_while_another_still_sits_there():
    holding = HoldingFactory(during=period(date(2026, 1, 1), date(2026, 12, 31)))
    with pytest.raises(Refused, match="end that first"):
        operations.appoint(holding.seat, PersonFactory(), since=TODAY, by=a_pmo())


def test_an_alternate_revoked_and_forged_back_is_found(as_owner):
    pmo, alternate = a_pmo(), AlternateFactory(approved_on=None, approved_by="", approved_how="")
    operations.approve_alternate(alternate, approved_by="the DNOs", how="e-mail", on=TODAY, by=pmo)
    operations.revoke_alternate(alternate, why="moved on", by=pmo)
    as_owner("UPDATE groups_alternate SET revoked_at = NULL WHERE id = %s", alternate.pk)
    assert any("changed since: revoked_at" in fault for fault in faults())


def test_an_ended_holding_gives_no_right_the_next_day():
    holding = HoldingFactory()
    user = UserFactory(person=holding.person)
    operations.end_holding(holding, last=TODAY, by=a_pmo())
    assert Standing(user, TODAY).votes_in(holding.seat) == "holder"
    assert Standing(user, date(2026, 11, 21)).votes_in(holding.seat) == ""


def test_a_holding_may_not_end_before_it_begins():
    holding = HoldingFactory(during=period(date(2026, 11, 1)))
    with pytest.raises(Refused, match="only begins on 1 Nov 2026"):
        operations.end_holding(holding, last=date(2026, 10, 1), by=a_pmo())


def test_an_alternate_has_no_right_until_the_constituency_has_approved():
    pmo, seat, person = a_pmo(), SeatFactory(), PersonFactory()
    user = UserFactory(person=person)
    alternate = operations.name_alternate(seat, person, since=TODAY, by=user_of(seat))
    assert Standing(user, TODAY).votes_in(seat) == ""
    with pytest.raises(Refused, match="evidenced"):
        operations.approve_alternate(alternate, approved_by="the DNOs", how=" ", on=TODAY, by=pmo)
    operations.approve_alternate(alternate, approved_by="the DNOs", how="e-mail of 19 November", on=TODAY, by=pmo)
    assert Standing(user, TODAY).votes_in(seat) == "alternate"


@pytest.mark.parametrize(
    ("change", "capacity"),
    [
        ({}, "alternate"),
        ({"approved_on": None, "approved_by": "", "approved_how": ""}, ""),
        ({"approved_on": date(2026, 12, 1)}, ""),
        ({"during": period(date(2026, 1, 1), date(2026, 11, 19))}, ""),
        ({"during": period(date(2026, 11, 21))}, ""),
    ],
    ids=["approved", "not approved", "approved only later", "expired yesterday", "begins tomorrow"],
)
def test_an_alternate_votes_only_while_approved_and_in_force(change, capacity):
    alternate = AlternateFactory(**change)
    assert Standing(UserFactory(person=alternate.person), TODAY).votes_in(alternate.seat) == capacity


def test_a_revoked_alternate_loses_the_right_at_once():
    alternate = AlternateFactory()
    user = UserFactory(person=alternate.person)
    operations.revoke_alternate(alternate, why="moved on", by=user_of(alternate.seat))
    assert Standing(user, TODAY).votes_in(alternate.seat) == ""
    assert Alternate.objects.get(pk=alternate.pk).revoked_at is not None


def test_one_person_may_hold_one_seat_and_stand_in_for_another():
    holding = HoldingFactory()
    other = AlternateFactory(person=holding.person)
    standing = Standing(UserFactory(person=holding.person), TODAY)
    assert (standing.votes_in(holding.seat), standing.votes_in(other.seat)) == ("holder", "alternate")


def test_a_standing_is_loaded_in_one_query(django_assert_num_queries):
    seat = SeatFactory(chair=True)
    user = user_of(seat)
    with django_assert_num_queries(1):
        standing = Standing(user, TODAY)
        assert standing.chairs(seat.group)
        assert not standing.is_pmo
        assert standing.belongs_to(seat.group)


def test_an_assurance_reader_reads_and_does_nothing_else():
    person = AppointmentFactory(kind="assurance").person
    standing = Standing(UserFactory(person=person), TODAY)
    group = SeatFactory().group
    assert standing.reads_for_assurance(group)
    for right in (standing.is_secretary_of(group), standing.chairs(group), standing.is_pmo):
        assert not right


def test_a_closed_account_has_no_standing():
    holding = HoldingFactory()
    assert Standing(UserFactory(person=holding.person, is_active=False), TODAY).places == []


def test_membership_changes_are_in_the_ledger():
    pmo = a_pmo()
    holding = operations.appoint(SeatFactory(), PersonFactory(), since=TODAY, by=pmo)
    operations.end_holding(holding, last=date(2026, 12, 1), by=pmo, why="moved on")
    assert [entry.kind for entry in Entry.objects.about(holding)] == ["appointed", "holding ended"]


def test_the_commands_say_in_a_sentence_what_they_did(capsys):
    pmo, seat = a_pmo(), SeatFactory(label="DNO Representative")
    PersonFactory(name="Ruth Ansell", email="ruth@example.org")
    call_command("appoint", "Ruth Ansell", seat.group.code, "DNO Representative", "--by", pmo.email)
    call_command("end_holding", seat.group.code, "dno representative", "--last", "2026-12-31", "--by", pmo.email)
    call_command("invite", "Sol Spencer", "--new", "--email", "sol@example.org", "--by", pmo.email)
    out = capsys.readouterr().out
    assert f"Ruth Ansell as DNO Representative, {seat.group.code} from 20 Nov 2026." in out
    assert "ends on 31 Dec 2026." in out
    assert "An invitation for Sol Spencer goes to sol@example.org" in out
    assert Person.objects.filter(name="Sol Spencer").count() == 1


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (["appoint", "Nobody", "{group}", "x", "--by", "{pmo}"], "No seat of"),
        (["appoint", "Nobody", "{group}", "member", "--by", "{pmo}"], "nobody called Nobody"),
        (["appoint", "Nobody", "{group}", "x", "--by", "who@example.org"], "no account who@example.org"),
        (["end_holding", "NONE", "x", "--by", "{pmo}"], "There is no group NONE"),
    ],
)
def test_a_command_that_cannot_find_what_was_typed_says_so(command, refusal):
    pmo, seat = a_pmo(), SeatFactory()
    with pytest.raises(CommandError, match=refusal):
        call_command(*(word.format(group=seat.group.code, pmo=pmo.email) for word in command))


def test_chair_and_secretariat_must_set_up_a_second_factor_first(client, settings):
    seat = SeatFactory(chair=True)
    client.force_login(user_of(seat))
    assert client.get(reverse("desk:home")).url == reverse("mfa_activate_totp")
    settings.DEMO = True
    assert client.get(reverse("desk:home")).status_code == 200


def test_a_representative_may_do_without_a_second_factor(client):
    client.force_login(user_of(SeatFactory()))
    assert client.get(reverse("desk:home")).status_code == 200


def test_an_invited_chair_can_set_up_the_second_factor_straight_away(client):
    seat = SeatFactory(chair=True)
    user = user_of(seat)
    client.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery"})
    page = client.get(reverse("desk:home"), follow=True)
    assert page.status_code == 200
    assert "authenticator" in page.content.decode().lower()
    assert "verified your email" not in page.content.decode()


def test_a_refused_invitation_leaves_nobody_behind():
    stranger = UserFactory()
    with pytest.raises(CommandError, match="Only the PMO"):
        call_command("invite", "Sol Spencer", "--new", "--email", "sol@example.org", "--by", stranger.email)
    assert not Person.objects.filter(name="Sol Spencer").exists()
