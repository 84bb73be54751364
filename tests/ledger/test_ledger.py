"""The ledger: what is written into it, by whom, and what verifying it says. Forgers are in test_tampering.py."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from groups.models import User
from ledger.heads import Head, head
from ledger.models import Entry, Payload
from ledger.operations import seal_now
from ledger.verifying import faults
from records.canonical import canonical
from tests.factories import DecisionFactory, HoldingFactory


@pytest.fixture
def chain(db):
    """Five entries about five holdings."""
    by = User.objects.the_installer()
    return [seal_now("appointed", HoldingFactory(), by=by, n=n) for n in range(5)]


def test_a_whole_ledger_has_no_faults(chain):
    assert list(faults()) == []
    assert head() == Head(5, chain[-1].hash)


def test_entries_are_numbered_without_gaps_and_each_carries_the_hash_before_it(chain):
    assert [entry.seq for entry in chain] == [1, 2, 3, 4, 5]
    assert [entry.prev_hash for entry in chain[1:]] == [entry.hash for entry in chain[:-1]]


def test_sealing_the_same_fact_twice_gives_different_hashes_so_that_a_redacted_one_cannot_be_guessed(db):
    holding, by = HoldingFactory(), User.objects.the_installer()
    assert seal_now("appointed", holding, by=by).payload_sha256 != seal_now("appointed", holding, by=by).payload_sha256


def test_sealing_outside_a_transaction_is_an_error(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        seal_now("appointed", HoldingFactory(), by=User.objects.the_installer())


def test_only_the_last_entry_about_a_record_speaks_for_it(db):
    by, decision = User.objects.the_installer(), DecisionFactory()
    seal_now("determined", decision, by=by)
    decision.wording = "The SRO approved CR018 version 1.8"
    decision.save_by(by, "clearer")
    assert any("wording" in fault for fault in faults())
    seal_now("determined", decision, by=by)
    assert list(faults()) == []


def test_the_portal_may_add_to_the_ledger_and_nothing_else(chain):
    for forge in (
        lambda: Entry.objects.filter(seq=1).update(actor="nobody"),
        lambda: Entry.objects.filter(seq=1).delete(),
        lambda: Payload.objects.update(salt="none"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forge()


def test_the_command_says_all_is_well_or_what_is_not(chain, as_owner, capsys):
    call_command("verify_ledger", head=str(head()))
    assert "whole: 5 entries" in capsys.readouterr().out
    as_owner("UPDATE ledger_entry SET actor = 'x' WHERE seq = 1")
    with pytest.raises(CommandError, match="fault"):
        call_command("verify_ledger")
    with pytest.raises(CommandError, match="not a ledger head"):
        call_command("verify_ledger", head="nonsense")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(st.dictionaries(st.text(), json_values))
def test_the_same_fact_has_one_form_however_its_keys_are_ordered(fact):
    assert canonical(fact) == canonical(dict(reversed(list(fact.items()))))
