"""What somebody might try with votes and decisions, and what happens instead (abuse cases A1 to A15)."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from decisions import operations
from decisions.models import Attempt, Cast, Decision, Outcome, Question
from decisions.rules.voting import refusals_to_answer_for
from decisions.subjects import Subject, Terms
from groups.standing import Standing
from ledger.models import Entry
from ledger.verifying import faults
from notifications.models import Notice
from records.clock import portal_now
from records.models import Unsigned
from records.rules import Refused
from tests.decisions.houses import vote_at
from tests.factories import AlternateFactory, PersonFactory, UserFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
APPROVED = [Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]
REJECTED = [Subject("change_request", "CR018", Outcome.REJECTED, version="1.8")]
REASON = ["Without it the baseline stands for everybody."]


def sent(**fields) -> dict:
    return {"choice": "approve", "comment": "", "key": str(uuid4()), "step": "cast"} | fields


def test_a1_a_seat_that_votes_twice_has_one_vote_and_both_are_kept(house):
    question = house.ask()
    row, key = house.row(question), str(uuid4())
    visitor = Visitor(house.holders[0])
    for fields in (sent(key=key), sent(key=key), sent(choice="reject", comment="On reflection")):  # a replay, then a change
        assert "Vote recorded" in text_of(visitor.client.post(vote_at(question, row), fields, follow=True))
    assert [(c.n, c.choice) for c in row.casts.all()] == [(1, "approve"), (2, "reject")]
    assert question.recount() == {"expected": 2, "reject": 1}
    assert list(Entry.objects.filter(subject_kind="vote").values_list("kind", flat=True).order_by("seq")) == ["voted", "changed vote"]


def test_a1_a_key_sent_again_with_another_answer_changes_nothing(house):
    question = house.ask()
    visitor, key = Visitor(house.holders[0]), str(uuid4())
    visitor.client.post(vote_at(question, house.row(question)), sent(key=key))
    answer = visitor.client.post(vote_at(question, house.row(question)), sent(key=key, choice="abstain"))
    assert answer.status_code == 409
    assert Cast.objects.get().choice == "approve"


def test_a2_a_vote_for_anothers_seat_is_refused_and_written_down_whatever_is_sent(house):
    question = house.ask()
    other = house.row(question, 1)
    answer = Visitor(house.holders[0]).client.post(vote_at(question, other), sent(seat=house.seats[0].pk, row=house.row(question).pk, constituency="x"))
    assert answer.status_code == 403
    attempt = Attempt.objects.get()
    assert (attempt.row, attempt.person, attempt.why) == (other, house.holders[0].person, "not_yours")
    assert Entry.objects.about(attempt).get().kind == "refused vote"
    assert not Cast.objects.exists()


def test_a2_a_row_of_another_question_does_not_exist_here(house):
    first, second = house.ask(), house.ask(subject="CR019")
    answer = Visitor(house.holders[0]).client.post(vote_at(first, house.row(second)), sent())
    assert answer.status_code == 404


def test_a4_a_vote_after_the_close_is_told_both_times_and_keeps_its_text(house, clock):
    question = house.ask()
    row, visitor = house.row(question), Visitor(house.holders[0])
    clock("2023-07-19 17:00:00.400")
    answer = visitor.client.post(vote_at(question, row), sent(comment="Typed while it closed"))
    said = text_of(answer)
    assert answer.status_code == 409
    assert "it closed at 17:00:00 on 19 Jul 2023" in said
    assert "Your answer came at 17:00:00.4" in said
    assert "Typed while it closed" in said
    assert Attempt.objects.get().why == "closed"
    assert "Tried and could not vote" in text_of(Visitor(house.chair).opens(f"/desk/decisions/{question.decision_id}/"))


def test_a4_even_the_check_page_keeps_the_text_of_a_form_that_was_wrong_besides(house, clock):
    question = house.ask()
    clock("2023-07-19 17:01")
    answer = Visitor(house.holders[0]).client.post(vote_at(question, house.row(question)), {"comment": "No choice yet", "step": "check"})
    assert answer.status_code == 409
    assert "No choice yet" in text_of(answer)
    assert not Cast.objects.exists()


def test_a4_a_vote_before_the_opening_has_no_row_to_go_to(house):
    question = house.bring()
    assert not question.roll.exists()
    assert Visitor(house.holders[0]).client.post(f"/desk/questions/{question.pk}/seats/1/vote/", sent()).status_code == 404


@pytest.mark.parametrize("who", ["observer", "ipa", "reader", "secretary", "chair", "pmo"])
def test_a5_who_has_no_voting_seat_gets_no_form_and_no_vote(house, who):
    question = house.ask()
    visitor, address = Visitor(getattr(house, who)), vote_at(question, house.row(question))
    assert visitor.client.get(address).status_code == 403
    assert visitor.client.post(address, sent()).status_code == 403
    assert not Cast.objects.exists()


@pytest.mark.parametrize("step", ["check", "back", "cast"])
@pytest.mark.parametrize("choice", ["approve", ""])
def test_a5_a_form_sent_for_anothers_seat_shows_nothing_of_its_vote(house, step, choice):
    question = house.ask()
    house.vote(question, "reject")
    for who in (house.observer, house.holders[1], house.chair):
        answer = Visitor(who).client.post(vote_at(question, house.row(question)), sent(step=step, choice=choice))
        assert answer.status_code == 403
        assert "Recorded so far" not in text_of(answer)


def test_a5_a_stranger_learns_not_even_that_there_is_a_vote(house):
    question = house.ask()
    for address in (vote_at(question, house.row(question)), f"/desk/questions/{question.pk}/", f"/desk/decisions/{question.decision_id}/"):
        assert Visitor(house.stranger).client.get(address).status_code == 404


def test_a6_a_vote_entered_on_behalf_is_named_so_told_at_once_and_can_be_disputed(house, clock):
    question = house.ask(window_days=None)
    row = house.row(question)
    room = Visitor(house.secretary)
    room.does(f"/desk/questions/{question.pk}/roll-call/?seat={row.pk}", {"said": "reject", "comment": "As spoken"})
    cast = row.casts.get()
    assert (cast.capacity, cast.cast_by) == ("pmo_on_behalf", house.secretary.person)
    assert f"{house.holders[0].person.name}, entered by the PMO" in text_of(room.opens(f"/desk/questions/{question.pk}/"))
    mail = Notice.objects.get(key=f"vote-{cast.pk}")
    assert mail.person == house.holders[0].person
    assert f"/desk/votes/{cast.pk}/answer/" in mail.body
    clock("2023-07-13 12:00")
    holder = Visitor(house.holders[0])
    assert "Confirm or dispute" in text_of(holder.opens("/desk/"))
    empty = holder.does(f"/desk/votes/{cast.pk}/answer/", {"agrees": "no", "text": ""})
    assert "Say what is wrong with it" in text_of(empty)
    holder.does(f"/desk/votes/{cast.pk}/answer/", {"agrees": "no", "text": "We said abstain."})
    assert "The holder disputes this: We said abstain." in text_of(room.opens(f"/desk/questions/{question.pk}/"))
    assert question.recount()["reject"] == 1  # shown as disputed; the count is the votes'


def test_a6_a_dispute_comes_within_two_working_days_and_from_the_holder(house, clock):
    question = house.ask(window_days=None)
    cast = operations.record_spoken_vote(house.row(question), "approve", by=house.secretary)
    with pytest.raises(Refused, match="Only the holder"):
        operations.answer_for(cast, agrees=True, by=house.holders[1])
    assert Visitor(house.holders[1]).client.get(f"/desk/votes/{cast.pk}/answer/").status_code == 404
    clock("2023-07-14 17:00")
    with pytest.raises(Refused, match="could be disputed until 17:00 on 14 Jul 2023"):
        operations.answer_for(cast, agrees=False, text="No", by=house.holders[0])


def test_what_an_alternate_voted_is_voted_anew_and_not_disputed(house):
    question = house.ask(window_days=5)
    alternate = UserFactory(person=PersonFactory())
    AlternateFactory(seat=house.seats[0], person=alternate.person)
    cast = operations.cast_vote(house.row(question), "approve", by=alternate)
    with pytest.raises(Refused, match=r"nothing is to be confirmed\. You can vote anew while the vote is open"):
        operations.answer_for(cast, agrees=False, text="We would not have.", by=house.holders[0])
    operations.cast_vote(house.row(question), "reject", comment="We would not have.", by=house.holders[0])
    assert question.recount()["reject"] == 1
    house.clock("2023-07-19 17:00")
    operations.close_when_due(question)
    with pytest.raises(Refused, match="nothing is to be confirmed") as told:
        operations.answer_for(cast, agrees=False, text="We would not have.", by=house.holders[0])
    assert "vote anew" not in str(told.value)
    assert Visitor(house.holders[0]).client.get(f"/desk/votes/{cast.pk}/answer/").status_code == 409


def test_a_vote_read_in_from_papers_is_corrected_there(house):
    cast = operations.cast_vote(house.row(house.ask(window_days=5)), "approve", by=house.holders[0])
    cast.capacity, cast.cast_by_id = "imported", house.secretary.person_id
    now = portal_now()
    assert [str(each) for each in refusals_to_answer_for(cast, Standing.at(house.holders[0], now), now)][:1] == ["This vote was read in from published minutes: ask the secretariat to correct those."]


@pytest.mark.parametrize(
    "fields",
    [
        {"choice": "maybe"}, {"choice": ""}, {"choice": "1000000000"}, {"choice": "✓"}, {"choice": ["approve", "x"]}, {"choice": "null"},
        {"comment": "x" * 20_000}, {"key": "not a key"}, {"key": ""},
    ],
    ids=str,
)  # fmt: skip
def test_a7_anything_but_the_three_answers_is_a_form_error_and_nothing_is_stored(house, fields):
    question = house.ask()
    answer = Visitor(house.holders[0]).client.post(vote_at(question, house.row(question)), sent(**fields))
    assert answer.status_code == 400
    assert not Cast.objects.exists()


def test_a7_two_megabytes_of_comment_are_turned_away(house):
    question = house.ask()
    answer = Visitor(house.holders[0]).client.post(vote_at(question, house.row(question)), sent(comment="x" * 2_200_000))
    assert answer.status_code in (400, 413)
    assert not Cast.objects.exists()


def test_a8_what_is_asked_is_frozen_once_it_is_open(house):
    question = house.ask()
    secretary = Visitor(house.secretary)
    assert secretary.client.get(f"/desk/questions/{question.pk}/change/").status_code == 409
    with pytest.raises(Refused, match="frozen"):
        operations.change_question(question, wording="Something else?", by=house.secretary)
    with pytest.raises(Refused, match="The window is frozen"):
        operations.close(question, by=house.secretary)
    secretary.does(f"/desk/questions/{question.pk}/withdraw/", {"why": "The version was wrong."})
    again = text_of(secretary.client.post(f"/desk/do/decisions.put_again/{question.pk}/", follow=True))
    assert "Put again in place of" in again
    assert "The version was wrong." in again


def test_a9_the_chair_cannot_determine_before_the_close_without_an_outcome_or_with_blank_reasons(house, clock):
    question = house.ask()
    decision = Decision.objects.get()
    with pytest.raises(Refused, match="still open"):
        operations.determine(decision, Terms(APPROVED, reasons=REASON), by=house.chair)
    clock("2023-07-19 17:00")
    operations.close_when_due(question)
    for subjects, said, why in (
        ([], {}, "Say what the decision settles"),
        ([Subject("change_request", "CR018", "blessed")], {}, "is no outcome"),
        (REJECTED, {"reasons": ["   ", "no"]}, "Give your reasons"),
        (APPROVED, {"consensus": "no"}, "why it is decided here and not passed to the PSG"),
        ([Subject("change_request", "CR018", Outcome.APPROVED_SUBJECT_TO)], {}, "subject to"),
    ):
        with pytest.raises(Refused, match=why):
            operations.determine(decision, Terms(subjects, **said), by=house.chair)
    assert Decision.objects.get().status == "tabled"


def test_a9_a_question_that_was_drafted_and_never_put_stands_in_the_way(house):
    house.bring()
    with pytest.raises(Refused, match="has not been put yet"):
        operations.determine(Decision.objects.get(), Terms(APPROVED), by=house.chair)


def test_a9_a_level_2_decision_needs_a_delegation_and_level_1_is_ofgems(house):
    decision = house.closed("approve")
    operations.state_level(decision, 2, clause="ToR 2", said_by="The PMO", by=house.secretary)
    with pytest.raises(Refused, match="Level 2 decision is the PSG's"):
        operations.determine(decision, Terms(APPROVED), by=house.chair)
    operations.state_level(decision, 1, clause="ToR 1", said_by="The PMO", by=house.secretary)
    with pytest.raises(Refused, match="pass it to Ofgem"):
        operations.determine(decision, Terms(APPROVED), by=house.chair)
    passed = [Subject("change_request", "CR018", Outcome.PASSED_TO_OFGEM)]
    assert operations.determine(decision, Terms(passed, reasons=REASON), by=house.chair).status == "determined"


def test_a10_whoever_voted_does_not_determine_unless_the_group_says_so(house, clock):
    from groups.models import Holding, Policy, Seat
    from records.periods import period

    chair_seat = Seat.objects.get(group=house.group, role="chair")
    Holding(seat=house.seats[0], person=house.chair.person, during=period(date(2021, 1, 1), date(2021, 1, 2))).save_by(house.pmo)
    house.holders[0] = house.chair
    held = Holding.objects.on(date(2023, 7, 12)).get(seat=house.seats[0])
    held.person = house.chair.person
    held.save_by(house.pmo)
    decision = house.closed("approve")
    with pytest.raises(Refused, match="whoever votes does not also determine") as refused:
        operations.determine(decision, Terms(APPROVED), by=house.chair)
    assert refused.value.status == 403
    Policy(group=house.group, key="chair_votes_and_determines", value="yes", since=date(2021, 1, 1)).save_by(house.pmo)
    assert operations.determine(decision, Terms(APPROVED), by=house.chair).status == "determined"
    lines = text_of(Visitor(house.reader).opens(f"/desk/decisions/{decision.pk}/process/"))
    assert f"voted for {house.seats[0].label}" in lines
    assert chair_seat.label in lines


def test_a11_approving_one_of_two_that_exclude_each_other_rejects_the_other_in_the_same_decision(house, clock):
    decision = house.closed("approve", excludes="CR017")
    with pytest.raises(Refused, match="reject CR017 as excluded"):
        operations.determine(decision, Terms(APPROVED), by=house.chair)
    both = [*APPROVED, Subject("change_request", "CR017", Outcome.REJECTED_AS_EXCLUDED)]
    operations.determine(decision, Terms(both, reasons=REASON), by=house.chair)
    clock("2023-07-12 10:00")
    later = house.closed("approve", subject="CR017", version="1.0")
    with pytest.raises(Refused, match="CR017 was rejected by"):
        operations.determine(later, Terms([Subject("change_request", "CR017", Outcome.APPROVED)], reasons=REASON), by=house.chair)


def test_a11_the_form_offers_the_linked_rejection(house):
    decision = house.closed("approve", excludes="CR017")
    page = Visitor(house.chair).opens(f"/desk/decisions/{decision.pk}/determine/").content.decode()
    assert 'value="CR017"' in page
    assert '<option value="rejected_as_excluded" selected>' in page


def test_a12_when_it_was_recorded_is_the_databases_business(house, clock):
    decision = house.closed("approve")
    clock("2023-07-25 12:03:11")
    with pytest.raises(Refused, match="still to come"):
        operations.determine(decision, Terms(APPROVED, on=date(2023, 8, 1)), by=house.chair)
    decision = operations.determine(decision, Terms(APPROVED, on=date(2023, 7, 20)), by=house.chair)
    assert decision.decided_on == date(2023, 7, 20)
    assert decision.determined_at.isoformat() == "2023-07-25T11:03:11+00:00"
    assert Entry.objects.about(decision).last().payload.body["record"]["determined_at"].startswith("2023-07-25T11:03:11")


def test_a13_a_count_or_a_decision_changed_behind_the_portals_back_is_found(house, as_owner):
    decision = operations.determine(house.closed("approve"), Terms(APPROVED), by=house.chair)
    assert list(faults()) == []
    as_owner("UPDATE decisions_decision SET wording = 'The SRO rejected CR018' WHERE id = %s", decision.pk)
    as_owner("UPDATE decisions_cast SET choice = 'reject'")
    said = " ".join(faults())
    assert "wording" in said
    assert "choice" in said


def test_a13_a_determined_decision_is_changed_only_by_one_that_supersedes_it(house, clock, settings):
    first = operations.determine(house.closed("approve"), Terms(APPROVED), by=house.chair)
    page = Visitor(house.secretary).does(f"/desk/decisions/{first.pk}/revise/", {"wording": "The SRO rejected CR018 after all"})
    assert "stands until" in text_of(page)
    second = Decision.objects.get(supersedes=first)
    with pytest.raises(Refused, match="it revises an earlier decision"):
        operations.determine(second, Terms(REJECTED), by=house.chair)
    operations.determine(second, Terms(REJECTED, reasons=REASON), by=house.chair)
    assert "Superseded by" in text_of(Visitor(house.chair).opens(f"/desk/decisions/{first.pk}/"))
    with pytest.raises(Refused, match="revise that one"):
        operations.draft(house.group, "Again", "Again", supersedes=first, by=house.secretary)
    assert list(faults()) == []


def test_a14_neither_a_vote_nor_who_gave_it_can_be_deleted(house):
    question = house.ask()
    house.vote(question, "approve")
    cast = Cast.objects.get()
    for delete in (cast.delete, house.holders[0].person.delete, house.seats[0].delete, question.delete):
        with pytest.raises(Unsigned):
            delete()
    with pytest.raises((ProtectedError, DatabaseError)), transaction.atomic():
        Cast.objects.filter(pk=cast.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Cast.objects.filter(pk=cast.pk).update(choice="reject")


@pytest.fixture
def hidden(house):
    """The same house, where the running tally is hidden."""
    from groups.models import Policy

    Policy(group=house.group, key="tally_hidden_until_close", value="yes", since=date(2021, 1, 1)).save_by(house.pmo)
    return house


def test_a15_a_hidden_tally_is_hidden_from_everybody_everywhere_until_the_close(hidden, clock, client):
    question = hidden.ask()
    decision = Decision.objects.get()
    looking = (hidden.secretary, hidden.chair, hidden.pmo, hidden.reader, hidden.holders[2], hidden.observer)
    pages = [f"/desk/questions/{question.pk}/", f"/desk/questions/{question.pk}/roll/", f"/desk/decisions/{decision.pk}/", f"/desk/groups/{hidden.group.code}/questions/"]

    def seen() -> list[list[int]]:
        return [[len(Visitor(user).opens(page).content) for page in pages] for user in looking]

    operations.cast_vote(hidden.row(question), "approve", comment="A telling comment", by=hidden.holders[0])
    sizes = seen()
    for user in looking:
        for page in pages:
            assert "A telling comment" not in text_of(Visitor(user).opens(page))
    operations.cast_vote(hidden.row(question), "reject", comment="A telling comment, changed", by=hidden.holders[0])
    assert seen() == sizes  # not even the size of a page tells
    assert "A telling comment, changed" in text_of(Visitor(hidden.holders[0]).opens(pages[0]))  # one's own seat
    told = Notice.objects.filter(body__contains="telling").values_list("person", flat=True)
    assert set(told) == {hidden.holders[0].person_id}
    assert client.get("/decisions/").status_code == 200
    clock("2023-07-19 17:00")
    assert "A telling comment, changed" in text_of(Visitor(hidden.chair).opens(pages[0]))


def test_a_count_of_one_vote_a_seat_is_kept_by_the_database_itself(house):
    question = house.ask()
    house.vote(question, "approve")
    first = Cast.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Cast(row=first.row, n=1, choice="reject", cast_by=first.cast_by, capacity="holder", recorded_at=first.recorded_at, idempotency_key=uuid4()).save_by(house.holders[0])
    assert Question.objects.get().recount() == {"approve": 1, "expected": 2}
