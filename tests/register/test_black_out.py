"""Words that should never have been public are taken out of everything that is shown; what was sealed stands."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from dissent.operations import state_position
from ledger.models import BlackOut
from ledger.operations import black_out
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.models import EditionPDF, Minutes, MinutesEdition
from meetings.printing import html_of
from notifications.sweeping import run_and_remember
from records.rules import Refused
from register import checking
from tests.conftest import set_clock
from tests.factories import issue_all
from tests.pages import text_of
from tests.register.proving import Vote, run_script, written

pytestmark = pytest.mark.django_db
WORDS = "Flat 3, 12 Example Street"
ORDER = {"why": "a person’s address", "ordered_by": "the data protection officer"}
SHOWN = "/decisions/DAG-DEC01/"
EVERYWHERE = (
    SHOWN, f"{SHOWN}?edition=1", f"{SHOWN}?edition=2", "/decisions/DAG-DEC01.json", "/decisions/DAG-DEC01.json?edition=2", f"{SHOWN}verify/",
    f"{SHOWN}verify.json", f"{SHOWN}changes/?from=1&to=3", "/decisions/", "/decisions.csv", "/decisions.json", "/decisions.atom", "/search/?q=address",
    "/meetings/DAG026/", "/meetings/DAG026/editions/1/", "/meetings/DAG026.json", "/search/?q=comment",
)  # fmt: skip


@pytest.fixture(scope="module")
def staged(scene):
    return scene(published_with_an_address)


def published_with_an_address() -> Vote:
    """A seat's comment and a statement hold somebody's address, with another space and a line break in it."""
    taken = Vote(set_clock, comment=f"My address is {WORDS}.")
    taken.take()
    meetings.write_paragraph(taken.item, f"The seat may be written to at {WORDS}.", by=taken.pmo)
    taken.publish()
    issue_all("group", "seat")
    taken.decision.refresh_from_db()
    state_position(taken.decision, taken.members[0].seat, "Write to flat 3,  12 Example\nStreet.", by=taken.users[0])
    return taken


@pytest.fixture
def taken(staged, db) -> Vote:
    return staged()


def answers() -> dict[str, str]:
    return {address: Client().get(address).content.decode() for address in EVERYWHERE}


def told(text: str) -> bool:
    return "example street" in " ".join(text.casefold().split()).replace("\\n", " ")


def test_before_it_is_withdrawn_it_is_told(taken):
    assert sum(told(text) for text in answers().values()) >= 8


def test_words_withdrawn_are_told_nowhere_not_in_an_earlier_edition_either(taken):
    black_out(WORDS, **ORDER, by=taken.pmo)
    assert [address for address, text in answers().items() if told(text)] == []
    page = text_of(Client().get(SHOWN))
    assert "My address is [withdrawn]." in page
    assert "Write to [withdrawn]." in page
    assert "Words were withdrawn from this page on 19 Jul 2023, on the order of the data protection officer: a person’s address." in page


def test_nothing_is_found_by_the_words_any_more(taken):
    assert "Nothing on record says that" not in text_of(Client().get("/search/?q=%22example+street%22"))
    black_out(WORDS, **ORDER, by=taken.pmo)
    assert "Nothing on record says that" in text_of(Client().get("/search/?q=%22example+street%22"))


def test_the_twin_names_the_places_and_the_hash_that_was_sealed(taken):
    whole = Client().get("/decisions/DAG-DEC01.json")
    black_out(WORDS, **ORDER, by=taken.pmo)
    twin = Client().get("/decisions/DAG-DEC01.json")
    assert "withdrawn" not in whole.json()
    assert twin.json()["withdrawn"] == ["dissent.replies.0.point", "dissent.statements.0.text", "votes.0.rows.0.comment", "votes.0.rows.1.comment", "votes.0.rows.2.comment"]
    assert twin["X-Edition"] == whole["X-Edition"]


def test_the_check_says_as_sealed_but_for_so_many_places(taken, tmp_path):
    black_out(WORDS, **ORDER, by=taken.pmo)
    assert "Unaltered, but for 5 places withdrawn." in text_of(Client().get(f"{SHOWN}verify/"))
    code, said = run_script(written(tmp_path, json.loads(Client().get(f"{SHOWN}verify.json").content)))
    assert code == 2
    assert said.startswith("Unaltered, but for 5 places withdrawn: what entries ")


def test_ledger_and_register_are_whole_and_the_black_out_is_sealed_without_its_words(taken):
    black_out(WORDS, **ORDER, by=taken.pmo)
    assert list(faults()) == []
    assert list(checking.faults()) == []
    made = BlackOut.objects.get()
    assert WORDS not in json.dumps(made.sealed(), default=str)


def test_a_pdf_that_holds_the_words_is_given_out_no_more_and_made_anew(taken):
    run_and_remember()
    edition = MinutesEdition.objects.get()
    before = EditionPDF.objects.get(edition=edition)
    black_out(WORDS, **ORDER, by=taken.pmo)
    assert Client().get("/meetings/DAG026/minutes.pdf").status_code == 503
    run_and_remember()
    after = EditionPDF.objects.standing().get(edition=edition)
    assert after.pk != before.pk
    assert Client().get("/meetings/DAG026/minutes.pdf").content == bytes(after.content)


def test_words_in_what_is_told_of_an_edition_of_the_minutes_are_printed_no_more(taken):
    minutes = Minutes.objects.get(meeting=taken.meeting)
    edition = meetings.issue_edition(minutes, "correction", note="The address of Zqorbel House was wrong.", by=taken.pmo)
    run_and_remember()
    assert "Zqorbel House" in html_of(edition)
    black_out("Zqorbel House", **ORDER, by=taken.pmo)
    assert "Zqorbel House" not in html_of(edition)
    assert not EditionPDF.objects.standing().filter(edition=edition).exists()


def test_a_page_without_the_words_stays_as_it_is(taken):
    before = Client().get("/meetings/DAG026.json").content
    black_out("words that stand nowhere", **ORDER, by=taken.pmo)
    assert Client().get("/meetings/DAG026.json").content == before
    assert "withdrawn" not in text_of(Client().get(SHOWN))


@pytest.mark.parametrize(
    ("words", "told", "says"),
    [
        ("abc", {}, "at least 4 characters"), (WORDS, {"why": " "}, "Say why"), (WORDS, {"ordered_by": ""}, "on whose order"),
    ],
)  # fmt: skip
def test_it_is_refused_without_words_reason_and_order(taken, words, told, says):
    with pytest.raises(Refused, match=says):
        black_out(words, **(ORDER | told), by=taken.pmo)


def test_a_name_is_withdrawn_from_what_is_told_of_the_editions_too(taken):
    """ "Constituency 0 Representative made a statement of position.": why there is another edition is for readers, as the body is."""
    name = taken.members[0].seat.label
    pages = (SHOWN, f"{SHOWN}changes/", f"{SHOWN}?edition=1")
    assert name in text_of(Client().get(f"{SHOWN}changes/"))
    black_out(name, **ORDER, by=taken.pmo)
    assert [page for page in pages if name in text_of(Client().get(page))] == []
    black_out(taken.decision.title, **ORDER, by=taken.pmo)
    assert "“[withdrawn]”" in text_of(Client().get(f"{SHOWN}verify/"))


def test_the_same_words_are_withdrawn_once(taken):
    black_out(WORDS, **ORDER, by=taken.pmo)
    with pytest.raises(Refused, match="withdrawn already"):
        black_out(WORDS.upper(), **ORDER, by=taken.pmo)


def test_the_command_reads_the_words_from_a_file(taken, tmp_path):
    file = tmp_path / "words.txt"
    file.write_text(f"{WORDS}\n")
    call_command("black_out", str(file), "--why", "a person’s address", "--ordered-by", "a court", "--by", taken.pmo.username)
    assert BlackOut.objects.get().words == WORDS
    with pytest.raises(CommandError, match="Nobody signs in as nobody"):
        call_command("black_out", str(file), "--why", "x", "--ordered-by", "y", "--by", "nobody")
