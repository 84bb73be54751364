"""What the minutes of July 2023 have become once they are read in."""

import html
import re

import pytest

from archive.models import ImportedFile
from archive.operations import import_minutes
from archive.samples import DAG026
from decisions.models import Decision, Question
from groups.models import Person, User
from groups.numbering import mint
from ledger.models import Entry
from ledger.verifying import faults
from meetings.models import Action, Meeting, MinutesEdition, Paragraph
from records.rules import Refused

pytestmark = pytest.mark.django_db
TEXT = DAG026.read_text()


def counted() -> tuple:
    return tuple(m.objects.count() for m in (Meeting, Decision, Action, Question, Paragraph, Person, ImportedFile, MinutesEdition, Entry))


def test_the_same_file_again_changes_nothing(read_in):
    before = counted()
    again = import_minutes(TEXT.encode(), "DAG026.md", by=User.objects.the_archivist())
    assert (read_in.changed, again.changed) == (True, False)
    assert counted() == before
    assert again.reading.warnings == read_in.reading.warnings


def test_the_file_its_hash_and_its_doubts_are_kept_and_one_entry_vouches_for_all(read_in):
    file = read_in.file
    assert len(file.sha256) == 64
    assert file.text == TEXT
    assert any("share the initials TB" in warning for warning in file.warnings)
    assert [entry.kind for entry in Entry.objects.about(file)] == ["imported"]
    assert not Entry.objects.filter(kind__in=["voted", "determined", "published"]).exists()
    assert list(faults()) == []


def words(text: str) -> list[str]:
    return re.findall(r"\w+", html.unescape(text))


def test_no_sentence_of_the_minutes_is_lost(read_in, client):
    reading = read_in.reading
    shown = " ".join(words(re.sub(r"<[^>]+>", " ", client.get("/meetings/DAG026/").content.decode())))
    told = [block.text for item in reading.items for block in item.blocks if block.kind in ("paragraph", "reason", "post_meeting_update")]
    told += [row.comment for vote in reading.votes for row in vote.rows if row.comment]
    assert len(told) > 50
    for text in told:
        assert " ".join(words(re.sub(r"\(mailto:[^)]*\)", "", text))) in shown


def test_who_sits_in_the_seat_is_taken_for_the_same_person(read_in):
    assert Person.objects.filter(name="Tobias Fenwick").count() == 1
    assert Person.objects.filter(name="Helena Marlowe").count() == 1


def test_the_imported_numbers_are_never_given_out_again(read_in):
    assert mint("group:DAG", "decision") == 61
    assert mint("meeting:DAG026", "action") == 5


def test_reading_in_never_makes_less_public_what_is_public(read_in):
    with pytest.raises(Refused, match="Nothing is made less public"):
        import_minutes(TEXT.replace("Classification **Public**", "Classification **Restricted**").encode(), "again.md", by=User.objects.the_archivist())
