"""A library that was kept elsewhere comes in by a table and a folder: looked at first, then loaded, once, and as it states itself."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from artefacts import operations as artefacts
from artefacts.loading import COLUMNS
from artefacts.models import Artefact, ArtefactVersion, LoadedVersion
from files.models import Blob
from groups.models import User
from ledger.verifying import faults
from records.rules import Refused
from rehearsal.papers import document
from tests.artefacts.libraries import Desk
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
FLOWS = {"number": "DES-138", "name": "Interface Catalogue", "kind": "Interface specification", "phase": "Physical design", "streams": "Design; Testing", "visibility": "public"}


class Shelf:
    """A folder with a table in it, and the command that loads both."""

    def __init__(self, folder: Path, desk: Desk):
        self.folder, self.desk, self.rows = folder, desk, []

    def line(self, version: str, file: str = "", content: bytes = b"", **cells) -> "Shelf":
        if file and "/" not in file:
            (self.folder / file).write_bytes(content or f"The flows of {version}".encode())
        self.rows.append({**FLOWS, "version": version, "file": file, **{name.replace("_", " "): cell for name, cell in cells.items()}})
        return self

    @property
    def table(self) -> Path:
        written = StringIO(newline="")
        writer = csv.DictWriter(written, COLUMNS)
        writer.writeheader()
        writer.writerows(self.rows)
        path = self.folder / "library.csv"
        path.write_text(written.getvalue(), encoding="utf-8")
        return path

    def run(self, *options: str) -> tuple[str, str]:
        out, err = StringIO(), StringIO()
        try:
            call_command("load_artefacts", str(self.table), str(self.folder), "--group", self.desk.group.code, *options, stdout=out, stderr=err)
        except CommandError as error:
            err.write(str(error))
        return out.getvalue(), err.getvalue()


@pytest.fixture
def desk(clock):
    return Desk(clock)


@pytest.fixture
def shelf(tmp_path, desk):
    return Shelf(tmp_path, desk)


def catalogue() -> Artefact:
    return Artefact.objects.get(document_number="DES-138")


def told(label: str) -> dict:
    return next(each for each in catalogue().editions.latest("n").body["versions"] if each["label"] == label)


def test_a_preview_writes_nothing_and_loading_writes_what_it_said(shelf):
    shelf.line("5.3", "flows 5.3.md", dated="12/03/2023", baselined_by="DAG-DEC41").line("5.4", "flows 5.4.md", dated="2023-05-02", made_from="5.3", what_changed="Flow D0300 was added.")
    shelf.line("5.4", "flows 5.4 marked.docx", document("Somebody", "Flow [-D0200-]{+D0300+}"), form="redline")
    out, err = shelf.run()
    assert "2 versions of 1 artefact can be loaded" in out
    assert not err
    assert not Artefact.objects.filter(document_number="DES-138").exists()
    assert not Blob.objects.exists()
    assert "2 versions of 1 artefact loaded." in shelf.run("--load")[0]
    artefact = catalogue()
    assert (artefact.cited, artefact.phase, artefact.streams) == ("DES-138 Interface Catalogue", "physical", ["Design", "Testing"])
    assert {each["form"] for each in told("5.4")["files"]} == {"clean", "redline"}
    assert told("5.4")["made_from"] == "5.3"
    loaded = told("5.3")["loaded"]
    assert loaded | {"sha256": ""} == {"name": "library.csv", "sha256": "", "lines": [2], "dated_on": "2023-03-12", "baselined_by": "DAG-DEC41"}
    assert loaded["sha256"] == LoadedVersion.objects.first().source.sha256
    page = text_of(Visitor(None).opens(artefact.get_absolute_url()))
    assert "baselined by DAG-DEC41, as stated in line 2 of library.csv" in page
    assert "The portal does not hold this document" not in page
    assert list(faults()) == []


def test_loaded_again_nothing_comes_twice_and_what_reads_otherwise_is_refused(shelf):
    shelf.line("5.3", "flows 5.3.md", what_changed="All new")
    shelf.run("--load")
    out, err = shelf.run("--load")
    assert "0 versions of 0 artefacts loaded; 1 line is there already." in out
    assert not err
    assert (ArtefactVersion.objects.filter(label="5.3").count(), LoadedVersion.objects.count()) == (1, 1)
    (shelf.folder / "flows 5.3.md").write_text("Other flows")
    assert "Line 2: DES-138 Interface Catalogue version 5.3 was loaded before, and reads otherwise there" in shelf.run("--load")[1]


def test_a_version_known_by_name_alone_gets_its_document_later_and_then_stays(shelf):
    shelf.line("5.3", dated="2023-03-12")
    shelf.run("--load")
    assert told("5.3")["held"] is False
    shelf.rows.clear()
    shelf.line("5.3", "flows 5.3.md", dated="2023-03-12")
    shelf.run("--load")
    assert told("5.3")["held"]
    assert ArtefactVersion.objects.filter(label="5.3").count() == 1
    assert list(faults()) == []


BAD = [
    ({"version": "newest"}, "“newest” is no version"),
    ({"dated": "31/02/2023"}, "“31/02/2023” is no day that can be read: Give a day, such as 27/11/2026."),
    ({"phase": "final"}, "“final” is no phase: logical, physical, delivery, other or not stated."),
    ({"file": "../secret.txt"}, "There is no file ../secret.txt in the folder."),
    ({"visibility": ""}, "Say under “visibility” who may have the file: public, participants or pmo and assurance."),
    ({"made_from": "4.9"}, "It says it was made from 4.9, which is neither on record nor loaded with it."),
    ({"file": "run.exe", "content": b"MZ"}, "run.exe: The portal does not take .exe files."),
    ({"file": "marked.docx", "content": document("A", "[-one-]{+two+}")}, "marked.docx has tracked changes"),
]


def test_each_line_that_cannot_be_taken_is_refused_with_a_sentence_and_nothing_is_loaded(shelf):
    shelf.line("5.3", "flows 5.3.md")
    for n, (cells, _) in enumerate(BAD):
        shelf.line(**({"version": f"6.{n}", "file": f"flows 6.{n}.md"} | cells))
    out, err = shelf.run("--load")
    said = dict(line.removeprefix("Line ").split(": ", 1) for line in err.splitlines() if line.startswith("Line "))
    assert [sentence in said[str(n)] for n, (_, sentence) in enumerate(BAD, 3)] == [True] * len(BAD), err
    assert "Nothing is loaded" in out
    assert "Mend the lines" in err
    assert not Artefact.objects.filter(document_number="DES-138").exists()
    assert "1 version of 1 artefact loaded; 8 lines are refused." in shelf.run("--load", "--skip-refused")[0]


def test_a_version_is_loaded_whole_or_not_at_all_and_what_was_made_from_it_neither(shelf):
    shelf.line("5.3", "flows 5.3.md").line("5.3", "notes.exe", b"MZ", form="annex").line("5.4", "flows 5.4.md", made_from="5.3").line("5.5", "flows 5.5.md")
    out, err = shelf.run("--load", "--skip-refused")
    assert "Line 2: Line 3, of the same version, is refused" in err
    assert "Line 4: It says it was made from 5.3" in err
    assert [each.label for each in catalogue().versions.all()] == ["5.5"]
    assert "1 version of 1 artefact loaded; 3 lines are refused." in out


def test_what_the_portal_keeps_itself_is_not_loaded_over(shelf, desk):
    shelf.rows.append({"number": "DES-196", "name": "D-Flow and Interface Mapping", "version": "0.9", "visibility": "public"})
    assert "version 0.9 is kept in the portal itself: nothing is loaded over it." in shelf.run("--load")[1]


def test_what_papers_have_only_named_becomes_an_artefact_that_is_kept(shelf, desk):
    archivist = User.objects.the_archivist()
    named = Artefact(group=desk.group, slug="des-138", name="Interface Catalogue", document_number="DES-138", origin="imported").save_by(archivist)
    ArtefactVersion(artefact=named, label="5.3", status="fixed", origin="imported").save_by(archivist)
    shelf.line("v5.3", "flows 5.3.md").run("--load")
    named.refresh_from_db()
    assert (named.origin, named.phase, named.versions.count(), told("5.3")["held"]) == ("portal", "physical", 1, True)


def test_after_a_stated_baseline_a_version_says_what_it_carries(shelf, desk):
    shelf.line("5.3", "flows 5.3.md", baselined_by="DAG-DEC41").run("--load")
    draft = artefacts.draft_version(catalogue(), "5.4", by=desk.secretary)
    with pytest.raises(Refused, match="say what version"):
        artefacts.put_forward(draft, by=desk.secretary)


def test_what_is_loaded_can_be_reviewed_and_withdrawn_like_any_other(shelf, desk):
    shelf.line("5.3", "flows 5.3.md").line("5.4", dated="2023-05-02").run("--load")
    held, named = catalogue().versions.order_by("key")
    assert desk.review(held).version == held
    with pytest.raises(Refused, match="there is nothing to review"):
        desk.review(named)
    artefacts.withdraw_version(named, why="It never was issued", by=desk.secretary)
    assert told("5.4")["withdrawn_why"] == "It never was issued"


def test_what_is_no_table_of_versions_is_refused(shelf, desk):
    (shelf.folder / "library.csv").write_text("title,label\nFlows,1.0\n")
    with pytest.raises(Refused, match="Missing: name"):
        artefacts.look_at_library(shelf.folder / "library.csv", shelf.folder, desk.group)
    assert "There is no group NONE" in _refusal("load_artefacts", str(shelf.table), str(shelf.folder), "--group", "NONE")


def _refusal(*command: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command(*command)
    return str(refused.value)


@pytest.mark.long
def test_sixty_documents_with_ten_versions_each_come_in_once(shelf):
    for n in range(60):
        for minor in range(10):
            shelf.line(f"1.{minor}", f"paper {n} {minor}.txt", f"Paper {n}, version 1.{minor}".encode(), number=f"DES-{n + 200}", name=f"Paper {n}", dated=f"2023-{minor + 1:02}-01")
    assert "600 versions of 60 artefacts loaded." in shelf.run("--load")[0]
    assert "600 lines are there already" in shelf.run("--load")[0]
    assert LoadedVersion.objects.count() == 600
    assert LoadedVersion.objects.order_by("pk").last().dated_on == date(2023, 10, 1)
    assert list(faults()) == []
