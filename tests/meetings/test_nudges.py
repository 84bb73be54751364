"""Before minutes go out: words without a record beside them, initials of nobody, a count that is not the roll's, personal data. Nudges, but for initials of nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import operations as decisions
from decisions.models import Decision
from decisions.operations.asking import bring
from groups.models import Seat
from meetings import operations
from meetings.models import Attendance, Paragraph
from meetings.nudges import EMAIL, PHONE, SPEAKER
from meetings.operations.writing import Change, fingerprint_of
from meetings.rules import findings_before_publishing
from records.rules import Refused
from tests.conftest import set_clock
from tests.factories import HoldingFactory, PersonFactory, SeatFactory
from tests.meetings.rooms import Room
from tests.pages import Visitor

pytestmark = pytest.mark.django_db


def build_room() -> Room:
    room = Room(set_clock)
    operations.record_attendance(room.meeting, room.member, "representatives", seat=Seat.objects.get(holdings__person=room.member), by=room.pmo)
    for initials in ("SC", "SCo", "RW"):
        operations.record_attendance(room.meeting, PersonFactory(), "representatives", initials=initials, by=room.pmo)
    return room


@pytest.fixture(scope="module")
def stage(scene):
    return scene(build_room)


@pytest.fixture
def room(stage, db, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return stage()


def findings(room, *texts: str) -> list[str]:
    for text in texts:
        operations.write_paragraph(room.item, text, by=room.pmo)
    return list(findings_before_publishing(room.minutes))


@pytest.mark.parametrize("text", ["Members agreed that DES-196 was ready.", "The Programme will provide dates.", "The Chair determined it.", "RW to provide a note."])
def test_words_that_bind_ask_for_the_record_beside_them(room, text):
    assert any("stands beside it." in said for said in findings(room, text))


def test_a_record_elsewhere_in_the_item_is_of_something_else(room):
    room.decided()
    operations.write_paragraph(room.item, "CR018 was looked at.", by=room.pmo)
    [told] = [said for said in findings(room, "The Programme will provide a note.") if "stands beside it" in said]
    assert told == "Item 1 (CR018) says “The Programme will provide a note.”, and no action stands beside it."


def test_a_decision_beside_it_is_no_record_of_what_somebody_will_do(room):
    room.decided()
    assert any("and no action stands beside it" in said for said in findings(room, "The Programme will provide a note."))


def test_what_was_agreed_has_its_decision_beside_it(room):
    room.decided()
    assert not [said for said in findings(room, "This was agreed.") if "stands beside it" in said]


def test_with_a_record_beside_it_nothing_is_asked(room):
    place = operations.write_paragraph(room.item, kind=Paragraph.Kind.ACTION, by=room.pmo)
    operations.raise_action(room.meeting, "Provide dates", owner="PMO", due_kind="asap", item=room.item, paragraph=place, by=room.pmo)
    assert findings(room, "The Programme will provide dates.") == []


def test_initials_of_nobody_are_named_with_those_that_may_be_meant(room):
    told = findings(room, "SC advised that it was late. RG noted this.", "SCo asked why.", "DAG noted it, and the IPA said so.")
    assert told == ["Item 1 (CR018): RG are the initials of nobody who came or sent apologies. Did you mean RW?"]


@pytest.mark.parametrize(
    "text",
    [
        "ZQT clarified that it was late.", "ZQ believed it.", "ZQ also noted it.", "The Programme (ZQ) felt that it was late.", "(ZQ) acknowledged it.", "ZQ, for Elexon, noted it.",
        "It was late. ZQ thought so.", "- SC asked\n- ZQ described it", "ZQ and SC wanted it.", "SC said, and ZQ replied, that it was late.", "ZQ strongly disputed it.",
    ],
)  # fmt: skip
def test_whoever_begins_a_sentence_and_is_known_to_nobody_is_named_whatever_they_did(room, text):
    [told] = [said for said in findings(room, text) if "are the initials of nobody" in said]
    assert told.startswith(("Item 1 (CR018): ZQ are", "Item 1 (CR018): ZQT are"))


@pytest.mark.parametrize(
    "text",
    [
        "MHHS needed it.", "DES needed another version, and CR018 added to it.", "The CSS provided it.", "IPA reported that it was late.", "CRs raised since are listed.",
        "API used by suppliers is late.", "The Industry Release (IR) noted above is late.", "SC believed it. RW, for Elexon, also felt it.", "DIP confirmed it.",
    ],
)  # fmt: skip
def test_what_stands_for_something_is_nobodys_initials(room, text):
    assert [said for said in findings(room, text) if "are the initials of nobody" in said] == []


@pytest.mark.parametrize("mend", ["reword", "record"])
def test_a_draft_with_initials_of_nobody_goes_neither_to_the_chair_nor_to_members_until_it_is_known_who_it_was(room, mend):
    place = operations.write_paragraph(room.item, "RG noted this.", by=room.pmo)
    with pytest.raises(Refused, match=r"RG are the initials of nobody who came or sent apologies\. Did you mean RW\?"):
        operations.send_to_chair(room.minutes, by=room.pmo)
    if mend == "reword":
        operations.change_minute(room.meeting, [Change(uid=place.uid, text="RW noted this.", base=fingerprint_of(place))], by=room.pmo)
        operations.send_to_chair(room.minutes, by=room.pmo)
    else:
        came = operations.record_attendance(room.meeting, PersonFactory(), "representatives", initials="RG", by=room.pmo)
        cleared = operations.clear(operations.send_to_chair(room.minutes, by=room.pmo), by=room.chair)
        Attendance.objects.filter(pk=came.pk).update(initials="RGa")
        with pytest.raises(Refused, match="RG are the initials of nobody"):
            operations.circulate(cleared, by=room.pmo)


def test_initials_of_nobody_are_marked_beneath_their_paragraph(room):
    operations.write_paragraph(room.item, "RG noted this.", by=room.pmo)
    page = Visitor(room.pmo).opens("/desk/meetings/DAG026/minute/").content.decode()
    assert page.count("data-unknown>") == 1
    assert "data-unknown>RG are the initials of nobody who came or sent apologies. Did you mean RW?<" in page


def test_personal_data_are_named(room):
    told = " ".join(findings(room, "SC said to write to ann.bell@example.org or to ring 020 7946 0018.", "DES-196 v1.0 and CR018 of 12/07/2023 are no numbers to ring."))
    assert "has an e-mail address in it: ann.bell@example.org." in told
    assert "has a telephone number in it: 020 7946 0018." in told


def test_personal_data_are_named_in_what_actions_decisions_headings_and_updates_say_too(room):
    operations.raise_action(room.meeting, "Ring 07700 900123", owner="PMO", due_kind="asap", item=room.item, by=room.pmo)
    decisions.draft(room.group, "CR018", "Write to jo.doe@gmail.example", meeting=room.meeting, item=room.item, by=room.pmo)
    told = " ".join(findings(room))
    assert "has an e-mail address in it: jo.doe@gmail.example." in told
    assert "has a telephone number in it: 07700 900123." in told
    for kind in ("heading", "addendum"):
        place = operations.write_paragraph(room.item, f"Ask {kind}@example.org", kind=kind, by=room.pmo)
        Decision.objects.update(wording="Nothing")
        assert f"has an e-mail address in it: {kind}@example.org." in " ".join(findings(room))
        operations.change_minute(room.meeting, [Change(uid=place.uid, dropped=True, base=fingerprint_of(place))], by=room.pmo)


def test_a_sign_that_called_a_menu_is_named_while_it_would_be_printed(room):
    told = [said for said in findings(room, "@SC said that #CR018 and DES-196 were late.", "Write to a@b or see item #3.") if "would be printed" in said]
    assert told == ["Item 1 (CR018) reads “@SC”: the sign @ would be printed.", "Item 1 (CR018) reads “#CR018”: the sign # would be printed."]


def test_a_decision_on_what_the_portal_keeps_no_record_of_is_asked_about(room):
    decisions.draft(room.group, "CR999 approved", "The SRO approved CR999", meeting=room.meeting, by=room.pmo)
    assert any("is about CR999, of which the portal keeps no record" in said for said in findings(room))


def test_a_count_typed_by_hand_that_is_not_the_rolls_is_named(room, clock):
    question = bring(
        room.group, title="CR018", decision_wording="The SRO approved CR018", item=room.item, wording="Should it?", subject="CR018", by=room.pmo
    )  # fmt: skip
    question = decisions.open_question(question, by=room.pmo)
    row = question.roll.get()
    decisions.record_spoken_vote(row, "reject", comment="Too late.", by=room.pmo)
    decisions.close(question, by=room.pmo)
    told = [said for said in findings(room, "Two members voted to approve, one rejected and no seats abstained.") if "by the roll" in said]
    assert told == ["Item 1 (CR018) says “Two members voted to approve”; by the roll it is 0."]


def voted(room, *choices: str):
    """A closed vote on CR018 with these casts; the seats of the group that are not among them have none."""
    question = decisions.open_question(bring(room.group, title="CR018", decision_wording="The SRO approved CR018", item=room.item, wording="Should it?", subject="CR018", by=room.pmo), by=room.pmo)
    for row, choice in zip(question.roll.order_by("order"), choices, strict=False):
        decisions.record_spoken_vote(row, choice, comment="As said.", by=room.pmo)
    return decisions.close(question, by=room.pmo)


@pytest.mark.parametrize(
    ("text", "said", "by_roll"),
    [
        ("It was approved by 11 of 13 representatives.", "approved by 11 of 13 representatives", "2"),
        ("11 of 13 approved.", "11 of 13 approved", "2"),
        ("It was approved 6-4.", "approved 6-4", "2 to approve and 1 to reject"),
        ("By six votes to four it went through.", "six votes to four", "2 to approve and 1 to reject"),
    ],
)
def test_a_count_is_compared_however_it_is_put(room, text, said, by_roll):
    for _ in range(2):
        HoldingFactory(seat=SeatFactory(group=room.group))
    voted(room, "approve", "approve", "reject")
    assert [each for each in findings(room, text) if "by the roll" in each] == [f"Item 1 (CR018) says “{said}”; by the roll it is {by_roll}."]
    assert not [each for each in findings(room, "2 of 3 approved. It was approved 2-1, by two votes to one.") if "by the roll" in each and said not in each]


def test_a_count_of_who_was_represented_is_compared_with_the_attendance(room):
    told = [each for each in findings(room, "10 of 13 constituencies were represented.", "1 of 1 represented.") if "by the attendance" in each]
    assert told == ["Item 1 (CR018) says “10 of 13 constituencies were represented”; by the attendance it is 1 of 1."]


def test_seats_that_came_and_have_no_vote_are_named(room):
    seats = [SeatFactory(group=room.group, order=n) for n in (7, 8, 9)]
    people = [HoldingFactory(seat=seat).person for seat in seats]
    for seat, person, section in zip(seats, people, ("representatives", "representatives", "apologies"), strict=True):
        operations.record_attendance(room.meeting, person, section, seat=seat, by=room.pmo)
    question = voted(room, "approve")
    [told] = [each for each in findings_before_publishing(room.minutes) if "have no vote" in each]
    assert str(told) == f"2 seats that came have no vote on CR018: {seats[0].label} and {seats[1].label}."
    assert told.at == f"/desk/questions/{question.pk}/"


def test_of_seats_that_abstained_or_were_marked_absent_or_had_left_no_vote_is_missed(room):
    seats = [SeatFactory(group=room.group, order=n) for n in (7, 8)]
    for seat in seats:
        operations.record_attendance(room.meeting, HoldingFactory(seat=seat).person, "representatives", seat=seat, by=room.pmo)
    Attendance.objects.filter(seat=seats[0]).update(left_at=room.meeting.starts_at)
    question = decisions.open_question(bring(room.group, title="CR018", decision_wording="CR018", item=room.item, wording="Should it?", subject="CR018", by=room.pmo), by=room.pmo)
    decisions.record_spoken_vote(question.roll.get(seat__holdings__person=room.member), "abstain", by=room.pmo)
    decisions.mark_absent(question.roll.get(seat=seats[1]), by=room.pmo)
    decisions.close(question, by=room.pmo)
    assert not [each for each in findings(room) if "no vote on" in each]


def test_who_is_silent_when_the_room_is_asked_for_objections_has_spoken(room):
    question = decisions.put_question(room.group, "Should it?", subject="CR018", item=room.item, basis="no_objections", by=room.pmo)
    decisions.close(decisions.open_question(question, by=room.pmo), by=room.pmo)
    assert not [each for each in findings(room) if "no vote on" in each]


def test_a_vote_without_any_attendance_is_named(room):
    Attendance.objects.update(dropped=True)
    voted(room, "approve")
    [told] = [each for each in findings_before_publishing(room.minutes) if each.startswith("A vote was taken")]
    assert (str(told), told.at) == ("A vote was taken on CR018, and no attendance is recorded.", "/desk/meetings/DAG026/attendance/")


def test_somebody_with_apologies_who_speaks_is_asked_about(room):
    sade, olu = PersonFactory(name="Sade Agu"), PersonFactory(name="Olu Bell")
    operations.record_attendance(room.meeting, sade, "apologies", initials="SA", mode="absent", by=room.pmo)
    operations.record_attendance(room.meeting, olu, "representatives", initials="OB", mode="absent", by=room.pmo)
    told = [each for each in findings(room, "SC began. SA asked who reads the papers. SA thanked SC.", "OB, for Elexon, noted it.") if "says “" in each]
    assert told == [
        "Item 1 (CR018) says “SA asked who reads the papers”, and Sade Agu sent apologies.",
        "Item 1 (CR018) says “OB, for Elexon, noted it”, and Olu Bell is recorded as not in attendance.",
    ]


@pytest.mark.parametrize("text", ["SC asked SA by telephone.", "SA had asked by e-mail who reads the papers.", "SA asked in writing for a later date.", "Apologies: SA."])
def test_somebody_with_apologies_who_is_spoken_of_or_wrote_is_not(room, text):
    operations.record_attendance(room.meeting, PersonFactory(name="Sade Agu"), "apologies", initials="SA", mode="absent", by=room.pmo)
    assert not [each for each in findings(room, text) if "Sade Agu" in each]


def test_whoever_sent_apologies_for_one_seat_and_came_for_another_speaks(room):
    sade = PersonFactory(name="Sade Agu")
    for section, mode in (("apologies", "absent"), ("others", "present")):
        operations.record_attendance(room.meeting, sade, section, initials="SA", mode=mode, by=room.pmo)
    assert not [each for each in findings(room, "SA asked who reads the papers.") if "Sade Agu" in each]


def test_a_vote_of_a_seat_for_which_nobody_came_is_asked_about(room):
    seat = SeatFactory(group=room.group)
    person = HoldingFactory(seat=seat).person
    operations.record_attendance(room.meeting, person, "apologies", seat=seat, by=room.pmo)
    question = bring(
        room.group, title="CR018", decision_wording="CR018", item=room.item, wording="Should it?", subject="CR018", by=room.pmo
    )  # fmt: skip
    question = decisions.open_question(question, by=room.pmo)
    decisions.record_spoken_vote(question.roll.get(seat=seat), "approve", by=room.pmo)
    assert any(f"is recorded as not there, and the {seat.label} seat voted on CR018" in said for said in findings(room))


@given(st.text(max_size=300))
def test_whatever_was_typed_nothing_breaks(text):
    for pattern in (SPEAKER, EMAIL, PHONE):
        pattern.findall(text)
