"""What is held about oneself: to read, to take away, and to ask to have erased."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from groups import operations
from groups.held_about import declared, keys_of
from groups.models import ErasureRequest, Person, User
from meetings.lifecycle import MinutesStatus
from notifications.models import Notice
from records.clock import portal_today
from records.rules import Refused
from tests.factories import (
    ActionFactory,
    AlternateFactory,
    AttendanceFactory,
    DecisionFactory,
    HoldingFactory,
    MinutesFactory,
    PersonFactory,
    UserFactory,
    a_pmo,
)
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
HERE = "/desk/account/data/"
# Who has only a part in a row, or owes something: how many there are is told, and nothing that stands in them.
COUNTED = {
    "groups.Alternate.named_by", "groups.ErasureRequest.answered_by", "meetings.Typing.by", "meetings.Paper.owed_by_person",
    "decisions.DeterminationDraft.prepared_by", "dissent.Ruling.given_by", "dissent.Referral.owner", "dissent.Referral.answered_by",
    "artefacts.AgreedEdit.done_seen_by", "artefacts.Review.log_published_by", "change_requests.Assessment.results_published_by",
    "change_requests.Clarification.answered_by", "change_requests.Colleague.named_by", "change_requests.ResponseDraft.put_forward_by",
    "change_requests.Approval.approved_by", "change_requests.Approval.put_forward_by",
}  # fmt: skip


@pytest.fixture
def ruth(settings):
    settings.DEMO = True
    holding = HoldingFactory(person=PersonFactory(name="Ruth Ansell", email="ruth@example.org"))
    AttendanceFactory(person=holding.person)
    return UserFactory(person=holding.person)


def test_everything_that_names_one_is_listed_with_whether_it_can_go(ruth):
    said = text_of(Visitor(ruth).opens(HERE))
    assert "Holding 1 Stays: it is part of the record of what was decided" in said
    assert "Attendance 1, not told yet Stays as far as what is sealed rests on it" in said
    assert "Account 1 Can go with the account" in said


def test_all_of_it_can_be_taken_away_but_for_what_one_signs_in_by_and_nothing_of_anybody_else(ruth):
    HoldingFactory(person=PersonFactory(name="Ines Calder"))
    answer = Visitor(ruth).opens("/desk/account/data.json")
    told = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert [row["person_id"] for row in told["held"]["groups.Holding"]] == [ruth.person_id]
    assert told["held"]["groups.Holding"][0]["during"] == {"from": "2021-11-17", "before": None}
    assert "password" not in told["held"]["groups.User"][0]
    assert "Ines Calder" not in answer.content.decode()


def taken_away_by(user) -> dict:
    return json.loads(Visitor(user).opens("/desk/account/data.json").content)


def test_every_key_to_somebody_is_declared_with_columns_there_are_or_is_counted_only():
    models = [each for each in apps.get_models() if not hasattr(each, "history_object") and each not in (Person, User)]
    about, named = declared(), {f"{model._meta.label}.{key}" for model in models for key in keys_of(model)}
    told = {f"{label}.{each.key}" for label, each in about.items()}
    assert not told & COUNTED
    assert named == told | COUNTED
    for label, each in about.items():
        columns = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert set(each.columns) <= columns, label
        others = {key for key in keys_of(apps.get_model(label)) if key != each.key}
        assert not others & set(each.columns), f"{label} tells of somebody else"


def test_an_action_a_decision_and_an_attendance_are_told_when_the_minutes_or_they_themselves_are(ruth):
    group = ruth.person.holdings.get().seat.group
    minutes = MinutesFactory(meeting__group=group)
    ActionFactory(group=group, meeting=minutes.meeting, owner_person=ruth.person, text="Ask the auditors about the leak")
    DecisionFactory(group=group, determined_by=ruth.person, title="The embargoed one")
    told = taken_away_by(ruth)
    assert "leak" not in str(told)
    assert "embargoed" not in str(told)
    assert told["not told yet"] == {"decisions.Decision": 1, "meetings.Action": 1, "meetings.Attendance": 1}
    assert "Action 1, not told yet" in text_of(Visitor(ruth).opens(HERE))
    minutes.status = MinutesStatus.CIRCULATED
    minutes.save_by(ruth)
    told = taken_away_by(ruth)
    assert [each["text"] for each in told["held"]["meetings.Action"]] == ["Ask the auditors about the leak"]
    assert "meetings.Action" not in told["not told yet"]
    ended = ruth.person.holdings.get()
    operations.end_holding(ended, last=portal_today() - timedelta(days=1), by=a_pmo())
    assert taken_away_by(ruth)["not told yet"]["meetings.Action"] == 1


def test_of_a_row_in_which_one_had_a_part_only_the_number_is_told(ruth):
    AlternateFactory(named_by=ruth.person, occasion="Somebody else’s occasion")
    told = taken_away_by(ruth)
    assert told["counted only, as you had a part in it"] == {"groups.Alternate": 1}
    assert "groups.Alternate" not in told["held"]
    assert "1 in which you had a part, counted only" in text_of(Visitor(ruth).opens(HERE))


def test_whoever_was_signed_in_long_ago_is_asked_who_they_are_before_it_is_taken_away(ruth):
    client = Client()
    client.force_login(ruth)
    assert client.get("/desk/account/data.json")["Location"].startswith("/accounts/reauthenticate/")


def test_a_request_to_erase_reaches_the_pmo_waits_on_their_desk_and_is_answered(ruth):
    pmo = Visitor(a_pmo())
    Visitor(ruth).does("/desk/account/erasure/", {"text": "My telephone number in the minutes"})
    request = ErasureRequest.objects.get()
    (asked,) = Notice.objects.filter(key=f"erasure-{request.pk}-asked")
    assert asked.address == pmo.user.email
    assert "  My telephone number in the minutes" in asked.body
    assert "Answer Ruth Ansell, who asks to have something erased" in text_of(pmo.opens("/desk/"))
    with pytest.raises(Refused, match="it has not been answered yet"):
        operations.ask_for_erasure("And my name", by=ruth)
    pmo.does(f"/desk/erasure-requests/{request.pk}/answer/", {"answer": "It is erased; your name stays."})
    assert Notice.objects.get(key=f"erasure-{request.pk}-answered").address == "ruth@example.org"
    assert "It is erased; your name stays." in text_of(Visitor(ruth).opens(HERE))
    assert "asks to have something erased" not in text_of(pmo.opens("/desk/"))
