"""The pack: what was circulated in one PDF and one ZIP; made by the worker; a supplement moves no page; what cannot be bound has a sheet."""

import io
import zipfile
from itertools import count, pairwise
from pathlib import Path
from time import monotonic, sleep

import pikepdf
import pytest

from files import apart, packing, turning
from files.models import Bindable, Scan, Visibility
from files.operations import make_bindable
from files.scanning import Result
from files.storing import opened
from meetings import operations
from meetings.models import CirculatedPaper, Pack, Paper, PaperReading
from meetings.packing import circulated
from records.clock import portal_now
from records.sweep import run
from tests.factories import UserFactory
from tests.files.samples import office
from tests.meetings.papers import paper, prepared
from tests.pages import Visitor, drained, text_of

pytestmark = pytest.mark.django_db
ALL = "/desk/meetings/DAG027/papers/"


ANOTHER = count()


def pdf(pages: int, *, turned: int = 0, box=(0, 0, 595, 842)) -> bytes:
    """Each is another: what has gone out with an item does not go out again with it."""
    document, which = pikepdf.new(), next(ANOTHER)
    for n in range(pages):
        document.add_blank_page(page_size=(box[2] - box[0], box[3] - box[1]))
        page = document.pages[-1]
        page.MediaBox, page.Rotate = list(box), turned
        page.Contents = document.make_stream(f"q 1 0 0 1 0 0 cm % page {n} of {pages} of {which}".encode())  # which puts nothing back
        page.obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def stage(scene):
    return scene(prepared)


@pytest.fixture
def table(stage, settings):
    settings.DEMO = True
    return stage()


def attach(table, title: str, name: str, content: bytes, item: int = 1):
    return operations.add_paper(table.items[item], title, (name, content), by=table.pmo)


def made() -> tuple[Pack, pikepdf.Pdf]:
    assert not run().failures
    pack = Pack.objects.select_related("pdf", "zip").get()
    with opened(pack.pdf.sha256) as file:
        return pack, pikepdf.open(io.BytesIO(file.read()))


def stamps(document: pikepdf.Pdf) -> list[str]:
    """The line at the foot of each page but those of the contents."""
    found = []
    for page in document.pages:
        words = b"".join(each.read_bytes() for each in page.Contents) if isinstance(page.Contents, pikepdf.Array) else page.Contents.read_bytes()
        hexed = words.rpartition(b"/PortalStamp")[2].partition(b"<")[2].partition(b">")[0] if b"/PortalStamp" in words else b""
        found.append(bytes.fromhex(hexed.decode()).decode("cp1252"))
    return [each for each in found if each]


def test_what_was_circulated_is_bound_with_contents_bookmarks_and_stamps(table):
    attach(table, "Welcome pack", "welcome.pdf", pdf(2), item=0)
    attach(table, "Options", "options.pdf", pdf(1, turned=90, box=(10, 20, 605, 862)))
    paper(table)
    operations.circulate_papers(table.next, by=table.pmo)
    page = text_of(Visitor(table.pmo).opens(ALL))
    assert "The pack is being made. 0 of 3 papers are ready to be bound." in page
    followed = Visitor(table.pmo).opens(f"{ALL}pack/")
    assert "The pack is being made. 0 of 3 papers are ready to be bound." in text_of(followed), "the page asks for it again while it is made"
    pack, document = made()
    assert (pack.is_made, pack.pages, len(document.pages)) == (True, 5, 5)
    assert stamps(document) == ["DAG027 · item 1 · page 1", "DAG027 · item 1 · page 2", "DAG027 · item 2 · page 1", "DAG027 · item 2 · page 2"]
    with document.open_outline() as outline:
        assert [each.title for each in outline.root] == ["Contents", "1. Welcome", "2. Transition"]
        assert [each.title for each in outline.root[2].children] == ["Options", "Options"]
    assert not any("/AA" in each.obj for each in document.pages)
    leads = [note.Dest[0].objgen for note in document.pages[0].Annots]
    assert leads == [document.pages[n].objgen for n in (1, 3, 4)]
    member = Visitor(UserFactory(person=table.member))
    page = text_of(member.opens(ALL))
    assert "5 pages" in page
    assert drained(member.client.get("/desk/meetings/DAG027/papers.pdf")).drained[:5] == b"%PDF-"
    assert set(PaperReading.objects.values_list("file__name", flat=True)) == {"welcome.pdf", "options.pdf"}, "the table has a sheet, and was not opened"
    archive = zipfile.ZipFile(io.BytesIO(drained(member.client.get("/desk/meetings/DAG027/papers.zip")).drained))
    assert archive.namelist() == ["01 Welcome/welcome.pdf", "02 Transition/options.pdf", "02 Transition/costs.csv"]
    assert archive.read("02 Transition/costs.csv") == b"first;second"
    assert Visitor(UserFactory()).client.get("/desk/meetings/DAG027/papers.pdf").status_code == 404


@pytest.mark.long
def test_a_supplement_moves_no_page_and_what_is_taken_off_leaves_a_sheet(table):
    first = attach(table, "First", "first.pdf", pdf(3))
    attach(table, "Second", "second.pdf", pdf(1))
    operations.circulate_papers(table.next, by=table.pmo)
    _, before = made()
    assert stamps(before)[-1] == "DAG027 · item 2 · page 4"
    attach(table, "Late", "late.pdf", pdf(2))
    operations.circulate_papers(table.next, by=table.pmo)
    page = text_of(Visitor(table.pmo).opens(ALL))
    assert "Until then, as it was before: The pack as PDF" in page, "whoever prepares does not wait for the supplement"
    assert drained(Visitor(table.pmo).client.get("/desk/meetings/DAG027/papers.pdf")).drained[:5] == b"%PDF-"
    pack, after = made()
    assert pack.made == 2
    assert stamps(after)[:4] == stamps(before)
    assert stamps(after)[4:] == ["DAG027 · item 2 · page 5 · supplement of 20 Jul 2023", "DAG027 · item 2 · page 6 · supplement of 20 Jul 2023"]
    operations.drop_paper(first, by=table.pmo)
    member = Visitor(UserFactory(person=table.member))
    assert member.client.get("/desk/meetings/DAG027/papers.pdf").status_code == 404, "it holds what was taken off"
    _, last = made()
    assert [each.rpartition("page ")[2].partition(" ")[0] for each in stamps(last)] == ["1", "4", "5", "6"]
    archive = zipfile.ZipFile(io.BytesIO(drained(member.client.get("/desk/meetings/DAG027/papers.zip")).drained))
    assert "02 Transition/first.pdf: It was taken off" in archive.read("Left out.txt").decode()


def test_what_cannot_be_bound_has_a_sheet_and_a_sentence(table, monkeypatch):
    attach(table, "Choked", "choked.pdf", pdf(1))
    attach(table, "Plan", "plan.csv", b"a;b")
    operations.circulate_papers(table.next, by=table.pmo)
    with monkeypatch.context() as patched:
        patched.setattr(apart, "pages_of", lambda content: None)
        make_bindable(CirculatedPaper.objects.get(title="Choked").blob, by=table.pmo)
    _, document = made()
    assert len(stamps(document)) == 2
    member = Visitor(UserFactory(person=table.member))
    drained(member.client.get("/desk/meetings/DAG027/papers.pdf"))
    assert not PaperReading.objects.exists(), "of neither there is more than a sheet"
    sheets = [each.why_not for each in Bindable.objects.order_by("pk")]
    assert sheets[0] == "It cannot be bound: it may be damaged, or made in an unusual way."
    assert sheets[1] == "It is a table as CSV, which this portal cannot turn into a PDF."


@pytest.mark.many(1)
@pytest.mark.parametrize("why", ["taken off", "kept from members", "infected"])
def test_while_it_is_bound_anew_nobody_has_the_old_one_with_what_is_not_handed_out_any_more(table, why):
    attach(table, "First", "first.pdf", pdf(1))
    operations.circulate_papers(table.next, by=table.pmo)
    made()
    attach(table, "Late", "late.pdf", pdf(1))
    operations.circulate_papers(table.next, by=table.pmo)
    member, first = Visitor(UserFactory(person=table.member)), Paper.objects.get(title="First")
    assert drained(member.client.get("/desk/meetings/DAG027/papers.pdf")).status_code == 200
    if why == "taken off":
        operations.drop_paper(first, by=table.pmo)
    elif why == "kept from members":
        operations.change_paper(first, first.title, visibility=Visibility.PMO_AND_ASSURANCE, by=table.pmo)
    else:
        Scan(blob=first.files.get().blob, at=portal_now(), result=Result.INFECTED).save_by(table.pmo)
    for kind in ("pdf", "zip"):
        assert member.client.get(f"/desk/meetings/DAG027/papers.{kind}").status_code == 404
    assert "Until then, as it was before" not in text_of(member.opens(ALL))


@pytest.mark.long
def test_what_makes_the_pack_too_large_has_a_sheet(table, monkeypatch):
    monkeypatch.setattr(packing, "MOST_PAGES", 2)
    for n in range(3):
        attach(table, f"Paper {n}", f"{n}.pdf", pdf(1, box=(0, 0, 500 + n, 800)))
    operations.circulate_papers(table.next, by=table.pmo)
    _, document = made()
    assert len(stamps(document)) == 3
    assert [round(float(each.mediabox[2])) for each in document.pages][1:] == [500, 501, 595]


@pytest.mark.long
def test_the_papers_of_a_sick_binder_can_be_had_one_by_one(table, monkeypatch):
    attach(table, "Options", "options.pdf", pdf(1))
    operations.circulate_papers(table.next, by=table.pmo)
    monkeypatch.setattr(apart, "bound", lambda plan, files: None)
    assert not run().failures
    page = text_of(Visitor(table.pmo).opens(ALL))
    assert "The papers could not be bound into one file." in page
    assert "Every paper, in a ZIP" in page


@pytest.mark.long
def test_a_word_document_is_turned_where_the_machine_can(table, monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text('#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\ncp "$REAL" "$2/paper.pdf"\n'.replace("$REAL", str(tmp_path / "real.pdf")))
    program.chmod(0o700)
    (tmp_path / "real.pdf").write_bytes(pdf(2))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert turning.is_there()
    attach(table, "In Word", "word.docx", office("docx"))
    operations.circulate_papers(table.next, by=table.pmo)
    _, document = made()
    assert len(stamps(document)) == 2


def is_running(pid: int) -> bool:
    """A process that has ended, and that nobody has asked about yet, runs no more."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_conversion_that_hangs_leaves_nothing_running_and_may_take_only_so_much(tmp_path, monkeypatch):
    program, told = tmp_path / "soffice", tmp_path / "told"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! $(ulimit -v) $(ulimit -t) > {told}\nwait\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(turning, "PATIENCE", 2)
    assert turning.as_pdf("docx", office("docx")) is None
    pid, memory, seconds = map(int, told.read_text().split())
    assert (memory * 1024, seconds) == (turning.MEMORY, turning.SECONDS)
    deadline = monotonic() + 5
    while is_running(pid) and monotonic() < deadline:
        sleep(0.05)
    assert not is_running(pid)


@pytest.mark.long
def test_a_worker_that_dies_meanwhile_leaves_nothing_half_made(table, monkeypatch):
    attach(table, "Options", "options.pdf", pdf(1))
    operations.circulate_papers(table.next, by=table.pmo)

    def dies(*_):
        raise OSError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("files.packing.packed", dies)
        assert run().failures == ["make the pack, pack of DAG027: no room"]
    assert not Pack.objects.get().is_made
    assert packing.progress_of(circulated(table.next)).in_words == "All papers are ready. They are bound next."
    assert made()[0].is_made


@pytest.mark.long
def test_the_layout_of_papers_of_one_item_never_overlaps(table):
    for n in (3, 1, 2):
        attach(table, f"{n} pages", f"{n}.pdf", pdf(n))
    operations.circulate_papers(table.next, by=table.pmo)
    pack, _ = made()
    places = [pack.layout[str(pk)] for pk in CirculatedPaper.objects.order_by("order").values_list("pk", flat=True)]
    assert all(first + pages == after for (first, pages, _), (after, _, _) in pairwise(places))
