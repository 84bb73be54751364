"""What is refused, each with a sentence: by name, by size, by what is in it."""

import contextlib
import io
import stat
import struct
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from files import archives, looking
from files.kinds import MOST_BYTES, Kind
from files.looking import looked_at
from files.rules import refusals_of_file
from files.unfit import Unfit
from tests.files import samples


def refused(name: str, content: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        looked_at(name, content)
    return str(unfit.value)


SOUND = {
    "minutes.pdf": samples.pdf(), "paper.docx": samples.office(), "log.xlsx": samples.workbook(), "slides.pptx": samples.slides(),
    "table.csv": b"a;b\r\n1;2\r\n", "note.txt": "Grüße – “agreed”".encode("cp1252"), "old.txt": "Grüße".encode("utf-16"), "read.md": b"# Yes",
    "x.json": b'{"a": [1, 2.5, null]}', "x.yaml": b"a: 1", "x.yml": b"a: 1", "x.xml": b"<a><b/></a>", "p.png": samples.png(), "p.jpg": samples.jpeg(),
    "p.jpeg": samples.jpeg(), "p.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "process.bpmn": b'<d:definitions xmlns:d="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    "all.zip": samples.zipped({"a/b.txt": "b", "c.docx": samples.office()}), "plan.mpp": samples.compound("Root Entry", "Props14"),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_what_the_portal_takes_is_known_by_its_content(name):
    kind = looked_at(name, SOUND[name]).kind
    assert kind == looking.EXTENSIONS[looking.extension_of(name)]


@pytest.mark.parametrize("name", SOUND)
def test_nothing_sound_passes_for_another_kind(name):
    for other in (".pdf", ".docx", ".png", ".jpg", ".mpp", ".bpmn", ".svg"):
        if looking.EXTENSIONS[other] != looking.EXTENSIONS[looking.extension_of(name)]:
            refused(f"x{other}", SOUND[name])


def test_a_document_may_be_handed_in_as_the_archive_it_is_and_a_drawing_as_xml():
    assert looked_at("x.zip", samples.office()).kind == Kind.DOCX
    assert looked_at("x.xml", SOUND["p.svg"]).kind == Kind.SVG


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("a.pdf", 0, "The file is empty."),
        ("a.pdf", MOST_BYTES + 1, "larger than 25 MB"),
        ("a.exe", 9, "does not take .exe files"),
        ("a.pdf.exe", 9, "does not take .exe files"),
        ("a", 9, "no ending"),
        (".pdf", 9, "no ending"),
        ("../..", 9, "no name"),
        ("pаper.pdf", 9, "mixes letters"),  # the second letter is Cyrillic
        ("report\u202efdp.exe", 9, "does not take .exe files"),
    ],
)
def test_a_name_and_a_size_are_refused_before_anything_is_looked_into(name, size, words):
    assert any(words in reason for reason in refusals_of_file(name, size))
    assert all(reason.field == "file" for reason in refusals_of_file(name, size))


def test_all_that_is_wrong_is_said_at_once():
    assert len(list(refusals_of_file("a.exe", 0))) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + bytes(60), b"\x7fELF\x02", b"#!/bin/sh\nrm -rf /", bytes.fromhex("cffaedfe07000001"), bytes.fromhex("cafebabe"),
        bytes.fromhex("4c0000000114020000000000c000000000000046"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.zip"])
def test_a_program_is_refused_whatever_its_name(name, content):
    assert refused(name, content) == looking.PROGRAM


def test_text_has_no_hidden_bytes():
    for content in (b"a\0b", b"\x01\x02", "a\0b".encode("utf-16"), b"\x1b[31m", b"\xff\xfea"):
        assert "not what its name says" in refused("a.txt", content)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', b"<a>", b"<a></b>", b"words", b"<a>" * 300 + b"</a>" * 300,
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.xml", "a.svg", "a.bpmn"])
def test_xml_is_well_formed_and_has_no_types_or_entities(name, content):
    assert "XML" in refused(name, content)


def test_json_is_well_formed_and_bounded():
    for content in (b"{", b"NaN", b"[" * 100_000 + b"]" * 100_000):
        assert "well-formed" in refused("a.json", content)
    assert "parts" in refused("a.json", b"[" + b"[]," * 2_000_001 + b"0]")
    looked_at("a.json", b"9" * 1_000_000)  # a number so long takes no time


# --- archives


def test_a_bomb_is_refused_from_its_list():
    assert "far more than it is" in refused("a.zip", samples.zipped({"zeros": bytes(20_000_000)}))


def test_so_much_in_all_and_no_more():
    many = samples.zipped({f"{n}": bytes(1000) for n in range(10)})
    with pytest.raises(Unfit, match="larger than 200 MB"):
        list(archives.members(many, archives.Budget(unpacked=9_999)))
    inner = samples.zipped({"a": bytes(6000)})
    with pytest.raises(Unfit, match="larger than 200 MB"):  # archives within count together
        looking._look_through([("1", inner), ("2", inner)], archives.Budget(unpacked=10_000), 1, 1)


def test_a_list_that_lies_about_a_size_gains_nothing():
    content = samples.zipped({"a.txt": bytes(500_000)})
    lying = content.replace(struct.pack("<L", 500_000), struct.pack("<L", 5))
    assert "damaged" in refused("a.zip", lying)


def test_a_list_that_lies_about_its_length_is_not_read():
    content = bytearray(samples.zipped({"a.txt": b"a"}))
    at = content.rfind(archives.END)
    struct.pack_into("<H", content, at + 10, 60_000)
    assert "more than 2,000 files" in refused("a.zip", bytes(content))
    struct.pack_into("<HL", content, at + 10, 1, 400_000_000)
    assert "more than 2,000 files" in refused("a.zip", bytes(content))


def test_two_thousand_files_and_no_more():
    looked_at("a.zip", samples.zipped({str(n): "" for n in range(2000)}))
    assert "more than 2,000 files" in refused("a.zip", samples.zipped({str(n): "" for n in range(2001)}))


def test_an_archive_in_an_archive_and_no_further():
    one = samples.zipped({"a.txt": "a"})
    two = samples.zipped({"one.zip": one, "paper.docx": samples.office("docx", None, {"word/embeddings/sheet.xlsx": samples.workbook()})})
    looked_at("a.zip", two)
    assert "archives that hold archives" in refused("a.zip", samples.zipped({"two.zip": two}))
    deep = samples.office()
    for _ in range(5):
        deep = samples.office("docx", None, {"word/embeddings/x.docx": deep})
    assert "archives that hold archives" in refused("a.docx", deep)


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b", "/etc/passwd", "\\windows\\x", "C:\\x", "a\\..\\b", "C:x", "a\0.txt"])
def test_no_name_leads_out_of_an_archive(name):
    content = samples.zipped({"x" * len(name): "a"}).replace(b"x" * len(name), name.encode())
    assert "leads out of it" in refused("a.zip", content)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20), min_size=1, max_size=5, unique=True))
def test_whatever_the_names_an_archive_is_read_or_refused_with_a_sentence(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, b"a")
    try:
        parts = list(archives.members(out.getvalue(), archives.Budget()))
    except Unfit:
        return
    for name, _ in parts:
        assert not name.startswith(("/", "\\"))
        assert ".." not in name.replace("\\", "/").split("/")


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_is_read_or_refused_with_a_sentence(at, noise):
    content = samples.zipped({"a.txt": "some words " * 20, "b.txt": "others"})
    with contextlib.suppress(Unfit):
        looked_at("a.zip", content[:at] + noise + content[at + len(noise) :])


def test_no_links_no_passwords_no_rarities_no_doubles():
    def made(change):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            change(archive)
        return out.getvalue()

    def link(archive):
        entry = zipfile.ZipInfo("a")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    assert "a link" in refused("a.zip", made(link))
    assert "unusual" in refused("a.zip", samples.zipped({"a": "a"}, zipfile.ZIP_LZMA))
    locked = bytearray(samples.zipped({"a": "a"}))
    locked[6] |= 1
    locked[locked.find(archives.LISTED) + 8] |= 1
    assert "password" in refused("a.zip", bytes(locked))
    assert "two files of one name" in refused("a.zip", samples.zipped({"a": "a", "A": "b"}))
    assert "empty" in refused("a.zip", samples.zipped({}))


@pytest.mark.parametrize("name", ["run.exe", "run.bat", "x.docm", "x.lnk", "x.js"])
def test_an_archive_holds_no_programs_by_name(name):
    assert name in refused("a.zip", samples.zipped({name: "words"}))


def test_an_archive_holds_no_programs_by_content():
    assert "x.txt" in refused("a.zip", samples.zipped({"x.txt": b"\x7fELF"}))
    inner = samples.zipped({"y.txt": b"MZ\0\0"})
    assert "y.txt" in refused("a.zip", samples.zipped({"inner.zip": inner}))


# --- documents


@pytest.mark.parametrize(
    "content",
    [
        samples.office("docm"),
        samples.office("docx", None, {"word/vbaProject.bin": b"x"}),
        samples.office("xlsx", "<workbook/>", {"xl/macrosheets/sheet1.xml": "<a/>"}),
        samples.zipped({"in.docx": samples.office("docx", None, {"word/vbaProject.bin": b"x"})}),
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.zip"])
def test_macros_are_refused_wherever_they_are(name, content):
    assert "macros" in refused(name, content)


def test_a_document_with_a_password_is_refused_by_what_it_is():
    assert refused("a.docx", samples.compound("Root Entry", "EncryptedPackage")) == looking.LOCKED
    assert refused("a.zip", samples.zipped({"x.docx": samples.compound("Root Entry", "EncryptedPackage")})) == looking.LOCKED
    assert "not what its name says" in refused("a.docx", samples.compound("Root Entry", "WordDocument"))
    assert "not what its name says" in refused("a.mpp", samples.compound("Root Entry", "WordDocument", "Props"))


def test_entities_in_a_part_of_a_document_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    assert "entities" in refused("a.docx", samples.office("docx", bomb))


# --- PDFs


def test_a_pdf_with_a_password_is_refused():
    for how in (pikepdf.Encryption(owner="a", user="b"), pikepdf.Encryption(owner="a", user="")):
        assert "protected with a password" in refused("a.pdf", samples.pdf(encryption=how))


def test_what_is_no_pdf_is_refused():
    assert "cannot be read" in refused("a.pdf", b"%PDF-1.7\nnothing else")
    assert "not what its name says" in refused("a.pdf", b"\n" + samples.pdf())


def test_a_pdf_that_asks_for_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("files.apart.PATIENCE", 0.01)
    assert "cannot be read" in refused("a.pdf", samples.pdf())


def test_a_pdf_whose_list_unpacks_without_end_takes_only_its_own_process_with_it():
    """A stream of objects has to be unpacked to be read: sixty kilobytes of it are two gigabytes."""
    lines = b"%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length LEN>>\nstream\n"
    packed = zlib.compress(samples.many_zeros(2_000_000_000))
    made = lines.replace(b"LEN", str(len(packed)).encode()) + packed + b"\nendstream\nendobj\n"
    listed = b"2 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 3 0 R/Length 24>>\nstream\n"
    rows = struct.pack(">BLB", 0, 0, 0) + struct.pack(">BLB", 1, 9, 0) + struct.pack(">BLB", 1, len(made), 0) + struct.pack(">BLB", 2, 1, 0)
    content = made + listed + rows + b"\nendstream\nendobj\nstartxref\n" + str(len(made)).encode() + b"\n%%EOF\n"
    assert len(content) < 100_000
    assert "cannot be read" in refused("a.pdf", content)


@pytest.mark.parametrize(
    ("note", "key", "value"),
    [
        ("holds JavaScript", "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))),
        ("starts programs or sends what is filled in", "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))),
        ("holds other files", "/Names", pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array([])))),
    ],
)
def test_what_a_pdf_would_do_is_noted(note, key, value):
    def change(document):
        document.Root[key] = value

    assert looked_at("a.pdf", samples.pdf(change)).notes == [note]


# --- two kinds at once


def test_a_file_of_two_kinds_is_refused():
    archive = samples.zipped({"a.txt": "a"})
    for name, content in (("a.png", samples.png()), ("a.jpg", samples.jpeg()), ("a.pdf", samples.pdf()), ("a.txt", b"words")):
        said = refused(name, content + archive)
        assert "two kinds" in said or "not what its name says" in said
    assert "two kinds" in refused("a.png", samples.png(samples.chunk(b"tEXt", b"%PDF-1.7")))
    assert "before, between or after" in refused("a.zip", archive + b"more")
    assert "follows the end" in refused("a.png", samples.png() + b"more")


@pytest.mark.parametrize("content", [samples.png()[:-5], samples.png()[:20], b"\x89PNG\r\n\x1a\n"])
def test_half_a_picture_is_refused(content):
    assert "damaged" in refused("a.png", content)


def test_half_a_photograph_is_refused():
    for end in (10, 30, -2):
        assert "damaged" in refused("a.jpg", samples.jpeg()[:end])


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    ("inside", "notes"),
    [
        ("<script>alert(1)</script>", ["holds scripts or pages"]),
        ('<g onclick="x()"/>', ["holds scripts or pages"]),
        ("<foreignObject/>", ["holds scripts or pages"]),
        ('<a href=" javascript:x()"/>', ["holds scripts or pages", "refers to things outside it"]),
        ('<image xlink:href="https://example.org/a.png"/>', ["refers to things outside it"]),
        ("<style>@import 'x'; a {fill: url(http://x)}</style>", ["refers to things outside it"]),
        ('<use href="#a"/><image href="data:image/png;base64,AA"/><g fill="url(#b)"/>', []),
    ],
)
def test_what_a_drawing_would_do_is_noted(inside, notes):
    assert looked_at("a.svg", SVG.format(inside).encode()).notes == notes
