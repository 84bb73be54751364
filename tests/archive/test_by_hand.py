"""What was misread of published papers is mended by hand, field by field, beside its source; and everything that shows it says so."""

from dataclasses import replace
from datetime import date

import pytest

from archive.by_hand import Asked, as_asked
from archive.listed import MISSED, Listed, as_read
from archive.operations import add_missed_action, correct_action_by_hand, correct_by_hand, correct_who_came, import_minutes
from archive.views import LOOKED
from change_requests.models import ChangeRequest
from decisions.models import Decision, Question
from groups.models import Group, Person, User
from ledger.models import Entry
from ledger.verifying import faults
from meetings.models import Action, Meeting, MinutesEdition
from meetings.operations import change_action
from records.rules import Refused
from tests.archive.test_corrections import FIRST
from tests.factories import ActionFactory, DecisionFactory, GroupFactory, MeetingFactory, SeatFactory, chair_of, secretary_of
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
LATER = FIRST.replace("XYZ007", "XYZ008").replace("5 July 2023", "12 July 2023").replace("10/07/2023", "12/07/2023").replace("2 August", "3 August")


@pytest.fixture(scope="module")
def staged(scene):
    return scene(first_issue)


def first_issue() -> None:
    GroupFactory(code="XYZ")
    read_in(FIRST, "first.md")


def read_in(text: str, name: str, **told):
    return import_minutes(text.encode(), name, by=User.objects.the_archivist(), **told)


@pytest.fixture
def first(staged, db, settings):
    settings.DEMO = True  # the second factor has tests of its own
    staged()


@pytest.fixture
def secretary(first) -> Visitor:
    return Visitor(secretary_of(Group.objects.get(code="XYZ")))


def corrects(visitor: Visitor, address: str, typed: dict):
    """Through the page that asks once more."""
    check = visitor.does(address, typed)
    assert LOOKED in text_of(check)
    return visitor.sends(check, {"step": "record"})


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


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
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


# --- actions


def test_an_action_that_was_misread_is_mended_beside_its_source_and_everything_that_shows_it_says_so(secretary, client):
    action = Action.objects.get(reference="XYZ07-01")
    address = f"/desk/actions/{action.pk}/correct/"
    page = text_of(secretary.opens(address))
    assert "What the paper prints" in page
    assert "CR901 | XYZ07-01 | Publish the costs | Secretariat | 14/08/2023" in page
    typed = {"text": "Publish the costs of CR999", "owner": "Chair", "due_text": "21/08/2023", "due_on": "2023-08-21", "status": "done", "closed_on": "2023-07-10", "why": "Two rows were one."}
    corrects(secretary, address, typed)
    said = (
        "It reads “Publish the costs of CR999”, and not “Publish the costs”. Its owner was “Secretariat”, and is “Chair”. "
        "It was due by 14 Aug 2023 (“14/08/2023”), and is due by 21 Aug 2023 (“21/08/2023”). It was open, and is done since 10 Jul 2023. Two rows were one."
    )
    action.refresh_from_db()
    assert (action.text, action.owner, action.due_on, action.status, action.closed_on) == ("Publish the costs of CR999", "Chair", date(2023, 8, 21), "done", date(2023, 7, 10))
    assert action.editions.latest("n").why.startswith(f"Corrected by hand: {said}")
    assert action.history.first().history_change_reason == said
    edition = MinutesEdition.objects.latest("n")
    assert (edition.kind, edition.note) == ("correction", f"Corrected by hand. XYZ07-01: {said}")
    assert ("Publish the costs of CR999", "Chair", "21/08/2023") in [(each["text"], each["owner"], each["due"]) for each in edition.body["actions"]["new"]]
    assert "Two rows were one." in text_of(client.get("/actions/XYZ07-01/changes/"))
    assert ChangeRequest.objects.get(reference="CR999").published_at, "what it names is on record, as when it is read in"
    assert list(faults()) == []


def test_an_action_that_the_reader_made_up_is_taken_out_and_says_so(secretary, client):
    action = Action.objects.get(reference="XYZ07-02")
    corrects(secretary, f"/desk/actions/{action.pk}/correct/", {"status": "made_up", "why": "It is a heading."})
    action.refresh_from_db()
    assert (action.status, action.due_on) == ("dropped", None)
    assert "It is not in the paper, and is taken out. It is a heading." in action.editions.latest("n").why
    assert "Dropped" in text_of(client.get("/actions/XYZ07-02/"))
    assert MinutesEdition.objects.latest("n").note == "Corrected by hand. XYZ07-02: It is not in the paper, and is taken out. It is a heading."
    again = secretary.does(f"/desk/actions/{action.pk}/correct/", {"status": "made_up", "why": "Once more."})
    assert "XYZ07-02 is dropped already." in text_of(again)
    assert list(faults()) == []


def test_an_action_that_was_missed_is_added_as_the_paper_prints_it(secretary, client):
    address = f"/desk/meetings/{Meeting.objects.get()}/actions/missed/"
    assert "XYZ07-02 | Send the map | Chair" in text_of(secretary.opens(address))
    item = Meeting.objects.get().items.first()
    typed = {"reference": "XYZ07-03", "text": "Ask the SRO", "owner": "Chair", "due_text": "ASAP", "item": str(item.pk), "why": "It stands over the page."}
    corrects(secretary, address, typed)
    action = Action.objects.get(reference="XYZ07-03")
    assert (action.origin, action.due_kind, action.item, action.meeting) == ("imported", "asap", item, Meeting.objects.get())
    assert "Ask the SRO" in text_of(client.get("/actions/XYZ07-03/"))
    assert MinutesEdition.objects.latest("n").note == "Corrected by hand. Actions: XYZ07-03 was missed: “Ask the SRO” (Chair), due “ASAP”. It stands over the page."
    assert "is on record already" in text_of(secretary.does(address, typed))
    assert list(faults()) == []


def test_all_minutes_that_print_what_was_misread_of_an_action_are_corrected_and_no_others(first):
    read_in(LATER.replace("Publish the costs", "Publish the coasts"), "later.md")
    action, by = Action.objects.get(reference="XYZ07-01"), secretary_of(Group.objects.get(code="XYZ"))
    asked = as_asked(action)
    assert (asked.text, action.reviews.count()) == ("Publish the coasts", 1)
    correct_action_by_hand(action, replace(asked, text="Publish all costs"), why="A word was lost.", by=by)
    corrections = MinutesEdition.objects.filter(kind="correction").order_by("minutes__meeting__code")
    assert list(corrections.values_list("minutes__meeting__code", flat=True)) == ["XYZ008"], "the earlier paper was not misread"
    correct_action_by_hand(action, replace(asked, text="Publish all costs", owner="Chair"), why="The columns were swapped.", by=by)
    assert list(corrections.values_list("minutes__meeting__code", flat=True)) == ["XYZ007", "XYZ008", "XYZ008"]
    assert list(faults()) == []


def test_an_action_that_was_given_another_date_here_is_not_misread_for_that(first):
    action, by = Action.objects.get(reference="XYZ07-01"), secretary_of(Group.objects.get(code="XYZ"))
    asked = Asked(action.text, action.owner, date(2023, 9, 1), "1 September 2023", "open", None)
    change_action(action, text=action.text, owner=action.owner, due_on=date(2023, 8, 30), due_kind="date", why="Agreed since.", by=by)
    with pytest.raises(Refused, match="given another date here since"):
        correct_action_by_hand(action, asked, why="Misread.", by=by)


def test_what_was_misread_of_an_action_is_mended_in_its_minutes_though_it_was_reworded_here_since(first):
    action, by = Action.objects.get(reference="XYZ07-01"), secretary_of(Group.objects.get(code="XYZ"))
    misread = action.text
    change_action(action, text="Publish all of it", owner=action.owner, due_on=action.due_on, due_kind="date", why="Agreed since.", by=by)
    action.refresh_from_db()
    assert as_asked(action).text == misread, "what is mended is what the paper was read as"
    correct_action_by_hand(action, replace(as_asked(action), text="Publish the coasts"), why="Misread.", by=by)
    assert MinutesEdition.objects.latest("n").body["actions"]["new"][0]["text"] == "Publish the coasts"
    action.refresh_from_db()
    assert (action.text, action.text_as_raised) == ("Publish all of it", "Publish the coasts")
    assert list(faults()) == []


def test_minutes_go_on_printing_an_action_as_they_did_where_a_later_paper_words_it_otherwise(first):
    read_in(LATER.replace("Publish the costs", "Publish all costs"), "later.md")
    action = Action.objects.get(reference="XYZ07-01")
    assert (action.text, action.text_as_raised, action.reviews.get().text) == ("Publish all costs", "Publish the costs", "Publish all costs")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"text": " "}, "Say what is to be done"),
        ({"owner": ""}, "Say who is to do it"),
        ({"owner": "Сhair"}, "looks like|mixes letters"),
        ({"due_on": date(2023, 8, 15)}, "is 14 Aug 2023: give that day"),
        ({"status": "done"}, "Give the day on which it was closed"),
        ({"status": "lost"}, "Say how it stands"),
        ({"status": "done", "closed_on": date(2024, 1, 1)}, "is still to come"),
        ({"due_text": "x" * 81, "due_on": None}, "Keep it to 80 characters"),
        ({}, "Nothing is changed"),
    ],
)
def test_what_no_action_could_say_is_refused(first, wrong, reason):
    action, by = Action.objects.get(reference="XYZ07-01"), secretary_of(Group.objects.get(code="XYZ"))
    told = {"text": action.text, "owner": action.owner, "due_on": action.due_on, "due_text": action.due_as_printed, "status": "open", "closed_on": None}
    with pytest.raises(Refused, match=reason):
        correct_action_by_hand(action, Asked(**told | wrong), why="Misread.", by=by)


@pytest.mark.parametrize(("reference", "reason"), [("XYZ07-01", "on record already"), ("XYZ08-01", "at a later meeting"), ("ABC07-03", "such as XYZ7-01"), ("third", "such as XYZ7-01")])
def test_a_missed_action_goes_by_a_reference_of_its_own(first, reference, reason):
    with pytest.raises(Refused, match=reason):
        add_missed_action(Meeting.objects.get(), reference, Asked("Ask", "Chair", None, "ASAP", "open", None), why="Missed.", by=secretary_of(Group.objects.get(code="XYZ")))


def test_only_the_secretariat_mends_an_action_and_only_what_was_read_in(first):
    group = Group.objects.get(code="XYZ")
    asked = Asked("Ask", "Chair", None, "ASAP", "open", None)
    with pytest.raises(Refused, match="Only the secretariat of XYZ"):
        correct_action_by_hand(Action.objects.get(reference="XYZ07-01"), asked, why="Misread.", by=chair_of(group))
    with pytest.raises(Refused, match="nothing of it was read in from papers"):
        correct_action_by_hand(ActionFactory(group=group, reference="XYZ99-01"), asked, why="Misread.", by=secretary_of(group))
    with pytest.raises(Refused, match="Only the secretariat of XYZ"):
        add_missed_action(Meeting.objects.get(), "XYZ07-09", asked, why="Missed.", by=chair_of(group))


def test_what_can_be_mended_is_offered_where_it_is_read(secretary):
    page = text_of(secretary.opens("/desk/meetings/XYZ007/"))
    assert all(words in page for words in ("Correct who came", "Add an action that was missed", "Actions read in from its papers"))
    assert "Correct what was misread" in text_of(secretary.opens(f"/desk/actions/{Action.objects.get(reference='XYZ07-01').pk}/"))
