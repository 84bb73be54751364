"""F22: paper that cannot be made: the process that makes it is ended, and heads, mail and votes do not wait for it."""

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

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
PAPER = '<html lang="en"><title>t</title><p>Minutes</p>'
PRESS = "import os, sys, tempfile, time; sys.path.insert(0, sys.argv[1]); import records.printing as it; {}; it.main()"
LEAVES = PRESS.format("it.pdf = lambda *_, **__: (tempfile.mkdtemp(), os._exit(1))")
HANGS = PRESS.format("it.pdf = lambda *_, **__: time.sleep(60)")
EATS = PRESS.format("prints = it.pdf; it.pdf = lambda html, *told, **more: bytes(2 * it.MEMORY) if 'much' in html else prints(html, *told, **more)")
RESTS_SHORTLY = PRESS.format("it.REST = 0.1")


@pytest.fixture
def begins(monkeypatch):
    """begins(program): what the next press runs."""
    press.end_all()
    yield lambda program: monkeypatch.setattr(press, "PRINTS", program)
    press.end_all()


@pytest.mark.parametrize(("does", "patience"), [(HANGS, 1), (EATS, 60), ("not Python", 60)], ids=["hangs", "takes all memory", "does not begin"])
def test_a_process_that_hangs_or_takes_too_much_is_ended(begins, monkeypatch, does, patience):
    begins(does)
    monkeypatch.setattr(press, "PATIENCE", patience)
    with pytest.raises(TooLarge, match="more time or memory than a paper may have"):
        pdf("<p>So much</p>", "", made_at=WHEN)


def test_one_press_makes_paper_after_paper_also_after_one_that_took_too_much(begins):
    begins(EATS)
    pdf(PAPER, "", made_at=WHEN)
    (first,) = press._waiting
    with pytest.raises(TooLarge):
        pdf("<p>So much</p>", "", made_at=WHEN)
    assert pdf(PAPER, "", made_at=WHEN).startswith(b"%PDF-")
    assert press._waiting == [first]


def test_a_press_that_nobody_asks_for_anything_ends_and_the_next_paper_has_another(begins):
    begins(RESTS_SHORTLY)
    pdf(PAPER, "", made_at=WHEN)
    (rested,) = press._waiting
    assert rested.process.wait(10) == 0
    assert pdf(PAPER, "", made_at=WHEN).startswith(b"%PDF-")
    assert rested not in press._waiting


def test_a_copy_of_the_process_leaves_the_press_alone_and_the_press_ends_with_who_asks_it():
    """Celery's workers are copies of one process, and may be killed."""
    ended = subprocess.run([sys.executable, "-W", "error", "-c", COPIED], input=PAPER, cwd=press.HERE, capture_output=True, text=True, timeout=60)
    waiting, in_the_copy, same = ended.stdout.split()
    assert (in_the_copy, same, ended.stderr) == ("0", "True", "")
    until = time.monotonic() + 10
    while _alive(int(waiting)):
        assert time.monotonic() < until
        time.sleep(0.05)


COPIED = """
import os, sys
from datetime import UTC, datetime
from records import press
paper = sys.stdin.read()
press.pdf(paper, "", made_at=datetime.now(UTC))
pid = press._waiting[0].process.pid
print(pid, flush=True)
if not (copy := os.fork()):
    print(len(press._waiting), flush=True)
    os._exit(0)
os.waitpid(copy, 0)
press.pdf(paper, "", made_at=datetime.now(UTC))
print(press._waiting[0].process.pid == pid, flush=True)
os.kill(os.getpid(), 9)
"""


def _alive(pid: int) -> bool:
    """Not there, or there in name only until somebody asks how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_what_is_printed_in_a_process_of_its_own_is_a_pdf_and_fetches_nothing():
    assert pdf(PAPER, "", made_at=WHEN).startswith(b"%PDF-")
    with pytest.raises(press.AddressRefused, match=r"refused to fetch https://example\.org/x\.png"):
        pdf('<html lang="en"><img src="https://example.org/x.png">', "", made_at=WHEN)


def test_nothing_is_left_behind_of_a_paper_that_was_printed(begins, tmp_path, monkeypatch):
    """It is printed in a container whose place for such things is memory."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pdf(PAPER, "", made_at=WHEN)
    press.end_all()
    begins(LEAVES)
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
