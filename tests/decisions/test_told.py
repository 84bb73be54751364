"""Who was told of a vote and of a decision, what became of each mail, and which of them is sent again to whom."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions import operations
from decisions.models import Cast, Decision, Outcome
from decisions.subjects import Subject, Terms
from decisions.telling import sendings_of
from dissent.operations import raise_procedural_concern, rule_on
from groups.models import Holding, Policy
from groups.operations import end_holding, revoke_alternate
from notifications.models import Notice
from notifications.operations import deliver, note_bounce
from records.clock import portal_now
from records.rules import Refused
from tests.factories import AlternateFactory, HoldingFactory, PersonFactory, SeatFactory, UserFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
APPROVED = [Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]


def told_of(record) -> str:
    return f"/desk/{'decisions' if isinstance(record, Decision) else 'questions'}/{record.pk}/told/"


def delivered(**which) -> Notice:
    return deliver(Notice.objects.get(**which))


def opened_to(house, question, n=0) -> Notice:
    return Notice.objects.get(key=f"{question.reference}-opened", person=house.holders[n].person)


def spoken(house, question, choice="reject") -> Cast:
    return operations.record_spoken_vote(house.row(question), choice, comment="Costs fall on agents", by=house.secretary)


def determined(house, *choices) -> Decision:
    return operations.determine(house.closed(*(choices or ("approve",))), Terms(APPROVED, reasons=["It is needed."]), by=house.chair)


# --- who reads what


def test_everybody_in_the_group_reads_who_was_asked_and_those_who_run_it_what_became_of_each_mail(house):
    question = house.ask()
    note_bounce(deliver(opened_to(house, question)), "550 no such user", "r1", by=house.pmo)
    for who in (house.holders[1], house.observer):
        page = text_of(Visitor(who).opens(told_of(question)))
        assert house.holders[0].person.name in page
        assert "What was mailed to the group about this vote" in page
        assert "Came back" not in page
        assert "Send again" not in page
    for who, sends in ((house.secretary, True), (house.pmo, True), (house.chair, False), (house.reader, False)):
        page = text_of(Visitor(who).opens(told_of(question)))
        assert "550 no such user" in page
        assert "Waiting to be sent" in page
        assert ("Send again" in page) is sends
    assert Visitor(house.stranger).client.get(told_of(question)).status_code == 404


def test_the_pages_of_a_vote_and_of_a_decision_lead_there(house):
    question = house.ask()
    decision = Decision.objects.get()
    for record, page in ((question, f"/desk/questions/{question.pk}/"), (decision, f"/desk/decisions/{decision.pk}/")):
        assert told_of(record) in Visitor(house.holders[0]).opens(page).content.decode()
    draft = house.bring(subject="CR019")
    assert told_of(draft) not in Visitor(house.secretary).opens(f"/desk/questions/{draft.pk}/").content.decode()


def test_a_receipt_is_listed_by_its_number_for_those_who_run_the_vote_and_its_words_for_nobody(house):
    question = house.ask()
    operations.cast_vote(house.row(question), "reject", comment="Costs fall on agents", by=house.holders[0])
    receipt = Cast.objects.get().receipt
    for who in (house.secretary, house.chair, house.reader):
        page = text_of(Visitor(who).opens(told_of(question)))
        assert "Receipts of votes" in page
        assert receipt in page
        assert "reject" not in page.lower()
        assert "Costs fall" not in page
    for who in (house.holders[1], house.observer, house.ipa, house.holders[0]):
        page = text_of(Visitor(who).opens(told_of(question)))
        assert "eceipt" not in page
        assert "reject" not in page.lower()


def test_while_a_tally_is_hidden_nothing_tells_who_has_voted_not_even_the_size_of_the_page(house, clock):
    Policy(group=house.group, key="tally_hidden_until_close", value="yes", since=date(2021, 1, 1)).save_by(house.pmo)
    question = house.ask()
    everybody = [house.secretary, house.chair, house.pmo, house.reader, house.observer, *house.holders]

    def sizes() -> list[int]:
        return [len(Visitor(who).opens(told_of(question)).content) for who in everybody]

    before = sizes()
    operations.cast_vote(house.row(question), "approve", by=house.holders[0])
    assert sizes() == before
    page = text_of(Visitor(house.secretary).opens(told_of(question)))
    assert "Receipt" not in page.replace("receipt of a vote is listed here once the vote is over", "")
    assert "who has a receipt of a vote is listed here once the vote is over" in page
    receipt = delivered(key__startswith="vote-")
    sent = Visitor(house.secretary).client.post(f"{told_of(question)}{receipt.pk}/again/")
    assert sent.status_code == 404, "not even that there is one"
    with pytest.raises(Refused, match="That is no mail about"):
        operations.tell_again(question, receipt, by=house.secretary)
    clock("2023-07-19 17:00")
    assert "Receipts of votes" in text_of(Visitor(house.chair).opens(told_of(question))), "over, though no sweep has closed it"


def test_a_hidden_tally_hides_that_a_spoken_vote_is_disputed(house):
    Policy(group=house.group, key="tally_hidden_until_close", value="yes", since=date(2021, 1, 1)).save_by(house.pmo)
    question = house.ask(window_days=None)
    operations.answer_for(spoken(house, question), agrees=False, text="We said abstain.", by=house.holders[0])
    assert Notice.objects.filter(key__startswith="dispute-").exists()
    assert "disputes" not in text_of(Visitor(house.secretary).opens(told_of(question)))
    operations.close(question, by=house.secretary)
    assert "disputes the vote recorded for it" in text_of(Visitor(house.secretary).opens(told_of(question)))


def test_silences_are_one_list_by_seat(house):
    meeting = house.meeting()
    question = house.ask(window_days=None)
    row = house.row(question)
    for n, each in enumerate(house.holders[:2]):
        Notice(
            key=f"{question.reference}-silent-{house.row(question, n).pk}", person=each.person, address=each.person.email, reference=question.reference, subject=f"no objection {n}",
            body="x", message_id=f"<{n}@x>", next_try_at=portal_now(),
        ).save_by(house.pmo)  # fmt: skip
    silences = next(each for each in sendings_of(question, portal_now()) if each.subject == "That a silence is recorded as no objection")
    assert {each.beside for each in silences.told} == {row.constituency, house.row(question, 1).constituency}
    assert not silences.is_for_the_group
    assert meeting.code not in text_of(Visitor(house.holders[0]).opens(told_of(question)))


def test_of_a_decision_the_group_reads_who_was_told_and_others_answer_for_the_rest(house):
    decision = house.closed("approve")
    concern = raise_procedural_concern(decision, house.seats[0], "The papers came late.", by=house.holders[0])
    assert Notice.objects.filter(key=f"procedural-{concern.pk}").exists()
    rule_on(concern, "It stands.", by=house.chair)
    decision = operations.determine(decision, Terms(APPROVED, reasons=["It is needed."]), by=house.chair)
    operations.embargo(decision, until=date(2023, 8, 19), why="Prices move.", by=house.secretary)
    page = text_of(Visitor(house.holders[1]).opens(told_of(decision)))
    assert f"{decision.reference} has been decided" in page
    assert "a concern about how" not in page
    assert "embargo" not in page.lower()
    page = text_of(Visitor(house.secretary).opens(told_of(decision)))
    assert "embargo" in page
    assert "a concern about how" in page, "which went out when it was called otherwise"


def test_of_a_question_that_rides_on_a_form_is_told_who_was_asked_with_the_form(house):
    question = house.ask(follow_up="And then?")
    rider = question.follow_ups.get()
    operations.cast_vote(house.row(question), "reject", by=house.holders[0])
    for who in (house.holders[1], house.secretary):
        page = text_of(Visitor(who).opens(told_of(rider)))
        assert house.holders[0].person.name in page
        assert "Nothing has been sent yet" not in page
    receipt = Notice.objects.get(key__startswith="vote-")
    assert [each.key for each in sendings_of(rider, portal_now())] == [f"{question.reference}-opened"], "receipts are of each"
    with pytest.raises(Refused, match="That is no mail about"):
        operations.tell_again(rider, deliver(receipt), by=house.secretary)
    first = deliver(opened_to(house, question))
    assert operations.tell_again(rider, first, by=house.secretary).reference == question.reference
    operations.withdraw_question(question, why="The version was wrong.", by=house.secretary)
    assert f"{question.reference}-withdrawn" in [each.key for each in sendings_of(rider, portal_now())]


def test_whoever_has_no_address_is_named_beside_each_mail_of_papers_that_they_did_not_get(house):
    seat = SeatFactory(group=house.group, order=9)
    without = HoldingFactory(seat=seat, person=PersonFactory(name="Nora Bell", email="")).person
    bare = house.ask(subject="CR019")
    assert not any(each.without_address for each in sendings_of(bare, portal_now())), "no papers went out, and it is not on record who was asked without an address"
    question = house.bring(follow_up="And then?")
    operations.add_question_paper(question, "Options", ("options.csv", b"first;second"), by=house.secretary)
    question = operations.open_question(question, by=house.secretary)
    operations.add_question_paper(question, "Costs", ("costs.csv", b"third;fourth"), by=house.secretary)
    operations.circulate_question_papers(question, why="It was late.", by=house.secretary)
    named = {f"{question.reference}-opened": [without.name], f"{question.reference}-papers-2": [without.name]}
    for each in (question, question.follow_ups.get()):
        assert {sending.key: sending.without_address for sending in sendings_of(each, portal_now())} == named
    assert "No address is known of Nora Bell: they were not mailed." in text_of(Visitor(house.holders[1]).opens(told_of(question)))
    only_later = house.ask(subject="CR020")
    operations.add_question_paper(only_later, "Costs", ("costs.csv", b"fifth;sixth"), by=house.secretary)
    operations.circulate_question_papers(only_later, why="It was late.", by=house.secretary)
    without_address = {sending.key: sending.without_address for sending in sendings_of(only_later, portal_now())}
    assert without_address == {f"{only_later.reference}-opened": [], f"{only_later.reference}-papers-1": [without.name]}


# --- sending again


def test_one_who_votes_is_asked_again_at_the_address_that_is_known_now(house):
    question = house.ask()
    first, person = opened_to(house, question), house.holders[0].person
    with pytest.raises(Refused, match="waits to be sent still"):
        operations.tell_again(question, first, by=house.secretary)
    deliver(first)
    person.email = "moved@example.org"
    person.save_by(house.pmo)
    page = Visitor(house.secretary).client.post(f"{told_of(question)}{first.pk}/again/", follow=True)
    assert f"It is sent to {person} again, at moved@example.org, with the next post." in text_of(page)
    again = Notice.objects.get(address="moved@example.org")
    assert (again.body, again.reference) == (first.body, first.reference)
    sending = next(each for each in sendings_of(question, portal_now()) if each.is_for_the_group)
    assert [each.times for each in sending.told if each.notice.person_id == person.pk] == [2]


@pytest.mark.parametrize("who", ["chair", "reader", "observer"])
def test_only_the_secretariat_sends_again(house, who):
    question = house.ask()
    first = deliver(opened_to(house, question))
    user = getattr(house, who)
    assert Visitor(user).client.post(f"{told_of(question)}{first.pk}/again/").status_code == 403
    with pytest.raises(Refused, match="Only the secretariat"):
        operations.tell_again(question, first, by=user)


def test_once_the_vote_is_over_or_withdrawn_nobody_is_asked_again_and_the_page_says_why(house, clock):
    question, other = house.ask(), house.ask(subject="CR019")
    first, second = deliver(opened_to(house, question)), deliver(opened_to(house, other))
    operations.withdraw_question(other, why="The version was wrong.", by=house.secretary)
    with pytest.raises(Refused, match="The question is withdrawn"):
        operations.tell_again(other, second, by=house.secretary)
    clock("2023-07-19 17:00")
    with pytest.raises(Refused, match="The vote is over"):
        operations.tell_again(question, first, by=house.secretary)
    page = Visitor(house.secretary).client.post(f"{told_of(question)}{first.pk}/again/", follow=True)
    assert "The vote is over, and nobody is asked any more." in text_of(page)
    page = text_of(Visitor(house.secretary).opens(told_of(question)))
    assert "It is not sent again. The vote is over" in page
    assert "Send again" not in page
    assert not Notice.objects.filter(key__contains="-again-").exists()


def test_who_has_left_the_seat_has_no_account_or_no_address_is_not_asked_again(house):
    alternate = UserFactory(person=PersonFactory())
    AlternateFactory(seat=house.seats[1], person=alternate.person)
    seat = SeatFactory(group=house.group, order=9)
    without = HoldingFactory(seat=seat).person
    question = house.ask()
    gone, nameless, bare = (deliver(Notice.objects.get(key=f"{question.reference}-opened", person=who)) for who in (alternate.person, without, house.holders[0].person))
    revoke_alternate(alternate.person.alternates.get(), why="He moved on.", by=house.pmo)
    with pytest.raises(Refused, match="is not among those who are told of it any more"):
        operations.tell_again(question, gone, by=house.secretary)
    with pytest.raises(Refused, match="has no account, and the mail leads to where one signs in"):
        operations.tell_again(question, nameless, by=house.secretary)
    house.holders[0].person.email = ""
    house.holders[0].person.save_by(house.pmo)
    bare.refresh_from_db()
    with pytest.raises(Refused, match="No address is known of"):
        operations.tell_again(question, Notice.objects.get(pk=bare.pk), by=house.secretary)


def test_a_receipt_is_sent_again_until_the_seat_votes_anew(house):
    question = house.ask()
    operations.cast_vote(house.row(question), "reject", by=house.holders[0])
    receipt = delivered(key__startswith="vote-")
    again = operations.tell_again(question, receipt, by=house.secretary)
    assert again.body == receipt.body
    assert "reject" not in text_of(Visitor(house.secretary).opens(told_of(question))).lower()
    deliver(again)
    operations.cast_vote(house.row(question), "approve", by=house.holders[0])
    with pytest.raises(Refused, match="The seat voted again since"):
        operations.tell_again(question, receipt, by=house.secretary)


def test_a_mail_of_another_record_is_not_sent_again_from_here(house):
    question, other = house.ask(), house.ask(subject="CR019")
    first = deliver(opened_to(house, question))
    assert Visitor(house.secretary).client.post(f"{told_of(other)}{first.pk}/again/").status_code == 404
    assert Visitor(house.secretary).client.post(f"{told_of(Decision.objects.first())}{first.pk}/again/").status_code == 404


def test_that_it_is_decided_is_sent_again_to_who_has_a_seat_until_it_is_public(house):
    decision = determined(house)
    key = f"{decision.reference}-determined"
    mine, left = delivered(key=key, person=house.holders[0].person), delivered(key=key, person=house.holders[1].person)
    assert operations.tell_again(decision, mine, by=house.secretary).status == "queued"
    end_holding(Holding.objects.get(person=house.holders[1].person, seat=house.seats[1]), last=date(2023, 7, 18), why="She left.", by=house.pmo)
    with pytest.raises(Refused, match="is not among those who are told of it any more"):
        operations.tell_again(decision, left, by=house.secretary)
    operations.publish(decision, by=house.secretary)
    with pytest.raises(Refused, match="is not public yet: it is public since 19 Jul 2023"):
        operations.tell_again(decision, mine, by=house.secretary)
    assert "It is not sent again. It says that" in text_of(Visitor(house.secretary).opens(told_of(decision)))


def test_an_embargo_that_is_over_or_another_is_not_told_again(house):
    decision = determined(house)
    operations.embargo(decision, until=date(2023, 8, 19), why="Prices move.", by=house.secretary)
    mail = delivered(key__contains="-embargoed-", person=house.observer.person)
    assert operations.tell_again(decision, mail, by=house.secretary).status == "queued"
    decision.refresh_from_db()
    operations.release(decision, by=house.secretary)
    with pytest.raises(Refused, match="there is none until that day any more"):
        operations.tell_again(decision, mail, by=house.secretary)


def test_what_a_page_costs_does_not_grow_with_the_mails(house, django_assert_max_num_queries):
    question = house.ask()
    visitor = Visitor(house.secretary)
    house.vote(question, "approve")
    with CaptureQueriesContext(connection) as one:
        visitor.opens(told_of(question))
    house.vote(question, "reject", "approve", "reject")
    with django_assert_max_num_queries(len(one)):
        visitor.opens(told_of(question))
