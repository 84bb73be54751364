"""What was misread of published papers is mended by hand, field by field, beside its source; and everything that shows it says so."""

from dataclasses import replace
from datetime import date

import pytest

from archive.listed import MISSED, Listed, as_read
from archive.operations import correct_by_hand, correct_who_came
from change_requests.models import ChangeRequest
from decisions.models import Decision, Question
from groups.models import Group, Person
from ledger.models import Entry
from ledger.verifying import faults
from meetings.models import Action, Meeting, MinutesEdition
from records.rules import Refused
from tests.archive.mending import corrects
from tests.factories import DecisionFactory, MeetingFactory, SeatFactory, chair_of, secretary_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db


# --- decisions


def test_what_was_misread_is_mended_field_by_field_beside_its_source(secretary):
    decision = Decision.objects.get(number=12)
    address = f"/desk/decisions/{decision.pk}/correct/"
    page = text_of(secretary.opens(address))
    assert "What the paper prints" in page
    assert "DECISION XYZ-DEC12: The SRO approved CR901 version 1.0" in page
    south = Question.objects.get().roll.get(constituency="South Representative")
    typed = {"outcome_1": "rejected", f"vote_{south.pk}": "reject", "decided_on": "2023-07-04", "why": "The table was misread."}
    secretary.does(address, typed | {"why": ""})
    assert Decision.objects.get(number=12).decided_on == date(2023, 7, 5)
    corrects(secretary, address, typed)
    decision.refresh_from_db()
    said = "CR901 v1.0 was approved, and is rejected. South Representative was “Approve”, and is “Reject”. It was decided on 4 Jul 2023, and not on 5 Jul 2023. The table was misread."
    assert decision.editions.latest("n").why == f"Corrected by hand: {said}"
    assert (decision.settlements.get().outcome, decision.wording, decision.decided_on) == ("rejected", "The SRO approved CR901 version 1.0", date(2023, 7, 4))
    assert Question.objects.get().recount() == {"approve": 1, "reject": 1}
    assert MinutesEdition.objects.latest("n").note == f"Corrected by hand. XYZ-DEC12: {said}"
    assert list(faults()) == []


def test_a_reason_that_was_misread_and_one_that_was_missed_are_mended_beside_their_source(secretary, client):
    decision = Decision.objects.get(number=12)
    before = list(decision.reasons.values_list("text", flat=True))
    typed = {f"reason_{n}": f"It was raised in part {n}." for n in range(1, len(before) + 2)}
    corrects(secretary, f"/desk/decisions/{decision.pk}/correct/", typed | {"why": "The list was cut off."})
    after = list(Decision.objects.get(number=12).reasons.values_list("text", flat=True))
    assert after == list(typed.values())
    said = decision.editions.latest("n").why
    assert said.endswith(f"Reason {len(after)} was missed: “{after[-1]}”. The list was cut off.")
    assert after[-1] in text_of(client.get(decision.get_absolute_url()))
    assert MinutesEdition.objects.latest("n").note.startswith("Corrected by hand. XYZ-DEC12: Reason 1 ")
    corrects(secretary, f"/desk/decisions/{decision.pk}/correct/", {"reason_1": " ", "why": "It is the reason of another."})
    assert decision.editions.latest("n").why.endswith(f"Reason 1 is not in the paper: “{after[0]}”. It is the reason of another.")
    assert Decision.objects.get(number=12).reasons.get(n=1).text == "(It was misread: the minutes do not have it.)"
    assert list(faults()) == []


def test_a_subject_that_is_another_and_one_that_was_missed_are_mended(secretary, client):
    decision = Decision.objects.get(number=12)
    typed = {"ref_1": "CR910", "version_1": "1.2", "ref_2": "CR911", "version_2": "2.0", "outcome_2": "rejected", "maker": "psg", "basis": "no_objections", "why": "The line was broken."}
    corrects(secretary, f"/desk/decisions/{decision.pk}/correct/", typed)
    said = (
        "“CR901 v1.0” is “CR910 v1.2”. CR911 v2.0 was missed: rejected. Whose decision it was was “The SRO”, and is “The Programme Steering Group”. "
        "On what basis it was decided was “A vote of the seats”, and is “No objections when asked”. The line was broken."
    )
    assert decision.editions.latest("n").why == f"Corrected by hand: {said}"
    settled = [(each.subject_kind, each.subject, each.outcome) for each in decision.settlements.order_by("n")]
    assert settled == [("change_request", "CR910 v1.2", "approved"), ("change_request", "CR911 v2.0", "rejected")]
    states = {each.reference: each.editions.latest("n").body["state"] for each in ChangeRequest.objects.filter(reference__in=("CR901", "CR910", "CR911"))}
    assert (states["CR901"], {"open", "named"} & {states["CR910"], states["CR911"]}) == ("named", set()), "nothing is decided on what was misread any more"
    assert "CR911" in text_of(client.get("/decisions/XYZ-DEC12/"))
    assert list(faults()) == []


def test_what_a_baseline_rests_on_is_not_named_otherwise_by_hand(first):
    named = {"named": {1: ("DES-201 Other Map", "")}, "outcomes": {}, "votes": {}, "decided_on": date(2023, 7, 5), "why": "Misread."}
    with pytest.raises(Refused, match="The catalogue rests on DES-200 Data Map"):
        correct_by_hand(Decision.objects.get(number=15), **named, by=secretary_of(Group.objects.get(code="XYZ")))


def test_a_subject_that_the_reader_made_up_is_taken_out(secretary):
    decision = Decision.objects.get(number=13)
    corrects(secretary, f"/desk/decisions/{decision.pk}/correct/", {"outcome_1": "not_in_it", "why": "It is named in the reasons only."})
    assert decision.settlements.get().outcome == "as_worded"
    assert ChangeRequest.objects.get(reference="CR902").editions.latest("n").body["state"] == "open"
    assert "CR902 v1.0 was approved, and is not in the paper." in MinutesEdition.objects.latest("n").note
    assert list(faults()) == []


def test_by_what_authority_and_by_whom_it_was_determined_are_mended(secretary, client):
    decision = Decision.objects.get(number=12)
    typed = {"authority": "ToR 4.2", "determined_by_name": "Helena Marlowe", "determined_as": "Senior Responsible Owner", "why": "The line was passed over."}
    corrects(secretary, f"/desk/decisions/{decision.pk}/correct/", typed)
    said = (
        "By what authority it was decided was “Not stated”, and is “ToR 4.2”. Who determined it was “Not stated”, and is “Helena Marlowe”. "
        "As what they determined it was “Not stated”, and is “Senior Responsible Owner”. The line was passed over."
    )
    decision.refresh_from_db()
    assert decision.editions.latest("n").why == f"Corrected by hand: {said}"
    assert (decision.authority, decision.determined_by, decision.determined_by_name, decision.determined_as) == ("ToR 4.2", None, "Helena Marlowe", "Senior Responsible Owner")
    page = text_of(client.get("/decisions/XYZ-DEC12/"))
    assert "Helena Marlowe, for the SRO" in page
    assert "ToR 4.2" in page
    corrects(secretary, f"/desk/decisions/{decision.pk}/correct/", {"determined_by_name": "Ada Ashdown", "why": "It is the Chair."})
    decision.refresh_from_db()
    assert decision.determined_by == row_of("Ada Ashdown").person, "whoever goes by that name at the meeting"
    corrects(secretary, f"/desk/decisions/{decision.pk}/correct/", {"authority": "", "determined_by_name": "", "determined_as": "", "why": "It was said of another."})
    decision.refresh_from_db()
    assert (decision.determined_by, decision.determined_by_name, decision.authority) == (None, "", "")
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"stated": {"determined_by_name": "Неlena Marlowe"}}, "looks like|mixes letters"), ({"stated": {"determined_as": "Chair"}}, "Say who determined it, by name"),
        ({"stated": {"authority": "x" * 301}}, "Keep it to 300"),
        ({"named": {1: (" ", "")}}, "Give the reference as the paper prints it"), ({"named": {1: ("CR901", "one")}}, "Give the version in figures"),
        ({"named": {2: ("CR901", "")}, "outcomes": {2: ("approved", "")}}, "CR901 is named there already"), ({"outcomes": {7: ("approved", "")}}, "There is no subject 7"),
        ({"named": {2: ("CR905", "")}, "outcomes": {2: ("not_in_it", "")}}, "is no outcome"), ({"named": {1: ("СR901", "")}}, "looks like|mixes letters"),
        ({"whose": ("nobody", "vote")}, "Choose whose decision it was"),
        ({"named": {2: ("CR905", "")}}, "Choose what became of it"), ({"named": {2: ("CR905", "")}, "outcomes": {2: ("", "")}}, "Choose what became of it"),
    ],
)  # fmt: skip
def test_what_no_decision_could_settle_is_refused(first, wrong, reason):
    told = {"outcomes": {}, "votes": {}, "decided_on": date(2023, 7, 5), "why": "Misread."}
    with pytest.raises(Refused, match=reason):
        correct_by_hand(Decision.objects.get(number=12), **told | wrong, by=secretary_of(Group.objects.get(code="XYZ")))


def test_only_the_secretariat_mends_and_only_what_was_read_in(first):
    group = Group.objects.get(code="XYZ")
    told = {"outcomes": {1: ("rejected", "")}, "votes": {}, "decided_on": date(2023, 7, 5), "why": "Misread."}
    with pytest.raises(Refused, match="Only the secretariat of XYZ"):
        correct_by_hand(Decision.objects.get(number=12), **told, by=chair_of(group))
    with pytest.raises(Refused, match="nothing of it was read in from papers"):
        correct_by_hand(DecisionFactory(group=group, number=99, reference="XYZ-DEC99"), **told, by=secretary_of(group))
    for wrong, reason in (({"why": " "}, "Say what was misread"), ({"decided_on": date(2024, 1, 1)}, "still to come"), ({"outcomes": {1: ("approved_subject_to", "")}}, "on which conditions"), ({"outcomes": {}}, "Nothing is changed")):
        with pytest.raises(Refused, match=reason):
            correct_by_hand(Decision.objects.get(number=12), **told | wrong, by=secretary_of(group))


# --- who came


def who_came() -> str:
    return f"/desk/meetings/{Meeting.objects.get()}/who-came/correct/"


def row_of(name: str):
    return Meeting.objects.get().attendances.get(printed_name=name)


def test_who_came_is_mended_beside_the_attendance_list_as_it_is_printed(secretary, client):
    seat = SeatFactory(group=Group.objects.get(code="XYZ"))
    cleo, bram = row_of("Cleo Carver"), row_of("Bram Bolter")
    page = text_of(secretary.opens(who_came()))
    assert "What the paper prints" in page
    assert "Cleo Carver (CC) South Representative" in page
    typed = {f"how-{cleo.pk}": "apologies", f"seat-{bram.pk}": str(seat.pk), f"on_behalf_of-{bram.pk}": "Nora North", f"how-{bram.pk}": "part", "why": "Two lines were one."}
    check = secretary.does(who_came(), typed)
    said = [
        "Bram Bolter was “Present”, and is “Present for part of the meeting”.", f"Bram Bolter, seat: “no seat” is “{seat.label}”.",
        "Bram Bolter, in whose place: “nothing” is “Nora North”.", "Cleo Carver was “Present”, and is “Apologies”.",
    ]  # fmt: skip
    assert all(sentence in text_of(check) for sentence in said)
    assert MinutesEdition.objects.get().kind == "first", "nothing is done before it is confirmed"
    secretary.sends(check, {"step": "record"})
    cleo.refresh_from_db()
    bram.refresh_from_db()
    assert (cleo.section, cleo.mode) == ("apologies", "absent")
    assert (bram.section, bram.part_meeting, bram.on_behalf_of, bram.seat) == ("representatives", True, "Nora North", seat)
    edition = MinutesEdition.objects.latest("n")
    assert (edition.kind, edition.note) == ("correction", f"Corrected by hand. Who came: {' '.join(said)} Two lines were one.")
    assert [each["name"] for each in edition.body["apologies"]] == ["Cleo Carver"]
    assert "Two lines were one." in text_of(client.get("/meetings/XYZ007/"))
    attended = Meeting.objects.get().editions.latest("n").body["minutes"]["attended"]
    assert attended == {seat.reference: "Bram Bolter, on behalf of Nora North, for part of it"}
    assert Meeting.objects.get().history.first().history_change_reason.endswith("Two lines were one.")
    assert [entry.kind for entry in Entry.objects.about(Meeting.objects.get().imported_files.get())] == ["imported", "corrected by hand"]
    assert list(faults()) == []


def test_somebody_whom_the_reader_missed_is_added_and_somebody_whom_it_made_up_is_taken_off(secretary):
    bram = row_of("Bram Bolter")
    typed = {f"name-{MISSED}": "Dora Carver", f"role-{MISSED}": "South Representative", f"how-{bram.pk}": "not_listed", "why": "A heading was taken for a name."}
    corrects(secretary, who_came(), typed)
    sections = MinutesEdition.objects.latest("n").body["attendance"]
    assert [each["name"] for section in sections for each in section["people"]] == ["Ada Ashdown", "Cleo Carver", "Dora Carver"]
    assert "Bram Bolter was listed as “Present”, and is not in the paper. Dora Carver was missed: “Present”, among “Industry Representatives”." in MinutesEdition.objects.latest("n").note
    assert [each["name"] for section in MinutesEdition.objects.get(n=1).body["attendance"] for each in section["people"]] == ["Ada Ashdown", "Bram Bolter", "Cleo Carver"]
    assert list(faults()) == []


def test_a_name_that_was_misread_is_that_of_the_person_who_has_it_and_nobody_is_guessed(secretary):
    cleo = row_of("Cleo Carver")
    corrects(secretary, who_came(), {f"name-{cleo.pk}": "Clea Carver", "why": "The scan was bad."})
    cleo.refresh_from_db()
    assert (cleo.printed_name, cleo.person.name) == ("Clea Carver", "Clea Carver")
    corrects(secretary, who_came(), {f"name-{cleo.pk}": "Cleo Carver", "why": "It was right."})
    cleo.refresh_from_db()
    assert cleo.person.name == "Cleo Carver"
    assert Person.objects.filter(name="Cleo Carver").count() == 1


def test_who_was_taken_off_wrongly_comes_back_as_the_row_they_had(secretary):
    bram = row_of("Bram Bolter")
    corrects(secretary, who_came(), {f"how-{bram.pk}": "not_listed", "why": "Not there."})
    corrects(secretary, who_came(), {f"name-{MISSED}": "Bram Bolter", f"role-{MISSED}": "North Representative", "why": "There after all."})
    bram.refresh_from_db()
    assert not bram.dropped
    assert Meeting.objects.get().attendances.filter(printed_name="Bram Bolter").count() == 1


def test_a_form_of_who_came_that_was_overtaken_saves_nothing_and_shows_both(secretary):
    cleo = row_of("Cleo Carver")
    mine, theirs = secretary.opens(who_came()), {f"role-{cleo.pk}": "West Representative", "why": "So it is printed."}
    corrects(secretary, who_came(), theirs)
    refused = secretary.sends(mine, {f"role-{cleo.pk}": "East Representative", "why": "So I read it."})
    assert refused.status_code == 409
    assert "Somebody changed this since you opened it" in text_of(refused)
    assert "There now: West Representative" in text_of(refused)
    cleo.refresh_from_db()
    assert cleo.printed_role == "West Representative"


def test_a_check_page_that_was_overtaken_saves_nothing_either(secretary):
    cleo = row_of("Cleo Carver")
    check = secretary.does(who_came(), {f"role-{cleo.pk}": "East Representative", "why": "So I read it."})
    corrects(secretary, who_came(), {f"role-{cleo.pk}": "West Representative", "why": "So it is printed."})
    assert secretary.sends(check, {"step": "record"}).status_code == 409
    assert MinutesEdition.objects.count() == 2


def test_a_correction_pressed_twice_is_one(secretary):
    typed = {f"how-{row_of('Cleo Carver').pk}": "apologies", f"how-{row_of('Bram Bolter').pk}": "not_listed", f"name-{MISSED}": "Dora Carver", "why": "It says so."}
    check = secretary.does(who_came(), typed)
    for _ in range(2):
        assert "It is corrected." in text_of(secretary.sends(check, {"step": "record"}))
    assert MinutesEdition.objects.count() == 2
    assert Meeting.objects.get().attendances.filter(printed_name="Dora Carver").count() == 1


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({}, "Nothing is changed"),
        ({"name": " "}, "Give the name as the paper prints it"),
        ({"name": "Сleo Carver"}, "looks like|mixes letters"),
        ({"name": "Bram Bolter", "role": "North Representative"}, "is listed there already"),
        ({"how": "asleep"}, "Say how they were there"),
        ({"among": "apologies"}, "Say among whom"),
        ({"seat": 0}, "Choose a seat that the group had"),
        ({"how": "apologies", "on_behalf_of": "Nora North"}, "came in nobody's place"),
        ({"role": "x" * 161}, "Keep it to 160 characters"),
    ],
)
def test_what_nobody_could_be_listed_as_is_refused(first, wrong, reason):
    cleo, by = row_of("Cleo Carver"), secretary_of(Group.objects.get(code="XYZ"))
    with pytest.raises(Refused, match=reason):
        correct_who_came(Meeting.objects.get(), {str(cleo.pk): replace(as_read(cleo), **wrong)}, why="Misread.", by=by)


def test_a_correction_says_what_was_misread(first):
    with pytest.raises(Refused, match="Say what was misread"):
        correct_who_came(Meeting.objects.get(), {MISSED: Listed("Dora Carver")}, why=" ", by=secretary_of(Group.objects.get(code="XYZ")))


def test_only_the_secretariat_mends_who_came_and_only_of_a_meeting_that_was_read_in(first):
    group = Group.objects.get(code="XYZ")
    told = {MISSED: Listed("Dora Carver")}
    with pytest.raises(Refused, match="Only the secretariat of XYZ"):
        correct_who_came(Meeting.objects.get(), told, why="Misread.", by=chair_of(group))
    with pytest.raises(Refused, match="nothing of it was read in from papers"):
        correct_who_came(MeetingFactory(group=group, number="99"), told, why="Misread.", by=secretary_of(group))


def test_what_can_be_mended_is_offered_where_it_is_read(secretary):
    page = text_of(secretary.opens("/desk/meetings/XYZ007/"))
    assert all(words in page for words in ("Correct who came", "Add an action that was missed", "Actions read in from its papers", "Add a vote that was missed", "Votes read in from its papers", "Correct what became of items"))
    assert "Correct what was misread" in text_of(secretary.opens(f"/desk/actions/{Action.objects.get(reference='XYZ07-01').pk}/"))
    assert "Correct what was misread" in text_of(secretary.opens(f"/desk/questions/{Question.objects.get().pk}/"))
