"""Tamper drills: what the portal finds by itself, and what only shows against a head that somebody kept outside.

The head is taken from where it would be: out of the mail that Ofgem got. Each drill says both halves: what `verify_ledger`
finds alone, and what it finds with the head in hand. The forger may do what the owner of the database can.
"""

import json
import re

import pytest
from django.core import mail

from groups.models import Holding, User
from ledger.heads import Head
from ledger.models import GENESIS, DailyHead, Entry, digests
from ledger.operations import seal_now
from ledger.tallies import append_only, tallied
from ledger.verifying import faults
from notifications.sweeping import run_and_remember
from records.canonical import canonical, plain, sha256
from tests.factories import GroupFactory, HoldingFactory, SeatFactory


def as_mailed() -> Head:
    """The head, read out of the last mail about it that Ofgem got."""
    bodies = [m.body for m in mail.outbox if m.to == ["ofgem@example.org"] and "head of" in m.subject]
    return Head.parse(re.search(r"^\d+:[0-9a-f]{64}$", bodies[-1], re.M).group())


@pytest.fixture
def ofgem(db, clock):
    clock("2023-07-12 10:00")
    seat = SeatFactory(group=GroupFactory(), role="observer", constituency=None)
    return HoldingFactory(seat=seat, person__email="ofgem@example.org")


@pytest.fixture
def chain(ofgem, clock):
    """Five entries about five holdings, sealed on 12 July; at five past five the head is mailed."""
    by = User.objects.the_installer()
    made = [seal_now("appointed", HoldingFactory(), by=by, n=n) for n in range(5)]
    clock("2023-07-12 17:05")
    run_and_remember()
    assert as_mailed().seq == 6
    assert list(faults()) == list(faults(as_mailed())) == []
    return made


class Forger:
    """The owner of the database, who knows how the chain is made and covers his tracks."""

    def __init__(self, do):
        self.do = do

    def delete_after(self, seq: int) -> None:
        """Every entry and fact later than that, as if an older backup had been put back."""
        gone = Entry.objects.filter(seq__gt=seq)
        holdings = list(gone.filter(subject_kind="holding").values_list("subject_pk", flat=True))
        self.do("DELETE FROM ledger_dailyhead WHERE last >= %s", seq)
        self.do("DELETE FROM ledger_payload WHERE entry_id IN (SELECT id FROM ledger_entry WHERE seq > %s)", seq)
        self.do("DELETE FROM ledger_entry WHERE seq > %s", seq)
        self.do("DELETE FROM groups_holding WHERE id = ANY(%s)", holdings)
        self.do("DELETE FROM groups_historicalholding WHERE id = ANY(%s)", holdings)

    def reword(self, entry: Entry, record) -> None:
        """Let an entry say what the record says now, and its payload hash fit."""
        body = {**entry.payload.body, "record": plain(record.sealed())}
        self.do("UPDATE ledger_payload SET body = %s WHERE entry_id = %s", json.dumps(body), entry.pk)
        self.do("UPDATE ledger_entry SET payload_sha256 = %s WHERE id = %s", sha256(entry.payload.salt.encode(), canonical(body)), entry.pk)

    def write_anew(self) -> None:
        """Hash the whole chain again from its beginning, the published heads with it."""
        prev = GENESIS
        for entry in Entry.objects.select_related("payload").order_by("seq"):
            if entry.subject_kind == "daily_head":
                daily = DailyHead.objects.get(pk=entry.subject_pk)
                made = json.dumps(digests(daily.first, daily.last)), json.dumps(tallied(append_only(), {}))
                self.do("UPDATE ledger_dailyhead SET blocks = %s, tallies = %s WHERE id = %s", *made, daily.pk)
                self.reword(entry, DailyHead.objects.get(pk=daily.pk))
                entry.refresh_from_db()
            entry.prev_hash = prev
            prev = entry.computed_hash()
            self.do("UPDATE ledger_entry SET prev_hash = %s, hash = %s WHERE id = %s", entry.prev_hash, prev, entry.pk)


@pytest.fixture
def forger(as_owner):
    return Forger(as_owner)


def from_inside() -> list[str]:
    return list(faults())


def from_outside() -> list[str]:
    """Those faults that only the mailed head shows."""
    return [fault for fault in faults(as_mailed()) if fault not in from_inside()]


# --- found by the portal itself


def test_a_changed_byte_is_found_and_named(chain, forger):
    forger.do("UPDATE ledger_entry SET actor = 'somebody else' WHERE seq = 3")
    assert any("entry 3" in fault and "has been changed" in fault for fault in from_inside())


def test_a_changed_byte_of_a_payload_is_found_and_named(chain, forger):
    forger.do("""UPDATE ledger_payload SET body = jsonb_set(body, '{facts,n}', '9') WHERE entry_id = %s""", chain[2].pk)
    assert [fault for fault in from_inside() if "payload of entry 3" in fault]


def test_an_entry_deleted_from_the_middle_is_found(chain, forger):
    forger.do("DELETE FROM ledger_payload WHERE entry_id = %s", chain[2].pk)
    forger.do("DELETE FROM ledger_entry WHERE seq = 3")
    assert any("Between entry 2 and entry 4" in fault for fault in from_inside())


def test_two_entries_swapped_are_found(chain, forger):
    forger.do("UPDATE ledger_entry SET seq = 99 WHERE seq = 2")
    forger.do("UPDATE ledger_entry SET seq = 2 WHERE seq = 3")
    forger.do("UPDATE ledger_entry SET seq = 3 WHERE seq = 99")
    assert any("entry 2" in fault and "its hash does not fit" in fault for fault in from_inside())


def test_a_record_changed_behind_its_entry_is_found_with_what_changed(chain, forger):
    forger.do("UPDATE groups_holding SET during = '[2022-01-01,)' WHERE id = %s", chain[1].subject_pk)
    assert any("entry 2" in fault and "changed since: first_day" in fault for fault in from_inside())


def test_a_published_head_that_was_changed_or_taken_off_the_list_is_found(chain, forger):
    forger.do("UPDATE ledger_dailyhead SET blocks = '[]'")
    assert any("head of the ledger on 12 Jul 2023 does not fit" in fault for fault in from_inside())
    forger.do("DELETE FROM ledger_dailyhead")
    assert any("The record behind entry 6" in fault and "is gone" in fault for fault in from_inside())


def test_who_cuts_entries_off_and_forgets_the_published_head_is_found(chain, forger):
    forger.do("DELETE FROM ledger_payload WHERE entry_id IN (SELECT id FROM ledger_entry WHERE seq > 4)")
    forger.do("DELETE FROM ledger_entry WHERE seq > 4")
    assert any("No entry of the ledger speaks of the daily head" in fault for fault in from_inside())


# --- found only with a head kept outside


def test_the_last_entry_deleted_shows_only_against_the_mailed_head(chain, forger):
    forger.delete_after(5)
    assert from_inside() == []
    assert from_outside() == ["The ledger ends at entry 5, but a head for entry 6 was kept outside: entries are missing."]


def test_the_last_votes_deleted_with_the_head_show_only_against_the_mailed_head(chain, forger):
    forger.delete_after(3)
    assert from_inside() == []
    assert from_outside() == ["The ledger ends at entry 3, but a head for entry 6 was kept outside: entries are missing."]


def test_an_older_backup_shows_only_against_a_later_mailed_head(chain, forger, clock):
    yesterday = as_mailed()
    clock("2023-07-13 11:00")
    seal_now("appointed", HoldingFactory(), by=User.objects.the_installer())
    clock("2023-07-13 17:05")
    run_and_remember()
    assert as_mailed().seq == 8
    forger.delete_after(yesterday.seq)
    assert from_inside() == []
    assert list(faults(yesterday)) == []  # the backup is from after that head
    assert from_outside() == ["The ledger ends at entry 6, but a head for entry 8 was kept outside: entries are missing."]


def test_entries_put_in_place_of_those_cut_off_show_only_against_the_mailed_head(chain, forger, clock):
    forger.delete_after(4)
    for _ in range(3):
        seal_now("appointed", HoldingFactory(), by=User.objects.the_installer())
    assert from_inside() == []
    assert from_outside() == [f"{Entry.objects.get(seq=6)} is not the entry whose hash was kept outside: the chain has been rewritten."]


def test_a_chain_rewritten_as_a_whole_shows_only_against_the_mailed_head(chain, forger):
    """A record is changed, and everything that speaks of it made to fit again."""
    for table in ("groups_holding", "groups_historicalholding"):
        forger.do(f"UPDATE {table} SET during = '[2022-01-01,)' WHERE id = %s", chain[1].subject_pk)  # noqa: S608
    assert from_inside() != []
    forger.reword(Entry.objects.get(seq=2), Holding.objects.get(pk=chain[1].subject_pk))
    forger.write_anew()
    assert from_inside() == []
    assert from_outside() == [f"{Entry.objects.get(seq=6)} is not the entry whose hash was kept outside: the chain has been rewritten."]


def test_a_whole_ledger_agrees_with_the_mailed_head_however_much_is_added(chain, clock):
    clock("2023-07-14 11:00")
    seal_now("appointed", HoldingFactory(), by=User.objects.the_installer())
    assert list(faults(as_mailed())) == []
