"""A seat consults its constituency: what it asks, whom, and that this is private to the seat."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from decisions import operations
from decisions.consultation_texts import drafted_brief, replied_in_words
from decisions.models import Consultation, Consultee, Position
from decisions.rules import consulting
from groups import operations as groups
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.conftest import set_clock
from tests.decisions.houses import ConsultingHouse
from tests.factories import (
    AgendaItemFactory,
    AlternateFactory,
    AppointmentFactory,
    BelongingFactory,
    PersonFactory,
    QuestionFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    chair_of,
    user_of,
)
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


def build() -> ConsultingHouse:
    return ConsultingHouse(set_clock)


def test_a_consultation_begins_from_a_brief_drafted_of_the_question(house):
    page = house.holder.opens(house.page)
    assert page.redirect_chain[-1][0] == house.brief
    said = text_of(page)
    for part in (
        "The Rehearsal group is asked: Should CR018 be approved?", "What is voted on: CR018, version 1.8.", "consulted on version 1.7",
        "What has changed since: Agents need not run at night.", "What stands if it is not approved: Everybody runs day and night.",
        "The vote closes at 17:00 on 19 Jul 2023.", "You ask 3 organisations: Fenmoor Networks, Hazelfold Grid, Tarn Networks.",
    ):  # fmt: skip
        assert part in said
    assert not Consultation.objects.exists()  # looking began nothing
    page = text_of(house.holder.sends(page, {"reply_by": "2023-07-18"}))
    assert "Nothing was sent" in page
    assert "0 of 3 have replied. Not yet: Fenmoor Networks, Hazelfold Grid and Tarn Networks." in page
    assert "Replies asked by 18 Jul 2023" in page
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "The vote is taken at a meeting."),
        ({"window_days": 5}, "The vote has not opened yet. It will be open for 5 working days."),
    ],
)
def test_the_brief_of_a_question_not_yet_open_says_what_is_known_of_the_vote(told, sentence):
    assert sentence in drafted_brief(QuestionFactory(**told))


def test_the_brief_names_the_meeting_where_the_vote_is_taken():
    item = AgendaItemFactory()
    assert f"The vote is taken at {item.meeting}, on 12 Jul 2023." in drafted_brief(QuestionFactory(group=item.meeting.group, item=item))


def test_the_brief_names_what_is_asked_on_the_same_form():
    question = QuestionFactory()
    QuestionFactory(group=question.group, follows=question, wording="And if it costs more?")
    QuestionFactory(group=question.group, follows=question, wording="Put wrongly", status="withdrawn", withdrawn_why="x")
    assert "Asked with it, on the same form: And if it costs more?" in drafted_brief(question)
    assert "Put wrongly" not in drafted_brief(question)


def test_each_organisation_has_a_link_of_its_own_to_copy(house):
    house.begun()
    page = house.holder.opens(house.page).content.decode()
    links = re.findall(r'data-copy="(http[^"]+)"', page)
    assert len(set(links)) == 3
    assert 'data-copy="What do you think of CR018?"' in page  # the brief as plain text
    for link in links:
        assert Client().get(link.partition("8000")[2]).status_code == 200


def test_the_portal_sends_the_link_and_says_who_will_read_the_reply(house):
    house.begun()
    consultee = house.consultee()
    house.holder.sends(house.holder.opens(house.page), {"address": "kit@example.org"}, form=0)
    run_and_remember()
    (message,) = [m for m in mail.outbox if m.to == ["kit@example.org"]]
    assert message.subject == "DNO Representative asks Fenmoor Networks about CR018 v1.8"
    assert "What do you think of CR018?" in message.body
    assert "read by who may vote for the DNO Representative seat: Ruth Ansell." in message.body
    assert "without naming you" in message.body
    link = re.search(r"http://\S+/reply/\S+", message.body)[0]
    assert Client().get(link.partition("8000")[2]).status_code == 200
    consultee.refresh_from_db()
    assert consultee.asked_at is not None


@pytest.mark.parametrize("begun_before", [True, False])
def test_holder_and_alternate_do_not_word_the_brief_over_each_other_unseen(house, begun_before):
    if begun_before:
        house.begun("What do you think\nof CR018?")
    alternate = Visitor(UserFactory(person=AlternateFactory(seat=house.seat).person))
    form = house.holder.opens(house.brief)
    alternate.does(house.brief, {"brief": "Could you live with CR018?", "reply_by": "2023-07-18"})
    answer = house.holder.sends(form, {"brief": "Is CR018 worth its price?"})
    assert answer.status_code == 409
    assert "There now: Could you live with CR018?" in text_of(answer)
    assert Consultation.objects.get().brief == "Could you live with CR018?"
    house.holder.sends(answer)
    assert Consultation.objects.get().brief == "Is CR018 worth its price?"


@pytest.mark.parametrize("from_the_list", [True, False])
def test_a_link_is_not_sent_to_another_address_than_the_one_it_went_to_meanwhile_unseen(house, from_the_list):
    """The new link would make useless the one that the alternate has just sent."""
    house.begun()
    alternate = Visitor(UserFactory(person=AlternateFactory(seat=house.seat).person))
    address = reverse("decisions:ask", args=[house.consultee().pk])
    form = house.holder.opens(house.page if from_the_list else address)
    alternate.does(address, {"address": "kit@example.org"})
    sent = house.consultee()
    answer = house.holder.sends(form, {"address": "office@example.org"})
    assert answer.status_code == 409
    assert "There now: kit@example.org" in text_of(answer)
    assert (house.consultee().address, house.consultee().nonce) == (sent.address, sent.nonce)
    house.holder.sends(answer)
    assert house.consultee().address == "office@example.org"


def test_an_address_that_is_none_is_shown_again_to_be_mended(house):
    house.begun()
    page = house.holder.client.post(reverse("decisions:ask", args=[house.consultee().pk]), {"address": "kit at example"})
    assert page.status_code == 400
    assert "Give an e-mail address, such as name@example.org." in text_of(page)
    assert "kit at example" in page.content.decode()
    assert not Notice.objects.filter(key__startswith="consultee").exists()


def test_the_portal_writes_only_to_whom_it_knows_to_be_with_the_organisation(house):
    house.begun()
    PersonFactory(email="elsewhere@example.org")
    respondent = AppointmentFactory(kind="respondent", person=PersonFactory(email="answers@example.org"), organisation=house.consultee().organisation, group=None)
    for stranger in ("stranger@example.org", "elsewhere@example.org"):
        with pytest.raises(Refused, match=f"does not know {stranger} as an address of Fenmoor Networks"):
            operations.ask(house.consultee(), stranger, by=house.holder.user)
    assert not Notice.objects.filter(key__startswith="consultee").exists()
    operations.ask(house.consultee(), respondent.person.email.upper(), by=house.holder.user)


def test_so_many_mails_a_day_go_out_for_a_seat_and_no_more(house, clock, monkeypatch):
    monkeypatch.setattr(consulting, "MOST_MAILS_A_DAY", 3)
    house.begun()
    for name in ("kit", "kim", "office"):
        operations.ask(house.consultee(), f"{name}@example.org", by=house.holder.user)
    with pytest.raises(Refused, match="3 mails have gone out for this seat today"):
        operations.ask(house.consultee(), "kit@example.org", by=house.holder.user)
    assert house.holder.client.get(reverse("decisions:ask", args=[house.consultee().pk])).status_code == 409
    clock("2023-07-13 00:00")
    operations.ask(house.consultee(), "kit@example.org", by=house.holder.user)


def test_the_same_address_is_asked_once_a_day_and_another_gets_a_new_link(house, clock):
    house.begun()
    operations.ask(house.consultee(), "kit@example.org", by=house.holder.user)
    old = house.link()
    with pytest.raises(Refused, match="has been asked today, at 10:00"):
        operations.ask(house.consultee(), "kit@example.org", by=house.holder.user)
    clock("2023-07-13 10:00")
    operations.ask(house.consultee(), "kit@example.org", by=house.holder.user)
    assert house.link() == old
    page = house.holder.client.post(reverse("decisions:ask", args=[house.consultee().pk]), {"address": "kim@example.org"}, follow=True)
    assert "The link sent to the address before is of no use any more." in text_of(page)
    assert Client().get(old).status_code == 404
    assert Client().get(house.link()).status_code == 200
    assert Notice.objects.filter(key__startswith="consultee").count() == 3


def test_an_organisation_that_joins_the_constituency_later_is_asked_when_the_brief_is_kept_again(house):
    house.begun()
    house.replied("Fenmoor Networks")
    BelongingFactory(constituency=house.seat.constituency, organisation__name="Late Networks")
    house.begun("What do you think of it now?")
    assert Consultation.objects.get().brief == "What do you think of it now?"
    assert replied_in_words(list(Consultee.objects.all())) == "1 of 4 has replied. Not yet: Hazelfold Grid, Late Networks and Tarn Networks."


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"brief": "  "}, "Write what you ask, in plain words."),
        ({"brief": "x" * 5001}, "Keep it under 5,000 characters."),
        ({"reply_by": "2023-07-11"}, "That day is over: give one to come, or none."),
        ({"reply_by": "2023-07-20"}, "The vote closes on 19 Jul 2023: a reply after that comes too late."),
        ({"reply_by": "soon"}, "Give a day, such as 27/11/2026."),
    ],
    ids=["nothing", "too long", "over", "after the close", "no day"],
)
def test_a_brief_that_cannot_go_out_is_kept_in_the_form(house, told, said):
    page = house.holder.does(house.brief, {"brief": "What do you think?"} | told)
    assert page.status_code in (400, 409)
    assert said in text_of(page)
    assert not Consultation.objects.exists()


def test_a_seat_without_organisations_on_record_still_gets_a_brief_to_forward(house):
    seat = SeatFactory(group=house.group)
    visitor = Visitor(user_of(seat))
    page = visitor.does(reverse("decisions:brief", args=[house.question.pk, seat.pk]))
    assert "The Rehearsal group is asked" in text_of(page)
    assert "No organisation is on record for this constituency" in text_of(page)


def test_nobody_consults_on_a_vote_that_is_over(house, clock):
    clock("2023-07-19 17:00")
    page = house.holder.opens(house.page)
    assert "is over: a reply would come too late" in text_of(page)
    with pytest.raises(Refused, match="is over"):
        house.begun()


# --- private to the seat


@pytest.mark.many(3)
@pytest.mark.parametrize("who", ["chair", "secretary", "pmo", "colleague", "assurance", "former", "unapproved", "stranger", "elsewhere"])
def test_the_consultation_does_not_exist_for_anybody_but_the_seat(house, who):
    house.begun("Zqxbrief")
    house.replied("Fenmoor Networks", text="Zqxreply")
    left = AlternateFactory(seat=house.seat)
    groups.revoke_alternate(left, why="back", by=house.holder.user)
    visitor = Visitor({
        "chair": lambda: chair_of(house.group), "secretary": lambda: house.secretary, "pmo": a_pmo, "stranger": UserFactory,
        "colleague": lambda: user_of(SeatFactory(group=house.group)),
        "assurance": lambda: UserFactory(person=AppointmentFactory(kind="assurance").person),
        "former": lambda: UserFactory(person=left.person),
        "unapproved": lambda: UserFactory(person=AlternateFactory(seat=house.seat, approved_on=None, approved_by="", approved_how="").person),
        "elsewhere": lambda: user_of(SeatFactory(constituency=house.seat.constituency)),
    }[who]())  # fmt: skip
    args = [house.question.pk, house.seat.pk]
    for name in ("consultation", "brief"):
        page = visitor.opens(reverse(f"decisions:{name}", args=args))
        assert page.status_code == 404
        assert "Zqx" not in page.content.decode()
    for address in (reverse("decisions:consultation_comment", args=args), reverse("decisions:ask", args=[house.consultee("Tarn Networks").pk])):
        assert visitor.client.post(address, {"address": "x@example.org"}).status_code == 404
    for address in ("/desk/", reverse("decisions:question", args=args[:1]), reverse("groups:seat", args=args[1:])):
        assert "Zqx" not in visitor.opens(address).content.decode()
    assert not Position.objects.exists()


def test_a_holder_does_not_consult_on_the_question_of_another_group(house):
    other = QuestionFactory()
    assert house.holder.opens(reverse("decisions:consultation", args=[other.pk, house.seat.pk])).status_code == 404
    with pytest.raises(Refused) as refused:
        operations.take_position(other, house.seat, "approve", by=house.holder.user)
    assert refused.value.status == 404


def test_an_approved_alternate_consults_as_the_holder_does(house):
    house.begun()
    house.replied("Fenmoor Networks", text="Fine by us.")
    alternate = AlternateFactory(seat=house.seat, person=PersonFactory(name="Ben Example"))
    page = text_of(Visitor(UserFactory(person=alternate.person)).opens(house.page))
    assert "Fine by us." in page
    assert "Only who may vote for it sees this: Ruth Ansell and Ben Example." in page


def test_that_somebody_replied_is_told_to_the_seat_alone_and_under_no_reference(house):
    AlternateFactory(seat=house.seat, person=PersonFactory(email="ben@example.org"))
    house.begun()
    house.replied("Fenmoor Networks", "reject", "Zqxreply")
    told = Notice.objects.filter(key__endswith="-replied")
    assert sorted(n.address for n in told) == ["ben@example.org", "ruth@example.org"]
    assert {n.reference for n in told} == {""}
    assert not any("Zqxreply" in n.body for n in told)


@pytest.mark.parametrize("address", ["/desk/seats/{0}/", "/desk/alternates/{0}/revoke/", "/desk/questions/{0}/seats/{0}/consultation/", "/desk/consultees/{0}/ask/"])
def test_a_number_larger_than_any_is_a_page_that_does_not_exist(house, address):
    assert house.holder.client.post(address.format("9" * 30)).status_code in (404, 405)
    assert house.holder.opens(address.format("9" * 30)).status_code == 404
