"""Who came: the grid of seats, people without a seat, and initials."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import operations
from meetings.attending import LONGEST_INITIALS, Presence, proposed_initials, room_of
from meetings.models import Attendance
from meetings.rules import findings_before_publishing
from records.opened import Stale
from tests.factories import AlternateFactory, HoldingFactory, PersonFactory, SeatFactory, UserFactory
from tests.meetings.attended import recorded, refused, save
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
HERE = "/desk/meetings/DAG026/attendance/"
NEW, REPORT = f"{HERE}people/new/", f"{HERE}report/"


# --- the grid


def test_every_seat_has_a_row_and_one_choice(hall):
    said = text_of(hall.visitor.opens(HERE))
    assert "0 of 3 constituencies represented" in said
    assert f"{hall.second.label}: Sarah Chan" in said
    assert f"{hall.vacant.label} Vacant" in said
    assert "Alternate Sam Cole" in said
    assert "Alternate Una Approved, approval outstanding" in said


def test_all_is_saved_at_once_and_the_count_is_from_fact(hall):
    page = hall.visitor.does(HERE, {f"seat-{hall.first.pk}": "dialled_in", f"seat-{hall.second.pk}": f"alternate-{hall.alternate.pk}"})
    assert "2 of 3 constituencies represented" in text_of(page)
    assert recorded(hall) == {
        (hall.member.name, "representatives", "dialled_in"), ("Sam Cole", "representatives", "present"), ("Sarah Chan", "apologies", "absent"),
    }  # fmt: skip
    assert Attendance.objects.get(person__name="Sam Cole").on_behalf_of == "Sarah Chan"


def test_who_sent_apologies_or_did_not_come_represents_nobody(hall):
    save(hall, {"first": "apologies", "second": "absent"})
    assert room_of(hall.meeting).represented == 0
    assert recorded(hall) == {(hall.member.name, "apologies", "absent"), ("Sarah Chan", "representatives", "absent")}


def test_everyone_of_whom_nothing_is_said_yet_can_be_said_to_have_been_present(hall):
    page = hall.visitor.does(HERE, {f"seat-{hall.second.pk}": "apologies", "step": "rest"})
    assert "1 of 3 constituencies represented" in text_of(page)
    assert (hall.member.name, "representatives", "present") in recorded(hall)
    assert ("Sarah Chan", "apologies", "absent") in recorded(hall)
    assert {section for _, section, _ in recorded(hall)} == {"representatives", "apologies", "chair", "programme"}


def test_what_is_corrected_is_dropped_and_not_deleted_and_comes_back(hall):
    for choice in ("present", "apologies", "present"):
        save(hall, {"second": choice})
    rows = Attendance.objects.filter(person=hall.holder)
    assert {(row.section, row.dropped) for row in rows} == {("representatives", False), ("apologies", True)}
    assert rows.get(dropped=False).history.count() == 3
    save(hall, {"second": ""})
    assert not recorded(hall)


def test_what_says_the_same_is_not_written_again(hall):
    save(hall, {"second": "present"})
    save(hall, {"second": "present"})
    assert Attendance.objects.get().revision == 1


def test_whoever_stood_in_and_was_not_approved_by_then_is_recorded_all_the_same_and_named_before_publishing(hall):
    page = hall.visitor.does(HERE, {f"seat-{hall.first.pk}": f"alternate-{hall.named.pk}"})
    assert "1 of 3 constituencies represented" in text_of(page)
    assert recorded(hall) == {("Una Approved", "representatives", "present"), (hall.member.name, "apologies", "absent")}
    assert Attendance.objects.get(person=hall.named.person).on_behalf_of == hall.member.name
    told = f"Una Approved is recorded for {hall.first.label}, and was not approved as its alternate by then."
    assert told in list(findings_before_publishing(hall.minutes))
    page = hall.visitor.opens(HERE)
    assert room_of(hall.meeting).place(f"seat-{hall.first.pk}").as_recorded().choice == f"alternate-{hall.named.pk}"
    hall.visitor.sends(page, {f"initials-{hall.named.person.pk}": "UA"})
    assert Attendance.objects.get(person=hall.named.person).initials == "UA"


def test_who_was_approved_only_after_the_meeting_is_offered_as_that(hall):
    AlternateFactory(seat=hall.first, person=PersonFactory(name="Lena Late"), approved_on=date(2023, 7, 13))
    assert "Alternate Lena Late, approved on 13 Jul 2023, after the meeting" in text_of(hall.visitor.opens(HERE))


def test_an_alternate_of_another_seat_does_not_come_for_this_one(hall):
    with refused("was not named as its alternate for that day"):
        save(hall, {"first": f"alternate-{hall.alternate.pk}"})


# --- somebody who was not named


def test_somebody_who_was_not_named_stands_in_from_a_link_in_the_row(hall):
    save(hall, {"first": "apologies"})
    link = f"{NEW}?seat=seat-{hall.first.pk}"
    assert link in hall.visitor.opens(HERE).text
    assert f"?seat=seat-{hall.vacant.pk}" not in hall.visitor.opens(HERE).text
    page = hall.visitor.opens(link)
    assert "e-mail" not in text_of(page).casefold()
    page = hall.visitor.sends(page, {"name": "Olu Other", "role": "Fenmoor Networks"})
    assert f"Olu Other is recorded as present for {hall.first.label}, and known as OO." in text_of(page)
    assert "1 of 3 constituencies represented" in text_of(page)
    assert recorded(hall) == {("Olu Other", "representatives", "present"), (hall.member.name, "apologies", "absent")}
    row = Attendance.objects.get(printed_name="Olu Other")
    assert (row.seat, row.on_behalf_of, row.printed_role, row.person.affiliation) == (hall.first, hall.member.name, hall.first.label, "Fenmoor Networks")
    told = f"Olu Other is recorded for {hall.first.label}, and neither held it that day nor stands in for it."
    assert told in list(findings_before_publishing(hall.minutes))


def test_of_whoever_stood_in_unnamed_the_initials_and_the_part_are_said_in_the_row(hall):
    operations.stand_in(hall.meeting, f"seat-{hall.first.pk}", "Olu Other", by=hall.pmo)
    row = Attendance.objects.get(printed_name="Olu Other")
    hall.visitor.sends(hall.visitor.opens(HERE), {f"initials-{row.person.pk}": "OL", f"seat-{hall.first.pk}-to": "1"})
    row.refresh_from_db()
    assert (row.initials, row.part_meeting, row.to_item, row.dropped) == ("OL", True, 1, False)


def test_whoever_was_added_without_a_seat_is_moved_to_the_one_they_came_for(hall):
    added = operations.add_attendee(hall.meeting, "Olu Other", "others", by=hall.pmo)
    page = hall.visitor.does(f"{NEW}?seat=seat-{hall.second.pk}", {"name": "Olu Other"})
    hall.visitor.sends(page, {"who": str(added.person.pk)})
    assert recorded(hall) == {("Olu Other", "representatives", "present"), ("Sarah Chan", "apologies", "absent")}


def test_nobody_stands_in_where_somebody_came_or_where_nobody_sits_or_for_themselves(hall):
    save(hall, {"first": "present"})
    for seat, name, person, why in (
        (hall.first, "Olu Other", None, f"{hall.member.name} is recorded as having come for {hall.first.label}: say first in the list that they did not"),
        (hall.vacant, "Olu Other", None, "that day: it was vacant"),
        (hall.second, "", hall.holder, "say in the list that they came"),
        (hall.second, " ", None, "Say who came"),
    ):
        with refused(why):
            operations.stand_in(hall.meeting, f"seat-{seat.pk}", name, person=person, by=hall.pmo)
    with refused("Say for which seat they came"):
        operations.stand_in(hall.meeting, "seat-999999", "Olu Other", by=hall.pmo)
    assert recorded(hall) == {(hall.member.name, "representatives", "present")}


def test_nobody_came_for_a_seat_that_nobody_held(hall):
    with refused("Nobody held .* that day: it was vacant"):
        operations.record_attendances(hall.meeting, {f"seat-{hall.vacant.pk}": Presence("present")}, by=hall.pmo)


def test_who_was_recorded_and_is_no_alternate_any_more_stays_recorded(hall):
    save(hall, {"second": f"alternate-{hall.alternate.pk}"})
    hall.alternate.revoked_at = datetime(2023, 7, 12, 13, tzinfo=UTC)
    hall.alternate.save_by(hall.pmo)
    page = hall.visitor.opens(HERE)
    assert "As recorded: Sam Cole" in text_of(page)
    hall.visitor.sends(page, {f"seat-{hall.first.pk}": "present"})
    assert ("Sam Cole", "representatives", "present") in recorded(hall)


def test_somebody_was_there_for_part_of_it(hall):
    operations.table_item(hall.meeting, "DIN log", by=hall.pmo)
    page = hall.visitor.does(HERE, {f"seat-{hall.first.pk}": "present", f"seat-{hall.first.pk}-from": "2", f"seat-{hall.first.pk}-to": "1"})
    assert "From item 2 to item 1 is backwards." in text_of(page)
    page = hall.visitor.sends(page, {f"seat-{hall.first.pk}-to": "9"})
    assert "There is no item 9 on the agenda." in text_of(page)
    hall.visitor.sends(page, {f"seat-{hall.first.pk}-to": ""})
    row = Attendance.objects.get()
    assert (row.part_meeting, row.from_item, row.to_item) == (True, 2, None)


def test_two_who_record_at_once_are_told_and_neither_is_overwritten(hall):
    first, second = hall.visitor.opens(HERE), hall.visitor.opens(HERE)
    hall.visitor.sends(first, {f"seat-{hall.second.pk}": "apologies"})
    page = hall.visitor.sends(second, {f"seat-{hall.first.pk}": "present"})
    assert page.status_code == 409
    assert "There now: Apologies" in text_of(page)
    assert recorded(hall) == {("Sarah Chan", "apologies", "absent")}
    page = hall.visitor.sends(page, {f"seat-{hall.second.pk}": "apologies"})  # what was typed is still there
    assert recorded(hall) == {("Sarah Chan", "apologies", "absent"), (hall.member.name, "representatives", "present")}
    with pytest.raises(Stale):
        save(hall, {"first": "absent"}, seen="0" * 16)


def ticked(hall, seat, choice: str, seen: str = "", **also):
    """One row, as it is sent when it is ticked."""
    key = f"seat-{seat.pk}"
    seen = seen or room_of(hall.meeting).seen_by_row()[key]
    return hall.visitor.client.post(HERE, {key: choice, f"seen-{key}": seen} | also, headers={"Accept": "application/json"})


def test_a_row_is_saved_as_it_is_ticked_and_no_other_with_it(hall):
    save(hall, {"second": "present"})
    answer = ticked(hall, hall.first, "apologies")
    assert answer.json()["represented"] == "1 of 3 constituencies represented"
    assert recorded(hall) == {("Sarah Chan", "representatives", "present"), (hall.member.name, "apologies", "absent")}
    again = ticked(hall, hall.first, "present", answer.json()["seen"][f"seat-{hall.first.pk}"])
    assert again.json()["represented"] == "2 of 3 constituencies represented"


def test_two_who_tick_the_same_row_choose_and_two_who_tick_others_do_not_meet(hall):
    before = room_of(hall.meeting).seen_by_row()
    ticked(hall, hall.first, "present", before[f"seat-{hall.first.pk}"])
    assert ticked(hall, hall.second, "present", before[f"seat-{hall.second.pk}"]).status_code == 200
    answer = ticked(hall, hall.first, "absent", before[f"seat-{hall.first.pk}"])
    assert answer.status_code == 409
    theirs = answer.json()["recorded"][f"seat-{hall.first.pk}"]
    assert (theirs["words"], theirs["choice"], theirs["by"]) == ("Present", "present", str(hall.pmo))
    assert ticked(hall, hall.first, "absent", theirs["seen"]).status_code == 200


def test_a_row_that_is_refused_says_why(hall):
    answer = ticked(hall, hall.first, "present", **{f"seat-{hall.first.pk}-from": "9"})
    assert (answer.status_code, answer.json()) == (409, {"refused": ["There is no item 9 on the agenda."]})
    operations.publish(hall.circulated(), by=hall.pmo)
    assert "are published" in ticked(hall, hall.first, "absent").content.decode()


def test_what_is_not_sent_stays_as_it_is(hall):
    save(hall, {"second": "present"})
    hall.visitor.client.post(HERE, {})
    assert recorded(hall) == {("Sarah Chan", "representatives", "present")}


def test_apologies_come_in_before_the_meeting(hall, clock):
    clock("2023-07-14 10:00")
    coming = operations.schedule(hall.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=hall.pmo)
    operations.record_attendances(coming, {f"seat-{hall.second.pk}": Presence("apologies")}, by=hall.pmo)
    operations.cancel(coming, why="Holidays", by=hall.pmo)
    with refused("is cancelled: nobody came"):
        operations.record_attendances(coming, {f"seat-{hall.second.pk}": Presence("present")}, by=hall.pmo)


def test_the_first_edition_prints_it_and_then_it_stays(hall):
    save(hall, {"first": "absent", "second": f"alternate-{hall.alternate.pk}"})
    minutes = hall.circulated()
    operations.publish(minutes, by=hall.pmo)
    public = text_of(Visitor().opens("/meetings/DAG026/"))
    assert f"{hall.first.label} not in attendance" in public
    assert "Sam Cole (SC) on behalf of Sarah Chan" in public or "Sam Cole (SCo) on behalf of Sarah Chan" in public
    with refused("The minutes of DAG026 are published"):
        save(hall, {"first": "present"})
    assert hall.visitor.client.get(HERE).status_code == 409


def test_only_the_secretariat_records_who_came(hall):
    for user in (hall.chair, UserFactory(person=hall.member)):
        with refused("Only the secretariat of DAG may do this"):
            operations.record_attendances(hall.meeting, {}, by=user)
    assert Visitor(UserFactory()).client.get(HERE).status_code == 404


def test_the_page_takes_no_more_queries_for_more_seats(hall, django_assert_max_num_queries):
    for n in range(10):
        HoldingFactory(seat=SeatFactory(group=hall.group, order=10 + n))
    with django_assert_max_num_queries(30):
        hall.visitor.opens(HERE)


@pytest.mark.parametrize("value", ["no-such", "alternate-", "alternate-999999999999", "present ", "\0", "taken_back"])
def test_no_other_choice_is_taken(hall, value):
    page = hall.visitor.does(HERE, {f"seat-{hall.second.pk}": value})
    assert page.status_code in (400, 409) or not recorded(hall)
    assert not recorded(hall)


# --- initials


def test_two_people_of_the_same_letters_are_told_apart():
    assert proposed_initials({1: "Sarah Chan", 2: "Sam Cole", 3: "Ruth Ansell"}, {}) == {1: "SCh", 2: "SCo", 3: "RA"}
    assert proposed_initials({1: "Sarah Chan", 2: "Sam Chan"}, {}) == {1: "SCh", 2: "SCha"}
    assert proposed_initials({1: "Sarah Chan", 2: "Sam Cole"}, {1: "SC"}) == {1: "SC", 2: "SCo"}
    assert proposed_initials({1: "Sarah Chan", 2: "Sam Cole"}, {1: "SC", 2: "SC"}) == {1: "SC", 2: "SCo"}


@given(st.dictionaries(st.integers(1, 99), st.text(max_size=30), max_size=20), st.dictionaries(st.integers(1, 99), st.sampled_from(["SC", "RA", "X"])))
def test_nobody_is_without_and_no_two_have_the_same(people, own):
    found = proposed_initials(people, own)
    assert set(found) == set(people)
    assert len(set(found.values())) == len(found)
    assert all(0 < len(letters) <= LONGEST_INITIALS for letters in found.values())


def test_initials_are_a_persons_own_across_meetings(hall, clock):
    save(hall, {"second": "present"}, initials={hall.holder.pk: "SJC"})
    clock("2023-07-14 10:00")
    coming = operations.schedule(hall.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=hall.pmo)
    assert room_of(coming).initials()[hall.holder.pk] == "SJC"


def test_the_same_initials_twice_are_refused_beside_the_field(hall):
    page = hall.visitor.does(HERE, {
        f"seat-{hall.first.pk}": "present", f"seat-{hall.second.pk}": "present", f"initials-{hall.member.pk}": "SC", f"initials-{hall.holder.pk}": "SC",
    })  # fmt: skip
    assert f"SC would be both {hall.member.name} and Sarah Chan." in text_of(page)
    assert not recorded(hall)


# --- people without a seat


def test_somebody_new_is_added_with_initials_of_their_own(hall):
    save(hall, {"second": "present"}, initials={hall.holder.pk: "SC"})
    page = hall.visitor.does(NEW, {"name": "Simon Crest", "role": "Elexon", "section": "others"})
    assert "Simon Crest is recorded as present, and known as SCr." in text_of(page)
    row = Attendance.objects.get(printed_name="Simon Crest")
    assert (row.section, row.printed_role, row.seat, row.person.affiliation) == ("others", "Elexon", None, "Elexon")


def test_somebody_whom_the_portal_knows_is_asked_about_and_not_doubled(hall):
    known = PersonFactory(name="Zoë O'Hara", affiliation="Ofgem")
    page = hall.visitor.does(NEW, {"name": "zoe o'hara", "section": "others"})
    assert "The portal knows somebody of that name: say whether it is they." in text_of(page)
    assert "Zoë O'Hara (Ofgem)" in text_of(page)
    hall.visitor.sends(page, {"who": str(known.pk)})
    assert Attendance.objects.get(person=known).printed_role == "Ofgem"
    page = hall.visitor.does(NEW, {"name": "zoe o'hara", "section": "others", "who": str(known.pk)})
    assert "Zoë O'Hara is recorded already: change it in the list." in text_of(page)


def test_somebody_added_can_dial_in_send_apologies_and_be_taken_back(hall):
    row = operations.add_attendee(hall.meeting, "Simon Crest", "programme", role="LDP", by=hall.pmo)
    for choice, expected in (("dialled_in", ("programme", "dialled_in")), ("apologies", ("apologies", "absent")), ("present", ("others", "present"))):
        now = hall.meeting.attendances.get(dropped=False)
        operations.record_attendances(hall.meeting, {f"other-{now.pk}": Presence(choice)}, by=hall.pmo)
        found = hall.meeting.attendances.get(dropped=False)
        assert (found.section, found.mode) == expected
    page = hall.visitor.opens(HERE)
    hall.visitor.sends(page, {f"other-{found.pk}": "taken_back"})
    assert not recorded(hall)
    again = operations.add_attendee(hall.meeting, "Simon Crest", "programme", person=row.person, role="LDP", by=hall.pmo)
    assert again.pk == row.pk  # nothing is doubled


@pytest.mark.parametrize(("typed", "said"), [({"name": ""}, "Say who came."), ({"name": "Rυth Ansell"}, "letters that look alike"), ({"name": "x" * 161}, "at most 160")])
def test_what_cannot_be_a_name_is_refused(hall, typed, said):
    page = hall.visitor.does(NEW, typed)
    assert said in text_of(page)
    assert not recorded(hall)
