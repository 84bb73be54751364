"""A seat consults its constituency: private to the seat, answered by a link without an account, carried into the vote."""

import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from decisions import operations
from decisions.consultation_texts import drafted_brief, drafted_comment, replied_in_words
from decisions.models import Consultation, Consultee, Position, Question
from decisions.operations.consulting import token_for
from decisions.rules.consulting import LONGEST_REPLY
from decisions.rules.questions import LONGEST_COMMENT
from groups import operations as groups
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.factories import (
    AgendaItemFactory,
    AlternateFactory,
    AppointmentFactory,
    BelongingFactory,
    ConsulteeFactory,
    GroupFactory,
    HoldingFactory,
    PersonFactory,
    QuestionFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    chair_of,
    secretary_of,
    user_of,
)
from tests.pages import Visitor, text_of
from tests.races.test_races import at_once

pytestmark = pytest.mark.django_db
ORGANISATIONS = ["Fenmoor Networks", "Hazelfold Grid", "Tarn Networks"]


@pytest.fixture
def house(clock, settings):
    """A question open for five working days, and the DNO seat with a constituency of three."""
    settings.DEMO = True
    clock("2023-07-12 10:00")

    class House:
        def __init__(self):
            self.group = GroupFactory(code="REH", name="Rehearsal group")
            self.seat = SeatFactory(group=self.group, label="DNO Representative")
            for name in ORGANISATIONS:
                BelongingFactory(constituency=self.seat.constituency, organisation__name=name)
            person = HoldingFactory(seat=self.seat, person=PersonFactory(name="Ruth Ansell", email="ruth@example.org")).person
            self.holder, self.secretary = Visitor(UserFactory(person=person)), secretary_of(self.group)
            asked = {"consulted_version": "1.7", "changed_since": "Agents need not run at night.", "if_not_approved": "Everybody runs day and night."}
            self.question = operations.open_question(QuestionFactory(group=self.group, window_days=5, **asked), by=self.secretary)
            self.page = reverse("decisions:consultation", args=[self.question.pk, self.seat.pk])
            self.brief = reverse("decisions:brief", args=[self.question.pk, self.seat.pk])

        def begun(self, brief="What do you think of CR018?", **told) -> Consultation:
            return operations.consult(self.question, self.seat, brief, by=self.holder.user, **told)

        def consultee(self, name="Fenmoor Networks") -> Consultee:
            return Consultee.objects.get(organisation__name=name)

        def link(self, name="Fenmoor Networks") -> str:
            return reverse("decisions:reply", args=[token_for(self.consultee(name))])

        def replied(self, name, view="approve", text="") -> Consultee:
            return operations.reply(self.consultee(name), view, text, name="Kit Example")

    return House()


REPLY = {"view": "reject", "text": "It would cost us a night shift.", "name": "Kit Example"}


# --- asking


def test_a_consultation_begins_from_a_brief_drafted_of_the_question(house):
    page = house.holder.opens(house.page)
    assert page.redirect_chain[-1][0] == house.brief
    said = text_of(page)
    for part in (
        "The Rehearsal group is asked: Should CR018 be approved?", "What is voted on: CR018, version 1.8.", "consulted on version 1.7",
        "What has changed since: Agents need not run at night.", "What stands if it is not approved: Everybody runs day and night.",
        "The vote closes at 5:00pm on Wed 19 Jul 2023.", "You ask 3 organisations: Fenmoor Networks, Hazelfold Grid, Tarn Networks.",
    ):  # fmt: skip
        assert part in said
    assert not Consultation.objects.exists()  # looking began nothing
    page = text_of(house.holder.sends(page, {"reply_by": "2023-07-18"}))
    assert "Nothing was sent" in page
    assert "0 of 3 have replied. Not yet: Fenmoor Networks, Hazelfold Grid and Tarn Networks." in page
    assert "Replies asked by Tue 18 Jul 2023" in page
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
    assert f"The vote is taken at {item.meeting}, on Wed 12 Jul 2023." in drafted_brief(QuestionFactory(group=item.meeting.group, item=item))


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


# --- replying


def test_a_link_shows_what_is_asked_who_asks_and_who_will_read_the_reply(house, client):
    house.begun(reply_by=date(2023, 7, 18))
    page = client.get(house.link())
    for part in (
        "DNO Representative asks Fenmoor Networks", "Should CR018 be approved?", "About CR018 v1.8", "What do you think of CR018?",
        "Who asks Ruth Ansell, for the DNO Representative seat in the Rehearsal group", "Please reply by Tue 18 Jul 2023",
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
    for part in ("Your reply is recorded", "For Fenmoor Networks, at 10:00am on Wed 12 Jul 2023", "Against", REPLY["text"], "Kit Example"):
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


@pytest.mark.parametrize("size", [1_500_000, 5_000_000])
def test_a_huge_reply_is_refused_and_nothing_is_stored(house, client, size):
    house.begun()
    assert client.post(house.link(), REPLY | {"text": "x" * size}).status_code == 400
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


@pytest.mark.django_db(transaction=True)
def test_of_two_replies_by_one_link_at_once_one_is_recorded():
    consultee = ConsulteeFactory()
    met = at_once(*[lambda view=view: operations.reply(consultee, view, view, name="Kit Example") for view in ("approve", "reject")])
    (refused,) = [one for one in met if isinstance(one, Refused)]
    assert "a link is good for one reply" in str(refused)
    consultee.refresh_from_db()
    assert consultee.view == consultee.text
    assert consultee.history.exclude(replied_at=None).count() == 1


@pytest.mark.parametrize("address", ["/desk/seats/{0}/", "/desk/alternates/{0}/revoke/", "/desk/questions/{0}/seats/{0}/consultation/", "/desk/consultees/{0}/ask/"])
def test_a_number_larger_than_any_is_a_page_that_does_not_exist(house, address):
    assert house.holder.client.post(address.format("9" * 30)).status_code in (404, 405)
    assert house.holder.opens(address.format("9" * 30)).status_code == 404


# --- into the vote


def test_the_replies_become_a_comment_that_names_nobody(house):
    consultation = house.begun()
    assert drafted_comment(consultation) == ""
    house.replied("Fenmoor Networks", "reject", "It would cost us\na night shift.")
    house.replied("Tarn Networks", "approve")
    assert drafted_comment(consultation) == "Of 3 organisations consulted, 2 replied: 1 in favour, 1 against.\n- It would cost us a night shift."


def test_replies_of_any_length_fit_into_a_comment(house):
    consultation = house.begun()
    for name in ORGANISATIONS:
        house.replied(name, "reject", "It costs. " * (LONGEST_REPLY // 10))
    draft = drafted_comment(consultation)
    assert len(draft) <= LONGEST_COMMENT
    assert draft.count("…") == 3
    operations.use_the_replies(consultation, by=house.holder.user)
    assert Position.objects.get().comment == draft


def test_the_drafted_comment_is_what_the_voting_form_starts_from(house):
    house.begun()
    house.replied("Fenmoor Networks", "reject", "It would cost us a night shift.")
    operations.take_position(house.question, house.seat, "reject", comment="As I see it", by=house.holder.user)
    page = house.holder.opens(house.page)
    assert "It would replace the draft you have: As I see it" in text_of(page)
    page = house.holder.sends(page, form=0)
    assert "The replies are the draft of your voting comment now." in text_of(page)
    assert "This is the draft of your voting comment." in text_of(page)
    form = house.holder.opens(reverse("decisions:ballot", args=[house.question.pk]))
    assert "Of 3 organisations consulted, 1 replied: 1 against." in text_of(form)
    assert Position.objects.get().choice == "reject"  # the choice was theirs, and stays
    assert not Question.objects.get(pk=house.question.pk).roll.filter(casts__isnull=False).exists()


@pytest.mark.parametrize("noted_before", [True, False])
def test_a_draft_that_the_alternate_has_written_meanwhile_is_not_replaced_unseen(house, noted_before):
    house.begun()
    house.replied("Fenmoor Networks")
    if noted_before:
        operations.take_position(house.question, house.seat, "", comment="As we see it", by=house.holder.user)
    page = house.holder.opens(house.page)
    operations.take_position(house.question, house.seat, "", comment="As I see it", by=UserFactory(person=AlternateFactory(seat=house.seat).person))
    answer = house.holder.sends(page, form=0)
    assert answer.status_code == 409
    assert "has been changed since you opened this form" in text_of(answer)
    assert Position.objects.get().comment == "As I see it"


def test_without_a_reply_there_is_nothing_to_draft_from(house):
    consultation = house.begun()
    with pytest.raises(Refused, match="Nobody has replied yet"):
        operations.use_the_replies(consultation, by=house.holder.user)


def test_the_replies_can_be_read_after_the_vote_and_nothing_more_is_asked(house, clock):
    house.begun()
    house.replied("Fenmoor Networks", "reject", "It would cost us a night shift.")
    clock("2023-07-19 17:00")
    page = house.holder.opens(house.page)
    assert "It would cost us a night shift." in text_of(page)
    assert "is over" in text_of(page)
    assert "Ask for a reply" not in text_of(page)
    assert house.holder.client.post(reverse("decisions:ask", args=[house.consultee("Tarn Networks").pk]), {"address": "x@example.org"}).status_code == 409
