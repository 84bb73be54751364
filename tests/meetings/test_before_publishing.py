"""A48: what is unfinished is named on the list before the minutes are published, and on the page that asks first; A6 to A13 are in tests/decisions."""

import pytest

from meetings import operations
from meetings.models import Paragraph
from meetings.rules import findings_before_publishing
from tests.factories import AlternateFactory, AttendanceFactory, HoldingFactory, PersonFactory, SeatFactory, user_of
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(rooms, settings):
    settings.DEMO = True
    return rooms()


def findings(room: Room) -> list[str]:
    return [each for each in findings_before_publishing(room.minutes) if "attendance" not in each]


@pytest.mark.parametrize("text", ["The date is to be confirmed.", "SC is to check (TBC).", "It costs £XXX.", "The vote was 6 to ??.", "Moved to [ ] August."])
def test_what_a_paragraph_leaves_open_is_named(room, text):
    assert findings(room) == []
    operations.write_paragraph(room.item, text, by=room.pmo)
    (found,) = [each for each in findings(room) if "leaves something open" in each]
    assert found.startswith("Item 1 (CR018) leaves something open: “")


@pytest.mark.parametrize("text", ["The plan was confirmed.", "See [the plan](https://example.org/).", "XML and TBCs of DES-196?", "What is asked?"])
def test_usual_words_leave_nothing_open(room, text):
    operations.write_paragraph(room.item, text, by=room.pmo)
    assert not [each for each in findings(room) if "leaves something open" in each]


def test_a_comment_that_nobody_answered_is_named_until_it_is_answered(room):
    seat = SeatFactory(group=room.group, label="DNO Representative")
    room.circulated()
    comment = operations.comment_on(Paragraph.objects.get(), seat, "I said the opposite.", by=user_of(seat))
    named = "Item 1: the comment of DNO Representative on a paragraph has not been answered."
    assert findings(room) == [named]
    page = text_of(Visitor(room.pmo).opens("/desk/meetings/DAG026/"))
    assert named in page
    assert f"Look at this first: {named}" in text_of(Visitor(room.pmo).opens(f"/desk/do/meetings.publish/{room.minutes.pk}/"))
    operations.answer_comment(comment, "declined", why="The recording has it so.", by=room.pmo)
    assert findings(room) == []


def test_a_paper_that_never_came_is_named(room, clock):
    operations.schedule(room.group, "27", starts_at=room.meeting.starts_at.replace(month=8), by=room.pmo)
    following = room.group.meetings.get(number="27")
    item = operations.table_item(following, "Transition", purpose="decision", by=room.pmo)
    operations.add_paper(item, "Plan", owed_by_person=room.member, by=room.pmo)
    clock("2023-08-12 14:00")
    following = operations.hold(following, by=room.pmo)
    assert "“Plan” was to follow, and has not been handed in." in list(findings_before_publishing(following.minutes))


def about(room: Room, words: str) -> list[tuple[str, str]]:
    return [(str(each), each.at) for each in findings_before_publishing(room.minutes) if words in each]


def test_a_seat_of_which_nothing_is_recorded_is_named(room):
    holdings = [HoldingFactory(seat=SeatFactory(group=room.group, label=label)) for label in ("DNO Representative", "iDNO Representative")]
    operations.record_attendance(room.meeting, holdings[0].person, "representatives", seat=holdings[0].seat, by=room.pmo)
    member = room.group.seats.exclude(pk__in=[each.seat_id for each in holdings]).get(holdings__person=room.member)
    [(said, at)] = about(room, "Nothing is recorded of")
    assert said == f"Nothing is recorded of these seats: {', '.join(sorted([member.label, 'iDNO Representative'], key=said.index))}. Did somebody come, or send apologies?"
    assert at == "/desk/meetings/DAG026/attendance/"


@pytest.mark.parametrize("named", [True, False])
def test_whoever_came_for_a_seat_and_may_not_is_named(room, named):
    held = HoldingFactory(seat=SeatFactory(group=room.group, label="DNO Representative"))
    person = PersonFactory(name="Una Bell")
    if named:
        AlternateFactory(seat=held.seat, person=person, approved_on=None, approved_by="", approved_how="")
    AttendanceFactory(meeting=room.meeting, seat=held.seat, person=person, printed_name="Una Bell")
    why = "was not approved as its alternate by then" if named else "neither held it that day nor stands in for it"
    assert [said for said, _ in about(room, "Una Bell")] == [f"Una Bell is recorded for DNO Representative, and {why}."]


def test_an_action_without_a_day_is_named_and_one_that_was_to_be_done_as_soon_as_possible_is_looked_at(room, clock):
    raised = operations.raise_action(room.meeting, "Ask the IPA", owner="PMO", due_kind="asap", item=room.item, by=room.pmo)
    operations.raise_action(room.meeting, "Find a day", owner="PMO", due_kind="tbc", item=room.item, by=room.pmo)
    assert [said for said, _ in about(room, "DAG26-")] == ["DAG26-02 has no day by which it is due: nobody is reminded of it."]
    later = operations.schedule(room.group, "27", starts_at=room.meeting.starts_at.replace(month=8), by=room.pmo)
    clock("2023-08-12 14:00")
    later = operations.hold(later, by=room.pmo)
    [found] = [each for each in findings_before_publishing(later.minutes) if "as soon as possible" in each]
    assert (str(found), found.at) == ("DAG26-01 was to be done as soon as possible, and nothing is recorded of it at this meeting.", f"/desk/actions/{raised.pk}/review/")
    operations.review_action(raised, later, note="In hand.", by=room.pmo)
    assert not [each for each in findings_before_publishing(later.minutes) if "as soon as possible" in each]


def test_an_action_that_is_spoken_of_and_is_on_no_log_is_named(room):
    operations.raise_action(room.meeting, "Ask the IPA", owner="PMO", due_kind="asap", item=room.item, by=room.pmo)
    operations.write_paragraph(room.item, "DAG26-01 and DAG26-07 were discussed, and so was PSG26-07.", by=room.pmo)
    assert about(room, "on no action log") == [("Item 1 (CR018) speaks of DAG26-07, which is on no action log.", "/desk/meetings/DAG026/minute/#item-1")]


def test_a_decision_that_is_spoken_of_and_that_nobody_took_is_named(room):
    taken = room.decided()
    operations.write_paragraph(room.item, f"{taken.reference} and DAG-DEC99 were recalled, and so was PSG-DEC99.", by=room.pmo)
    assert about(room, "no decision has that number") == [
        ("Item 1 (CR018) speaks of DAG-DEC99, and no decision has that number.", "/desk/meetings/DAG026/minute/#item-1")
    ]  # fmt: skip


def test_what_two_decisions_of_a_meeting_settle_is_named(room):
    one, other = room.decided(), room.decided()
    assert [said for said, _ in about(room, "decided on twice")] == [f"CR018 v1.8 is decided on twice at this meeting: by {one} and {other}."]


def test_each_finding_leads_to_where_it_is_mended(room):
    """While the minutes can be written, to the item; once the Chair reads them, they are taken back first."""
    operations.write_paragraph(room.item, "The date is to be confirmed.", by=room.pmo)
    assert {each.at for each in findings_before_publishing(room.minutes)} == {"/desk/meetings/DAG026/attendance/", "/desk/meetings/DAG026/minute/#item-1"}
    page = Visitor(room.pmo).opens("/desk/meetings/DAG026/").text
    assert '<a class="govuk-link" href="/desk/meetings/DAG026/minute/#item-1">Item 1 (CR018) leaves something open' in page
    operations.send_to_chair(room.minutes, by=room.pmo)
    assert {each.at for each in findings_before_publishing(room.minutes)} == {""}


def test_the_chair_reads_what_was_found_and_is_led_to_no_page_of_the_secretariats(room):
    operations.write_paragraph(room.item, "The date is to be confirmed.", by=room.pmo)
    room.circulated()
    page = Visitor(room.chair).opens("/desk/meetings/DAG026/").text
    assert "leaves something open" in page
    assert "/minute/#item-1" not in page
    assert "/minute/#item-1" in Visitor(room.pmo).opens("/desk/meetings/DAG026/").text


def test_a_line_that_asks_for_a_record_is_named_wherever_in_a_paragraph_it_stands(room):
    operations.write_paragraph(room.item, "Members agreed.\n/action @SJ: amend CR024\n  / Action @SJ: publish it\nIt costs 5/day.", by=room.pmo)
    assert [each for each in findings(room) if "not carried out" in each] == [
        "Item 1 (CR018): “/action @SJ: amend CR024” was not carried out.", "Item 1 (CR018): “/ Action @SJ: publish it” was not carried out.",
    ]  # fmt: skip
