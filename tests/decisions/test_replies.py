"""An organisation replies to the seat that consults it, by a link without an account."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from decisions import operations
from decisions.rules.consulting import LONGEST_REPLY
from notifications.models import Notice
from tests.conftest import set_clock
from tests.decisions.houses import ConsultingHouse
from tests.pages import text_of

pytestmark = pytest.mark.django_db
REPLY = {"view": "reject", "text": "It would cost us a night shift.", "name": "Kit Example"}


def build() -> ConsultingHouse:
    return ConsultingHouse(set_clock)


def test_a_link_shows_what_is_asked_who_asks_and_who_will_read_the_reply(house, client):
    house.begun(reply_by=date(2023, 7, 18))
    page = client.get(house.link())
    for part in (
        "DNO Representative asks Fenmoor Networks", "Should CR018 be approved?", "About CR018 v1.8", "What do you think of CR018?",
        "Who asks Ruth Ansell, for the DNO Representative seat in the Rehearsal group", "Please reply by 18 Jul 2023",
        "Your reply is read by who may vote for the DNO Representative seat: Ruth Ansell.",
    ):  # fmt: skip
        assert part in text_of(page)
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"


def test_opening_a_link_changes_nothing_however_often(house, client):
    house.begun()
    for _ in range(3):
        client.get(house.link())
        client.head(house.link())
    assert house.consultee().replied_at is None


def test_a_reply_is_recorded_once_shown_back_and_told_to_the_seat(house, client):
    house.begun()
    page = client.post(house.link(), REPLY)
    for part in ("Your reply is recorded", "For Fenmoor Networks, at 10:00 on 12 Jul 2023", "Against", REPLY["text"], "Kit Example"):
        assert part in text_of(page)
    assert page["Cache-Control"] == "private, no-store"
    consultee = house.consultee()
    assert (consultee.view, consultee.text, consultee.replied_by) == ("reject", REPLY["text"], "Kit Example")
    shown = text_of(house.holder.opens(house.page))
    assert "1 of 3 has replied. Not yet: Hazelfold Grid and Tarn Networks." in shown
    assert REPLY["text"] in shown


def test_the_same_reply_sent_twice_is_shown_again_and_another_is_not_taken(house, client):
    house.begun()
    client.post(house.link(), REPLY)
    assert "Your reply is recorded" in text_of(client.post(house.link(), REPLY))
    page = client.post(house.link(), REPLY | {"view": "approve", "text": "I changed my mind."})
    assert page.status_code == 410
    assert "This link has been used" in text_of(page)
    assert "I changed my mind." in text_of(page)  # what was typed is given back
    assert house.consultee().view == "reject"
    assert Notice.objects.filter(key__endswith="-replied").count() == 1


@pytest.mark.parametrize("why", ["wrong", "cut off", "used", "late", "withdrawn", "replaced"])
def test_a_link_that_is_no_use_says_what_to_do_and_names_nobody(house, client, clock, why):
    house.begun("Zqxbrief")
    link = house.link()
    if why == "wrong":
        link = reverse("decisions:reply", args=["guessed"])
    elif why == "cut off":
        link = link[:-6] + "/"
    elif why == "used":
        house.replied("Fenmoor Networks", text="Zqxreply")
    elif why == "late":
        clock("2023-07-19 17:00")
    elif why == "withdrawn":
        operations.withdraw_question(house.question, why="Zqxwhy", by=house.secretary)
    else:
        operations.ask(house.consultee(), "a@example.org", by=house.holder.user)
        operations.ask(house.consultee(), "b@example.org", by=house.holder.user)
    for answer in (client.get(link), client.post(link, REPLY)):
        said = text_of(answer)
        assert answer.status_code == (404 if why in ("wrong", "cut off", "replaced") else 410)
        assert "whoever sent" in said
        for secret in ("Zqx", "CR018", "Fenmoor", "Ansell", "DNO", "Rehearsal group,"):
            assert secret not in said
    assert house.consultee().view == ("approve" if why == "used" else "")


def test_a_wrong_link_is_answered_like_any_other_wrong_link(house, client):
    house.begun()
    real = house.link()
    answers = [client.get(reverse("decisions:reply", args=[token])).content for token in ("x", "guessed", real.split("/")[-2] + "x")]
    assert len(set(answers)) == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"view": ""}, "Choose in favour, against, or no view."),
        ({"view": "veto"}, "Choose in favour, against, or no view."),
        ({"view": ["approve", "maybe"]}, "Choose in favour, against, or no view."),
        ({"name": "  "}, "Give your name."),
        ({"name": "x" * 161}, "Keep your name under 160 characters."),
        ({"text": "x" * (LONGEST_REPLY + 1)}, "Keep it under 5,000 characters."),
    ],
    ids=["no view", "another view", "two views", "no name", "long name", "too long"],
)
def test_a_reply_that_is_unsound_is_a_form_error_and_what_was_typed_is_kept(house, client, told, said):
    house.begun()
    page = client.post(house.link(), REPLY | told)
    assert page.status_code == 400
    assert said in text_of(page)
    assert "night" in page.content.decode() or "xxx" in page.content.decode()
    assert house.consultee().replied_at is None


@pytest.mark.parametrize(("size", "status"), [(1_500_000, 400), (5_000_000, 413)])
def test_a_huge_reply_is_refused_and_nothing_is_stored(house, client, size, status):
    house.begun()
    assert client.post(house.link(), REPLY | {"text": "x" * size}).status_code == status
    assert house.consultee().replied_at is None


def test_a_reply_without_the_forms_token_is_not_taken(house):
    house.begun()
    assert Client(enforce_csrf_checks=True).post(house.link(), REPLY).status_code == 403
    assert house.consultee().replied_at is None


def test_what_is_sent_beside_the_form_changes_nothing_else(house, client):
    house.begun()
    other = house.consultee("Tarn Networks")
    client.post(house.link(), REPLY | {"consultee": other.pk, "organisation": other.organisation_id, "pk": other.pk, "replied_at": "2020-01-01"})
    other.refresh_from_db()
    assert other.replied_at is None
    assert house.consultee().replied_at.year == 2023


def test_markup_in_a_reply_stays_text(house, client):
    house.begun()
    client.post(house.link(), REPLY | {"text": "<script>alert(1)</script>", "name": "<b>Kit</b>"})
    page = house.holder.opens(house.page).content.decode()
    assert "<script>alert" not in page
    assert "<b>Kit" not in page


def test_a_signed_in_reader_of_the_link_sees_what_anybody_with_it_sees(house, client):
    house.begun()
    nobody = text_of(client.get(house.link()))
    client.force_login(house.secretary)
    assert text_of(client.get(house.link())) == nobody
