"""F22: paper that cannot be made: the process that makes it is ended, and heads, mail and votes do not wait for it."""

import tempfile
from datetime import UTC, datetime

import pytest
from django.core import mail

from ledger.models import DailyHead
from meetings import operations
from meetings.models import EditionPDF
from notifications.models import SweepRun
from notifications.sweeping import run_and_remember
from records import press
from records.press import TooLarge, pdf
from records.text import ROWS_A_TABLE, ROWS_SHOWN, on_paper, rendered
from tests.meetings.rooms import Room

WHEN = datetime(2023, 7, 19, 9, tzinfo=UTC)
LEAVES = "import tempfile, os; tempfile.mkdtemp(); os._exit(1)"
HANGS = "import time; time.sleep(60)"
EATS = "import sys; sys.path.insert(0, sys.argv[1]); import records.printing as it; it.pdf = lambda *_, **__: bytes(2 * it.MEMORY); it.main()"


@pytest.mark.parametrize(("does", "patience"), [(HANGS, 1), (EATS, 60)], ids=["hangs", "takes all memory"])
def test_a_process_that_hangs_or_takes_too_much_is_ended(monkeypatch, does, patience):
    monkeypatch.setattr(press, "PRINTS", does)
    monkeypatch.setattr(press, "PATIENCE", patience)
    with pytest.raises(TooLarge, match="more time or memory than a paper may have"):
        pdf("<p>Minutes</p>", "", made_at=WHEN)


def test_what_is_printed_in_a_process_of_its_own_is_a_pdf_and_fetches_nothing():
    assert pdf('<html lang="en"><title>t</title><p>Minutes</p>', "", made_at=WHEN).startswith(b"%PDF-")
    with pytest.raises(press.AddressRefused, match=r"refused to fetch https://example\.org/x\.png"):
        pdf('<html lang="en"><img src="https://example.org/x.png">', "", made_at=WHEN)


def test_nothing_is_left_behind_of_a_paper_that_was_printed(tmp_path, monkeypatch):
    """It is printed in a container whose place for such things is memory."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pdf('<html lang="en"><title>t</title><p>Minutes</p>', "", made_at=WHEN)
    monkeypatch.setattr(press, "PRINTS", LEAVES)
    with pytest.raises(TooLarge):
        pdf("<p>Minutes</p>", "", made_at=WHEN)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_minutes_that_cannot_be_printed_stop_neither_mail_nor_head_and_rest(room: Room, clock, client, monkeypatch):
    tried = []

    def too_large(*_, **__):
        tried.append(1)
        raise TooLarge(press.TOO_MUCH)

    monkeypatch.setattr("meetings.printing.pdf", too_large)
    operations.publish(room.circulated(), by=room.pmo)
    clock("2023-07-12 17:05")
    run = run_and_remember()
    assert (run.done["relay mail"], run.done["publish the head of the ledger"], len(run.failures)) == (len(mail.outbox), 1, 1)
    assert DailyHead.objects.count() == 1
    assert mail.outbox
    for at, times in (("17:10", 2), ("17:15", 2), ("17:31", 3), ("17:59", 3), ("18:32", 4)):
        clock(f"2023-07-12 {at}")
        run_and_remember()
        assert len(tried) == times, at
        if at == "17:10":
            assert client.get("/healthz").status_code == 200
            assert "The PDF is being made" in client.get("/meetings/DAG026/editions/1/minutes.pdf").content.decode()
    assert "The PDF could not be made" in client.get("/meetings/DAG026/editions/1/minutes.pdf").content.decode()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert "something fails time after time" in client.get("/status/").content.decode()
    monkeypatch.setattr("meetings.printing.pdf", lambda *_, **__: b"%PDF-1.7")
    clock("2023-07-13 09:00")
    assert run_and_remember().done["print"] == 1
    assert (EditionPDF.objects.count(), SweepRun.objects.first().setbacks) == (1, {})
    assert client.get("/healthz").json()["status"] == "ok"


def table(rows: int) -> str:
    return "Before.\n\n| One | Two |\n|---|---|\n" + "".join(f"| a{n} | <b>{n} |\n" for n in range(rows)) + "\nAfter."


def test_a_table_of_ten_thousand_rows_is_folded_on_a_page_and_parted_on_paper():
    page = rendered(table(10_000))
    assert (page.count("<tr>"), page.count("<table>")) == (ROWS_SHOWN + 1, 1)
    assert "9800 more rows" in page
    assert "| a9999 | &lt;b&gt;9999 |" in page
    assert page.index("a9999") < page.index("After.")
    paper = on_paper(table(10_000))
    assert paper.count("<table>") == 10_000 / ROWS_A_TABLE
    assert paper.count("<td>") == 20_000


@pytest.mark.parametrize("rows", [1, 2, ROWS_A_TABLE])
def test_a_table_of_usual_size_reads_as_ever(rows):
    assert rendered(table(rows)) == on_paper(table(rows))
    assert "more rows" not in rendered(table(rows))
