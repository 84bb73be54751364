"""Verifying a ledger of any length: a batch at a time, with as many queries for many records as for few."""

import gc
import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions.models import Cast, Decision, Question, Reason, RollRow, Settlement
from groups.models import User
from ledger import verifying
from ledger.models import Entry
from ledger.operations import seal_now
from ledger.verifying import faults, record_faults
from records.canonical import written
from tests.factories import DecisionFactory, HoldingFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def sealed(*records) -> list[Entry]:
    by = User.objects.the_installer()
    return [seal_now("appointed", record, by=by) for record in records]


def a_decision_with_its_parts() -> Decision:
    by, decision = User.objects.the_installer(), DecisionFactory()
    Settlement(decision=decision, n=1, subject_kind="other", subject_ref="CR018", outcome="approved").save_by(by)
    for n in (1, 2):
        Reason(decision=decision, n=n, text="It is safe.").save_by(by)
    return decision


def a_closed_question() -> Question:
    by = User.objects.the_installer()
    kept = {"close_recorded_at": "2023-07-12T10:00Z", "tally": {"approve": 1, "vacant": 1}}
    question = QuestionFactory(status="closed", origin="imported", **kept)
    rows = [RollRow(question=question, order=n, constituency="DNO", state=state).save_by(by) for n, state in enumerate(("expected", "vacant"))]
    Cast(row=rows[0], n=1, choice="approve", capacity="imported", recorded_at="2023-07-12T10:00Z", idempotency_key=uuid4()).save_by(by)
    return Question.objects.get(pk=question.pk)


def queries() -> int:
    with CaptureQueriesContext(connection) as asked:
        assert list(faults()) == []
    return len(asked)


def test_many_records_take_no_more_queries_than_few():
    sealed(HoldingFactory(), a_decision_with_its_parts(), a_closed_question())
    few = queries()
    for _ in range(4):
        sealed(HoldingFactory(), a_decision_with_its_parts(), a_closed_question())
    assert queries() == few


def test_memory_is_tidied_as_often_as_before_when_it_is_over_or_given_up(as_owner):
    sealed(HoldingFactory())
    as_owner("UPDATE ledger_entry SET actor = 'x'")
    before, found = gc.get_threshold(), faults()
    assert next(found)
    assert gc.get_threshold() != before
    found.close()
    assert gc.get_threshold() == before


@pytest.fixture
def in_twos(monkeypatch):
    monkeypatch.setattr(verifying, "BATCH", 2)


@pytest.mark.parametrize("entries", [1, 2, 3, 4, 5])
def test_a_ledger_is_read_to_its_end_however_many_batches_it_is(in_twos, as_owner, entries):
    holdings = [HoldingFactory() for _ in range(entries)]
    chain = sealed(*holdings)
    assert list(faults()) == []
    as_owner("UPDATE groups_holding SET during = '[2022-01-01,)' WHERE id = %s", holdings[-1].pk)
    as_owner("UPDATE ledger_entry SET actor = 'x' WHERE seq = %s", entries)
    changed = Entry.objects.get(seq=entries)
    assert list(faults()) == [
        f"{changed} has been changed: its hash does not fit what it says.",
        f"The record behind {changed} has been changed since: first_day.",
        f"The holding {holdings[-1].pk} does not read as its history last told it: during.",
    ]
    assert len(chain) == entries


def test_the_last_entry_speaks_for_a_record_also_when_it_is_in_another_batch(in_twos):
    decision, by = DecisionFactory(), User.objects.the_installer()
    sealed(decision, HoldingFactory(), HoldingFactory())
    decision.wording = "The SRO approved CR018 version 1.8"
    decision.save_by(by, "clearer")
    sealed(decision)
    assert list(faults()) == []


def test_a_record_sealed_anew_after_its_entry_was_read_is_no_fault():
    decision, by = DecisionFactory(), User.objects.the_installer()
    (read,) = sealed(decision)
    decision.wording = "The SRO approved CR018 version 1.8"
    decision.save_by(by, "clearer")
    assert list(record_faults([read])) == [f"The record behind {read} has been changed since: wording."]
    sealed(decision)
    assert list(record_faults([read])) == []


def test_a_record_that_cannot_be_rebuilt_does_not_hide_the_others(as_owner):
    entries = sealed(HoldingFactory(), HoldingFactory(), HoldingFactory())
    as_owner("UPDATE ledger_entry SET subject_kind = 'ghost' WHERE seq = 1")
    as_owner("DELETE FROM groups_holding WHERE id = %s", entries[1].subject_pk)
    as_owner("UPDATE groups_holding SET during = '[2022-01-01,)' WHERE id = %s", entries[2].subject_pk)
    first, second, third = Entry.objects.order_by("seq")
    assert [fault for fault in faults() if "record behind" in fault] == [
        f"The record behind {first} cannot be rebuilt: 'ghost'",
        f"The record behind {second} is gone.",
        f"The record behind {third} has been changed since: first_day.",
    ]


@pytest.mark.parametrize("body", [[], None, "text", 1.5, {"record": []}, {"record": {"first_day": 1.5}}], ids=str)
def test_a_payload_that_is_none_of_ours_is_a_fault_and_stops_nothing(as_owner, body):
    (entry,) = sealed(HoldingFactory())
    as_owner("UPDATE ledger_payload SET body = %s WHERE entry_id = %s", json.dumps(body), entry.pk)
    assert f"The payload of {entry} has been changed." in list(faults())


def test_what_is_plain_is_written_as_it_is_hashed():
    assert written({"b": [1, True, None], "a": "£"}) == '{"a":"£","b":[1,true,null]}'.encode()


def test_a_vote_of_many_that_is_counted_wrongly_is_found(as_owner):
    first, second = a_closed_question(), a_closed_question()
    assert list(faults()) == []
    as_owner("UPDATE decisions_question SET tally = '{\"approve\": 2}' WHERE id = %s", second.pk)
    assert miscounted() == [f"The count kept of the {second} is not what its votes give."]
    as_owner("DELETE FROM decisions_cast WHERE row_id IN (SELECT id FROM decisions_rollrow WHERE question_id = %s)", first.pk)
    as_owner("DELETE FROM decisions_rollrow WHERE question_id = %s", first.pk)
    assert len(miscounted()) == 2


def miscounted() -> list[str]:
    return [fault for fault in faults() if fault.startswith("The count kept of")]
