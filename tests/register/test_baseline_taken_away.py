"""A baseline as a ZIP: every file that everybody may have, a manifest that tells the truth of each, and the same bytes again."""

import csv
import io
import json
import zipfile

import pytest

from artefacts import operations as artefacts
from files.models import Blob, Scan
from files.scanning import Result
from files.storing import name_of, storage
from groups.models import User
from records.canonical import sha256
from records.clock import portal_now
from register import manifest
from register.zipped import Packed, length_of, zipped
from rehearsal.papers import document
from tests.artefacts.test_artefacts import Library
from tests.conftest import set_clock
from tests.factories import issue_all
from tests.pages import drained, text_of

pytestmark = pytest.mark.django_db


def build_library() -> Library:
    """1.0 with a document of which the author is taken out, two annexes that differ in capitals alone, and one that is not for everybody."""
    library = Library(set_clock)
    draft = artefacts.draft_version(library.artefact, "1.0", by=library.owner)
    for name, content, form, visibility in (
        ("mapping.docx", document("Ann Author", "The mapping."), "clean", "public"), ("Annex.csv", b"a;b\n", "annex", "public"),
        ("annex.csv", b"c;d\n", "annex", "public"), ("canary.csv", b"secret", "source", "participants"),
    ):  # fmt: skip
        artefacts.attach(draft, (name, content), form=form, visibility=visibility, by=library.owner)
    artefacts.put_forward(draft, by=library.owner)
    library.baselined("1.0")
    issue_all("group")
    library.here = f"/groups/{library.group.code}/baseline.zip?on=2023-07-12"
    return library


@pytest.fixture(scope="module")
def stage(scene):
    return scene(build_library)


@pytest.fixture
def library(stage):
    return stage()


def taken(client, address: str) -> tuple[zipfile.ZipFile, list[dict]]:
    packed = zipfile.ZipFile(io.BytesIO(drained(client.get(address)).drained))
    return packed, json.loads(packed.read("manifest.json"))["files"]


def scanned(sha: str, result: str) -> None:
    Scan(blob=Blob.objects.get(sha256=sha), at=portal_now(), result=result).save_by(User.objects.the_clock())


def test_it_holds_what_everybody_may_have_as_it_is_handed_out_and_says_what_it_is(library, client):
    packed, told = taken(client, library.here)
    folder = f"{library.artefact.slug}/1.0"
    paths = [f"{folder}/mapping.docx", f"{folder}/Annex.csv", f"{folder}/annex (2).csv"]
    assert packed.testzip() is None
    assert packed.namelist() == ["README.txt", "SHA256SUMS", "manifest.csv", "manifest.json", *paths]
    assert [(each["path"], each["sha256"], each["bytes"]) for each in told] == [(path, sha256(packed.read(path)), len(packed.read(path))) for path in paths]
    assert b"Ann Author" not in packed.read(paths[0])
    assert told[0]["handed in as sha256"] != told[0]["sha256"]
    assert {(each["document number"], each["version"], each["baselined by"]) for each in told} == {("DES-196", "1.0", f"{library.group.code}-DEC01")}
    lines = list(csv.DictReader(io.StringIO(packed.read("manifest.csv").decode("utf-8-sig"))))
    assert [line["sha256"] for line in lines] == [each["sha256"] for each in told]
    sums = dict(reversed(line.split("  ")) for line in packed.read("SHA256SUMS").decode().splitlines())
    assert {path: sha256(packed.read(path)) for path in sums} == sums
    readme = packed.read("README.txt").decode()
    assert "on 12 Jul 2023" in readme
    assert "baseline/?on=2023-07-12" in readme


def test_it_is_the_same_to_the_byte_on_another_day_and_need_not_be_sent_twice(library, client, clock):
    first = drained(client.get(library.here))
    clock("2024-01-10 10:00")
    again = drained(client.get(library.here + "&now"))
    assert (again.drained, again["ETag"]) == (first.drained, first["ETag"])
    assert int(first["Content-Length"]) == len(first.drained)
    assert client.get(library.here + "&later", headers={"If-None-Match": first["ETag"]}).status_code == 304
    head = client.head(library.here + "&head")
    assert (head["Content-Length"], head.content) == (first["Content-Length"], b"")


@pytest.mark.parametrize("what", ["infected", "waits", "missing"])
def test_a_file_that_is_not_handed_out_is_named_with_the_reason(library, client, settings, what):
    before = client.get(library.here)["ETag"]
    file = library.artefact.versions.get().files.get(name="Annex.csv")
    if what == "infected":
        scanned(file.sha256, Result.INFECTED)
    elif what == "waits":
        settings.PORTAL_CLAMD = "unix:/nowhere"
        for each in library.artefact.versions.get().files.exclude(pk=file.pk):
            scanned(each.sha256, Result.CLEAN)
    else:
        storage().delete(name_of(file.digest))
    packed, told = taken(client, library.here + "&now")
    left_out = {each["file"]: (each["path"], each["not included"]) for each in told if each["not included"]}
    why = {"infected": manifest.INFECTED, "waits": manifest.WAITS, "missing": manifest.MISSING}[what]
    assert left_out == {"Annex.csv": ("", why)}
    assert f"{library.artefact}, Annex.csv: {why}" in packed.read("README.txt").decode()
    assert len(packed.namelist()) == 4 + 2
    assert client.get(library.here + "&later")["ETag"] != before


def test_too_much_is_refused_with_what_to_do_instead(library, client, monkeypatch):
    monkeypatch.setattr(manifest, "MOST", 100)
    page = client.get(library.here)
    assert page.status_code == 409
    assert "more than the portal packs into one ZIP. Each can be taken from its page" in text_of(page)


def test_the_page_leads_to_it_and_a_day_that_is_none_is_said(library, client):
    page = client.get(library.here.replace(".zip", "/"))
    assert library.here in page.content.decode()
    assert "All files of this baseline as a ZIP (3 files," in text_of(page)
    wrong = client.get(library.here.replace("2023-07-12", "tomorrow"))
    assert wrong.status_code == 400
    assert "Give a day" in text_of(wrong)


def test_what_has_no_file_has_a_line_that_says_so(library, client, clock):
    clock("2023-07-13 10:00")
    artefacts.add_artefact(library.group, "Choreography", by=library.secretary)
    library.artefact = artefacts.add_artefact(library.group, "Registration", by=library.secretary)
    artefacts.put_forward(artefacts.draft_version(library.artefact, "1.0", by=library.secretary), by=library.secretary)
    library.baselined("1.0", ref="Registration")
    _, told = taken(client, library.here.replace("-12", "-13"))
    assert [each["not included"] for each in told if each["artefact"] == "Registration"] == [manifest.NO_FILE]
    assert "Choreography" not in str(told)


@pytest.mark.parametrize("contents", [[], [b""], [b"one", "zwölf".encode() * 99_999]])
def test_its_length_is_known_before_it_is_made(contents):
    files = [Packed(f"ä/{n}.txt", len(content), lambda content=content: [content]) for n, content in enumerate(contents)]
    whole = b"".join(zipped(files))
    assert len(whole) == length_of(files)
    assert zipfile.ZipFile(io.BytesIO(whole)).namelist() == [each.path for each in files]


def test_a_content_that_is_not_as_long_as_it_was_said_breaks_it_off():
    with pytest.raises(ValueError, match="is 3 bytes long, and not 4"):
        list(zipped([Packed("a", 4, lambda: [b"one"])]))
