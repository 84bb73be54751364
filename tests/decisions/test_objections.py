"""Asking the room whether anybody objects: a silence is recorded as one, seat by seat, and may be corrected."""

import pytest
from django.template.loader import render_to_string

from assurance.trail import trail
from decisions import operations
from decisions.bodies import everything_of
from decisions.models import Decision, HolderAnswer, Outcome, Question
from decisions.sentences import advice_sentence
from decisions.subjects import Subject, Terms
from groups.models import Seat
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.attending import Presence
from meetings.models import Attendance
from notifications.models import Notice
from records.hooks import refusals_from_above
from records.rules import Refused
from tests.factories import SeatFactory
from tests.pages import Visitor, text_of
from tests.register.proving import run_script, written

pytestmark = pytest.mark.django_db
APPROVED = [Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]
CONSENT = Decision.Basis.NO_OBJECTIONS


@pytest.fixture
def asked(house) -> Question:
    """The room is asked; the third seat is not there, a fourth is vacant."""
    SeatFactory(group=house.group, order=9, label="Consumer Representative")
    question = house.ask(window_days=None, basis=CONSENT)
    operations.mark_absent(house.row(question, 2), by=house.secretary)
    return question


def shown(question: Question) -> list[str]:
    return [row.result for row in question.roll.order_by("order")]


def closed(house, question: Question) -> Question:
    return operations.close(question, by=house.secretary)


def test_who_is_there_and_says_nothing_raises_no_objection_and_the_others_are_not_among_them(house, asked):
    done = closed(house, asked)
    assert shown(done) == ["silent", "silent", "absent", "vacant"]
    assert done.tally == done.recount() == {"absent": 1, "silent": 2, "vacant": 1}
    assert not Entry.objects.filter(kind="voted").exists()  # no words are put in the seat's mouth
    assert list(faults()) == []


def test_a_seat_of_which_it_is_recorded_that_nobody_came_is_not_taken_to_be_silent(house):
    meeting = house.meeting()
    item = meetings.table_item(meeting, "CR018", by=house.secretary)
    said = {f"seat-{seat.pk}": Presence(choice) for seat, choice in zip(house.seats, ("present", "apologies", "absent"), strict=True)}
    meetings.record_attendances(meeting, said, by=house.secretary)
    assert shown(closed(house, house.ask(window_days=None, basis=CONSENT, item=item))) == ["silent", "absent", "absent"]


def test_whoever_stands_in_without_an_approval_does_not_consent_by_silence_unless_the_room_confirms_it(house):
    meeting = house.meeting()
    item = meetings.table_item(meeting, "CR018", by=house.secretary)
    meetings.record_attendances(meeting, {f"seat-{house.seats[0].pk}": Presence("present"), f"seat-{house.seats[2].pk}": Presence("absent")}, by=house.secretary)
    meetings.stand_in(meeting, f"seat-{house.seats[1].pk}", "Una Bell", by=house.secretary)
    question = house.ask(window_days=None, basis=CONSENT, item=item)
    page = text_of(house.visitor(house.secretary).opens(f"/desk/questions/{question.pk}/no-objections/"))
    assert "By the attendance, Una Bell came, who neither held it that day nor stands in for it" in page
    assert shown(closed(house, question)) == ["silent", "absent", "absent"]


def test_a_seat_that_objects_or_approves_aloud_or_from_its_phone_has_a_vote(house, asked):
    operations.record_spoken_vote(house.row(asked, 2), "approve", by=house.secretary)
    operations.cast_vote(house.row(asked), "reject", comment="Agents bear the cost", by=house.holders[0])
    assert shown(closed(house, asked)) == ["reject", "silent", "approve", "vacant"]


def test_each_silent_seats_holder_is_told_and_nobody_else(house, asked):
    closed(house, asked)
    told = Notice.objects.filter(key__startswith=f"{asked.reference}-silent")
    assert {notice.person for notice in told} == {house.holders[0].person, house.holders[1].person}
    row = house.row(asked)
    assert f"/desk/rolls/{row.pk}/correct/" in told.get(person=house.holders[0].person).body


def test_a_holder_corrects_the_silence_and_it_is_shown_beside_the_seat_while_the_count_stands(house, asked):
    closed(house, asked)
    holder, row = Visitor(house.holders[0]), house.row(asked)
    page = holder.opens(f"/desk/questions/{asked.pk}/")
    assert "raised no objection. Correct that if it is not right" in text_of(page)
    empty = holder.does(f"/desk/rolls/{row.pk}/correct/", {"text": " "})
    assert "Say what the seat objects to." in text_of(empty)
    holder.does(f"/desk/rolls/{row.pk}/correct/", {"text": "We asked for a later date."})
    assert "We asked for a later date." in text_of(Visitor(house.chair).opens(f"/desk/questions/{asked.pk}/"))
    assert Question.objects.get(pk=asked.pk).tally["silent"] == 2
    assert Entry.objects.filter(kind="corrected silence").count() == 1
    assert Notice.objects.filter(key=f"correction-{HolderAnswer.objects.get().pk}", person=house.chair.person).exists()
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("who", "when", "sentence"),
    [
        (lambda house: house.holders[1], "2023-07-12 12:00", "Only the holder"),
        (lambda house: house.secretary, "2023-07-12 12:00", "Only the holder"),
        (lambda house: house.holders[0], "2023-07-14 17:00", "It could be corrected until 17:00 on 14 Jul 2023"),
    ],
)
def test_nobody_else_corrects_it_and_not_later_than_two_working_days(house, asked, clock, who, when, sentence):
    closed(house, asked)
    clock(when)
    with pytest.raises(Refused, match=sentence):
        operations.correct_silence(house.row(asked), "No.", by=who(house))


def test_it_is_corrected_once_and_only_a_silence_is(house, asked):
    with pytest.raises(Refused, match="No silence is recorded"):
        operations.correct_silence(house.row(asked), "No.", by=house.holders[0])
    closed(house, asked)
    operations.correct_silence(house.row(asked), "No.", by=house.holders[0])
    with pytest.raises(Refused, match="You have said this already"):
        operations.correct_silence(house.row(asked), "No, no.", by=house.holders[0])
    with pytest.raises(Refused, match="No silence is recorded"):
        operations.correct_silence(house.row(asked, 2), "We were there.", by=house.holders[2])


def test_the_page_of_a_silence_is_for_its_seat_alone(house, asked):
    closed(house, asked)
    address = f"/desk/rolls/{house.row(asked).pk}/correct/"
    answers = [Visitor(user).client.get(address).status_code for user in (house.holders[0], house.holders[1], house.chair, house.stranger)]
    assert answers == [200, 404, 404, 404]


def test_the_secretary_confirms_the_room_before_it_is_recorded(house, asked):
    room = Visitor(house.secretary)
    page = text_of(room.opens(f"/desk/questions/{asked.pk}/roll-call/"))
    assert "Does anybody object?" in page
    confirm = text_of(room.opens(f"/desk/questions/{asked.pk}/no-objections/"))
    assert "There, and raising no objection" in confirm
    assert "Marked as not here" in confirm
    assert "Consumer Representative : vacant" in confirm or "Consumer Representative: vacant" in confirm
    room.client.post(f"/desk/do/decisions.close/{asked.pk}/")  # not past the page that names them
    assert Question.objects.get(pk=asked.pk).status == "open"
    room.does(f"/desk/questions/{asked.pk}/no-objections/")
    assert shown(Question.objects.get(pk=asked.pk)) == ["silent", "silent", "absent", "vacant"]


def test_it_is_drafted_on_the_form_and_the_decision_says_what_it_rests_on(house):
    typed = {
        "title": "CR025", "decision_wording": "The SRO approved CR025", "wording": "Should CR025 be approved?", "subject": "CR025",
        "version": "1.1", "window": "objections",
    }  # fmt: skip
    secretary = Visitor(house.secretary)
    both = secretary.does(f"/desk/groups/{house.group.code}/questions/new/", typed | {"follow_up": "And its redline?"})
    assert "Only a vote has a second question" in text_of(both)
    secretary.does(f"/desk/groups/{house.group.code}/questions/new/", typed)
    question = Question.objects.get()
    assert (question.basis, question.window_days, question.decision.basis) == (CONSENT, None, CONSENT)
    secretary.does(f"/desk/questions/{question.pk}/change/", {"window": "room"})
    assert Question.objects.get().basis == Decision.Basis.VOTE


def test_who_is_marked_present_after_the_room_was_confirmed_is_not_taken_to_consent(house, asked):
    room, address = Visitor(house.secretary), f"/desk/questions/{asked.pk}/no-objections/"
    confirmed = room.opens(address)
    operations.mark_present(house.row(asked, 2), by=house.secretary)
    answer = room.sends(confirmed)
    assert answer.status_code == 409
    assert "The room has changed" in text_of(answer)
    assert Question.objects.get(pk=asked.pk).status == "open"
    room.sends(answer)
    assert shown(asked) == ["silent", "silent", "silent", "vacant"]


class TestAttendanceLeads:
    """Whoever is recorded absent is not there, and raising no objection, minutes later: whenever it was recorded, and however the room is closed."""

    @pytest.fixture
    def meeting(self, house):
        return house.meeting()

    @pytest.fixture
    def asked(self, house, meeting) -> Question:
        return house.ask(window_days=None, basis=CONSENT, item=meetings.table_item(meeting, "CR018", by=house.secretary))

    def record(self, house, meeting, *choices, **part) -> None:
        said = {f"seat-{seat.pk}": Presence(choice, **part) for seat, choice in zip(house.seats, choices, strict=False)}
        meetings.record_attendances(meeting, said, by=house.secretary)

    def test_recorded_after_the_room_was_asked_and_closed_by_word_of_mouth(self, house, meeting, asked):
        self.record(house, meeting, "present", "apologies", "absent")
        assert shown(closed(house, asked)) == ["silent", "absent", "absent"]

    def test_such_a_seat_reads_as_not_here_on_the_roll_call_and_has_no_tick_when_the_room_is_confirmed(self, house, meeting, asked):
        self.record(house, meeting, "present", "apologies")
        room, confirm = Visitor(house.secretary), f"/desk/questions/{asked.pk}/no-objections/"
        assert f"{house.seats[1].label} Not here" in text_of(room.opens(f"/desk/questions/{asked.pk}/roll-call/"))
        page = room.opens(confirm).content.decode()
        ticks = {n: f'id="there-{house.row(asked, n).pk}"' in page for n in range(3)}
        assert ticks == {0: True, 1: False, 2: True}
        forged = room.does(confirm, {"there": [str(house.row(asked, n).pk) for n in range(3)]})
        assert "By the attendance of the meeting nobody came for the" in text_of(forged)
        assert Question.objects.get(pk=asked.pk).status == "open"

    def test_a_tick_taken_away_is_a_seat_that_was_not_there(self, house, meeting, asked):
        room = Visitor(house.secretary)
        room.does(f"/desk/questions/{asked.pk}/no-objections/", {"there": [str(house.row(asked).pk)]})
        assert shown(asked) == ["silent", "absent", "absent"]

    def test_who_is_recorded_absent_while_the_room_is_confirmed_is_not_taken_to_consent(self, house, meeting, asked):
        room, confirm = Visitor(house.secretary), f"/desk/questions/{asked.pk}/no-objections/"
        confirmed = room.opens(confirm)
        self.record(house, meeting, "apologies")
        answer = room.sends(confirmed)
        assert "is not there now, by what is recorded" in text_of(answer)
        room.sends(answer)
        assert shown(asked) == ["absent", "silent", "silent"]

    def test_who_came_for_other_items_is_not_ticked_but_may_be(self, house, meeting, asked):
        meetings.table_item(meeting, "Any other business", by=house.secretary)
        self.record(house, meeting, "present", from_item=2)
        room, confirm = Visitor(house.secretary), f"/desk/questions/{asked.pk}/no-objections/"
        assert "By the attendance, there from item 2" in text_of(room.opens(confirm))
        room.does(confirm, {"there": [str(house.row(asked, n).pk) for n in range(3)]})
        assert shown(asked) == ["silent", "silent", "silent"]

    def test_a_silence_and_an_absence_recorded_later_show_before_the_minutes_go_out(self, house, meeting, asked):
        closed(house, asked)
        self.record(house, meeting, "apologies")
        said = list(refusals_from_above("meetings.preflight", meeting))
        assert [each for each in said if "is recorded as not there" in str(each) and "raising no objection to CR018 v1.8" in str(each)]


def test_a_vacant_seat_is_never_marked_and_so_never_consents(house, asked):
    vacant = asked.roll.get(state="vacant")
    for mark in (operations.mark_absent, operations.mark_present):
        with pytest.raises(Refused, match="neither here nor absent"):
            mark(vacant, by=house.secretary)


def test_a_decision_rests_on_consent_only_if_nobody_objected(house, asked):
    operations.cast_vote(house.row(asked), "reject", comment="Agents bear the cost", by=house.holders[0])
    closed(house, asked)
    decision = operations.determine(asked.decision, Terms(APPROVED, reasons=["It cannot wait."]), by=house.chair)
    assert (decision.basis, decision.against_advice) == (Decision.Basis.VOTE, None)


def test_a_decision_whose_question_was_withdrawn_does_not_say_that_anybody_was_asked(house, asked):
    operations.withdraw_question(asked, why="Put too early", by=house.secretary)
    assert operations.determine(asked.decision, Terms(APPROVED), by=house.chair).basis == Decision.Basis.NOT_STATED


@pytest.mark.parametrize(
    ("choices", "outcome", "said"),
    [
        ({}, Outcome.APPROVED, "Nobody objected, and CR018 v1.8 was approved."),
        ({}, Outcome.REJECTED, "Nobody objected, but CR018 v1.8 was rejected."),
        ({0: "reject"}, Outcome.APPROVED, "One seat objected, and CR018 v1.8 was approved."),
        ({0: "reject", 2: "approve"}, Outcome.APPROVED, "One seat objected, and CR018 v1.8 was approved."),
        ({0: "reject", 2: "approve"}, Outcome.REJECTED, "One seat objected, but CR018 v1.8 was rejected."),
    ],
)
def test_the_advice_is_told_as_what_the_room_said(house, asked, choices, outcome, said):
    for n, choice in choices.items():
        operations.record_spoken_vote(house.row(asked, n), choice, comment="As spoken", by=house.secretary)
    closed(house, asked)
    subject = Subject("change_request", "CR018", outcome, version="1.8")
    decision = operations.determine(asked.decision, Terms([subject], reasons=["A reason that says enough."]), by=house.chair)
    body = everything_of(decision)
    assert [advice_sentence(vote, body["settlements"]) for vote in body["votes"]] == [said]


def test_the_minutes_on_paper_say_what_their_page_says_of_a_corrected_silence(house, asked):
    closed(house, asked)
    operations.correct_silence(house.row(asked), "We asked for a later date.", by=house.holders[0])
    minuted = Question.objects.select_related("decision").get(pk=asked.pk).as_minuted()
    paper = render_to_string("pdf/_paragraph.html", {"p": {"kind": "vote", "vote": minuted}})
    assert "No objection" in paper
    assert "The seat’s holder disputes this: We asked for a later date." in paper


def test_the_desk_shows_a_silence_while_it_can_be_corrected(house, asked, clock):
    closed(house, asked)
    told = "No objection to CR018 v1.8 is recorded for the"
    assert told in text_of(Visitor(house.holders[0]).opens("/desk/"))
    assert told not in text_of(Visitor(house.holders[2]).opens("/desk/"))
    clock("2023-07-14 17:00")
    assert told not in text_of(Visitor(house.holders[0]).opens("/desk/"))


def test_outside_a_meeting_nobody_is_taken_to_consent_by_silence(house):
    with pytest.raises(Refused, match="outside a meeting, put it as a vote"):
        house.bring(window_days=5, basis=CONSENT)


def test_rejecting_what_nobody_objected_to_goes_against_the_advice_and_approving_does_not(house, asked):
    closed(house, asked)
    with pytest.raises(Refused, match="goes against the balance of advice"):
        operations.determine(asked.decision, Terms([Subject("change_request", "CR018", Outcome.REJECTED, version="1.8")]), by=house.chair)
    approved = operations.determine(asked.decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]), by=house.chair)
    assert approved.against_advice is False


def test_the_public_page_names_who_was_silent_and_says_that_they_were_told(house, asked, client, tmp_path):
    closed(house, asked)
    operations.correct_silence(house.row(asked), "We asked for a later date.", by=house.holders[0])
    decision = operations.determine(asked.decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]), by=house.chair)
    decision = operations.publish(decision, by=house.secretary)
    page = text_of(client.get(decision.get_absolute_url()))
    assert "Objections to CR018 v1.8" in page
    assert "Two seats raised no objection; one was not in attendance and one was vacant." in page
    assert "Nobody objected" not in page  # a holder says otherwise
    assert "disputes this" in page
    assert "We asked for a later date." in page
    answers = {line.question: line.answer for line in trail(Decision.objects.get(pk=decision.pk))}
    assert answers["Do the holders stand by their silence?"] == "no"
    verified = text_of(client.get(f"{decision.get_absolute_url()}verify/"))
    assert "Nothing has been altered." in verified
    assert "Silence corrected by the seat’s holder" in verified
    code, said = run_script(written(tmp_path, client.get(f"{decision.get_absolute_url()}verify.json").json()))
    assert code == 2, "no head vouches for it yet"
    assert "CR018 v1.8: Two seats raised no objection; one was not in attendance and one was vacant." in said


def test_the_desk_asks_a_seat_whether_it_objects(house, asked):
    seat = Seat.objects.get(pk=house.seats[0].pk)
    assert f"Say if the {seat.label} seat objects to CR018 v1.8" in text_of(Visitor(house.holders[0]).opens("/desk/"))


def test_the_roll_call_says_of_a_seat_that_it_is_recorded_as_away_at_that_item_and_calls_it_all_the_same(house, settings):
    settings.DEMO = True  # the second factor has tests of its own
    meeting = house.meeting()
    items = [meetings.table_item(meeting, title, purpose="decision", by=house.secretary) for title in ("Welcome", "CR018")]
    house.clock("2023-07-20 10:30")
    for seat, holder, said in ((house.seats[0], house.holders[0], "apologies"), (house.seats[1], house.holders[1], "representatives")):
        meetings.record_attendance(meeting, holder.person, said, seat=seat, by=house.secretary)
    Attendance.objects.filter(seat=house.seats[1]).update(to_item=1, part_meeting=True)
    question = house.ask(window_days=None, item=items[1])
    address = f"/desk/questions/{question.pk}/roll-call/"
    for page in (address, f"{address}seats/"):
        said = text_of(house.visitor(house.secretary).opens(page))
        assert f"{house.seats[0].label} Not yet By the attendance, nobody came" in said
        assert f"{house.seats[1].label} Not yet By the attendance, there until item 1" in said
        assert f"{house.seats[2].label} Not yet By" not in said
    asked = text_of(house.visitor(house.secretary).opens(f"{address}?seat={house.row(question, 1).pk}"))
    assert "By the attendance, there until item 1." in asked
    house.visitor(house.secretary).does(f"{address}?seat={house.row(question, 1).pk}", {"said": "approve"})
    assert "By the attendance, there until item 1" not in text_of(house.visitor(house.secretary).opens(address)), "whoever answers is there"
