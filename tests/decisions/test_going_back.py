"""Going back in the browser to a page that asks once more: it is kept for that, by the browser alone, until its owner signs out."""

import pytest
from django.urls import reverse

from tests.decisions.houses import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(clock, settings):
    settings.DEMO = True
    house = House(clock)
    question = house.ask()
    visitor = house.visitor(house.holders[0])
    visitor.ballot = reverse("decisions:vote", args=[question.pk, house.row(question).pk])
    return visitor


def test_a_page_that_answers_what_was_sent_is_kept_by_the_browser_and_no_other_is(holder):
    check = holder.does(holder.ballot, {"choice": "reject", "comment": "No.", "step": "check"})
    assert check["Cache-Control"] == "private, no-cache"
    assert "Cookie" in check["Vary"], "nor is it shown to whoever signs in next"
    assert holder.client.get(holder.ballot)["Cache-Control"] == "private, no-store"
    assert holder.client.post(holder.ballot, {"step": "check"})["Cache-Control"] == "private, no-store", "what is refused is mended, not gone back to"


def test_with_the_sign_out_what_the_browser_kept_is_gone(holder):
    assert holder.client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in holder.client.get("/")
