"""The ledger: who finds what when somebody forges, and what only a head kept outside can show."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from groups.models import User
from ledger.canonical import canonical
from ledger.heads import Head, head
from ledger.models import Entry, Payload
from ledger.operations import seal
from ledger.heads import Head, head
from tests.factories import DecisionFactory, HoldingFactory


@pytest.fixture
def chain(db):
    """Five entries about five holdings."""
    by = User.objects.the_installer()
    return [seal("appointed", HoldingFactory(), by=by, n=n) for n in range(5)]


def test_a_whole_ledger_has_no_faults(chain):
    assert list(faults()) == []
    assert head() == Head(5, chain[-1].hash)


def test_entries_are_numbered_without_gaps_and_each_carries_the_hash_before_it(chain):
    assert [entry.seq for entry in chain] == [1, 2, 3, 4, 5]
    assert [entry.prev_hash for entry in chain[1:]] == [entry.hash for entry in chain[:-1]]


def test_sealing_the_same_fact_twice_gives_different_hashes_so_that_a_redacted_one_cannot_be_guessed(db):
    holding, by = HoldingFactory(), User.objects.the_installer()
    assert seal("appointed", holding, by=by).payload_sha256 != seal("appointed", holding, by=by).payload_sha256


def test_sealing_outside_a_transaction_is_an_error(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        seal("appointed", HoldingFactory(), by=User.objects.the_installer())


def test_a_changed_byte_is_found_and_named(chain, as_owner):
    as_owner("UPDATE ledger_entry SET actor = 'somebody else' WHERE seq = 3")
    assert any("entry 3" in fault and "has been changed" in fault for fault in faults())


def test_a_changed_payload_is_found_and_named(chain, as_owner):
    as_owner("""UPDATE ledger_payload SET body = jsonb_set(body, '{facts,n}', '9') WHERE entry_id = %s""", chain[2].pk)
    assert [fault for fault in faults() if "payload of entry 3" in fault]


def test_an_entry_deleted_from_the_middle_is_found(chain, as_owner):
    as_owner("DELETE FROM ledger_payload WHERE entry_id = %s", chain[2].pk)
    as_owner("DELETE FROM ledger_entry WHERE seq = 3")
    assert any("Between entry 2 and entry 4" in fault for fault in faults())


def test_two_entries_swapped_are_found(chain, as_owner):
    as_owner("UPDATE ledger_entry SET seq = 99 WHERE seq = 2")
    as_owner("UPDATE ledger_entry SET seq = 2 WHERE seq = 3")
    as_owner("UPDATE ledger_entry SET seq = 3 WHERE seq = 99")
    assert any("entry 2" in fault for fault in faults())


def test_a_record_changed_behind_its_entry_is_found_with_what_changed(chain, as_owner):
    as_owner("UPDATE groups_holding SET during = '[2022-01-01,)' WHERE id = %s", chain[1].subject_pk)
    assert any("entry 2" in fault and "changed since: first_day" in fault for fault in faults())


def test_only_the_last_entry_about_a_record_speaks_for_it(db):
    by, decision = User.objects.the_installer(), DecisionFactory()
    seal("determined", decision, by=by)
    decision.wording = "The SRO approved CR018 version 1.8"
    decision.save_by(by, "clearer")
    assert any("wording" in fault for fault in faults())
    seal("determined", decision, by=by)
    assert list(faults()) == []


def test_a_deleted_last_entry_shows_only_against_a_head_kept_outside(chain, as_owner):
    kept = head()
    as_owner("DELETE FROM ledger_payload WHERE entry_id = %s", chain[-1].pk)
    as_owner("DELETE FROM ledger_entry WHERE seq = 5")
    assert list(faults()) == []
    assert any("entries are missing" in fault for fault in faults(kept))


def test_a_chain_rewritten_as_a_whole_shows_only_against_a_head_kept_outside(chain, as_owner):
    kept, prev = head(), chain[0].prev_hash
    for entry in Entry.objects.order_by("seq"):
        entry.actor, entry.prev_hash = "somebody else", prev
        prev = entry.computed_hash()
        as_owner("UPDATE ledger_entry SET actor = %s, prev_hash = %s, hash = %s WHERE seq = %s", entry.actor, entry.prev_hash, prev, entry.seq)
    assert list(faults()) == []
    assert any("has been rewritten" in fault for fault in faults(kept))


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
