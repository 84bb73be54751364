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
