"""Putting a question to the seats: what is asked exactly, until when, and what happens to it."""

from datetime import UTC, datetime

import pytest

from decisions import operations
from decisions.models import Cast, Decision, Position, Question
from decisions.operations.asking import reword
from groups.models import Policy
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations as meetings
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.decisions.houses import vote_at
from tests.factories import AlternateFactory, SeatFactory, UserFactory, user_of
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


ASKED = {
    "title": "CR018: operating hours", "decision_wording": "The SRO approved CR018", "wording": "Should CR018 version 1.8 be approved?",
    "subject": "CR018", "version": "1.8", "window": "window", "window_days": "5",
}  # fmt: skip


def put(house, **typed):
    return Visitor(house.secretary).does(f"/desk/groups/{house.group.code}/questions/new/", ASKED | typed)


def test_a_question_outside_a_meeting_closes_at_five_london_time_after_its_working_days(house):
    put(house)
    question = operations.open_question(Question.objects.get(), by=house.secretary)
    assert question.closes_at == datetime(2023, 7, 19, 16, tzinfo=UTC)  # 17:00 in London, five working days after the 12th
    assert question.window_working["days"] == 5
    assert question.decision.where_taken == "ex_committee"


def test_before_it_opens_the_page_shows_when_it_would_close_and_that_it_will_be_frozen(house):
    put(house)
    page = text_of(Visitor(house.secretary).opens(f"/desk/questions/{Question.objects.get().pk}/open/"))
    assert "17:00 on 19 Jul 2023" in page
    assert "frozen" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"wording": " "}, "Fill in “"),
        ({"subject": ""}, "Fill in “"),
        ({"window_days": ""}, "Say how many working days"),
        ({"window_days": "61"}, "has to be at most 60"),
        ({"window_days": "0"}, "has to be at least 1"),
        ({"title": ""}, "Give the decision a title"),
        ({"decision_wording": ""}, "Word the decision"),
        ({"changed_since": "Agents need nothing overnight"}, "Say which version was consulted on"),
    ],
)
def test_a_question_that_cannot_be_put_so_comes_back_with_everything_that_was_typed(house, typed, said):
    page = put(house, **({"if_not_approved": "The baseline stands."} | typed))
    assert page.status_code == 400
    assert said in text_of(page)
    assert "The baseline stands." in page.content.decode()
    assert not Question.objects.exists()


def test_whoever_may_vote_is_told_what_is_asked_until_when_and_where(house):
    stand_in = UserFactory()
    AlternateFactory(seat=house.seats[0], person=stand_in.person)
    question = house.ask(consulted_version="1.7", changed_since="Agents need nothing overnight", if_not_approved="The baseline stands.")
    told = Notice.objects.filter(key=f"{question.reference}-opened")
    assert {n.person for n in told} == {user.person for user in (*house.holders, stand_in)}
    mail = told.first()
    assert "CR018 v1.8: your vote is asked for by 17:00 on 19 Jul 2023" in mail.subject
    for words in ("Should CR018 be approved?", "version 1.7: Agents need nothing overnight", "The baseline stands.", f"/desk/questions/{question.pk}/vote/"):
        assert words in mail.body


def test_on_an_agenda_item_the_decision_and_the_vote_get_their_places_in_the_minute(house):
    meeting = house.meeting()
    item = meetings.table_item(meeting, "CR018", purpose="decision", by=house.secretary)
    put(house, item=str(item.pk), window="room")
    question = Question.objects.select_related("decision").get()
    assert (question.paragraph.item, question.decision.paragraph.item) == (item, item)
    assert str(question.decision) == f"{meeting.code}/1"


def test_a_second_question_rides_on_the_form_and_is_opened_counted_and_closed_with_the_first(house, clock):
    put(house, follow_up="If so, in the next release?")
    question = Question.objects.get(follows=None)
    operations.open_question(question, by=house.secretary)
    rider = Question.objects.get(follows=question)
    assert (rider.status, rider.roll.count()) == ("open", 3)
    fields = {"choice": "approve", "comment": "", "choice-2": "reject", "comment-2": "Later", "key": "5f0c8d2e-0a38-4bd1-9c1f-0a1e6a4a7c11", "step": "cast"}
    page = Visitor(house.holders[0]).client.post(vote_at(question, house.row(question)), fields, follow=True)
    assert "If so, in the next release?" in text_of(page)
    assert (question.recount()["approve"], rider.recount()["reject"]) == (1, 1)
    clock("2023-07-19 17:00")
    run_and_remember()
    assert set(Question.objects.values_list("status", flat=True)) == {"closed"}


def test_if_one_answer_of_a_form_is_refused_none_is_recorded(house):
    question = house.ask(follow_up="And then?")
    rider = question.follow_ups.get()
    answers = [operations.Answer(house.row(question), "approve"), operations.Answer(rider.roll.get(seat=house.seats[0]), "perhaps")]
    with pytest.raises(Refused):
        operations.answer(answers, by=house.holders[0])
    assert not Cast.objects.exists()


def test_what_rides_on_a_form_is_changed_and_withdrawn_with_it_and_not_alone(house):
    question = house.bring(follow_up="And then?")
    rider = question.follow_ups.get()
    for refused in (
        lambda: operations.change_question(rider, wording="And later?", by=house.secretary),
        lambda: operations.withdraw_question(rider, why="Not needed", by=house.secretary),
    ):
        with pytest.raises(Refused, match="rides on the form of another question"):
            refused()
    for page in ("change", "withdraw"):
        assert "rides on the form of another question" in text_of(Visitor(house.secretary).opens(f"/desk/questions/{rider.pk}/{page}/"))


def test_what_was_taken_off_a_form_is_not_put_again_with_it(house):
    question = house.bring(follow_up="And then?")
    reword(question, follow_up="", by=house.secretary)
    operations.withdraw_question(question, why="The version changed", by=house.secretary)
    assert not operations.put_again(question, by=house.secretary).follow_ups.exists()


def test_a_question_withdrawn_is_put_again_in_the_same_place_with_its_reason(house):
    meeting = house.meeting()
    item = meetings.table_item(meeting, "CR018", purpose="decision", by=house.secretary)
    question = house.ask(item=item, follow_up="And then?")
    house.vote(question, "approve")
    with pytest.raises(Refused, match="Say why"):
        operations.withdraw_question(question, why=" ", by=house.secretary)
    operations.withdraw_question(question, why="It named the wrong version.", by=house.secretary)
    assert Notice.objects.filter(key=f"{question.reference}-withdrawn").count() == 3
    again = operations.put_again(question, by=house.secretary)
    question.refresh_from_db()
    assert (again.status, again.version, again.follow_ups.get().wording) == ("draft", "1.8", "And then?")
    assert (again.paragraph.item, question.paragraph) == (item, None)
    assert Cast.objects.count() == 1  # kept, and counting for nothing
    with pytest.raises(Refused, match="put again already"):
        operations.put_again(question, by=house.secretary)
    assert list(faults()) == []


def test_a_vote_that_is_over_is_not_withdrawn(house, clock):
    question = house.ask()
    clock("2023-07-19 17:00")
    with pytest.raises(Refused, match="its count stands"):
        operations.withdraw_question(question, why="We did not like it", by=house.secretary)


def test_a_draft_can_be_changed_and_its_second_question_added_and_taken_off(house):
    question = house.bring()
    secretary, address = Visitor(house.secretary), f"/desk/questions/{question.pk}/change/"
    secretary.does(address, {"wording": "Should CR018 version 1.9 be approved?", "version": "1.9", "follow_up": "And then?"})
    question.refresh_from_db()
    assert (question.version, question.follow_ups.get(status="draft").wording) == ("1.9", "And then?")
    secretary.does(address, {"follow_up": ""})
    assert not question.follow_ups.filter(status="draft").exists()


def test_a_position_noted_before_the_vote_is_private_and_carried_into_the_form(house):
    question = house.bring()
    holder = Visitor(house.holders[0])
    holder.does(f"/desk/questions/{question.pk}/seats/{house.seats[0].pk}/position/", {"choice": "reject", "comment": "Too dear, we think"})
    assert Position.objects.get().choice == "reject"
    for user in (house.secretary, house.chair, house.holders[1], house.reader):
        assert "Too dear, we think" not in text_of(Visitor(user).opens(f"/desk/questions/{question.pk}/"))
    operations.open_question(question, by=house.secretary)
    page = holder.opens(vote_at(question, house.row(question))).content.decode()
    assert "Too dear, we think" in page
    assert 'value="reject" id="id_choice_1" checked' in page or 'value="reject" checked' in page or "checked" in page.split('value="reject"')[1][:60]
    assert not Cast.objects.exists()


def test_the_policies_of_the_group_are_frozen_onto_the_question_when_it_opens(house):
    Policy(group=house.group, key="reject_needs_comment", value="yes", since="2021-01-01").save_by(house.pmo)
    question = house.ask()
    Policy(group=house.group, key="reject_needs_comment", value="no", since="2023-07-12").save_by(house.pmo)
    with pytest.raises(Refused, match="Say why you reject"):
        operations.cast_vote(house.row(question), "reject", by=house.holders[0])


def test_a_seat_that_comes_or_goes_while_a_vote_is_open_changes_nothing_of_its_roll(house):
    question = house.ask()
    late = SeatFactory(group=house.group)
    user = user_of(late)
    assert question.roll.count() == 3
    assert "Your seat" not in text_of(Visitor(user).opens(f"/desk/questions/{question.pk}/"))


def test_a_seat_recorded_as_absent_speaks_again_once_it_is_marked_present(house):
    question = house.ask(window_days=None)
    row = house.row(question)
    operations.mark_absent(row, by=house.secretary)
    with pytest.raises(Refused, match="Ask the secretariat to mark it present"):
        operations.cast_vote(row, "approve", by=house.holders[0])
    operations.mark_present(row, by=house.secretary)
    assert operations.cast_vote(row, "approve", by=house.holders[0]).n == 1


def test_a_spoken_vote_shows_that_the_seat_is_there_and_a_vacant_seat_says_nothing(house):
    vacant = SeatFactory(group=house.group, order=9)
    question = house.ask(window_days=None)
    row = house.row(question)
    operations.mark_absent(row, by=house.secretary)
    operations.record_spoken_vote(row, "approve", by=house.secretary)
    row.refresh_from_db()
    assert row.state == "expected"
    with pytest.raises(Refused, match="vacant"):
        operations.record_spoken_vote(question.roll.get(seat=vacant), "approve", by=house.secretary)
    with pytest.raises(Refused, match="Only the secretariat"):
        operations.record_spoken_vote(row, "reject", by=house.chair)


def test_a_vote_that_arrived_from_a_phone_is_not_voted_over_by_who_called_the_roll_and_did_not_see_it(house):
    question = house.ask(window_days=None)
    row, room = house.row(question), Visitor(house.secretary)
    address = f"/desk/questions/{question.pk}/roll-call/?seat={row.pk}"
    called = room.opens(address)
    operations.cast_vote(row, "reject", comment="As consulted", by=house.holders[0])
    answer = room.sends(called, {"said": "approve", "comment": "I heard aye"})
    assert answer.status_code == 409
    assert "arrived at" in text_of(answer)
    assert "I heard aye" in answer.content.decode()  # what was typed is kept, for whoever heard right
    assert [cast.choice for cast in row.casts.all()] == ["reject"]
    room.sends(answer, {"said": "approve"})
    assert [cast.choice for cast in row.casts.all()] == ["reject", "approve"]


@pytest.mark.parametrize("seen", [None, 0, 99])
def test_how_many_votes_the_secretary_was_shown_cannot_be_made_up(house, seen):
    row = house.row(house.ask(window_days=None))
    operations.cast_vote(row, "reject", comment="As consulted", by=house.holders[0])
    with pytest.raises(Refused, match=r"arrived at|not voted as often"):
        operations.record_spoken_vote(row, "approve", seen=seen, by=house.secretary)
    assert [cast.choice for cast in row.casts.all()] == ["reject"]


def test_from_afar_nobody_replaces_what_a_seat_voted_itself(house):
    row = house.row(house.ask())
    operations.record_spoken_vote(row, "approve", comment="By telephone", by=house.secretary)
    operations.cast_vote(row, "reject", comment="As consulted", by=house.holders[0])
    with pytest.raises(Refused, match="has voted for itself"):
        operations.record_spoken_vote(row, "approve", seen=2, by=house.secretary)
    assert [cast.choice for cast in row.casts.all()] == ["approve", "reject"]


def test_what_was_heard_is_kept_while_its_reason_is_asked_for(house):
    Policy(group=house.group, key="reject_needs_comment", value="yes", since="2021-01-01").save_by(house.pmo)
    row, room = house.row(house.ask(window_days=None)), Visitor(house.secretary)
    called = room.opens(f"/desk/questions/{row.question_id}/roll-call/?seat={row.pk}")
    asked = room.sends(called, {"said": "reject"})
    assert asked.status_code == 409
    assert "It rejects. Write down why, as spoken; then it is recorded." in text_of(asked)
    room.sends(asked, {"said": "reject", "comment": "The cost."})
    assert (row.casts.get().choice, row.casts.get().comment) == ("reject", "The cost.")


def test_no_key_changes_the_answer_of_a_seat_that_has_one(house):
    row, room = house.row(house.ask(window_days=None)), Visitor(house.secretary)
    address = f"/desk/questions/{row.question_id}/roll-call/?seat={row.pk}"
    called = room.opens(address)
    assert 'data-keys="answers"' in called.content.decode()
    operations.cast_vote(row, "reject", comment="As consulted", by=house.holders[0])
    refused = room.sends(called, {"said": "approve"})
    assert 'data-keys=""' in refused.content.decode()
    assert "This seat has answered: no key changes that." in text_of(refused)


def test_a_seat_that_has_voted_is_not_recorded_as_absent(house):
    question = house.ask(window_days=None)
    row = house.row(question)
    operations.cast_vote(row, "approve", by=house.holders[0])
    with pytest.raises(Refused, match="has voted, so it is not recorded as absent"):
        operations.mark_absent(row, by=house.secretary)


def test_the_receipt_tells_reference_moment_and_fingerprint_and_goes_to_the_holder_whoever_voted(house):
    stand_in = UserFactory()
    AlternateFactory(seat=house.seats[0], person=stand_in.person)
    question = house.ask()
    cast = operations.cast_vote(house.row(question), "approve", comment="As consulted", by=stand_in)
    entry = Entry.objects.about(cast).get()
    told = Notice.objects.filter(key=f"vote-{cast.pk}")
    assert {n.person for n in told} == {house.holders[0].person, stand_in.person}
    for words in (cast.receipt, entry.fingerprint, "10:00:00 on 12 Jul 2023", "the approved alternate, voted for"):
        assert words in told.get(person=house.holders[0].person).body
    page = text_of(Visitor(stand_in).opens(f"/desk/questions/{question.pk}/seats/{house.row(question).pk}/receipt/"))
    assert entry.fingerprint in page
    assert cast.receipt in page


def test_one_person_in_two_seats_has_two_forms_two_check_pages_and_two_votes(house):
    AlternateFactory(seat=house.seats[1], person=house.holders[0].person)
    question = house.ask()
    visitor = Visitor(house.holders[0])
    chosen = visitor.opens(f"/desk/questions/{question.pk}/vote/")
    for n in (0, 1):
        assert f"Vote for {house.seats[n].label}" in text_of(chosen)
        form = visitor.opens(vote_at(question, house.row(question, n)))
        check = visitor.sends(form, {"choice": ("approve", "reject")[n], "comment": "x", "step": "check"})
        assert f"for {house.seats[n].label}" in text_of(check)
        visitor.sends(check, {"step": "cast"})
    assert [house.row(question, n).counted.choice for n in (0, 1)] == ["approve", "reject"]


def test_the_clock_closes_the_vote_and_tells_the_chair(house, clock):
    question = house.ask()
    house.vote(question, "approve", "reject")
    clock("2023-07-19 17:03")
    run_and_remember()
    question.refresh_from_db()
    assert (question.closes_at.minute, question.close_recorded_at.minute) == (0, 3)  # lateness shows
    mail = Notice.objects.get(key=f"{question.reference}-closed", person=house.chair.person)
    assert "Approve: 1" in mail.body
    assert f"/desk/decisions/{Decision.objects.get().pk}/" in mail.body


def test_a_seat_that_has_not_voted_is_waited_for_until_the_close_and_then_has_not_cast_it(house):
    question = house.ask(window_days=None)
    address = f"/desk/questions/{question.pk}/"
    assert "Not yet" in text_of(house.visitor(house.secretary).opens(address))
    operations.close(question, by=house.secretary)
    page = text_of(house.visitor(house.secretary).opens(address))
    assert "Not yet" not in page
    assert "Not cast" in page
