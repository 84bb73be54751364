"""A sign-in that ran out while a vote or a determination was typed: nothing is done by signing in again, and what was typed comes back."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from decisions.models import Cast, Decision, DeterminationDraft
from groups import typed_meanwhile
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"  # of everybody whom the factories make
REASON = "It was raised in February, and “nothing” was left open."


def runs_out(visitor: Visitor) -> None:
    """The session is over; what the browser has besides stays."""
    visitor.client.session.flush()


def signs_in(visitor: Visitor, page):
    return visitor.sends(page, {"login": visitor.user.email, "password": PASSWORD})


def test_a_vote_sent_after_the_sign_in_ran_out_is_shown_again_and_recorded_only_when_it_is_confirmed(house):
    question = house.ask()
    holder = house.visitor(house.holders[0])
    check = holder.does(reverse("decisions:vote", args=[question.pk, house.row(question).pk]), {"choice": "reject", "comment": REASON, "step": "check"})
    runs_out(holder)
    asked = holder.sends(check, {"step": "cast"})
    assert asked.status_code == 401
    assert "nothing has been done" in text_of(asked)
    shown = signs_in(holder, asked)
    assert "What you typed" in text_of(shown)
    assert REASON in text_of(shown)
    assert not Cast.objects.exists(), "signing in votes for nobody"
    again = holder.sends(shown)
    assert "check before it is recorded" in text_of(again)
    assert REASON in text_of(again)
    assert not Cast.objects.exists(), "what comes back is checked once more"
    holder.sends(again, {"step": "cast"})
    assert (Cast.objects.get().choice, Cast.objects.get().comment) == ("reject", REASON)


def test_a_determination_sent_after_the_sign_in_ran_out_comes_back_and_decides_nothing_by_itself(house):
    decision = house.closed("approve", "approve", "reject")
    chair = house.visitor(house.chair)
    form = chair.opens(reverse("decisions:determine", args=[decision.pk]))
    runs_out(chair)
    asked = chair.sends(form, {"subject-0-outcome": "approved", "reasons": [REASON, ""], "step": "check"})
    shown = signs_in(chair, asked)
    assert REASON in text_of(shown)
    assert (Decision.objects.get().status, DeterminationDraft.objects.count()) == ("tabled", 0)
    asked_again = chair.sends(shown)  # to have signed in is not to have been asked for this
    assert "Confirm it is you" in text_of(asked_again)
    check = chair.sends(asked_again, {"password": PASSWORD})
    assert "Check before deciding" in text_of(check)
    assert Decision.objects.get().status == "tabled"
    chair.sends(check)
    assert Decision.objects.get().status == "determined"


@pytest.mark.parametrize("lapsed", ["the sign-in", "the time since the password was given"])
def test_the_last_button_of_a_determination_pressed_too_late_leads_back_to_the_check_and_decides_nothing(house, lapsed):
    decision = house.closed("approve", "approve", "reject")
    chair = house.visitor(house.chair)
    check = chair.does(reverse("decisions:determine", args=[decision.pk]), {"subject-0-outcome": "approved", "reasons": [REASON, ""], "step": "check"})
    if lapsed == "the sign-in":
        runs_out(chair)
    else:
        session = chair.client.session
        session["account_authentication_methods"] = [{"method": "password", "at": 0, "reauthenticated": True}]
        session.save()
    asked = chair.sends(check)
    assert Decision.objects.get().status == "tabled"
    again = signs_in(chair, asked)
    if lapsed == "the sign-in":
        assert asked.redirect_chain[0][0].startswith("/accounts/login/?next=")
        assert "Confirm it is you" in text_of(again)
        again = chair.sends(again, {"password": PASSWORD})
    assert "Check before deciding" in text_of(again)
    assert REASON in text_of(again)
    assert Decision.objects.get().status == "tabled", "neither by signing in nor by opening the page"
    chair.sends(again)
    assert Decision.objects.get().status == "determined"


def test_what_was_typed_is_named_in_the_words_of_its_form_and_not_in_those_of_the_request(house):
    question = house.ask()
    holder = house.visitor(house.holders[0])
    form = holder.opens(reverse("decisions:vote", args=[question.pk, house.row(question).pk]))
    runs_out(holder)
    shown = signs_in(holder, holder.sends(form, {"choice": "reject", "comment": REASON, "step": "check"}))
    told = text_of(shown)
    asks = html.unescape(re.search(r"<legend[^>]*>\s*([^<]*?)\s*<", form.content.decode())[1])
    assert f"{asks} Reject" in told
    assert f"Comment {REASON}" in told or f"{REASON}" in told
    assert " reject " not in told


def test_a_spoken_vote_that_comes_back_names_the_seat_though_another_is_asked_by_now(house):
    question, secretary = house.ask(), house.visitor(house.secretary)
    page = secretary.opens(reverse("decisions:roll_call", args=[question.pk]))
    first = re.search(r'data-words="([^"]+)"', page.content.decode())[1]
    runs_out(secretary)
    asked = secretary.sends(page, {"said": "approve"})
    house.visitor(house.secretary).sends(page, {"said": "abstain"})  # called meanwhile, in another window
    shown = text_of(signs_in(secretary, asked))
    assert f"Seat {first} What it says Approve" in shown


def test_where_the_form_cannot_be_opened_any_more_what_was_typed_is_there_all_the_same(house, clock):
    question = house.ask()
    holder = house.visitor(house.holders[0])
    form = holder.opens(reverse("decisions:vote", args=[question.pk, house.row(question).pk]))
    runs_out(holder)
    asked = holder.sends(form, {"choice": "reject", "comment": REASON, "step": "check"})
    clock("2023-07-20 10:00")  # the vote is over
    shown = text_of(signs_in(holder, asked))
    assert f"Comment {REASON}" in shown


def test_a_wrong_password_loses_nothing_of_what_was_typed(house):
    question = house.ask()
    holder = house.visitor(house.holders[0])
    check = holder.does(reverse("decisions:vote", args=[question.pk, house.row(question).pk]), {"choice": "reject", "comment": REASON, "step": "check"})
    runs_out(holder)
    asked = holder.sends(check, {"step": "cast"})
    refused = holder.sends(asked, {"login": holder.user.email, "password": "not that one"})
    assert REASON in text_of(signs_in(holder, refused))


def test_a_passkey_that_is_not_accepted_loses_nothing_of_what_was_typed(house):
    """By one that is accepted: tests/browser/test_passkey.py, where there is one."""
    question = house.ask()
    holder = house.visitor(house.holders[0])
    form = holder.opens(reverse("decisions:vote", args=[question.pk, house.row(question).pk]))
    runs_out(holder)
    asked = holder.sends(form, {"choice": "reject", "comment": REASON, "step": "cast"})
    passkey = next(n for n, each in enumerate(forms_on(asked)) if each["action"] == reverse("mfa_login_webauthn"))
    refused = holder.sends(asked, {"credential": "{}"}, form=passkey)
    assert "_auth_user_id" not in holder.client.session
    assert "What you typed" not in text_of(refused)
    assert REASON in text_of(signs_in(holder, refused))
    assert not Cast.objects.exists()


@pytest.mark.parametrize("carried", ["made up", "too old"])
def test_what_nobody_typed_here_is_shown_to_nobody(house, carried, monkeypatch):
    question = house.ask()
    holder = house.visitor(house.holders[0])
    form = holder.opens(reverse("decisions:vote", args=[question.pk, house.row(question).pk]))
    runs_out(holder)
    asked = holder.sends(form, {"choice": "reject", "comment": REASON, "step": "cast"})
    monkeypatch.setattr(typed_meanwhile, "GOOD_FOR", -1 if carried == "too old" else 3600)
    if carried == "made up":
        asked.content = asked.content.replace(b'name="typed" value="', b'name="typed" value="x')
    page = signs_in(holder, asked)
    assert page.redirect_chain[-1][0] == reverse("desk:home")
    assert not Cast.objects.exists()


def test_a_stranger_s_form_is_carried_nowhere_without_its_token_nor_if_it_is_long(house):
    question = house.ask()
    ballot = reverse("decisions:vote", args=[question.pk, house.row(question).pk])
    assert Client(enforce_csrf_checks=True).post(ballot, {"choice": "reject", "comment": REASON}).status_code == 403
    long = Client().post(ballot, {"choice": "reject", "comment": "".join(map(chr, range(0x4E00, 0x9FFF))) * 5})
    assert (long.status_code, long["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert not Client().post(ballot, {"choice": "reject", "comment": REASON}).cookies.get("sessionid"), "nothing is kept for nobody"
