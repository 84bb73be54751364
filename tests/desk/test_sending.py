"""A form carries what it was opened on: nobody writes over somebody else unseen, and what is sent twice is done once."""

import pytest

from decisions import operations
from decisions.models import Advice, Position, Question
from groups.models import SentForm
from records.opened import Stale, opened_on
from tests.conftest import set_clock
from tests.decisions.houses import House
from tests.factories import AlternateFactory, UserFactory
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def houses(scene):
    return scene(lambda: House(set_clock, seats=2))


@pytest.fixture
def house(houses, db, settings):
    settings.DEMO = True
    return houses()


def test_a_question_changed_by_another_meanwhile_is_not_written_over_and_both_wordings_are_shown(house):
    question = house.bring(window_days=5)
    address = f"/desk/questions/{question.pk}/change/"
    mine, theirs = Visitor(house.secretary), Visitor(house.secretary)
    form = mine.opens(address)
    theirs.does(address, {"wording": "Should CR018 version 1.9 be approved?"})
    answer = mine.sends(form, {"wording": "Is CR018 to be approved?"})
    said = text_of(answer)
    assert answer.status_code == 409
    assert "There now: Should CR018 version 1.9 be approved?" in said
    assert "Is CR018 to be approved?" in said
    question.refresh_from_db()
    assert question.wording == "Should CR018 version 1.9 be approved?"
    mine.sends(answer, {"wording": "Is CR018 to be approved?"})  # knowing what was there
    question.refresh_from_db()
    assert question.wording == "Is CR018 to be approved?"


def test_a_question_opened_on_an_older_wording_is_not_put(house):
    """What the secretary read aloud is what freezes."""
    question = house.bring(window_days=5)
    reader, writer = Visitor(house.secretary), Visitor(house.secretary)
    check = reader.opens(f"/desk/questions/{question.pk}/open/")
    writer.does(f"/desk/questions/{question.pk}/change/", {"wording": "Should CR018 version 1.9 be approved?"})
    answer = reader.sends(check)
    assert answer.status_code == 409
    assert "version 1.9" in text_of(answer)
    question.refresh_from_db()
    assert question.status == "draft"
    reader.sends(answer)
    question.refresh_from_db()
    assert question.status == "open"


def test_a_double_click_makes_one_record_and_leads_to_it_both_times(house):
    question = house.ask(window_days=5)
    chair = Visitor(house.chair)
    form = chair.opens(f"/desk/decisions/{question.decision_id}/advice/")
    told = {"body": "ipa", "text": "The risk is the same either way.", "when": "after"}
    first, second = chair.sends(form, told), chair.sends(form, told)
    assert (first.status_code, second.status_code) == (200, 200)
    assert Advice.objects.count() == 1
    assert SentForm.objects.count() == 1


def test_a_form_gone_back_to_and_changed_is_not_taken_for_the_one_that_was_sent(house):
    question = house.ask(window_days=5)
    chair = Visitor(house.chair)
    form = chair.opens(f"/desk/decisions/{question.decision_id}/advice/")
    told = {"body": "ipa", "when": "after"}
    chair.sends(form, told | {"text": "The risk is the same either way."})
    answer = chair.sends(form, told | {"text": "The risk is higher."})
    assert answer.status_code == 409
    assert "You have sent this form before, with something else in it" in text_of(answer)
    assert "The risk is higher." in text_of(answer)
    assert "There now" not in text_of(answer)  # it makes a record, and changes none
    assert Advice.objects.count() == 1
    chair.sends(answer)  # knowing of the first
    assert list(Advice.objects.order_by("pk").values_list("text", flat=True)) == ["The risk is the same either way.", "The risk is higher."]


def test_a_change_gone_back_to_is_shown_beside_what_it_has_become(house):
    question = house.bring(window_days=5)
    secretary = Visitor(house.secretary)
    form = secretary.opens(f"/desk/questions/{question.pk}/change/")
    secretary.sends(form, {"wording": "Should CR018 version 1.9 be approved?"})
    answer = secretary.sends(form, {"wording": "Is CR018 to be approved?"})
    assert answer.status_code == 409
    assert "There now: Should CR018 version 1.9 be approved?" in text_of(answer)
    secretary.sends(answer)
    question.refresh_from_db()
    assert question.wording == "Is CR018 to be approved?"


def test_a_key_is_good_at_the_address_where_it_was_given_out(house):
    mine, other = house.ask(window_days=5), house.ask(window_days=5)
    chair = Visitor(house.chair)
    told = {"body": "ipa", "text": "The risk is the same either way.", "when": "after"}
    form = chair.opens(f"/desk/decisions/{mine.decision_id}/advice/")
    chair.sends(form, told)
    key = forms_on(form)[0]["sound"]["form_key"]
    assert chair.does(f"/desk/decisions/{other.decision_id}/advice/", told | {"form_key": key}).status_code == 409
    assert Advice.objects.count() == 1


def test_a_form_that_was_refused_can_be_sent_again_with_its_key(house):
    question = house.ask(window_days=5)
    chair = Visitor(house.chair)
    address = f"/desk/decisions/{question.decision_id}/advice/"
    refused = chair.does(address, {"body": "ipa", "text": "", "when": "after"})
    assert refused.status_code == 400
    chair.sends(refused, {"body": "ipa", "text": "The risk is the same.", "when": "after"})
    assert Advice.objects.count() == 1


def test_two_forms_of_one_kind_make_two_records(house):
    before = Question.objects.count()
    secretary = Visitor(house.secretary)
    for _ in range(2):
        form = secretary.opens(f"/desk/groups/{house.group.code}/questions/new/")
        secretary.sends(form, {"title": "CR018", "decision_wording": "The SRO approved CR018", "wording": "Should it?", "subject": "CR018", "window": "room"})
    assert Question.objects.count() == before + 2


@pytest.mark.parametrize("revision", ["abc", "\0", "9" * 5000, "-1", "99999999999"])
def test_a_revision_that_is_none_is_stale_and_no_fault(house, revision):
    question = house.bring(window_days=5)
    secretary = Visitor(house.secretary)
    form = secretary.opens(f"/desk/questions/{question.pk}/change/")
    assert secretary.sends(form, {"revision": revision, "wording": "Another wording of it"}).status_code == 409


def position_at(house, question):
    return f"/desk/questions/{question.pk}/seats/{house.seats[0].pk}/position/"


@pytest.mark.parametrize("noted_before", [True, False])
def test_holder_and_alternate_do_not_write_over_each_others_position_unseen(house, noted_before):
    """Nor where none was noted yet when both began."""
    question, alternate = house.bring(), UserFactory(person=AlternateFactory(seat=house.seats[0]).person)
    mine, theirs = Visitor(house.holders[0]), Visitor(alternate)
    if noted_before:
        mine.does(position_at(house, question), {"choice": "abstain"})
    form = mine.opens(position_at(house, question))
    theirs.does(position_at(house, question), {"choice": "reject", "comment": "Too dear, we think"})
    answer = mine.sends(form, {"choice": "approve", "comment": "Worth its price"})
    assert answer.status_code == 409
    assert "There now: Too dear, we think" in text_of(answer)
    assert "Worth its price" in text_of(answer)
    assert Position.objects.get().choice == "reject"
    mine.sends(answer)  # knowing what was there
    assert Position.objects.get().choice == "approve"


def test_of_two_who_note_a_first_position_at_once_the_second_is_told(house):
    """Both found none; the second has waited for the first."""
    question = house.bring()
    with opened_on(Position(), "0"):
        operations.take_position(question, house.seats[0], "reject", by=house.holders[0])
    with opened_on(Position(), "0"), pytest.raises(Stale):
        operations.take_position(question, house.seats[0], "approve", by=house.holders[0])
