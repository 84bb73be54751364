"""Between meetings a vote has papers of its own: they go out as it is opened, more may follow while it is open, and who was sent what stays on record."""

import io
import re
import zipfile

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions import operations
from decisions.models import Decision, Outcome, QuestionCirculation, QuestionPaper
from decisions.subjects import Subject, Terms
from files.models import Scan
from files.scanning import Result
from ledger.models import Entry
from ledger.verifying import faults
from notifications.models import Notice
from records.clock import portal_now
from records.rules import Refused
from records.sweep import run
from tests.decisions.houses import House, vote_at
from tests.meetings.test_packs import pdf, stamps
from tests.pages import drained, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(clock, settings):
    settings.DEMO = True
    return House(clock)


def add(house, question, title="Options", name="options.pdf", content=None, **told) -> QuestionPaper:
    return operations.add_question_paper(question, title, (name, content or pdf(2)), by=house.secretary, **told)


def opened(house, *titles: str):
    question = house.bring()
    for n, title in enumerate(titles):
        add(house, question, title, f"{title.lower()}.pdf", pdf(n + 1))
    return operations.open_question(question, by=house.secretary)


def page_of(question) -> str:
    return f"/desk/questions/{question.pk}/"


def mails(key: str) -> list[Notice]:
    return list(Notice.objects.filter(key__contains=key).order_by("address"))


def test_what_is_there_goes_out_with_the_vote_and_is_sealed_with_whom_it_went_to(house):
    question = opened(house, "Options", "Costs")
    [sent] = QuestionCirculation.objects.all()
    assert (sent.n, sent.why, [each.title for each in sent.papers.all()]) == (1, "", ["Options", "Costs"])
    assert {each.person for each in sent.told.all()} == {user.person for user in house.holders}
    assert Entry.objects.filter(subject_kind="question_papers", subject_pk=sent.pk, kind="circulated").count() == 1
    [mail, *_] = mails("-opened")
    assert "- Options (options.pdf)" in mail.body
    assert page_of(question) in mail.body
    assert list(faults()) == []


def test_the_opening_page_says_what_goes_out_to_whom(house):
    question = house.bring()
    add(house, question)
    page = text_of(house.visitor(house.secretary).opens(f"{page_of(question)}open/"))
    assert "What goes out Options options.pdf" in page
    assert "3 people who may vote for 3 seats" in page


def test_what_was_looked_at_is_what_goes_out_with_the_vote(house):
    question = house.bring()
    add(house, question, "First", "first.pdf", pdf(1))
    secretary = house.visitor(house.secretary)
    form = secretary.opens(f"{page_of(question)}open/")
    add(house, question, "Second", "second.pdf", pdf(3))
    refused = secretary.sends(form)
    assert refused.status_code == 409
    assert "so nobody was asked" in text_of(refused)
    assert "Second" in text_of(refused)
    assert (QuestionCirculation.objects.count(), Notice.objects.filter(key__contains="-opened").count()) == (0, 0)
    assert "The vote is open" in text_of(secretary.sends(refused))
    assert QuestionCirculation.objects.get().papers.count() == 2


def test_a_rider_and_what_was_withdrawn_take_no_papers_and_say_why(house):
    question = house.ask(follow_up="Should it go into the next release?")
    for asked, why in ((question.follow_ups.get(), "It rides on the form of another question"), (operations.withdraw_question(question, why="Wrong", by=house.secretary), "The question is withdrawn")):
        with pytest.raises(Refused) as refused:
            add(house, asked)
        assert [str(each)[: len(why)] for each in refused.value.reasons] == [why]


def test_a_paper_may_be_called_as_the_note_in_the_zip_is(house):
    question = house.bring()
    add(house, question, "Left out", "Left out.txt", b"What was left out of the option")
    off = add(house, question, "Costs", "costs.pdf", pdf(1))
    operations.open_question(question, by=house.secretary)
    operations.drop_question_paper(off, by=house.secretary)
    assert not run().failures
    archive = zipfile.ZipFile(io.BytesIO(drained(house.visitor(house.holders[0]).client.get(f"{page_of(question)}papers.zip")).drained))
    assert archive.namelist() == ["Left out.txt", "Left out (2).txt"]


def test_pages_cost_the_same_however_many_papers_and_votes_there_are(house):
    def papers(many: int):
        question = house.bring()
        for n in range(many):
            add(house, question, f"Paper {n}", f"{n}.txt", b"Words")
        return operations.open_question(question, by=house.secretary)

    def cost(user, address: str) -> int:
        visitor = house.visitor(user)
        visitor.opens(address)
        with CaptureQueriesContext(connection) as asked:
            visitor.opens(address)
        return len(asked)

    one, many = papers(1), papers(8)
    for user in (house.holders[0], house.secretary):
        assert cost(user, page_of(many)) <= cost(user, page_of(one)) + 1
        assert cost(user, f"{page_of(many)}papers/pack/") <= cost(user, f"{page_of(one)}papers/pack/") + 1
    before = cost(house.secretary, "/desk/")
    papers(1)
    assert cost(house.secretary, "/desk/") <= before


def test_before_it_goes_out_the_seats_do_not_have_it_and_afterwards_they_do(house):
    question = house.bring()
    paper = add(house, question)
    address = reverse("decisions:question_paper", args=[paper.pk])
    member, secretary = house.visitor(house.holders[0]), house.visitor(house.secretary)
    assert member.client.get(address).status_code == 404
    assert "Options" not in text_of(member.opens(page_of(question)))
    assert drained(secretary.client.get(address)).status_code == 200
    operations.open_question(question, by=house.secretary)
    assert drained(member.client.get(address)).drained[:5] == b"%PDF-"
    assert house.visitor(house.stranger).client.get(address).status_code == 404
    ballot = text_of(member.opens(vote_at(question, house.row(question))))
    assert "To read before you vote, one by one or all in one" in ballot, ballot
    assert "options.pdf" in ballot


def test_all_papers_are_bound_into_one_whose_pages_say_of_which_paper_they_are(house):
    question = opened(house, "Options", "Costs")
    member = house.visitor(house.holders[0])
    assert "The pack is being made. 0 of 2 papers are ready to be bound." in text_of(member.opens(page_of(question)))
    assert not run().failures
    page = text_of(member.opens(page_of(question)))
    assert "4 pages" in page
    whole = drained(member.client.get(f"{page_of(question)}papers.pdf")).drained
    assert _stamps(whole) == [f"{question.reference} · paper 1 · page 1", f"{question.reference} · paper 2 · page 1", f"{question.reference} · paper 2 · page 2"]
    archive = zipfile.ZipFile(io.BytesIO(drained(member.client.get(f"{page_of(question)}papers.zip")).drained))
    assert archive.namelist() == ["options.pdf", "costs.pdf"]
    assert house.visitor(house.stranger).client.get(f"{page_of(question)}papers.pdf").status_code == 404


def _stamps(whole: bytes) -> list[str]:
    return stamps(pikepdf.open(io.BytesIO(whole)))


def test_a_supplement_says_why_and_is_sent_to_everybody_who_is_asked(house):
    question = opened(house, "Options")
    add(house, question, "Letter of the code body", "letter.pdf", pdf(1))
    secretary = house.visitor(house.secretary)
    page = secretary.opens(page_of(question))
    assert "Letter of the code body Not circulated yet" in text_of(page)
    form = secretary.opens(f"{page_of(question)}papers/circulate/")
    assert "3 people are told by mail" in text_of(form)
    refused = secretary.sends(form, {"why": ""})
    assert refused.status_code == 409
    assert "say why these come only now" in text_of(refused)
    assert QuestionCirculation.objects.count() == 1
    done = secretary.sends(form, {"why": "It came this morning."})
    assert "sent with the next post" in text_of(done)
    sent = QuestionCirculation.objects.get(n=2)
    assert [(each.order, each.title) for each in sent.papers.all()] == [(2, "Letter of the code body")]
    told = mails("-papers-2")
    assert len(told) == 3
    assert "Why only now: It came this morning." in told[0].body
    assert "you may change the vote until it closes" in told[0].body
    assert "Why only then: It came this morning." in text_of(secretary.opens(page_of(question)))
    assert "more to read before you vote on CR018 v1.8" in text_of(house.visitor(house.holders[0]).opens(f"{page_of(question)}told/"))


def test_the_ballot_says_what_came_after_the_seat_voted(house):
    question = opened(house, "Options")
    house.vote(question, "approve")
    house.clock("2023-07-13 10:00")
    add(house, question, "Letter", "letter.pdf", pdf(1))
    operations.circulate_question_papers(question, why="It came today.", by=house.secretary)
    voted, other = (text_of(house.visitor(house.holders[n]).opens(vote_at(question, house.row(question, n)))) for n in (0, 1))
    assert "Letter Came after you voted" in voted
    assert voted.count("Came after you voted") == 1
    assert "Came after you voted" not in other


def test_what_was_looked_at_goes_out_and_nothing_else(house):
    question = opened(house, "Options")
    add(house, question, "First", "first.pdf", pdf(1))
    secretary = house.visitor(house.secretary)
    form = secretary.opens(f"{page_of(question)}papers/circulate/")
    add(house, question, "Second", "second.pdf", pdf(3))
    refused = secretary.sends(form, {"why": "They came late."})
    assert refused.status_code == 409
    assert "nothing was sent" in text_of(refused)
    assert "They came late." in refused.content.decode()
    assert QuestionCirculation.objects.count() == 1
    assert "sent with the next post" in text_of(secretary.sends(refused))
    assert QuestionCirculation.objects.get(n=2).papers.count() == 2


def test_a_paper_that_is_taken_off_is_handed_to_nobody_and_leaves_a_sheet(house):
    question = opened(house, "Options", "Costs")
    assert not run().failures
    paper = QuestionPaper.objects.get(title="Options")
    operations.drop_question_paper(paper, by=house.secretary)
    member = house.visitor(house.holders[0])
    assert member.client.get(reverse("decisions:question_paper", args=[paper.pk])).status_code == 404
    assert member.client.get(f"{page_of(question)}papers.pdf").status_code == 404, "it holds what was taken off"
    assert not run().failures
    assert _stamps(drained(member.client.get(f"{page_of(question)}papers.pdf")).drained)[1:] == [
        f"{question.reference} · paper 2 · page 1", f"{question.reference} · paper 2 · page 2",
    ]  # fmt: skip
    assert QuestionCirculation.objects.get().papers.count() == 2, "what went out stays on record"


@pytest.mark.parametrize("put", [{"window_days": None}, {"window_days": None, "basis": "no_objections"}])
def test_at_a_meeting_the_agenda_has_the_papers(house, put):
    question = house.bring(**put)
    with pytest.raises(Refused, match="its papers are those of the agenda"):
        add(house, question)
    assert "add a paper" not in text_of(house.visitor(house.secretary).opens(page_of(question))).lower()


def test_a_vote_with_papers_of_its_own_is_not_put_in_the_room_instead(house):
    question = house.bring()
    paper = add(house, question)
    with pytest.raises(Refused, match="take them off first"):
        operations.change_question(question, window_days=None, by=house.secretary)
    operations.drop_question_paper(paper, by=house.secretary)
    assert operations.change_question(question, window_days=None, by=house.secretary).in_the_room


def test_nobody_but_the_secretariat_adds_or_sends_and_nothing_after_the_close(house):
    question = opened(house, "Options")
    for nobody in (house.holders[0], house.observer, house.reader):
        with pytest.raises(Refused):
            operations.add_question_paper(question, "Mine", ("mine.pdf", pdf(1)), by=nobody)
    add(house, question, "Late", "late.pdf", pdf(1))
    house.clock("2023-07-19 17:00")
    with pytest.raises(Refused, match="The vote is over"):
        operations.circulate_question_papers(question, why="Late", by=house.secretary)
    with pytest.raises(Refused, match="The vote is over"):
        add(house, question, "Later", "later.pdf", pdf(1))


def test_with_a_vote_that_is_put_again_go_its_papers(house):
    question = opened(house, "Options")
    operations.withdraw_question(question, why="The wrong version", by=house.secretary)
    again = operations.put_again(question, by=house.secretary)
    assert [each.title for each in again.papers.all()] == ["Options"]
    operations.open_question(again, by=house.secretary)
    assert QuestionCirculation.objects.filter(question=again).count() == 1


def test_everybody_reads_with_the_decision_what_the_seats_had_before_them(house, client):
    question = house.bring()
    add(house, question, "Options", "options.pdf", pdf(2))
    add(house, question, "Costs of each", "costs.pdf", pdf(1), visibility="participants")
    off = add(house, question, "Wrong one", "wrong.pdf", pdf(3))
    operations.open_question(question, by=house.secretary)
    operations.drop_question_paper(off, by=house.secretary)
    house.vote(question, "approve", "approve")
    house.clock("2023-07-19 17:00")
    operations.close_when_due(question)
    decision = Decision.objects.get(pk=question.decision_id)
    made = operations.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]), by=house.chair)
    operations.publish(made, by=house.secretary)
    [vote] = made.editions.order_by("-n")[0].body["votes"]
    assert [each["title"] for each in vote["papers"]] == ["Options"]
    page = client.get(f"/decisions/{made.reference}/").content.decode()
    assert "Of what the seats had before them, everybody may have:" in page
    assert "Costs of each" not in page
    address = re.search(rf"/decisions/{made.reference}/papers/[0-9a-f]+/", page)[0]
    assert drained(client.get(address)).drained[:5] == b"%PDF-"
    hidden = QuestionPaper.objects.get(title="Costs of each").digest
    assert client.get(f"/decisions/{made.reference}/papers/{hidden}/").status_code == 404
    with pytest.raises(Refused, match="is public"):
        operations.drop_question_paper(QuestionPaper.objects.get(title="Options"), by=house.secretary)


def test_an_infected_paper_does_not_go_out(house):
    question = house.bring()
    paper = add(house, question)
    Scan(blob=paper.blob, at=portal_now(), result=Result.INFECTED, scanner="Test").save_by(house.secretary)
    add(house, question, "Costs", "costs.pdf", pdf(1))
    operations.open_question(question, by=house.secretary)
    assert [each.title for each in QuestionCirculation.objects.get().papers.all()] == ["Costs"]


@pytest.mark.forged
@pytest.mark.parametrize("forged", ["questioncirculatedpaper SET sha256 = 'f'", "questionrecipient SET name = 'Nobody'", "questioncirculation SET why = 'Late'"])
def test_what_is_altered_of_what_went_out_is_found(house, as_owner, forged):
    opened(house, "Options")
    assert list(faults()) == []
    as_owner(f"UPDATE decisions_{forged}")
    assert any("papers" in each for each in faults())
