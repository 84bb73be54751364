"""What was misread of actions is mended by hand, beside its source, and so is one that was missed or made up; and all minutes that print it say so."""

from dataclasses import replace
from datetime import date

import pytest

from archive.by_hand import Asked, as_asked
from archive.operations import add_missed_action, correct_action_by_hand
from change_requests.models import ChangeRequest
from groups.models import Group
from ledger.verifying import faults
from meetings.models import Action, Meeting, MinutesEdition
from meetings.operations import change_action
from records.rules import Refused
from tests.archive.mending import LATER, corrects, read_in
from tests.archive.test_corrections import FIRST
from tests.factories import ActionFactory, chair_of, secretary_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db


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


def test_an_action_that_is_closed_in_the_paper_is_put_down_as_that_and_a_later_paper_that_carries_it_is_doubted(secretary):
    address = f"/desk/meetings/{Meeting.objects.get()}/actions/missed/"
    typed = {"reference": "XYZ07-03", "text": "Ask the SRO", "owner": "Chair", "due_text": "ASAP", "status": "done", "closed_on": "2023-07-05", "why": "It stands over the page."}
    assert "Give the day on which it was closed" in text_of(secretary.does(address, typed | {"closed_on": ""}))
    corrects(secretary, address, typed)
    action = Action.objects.get(reference="XYZ07-03")
    assert (action.status, action.closed_on) == ("done", date(2023, 7, 5))
    assert "due “ASAP”; it is done since 5 Jul 2023." in MinutesEdition.objects.latest("n").note
    later = LATER.replace("CR901\tXYZ07-02", "CR901\tXYZ07-03\tAsk the SRO\tChair\tASAP\nCR901\tXYZ07-02")
    doubts = read_in(later, "later.md").reading.warnings
    assert "XYZ07-03 is recorded as done since 5 Jul 2023, and these minutes carry it: whether it is open again is not read." in doubts
    assert Action.objects.get(reference="XYZ07-03").status == "done"
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


def test_a_day_without_a_year_that_is_read_with_one_now_is_said_before_it_is_taken_over(first):
    without = FIRST.replace("Publish the costs\tSecretariat\t14/08/2023", "Publish the costs\tSecretariat\tBy 14 August")
    read_in(without, "second.md", confirmed=True)
    action = Action.objects.get(reference="XYZ07-01")
    assert (action.due_on, action.due_as_printed) == (date(2023, 8, 14), "By 14 August")
    correct_action_by_hand(action, replace(as_asked(action), due_on=None), why="As an earlier reader left it.", by=secretary_of(Group.objects.get(code="XYZ")))
    with pytest.raises(Refused) as refused:
        read_in(without + "\n", "third.md")
    assert refused.value.reasons[1] == "XYZ07-01: it was due “By 14 August”, and is due “By 14 August” (14 Aug 2023)."


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
