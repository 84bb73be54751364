"""The clean copy: nobody is named in it who was not in the text, and everything else is as it was."""

import io
import zipfile

import pikepdf
import pytest

from files.looking import looked_at
from files.unfit import Unfit
from tests.files import samples
from tests.files.samples import AUTHOR, unpacked

DOCUMENTS = {"a.docx": samples.reviewed, "a.xlsx": samples.workbook, "a.pptx": samples.slides}


def clean(name: str, content: bytes) -> bytes:
    found = looked_at(name, content).clean
    assert found is not None
    return found


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_author_is_left_in_any_part_of_a_document(name):
    content = DOCUMENTS[name]()
    assert AUTHOR.encode() in unpacked(content)
    assert AUTHOR.encode() not in unpacked(clean(name, content))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_document_gives_the_same_bytes_and_a_clean_one_no_copy(name):
    content = DOCUMENTS[name]()
    first, second = clean(name, content), clean(name, content)
    assert first == second
    assert looked_at(name, first).clean is None


def test_what_was_written_and_changed_stays_to_the_letter():
    cleaned = part(clean("a.docx", samples.reviewed()), "word/document.xml")
    assert cleaned == part(samples.reviewed(), "word/document.xml").replace(f' w:author="{AUTHOR}" w:date="2023-05-01T10:00:00Z"', ' w:author="Author 1"').replace(
        f"w:author='{AUTHOR}'", 'w:author="Author 1"'
    )
    assert 'x > y "z"' in cleaned


def test_two_authors_are_still_two_and_the_same_in_every_part():
    who = '<w:ins w:author="{}"/>'
    main = f'<w:document xmlns:w="{samples.WORD}">{who.format("Ada")}{who.format("Ben")}{who.format("Ada")}</w:document>'
    comments = f'<w:comments xmlns:w="{samples.WORD}"><w:comment w:author="Ben" w:initials="B"/></w:comments>'
    cleaned = clean("a.docx", samples.office("docx", main, {"word/comments.xml": comments}))
    assert [who[-8:] for who in part(cleaned, "word/document.xml").split('"/>')[:-1]] == ["Author 1", "Author 2", "Author 1"]
    assert '<w:comment w:author="Author 2"/>' in part(cleaned, "word/comments.xml")


def test_who_edits_a_clean_copy_is_not_taken_for_whom_it_named_before():
    main = f'<w:document xmlns:w="{samples.WORD}"><w:ins w:author="Ada"/><w:ins w:author="Author 1"/><w:ins w:author="Author 1"/></w:document>'
    cleaned = part(clean("a.docx", samples.office("docx", main)), "word/document.xml")
    assert [who[-8:] for who in cleaned.split('"/>')[:-1]] == ["Author 1", "Author 2", "Author 2"]


def test_letters_in_which_an_author_could_hide_are_refused():
    hidden = f'<?xml version="1.0" encoding="UTF-16"?><w:comments xmlns:w="{samples.WORD}"><w:comment w:author="{AUTHOR}"/></w:comments>'
    with pytest.raises(Unfit):
        looked_at("a.docx", samples.office("docx", None, {"word/comments.xml": hidden.encode("utf-16-le")}))
    with pytest.raises(Unfit, match="neither in UTF-8 nor in UTF-16"):
        looked_at("a.docx", samples.office("docx", None, {"word/comments.xml": hidden.replace("UTF-16", "latin-1").encode()}))


def test_what_a_pdf_said_before_it_was_saved_again_is_not_in_its_copy():
    content = samples.pdf() + b"\n% " + AUTHOR.encode() + b"\n" + samples.pdf().partition(b"startxref")[2].join((b"startxref", b""))
    assert AUTHOR.encode() not in clean("a.pdf", content)


def test_title_and_language_stay_and_who_when_and_for_whom_go():
    content = samples.office("docx", None, {"docProps/core.xml": samples.core(), "docProps/app.xml": samples.app()})
    cleaned = clean("a.docx", content)
    assert "<dc:title>Registration hours &amp; more</dc:title>" in part(cleaned, "docProps/core.xml")
    for gone in ("creator", "revision", "created", "Company", "TotalTime"):
        assert gone.encode() not in unpacked(cleaned)


def test_a_part_in_utf_16_is_cleaned_as_well():
    comments = f'<?xml version="1.0" encoding="UTF-16"?><w:comments xmlns:w="{samples.WORD}"><w:comment w:author="{AUTHOR}"/></w:comments>'
    cleaned = clean("a.docx", samples.office("docx", None, {"word/comments.xml": comments.encode("utf-16")}))
    assert AUTHOR.encode("utf-16-le") not in unpacked(cleaned)
    assert "Author 1".encode("utf-16-le") in unpacked(cleaned)


def test_workbooks_and_photographs_within_a_document_are_cleaned_too():
    within = {"word/embeddings/sheet.xlsx": samples.workbook(), "word/media/photo.jpg": samples.jpeg(samples.exif(1))}
    cleaned = clean("a.docx", samples.office("docx", None, within))
    assert AUTHOR.encode() not in unpacked(cleaned)
    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        assert AUTHOR.encode() not in unpacked(archive.read("word/embeddings/sheet.xlsx"))


def test_what_a_document_holds_is_noted():
    assert looked_at("a.docx", samples.reviewed()).notes == ["has comments", "has tracked changes"]
    assert looked_at("a.xlsx", samples.workbook()).notes == ["has comments", "has hidden sheets"]
    outside = '<Relationships><Relationship Type="x/attachedTemplate" Target="https://example.org/t.dotm" TargetMode="External"/></Relationships>'
    assert looked_at("a.docx", samples.office("docx", None, {"word/_rels/settings.xml.rels": outside})).notes == ["refers to things outside it"]
    link = outside.replace("attachedTemplate", "hyperlink")
    assert looked_at("a.docx", samples.office("docx", None, {"word/_rels/document.xml.rels": link})).notes == []


def test_the_files_of_an_archive_are_listed_and_it_says_that_they_keep_their_authors():
    found = looked_at("a.zip", samples.zipped({"b.txt": "b", "a.docx": samples.reviewed()}))
    assert found.notes == ["its files keep their authors", "holds a.docx", "holds b.txt"]
    assert found.clean is None


def test_nobody_is_named_in_a_pdf_and_its_title_stays():
    content = samples.pdf_by_somebody()
    cleaned = clean("a.pdf", content)
    assert clean("a.pdf", content) == cleaned
    assert looked_at("a.pdf", cleaned).clean is None
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        assert document.trailer.Info == {"/Title": "Registration hours"}
        assert "/Metadata" not in document.Root
        assert document.pages[0].Annots[0].Contents == "Why?"
        out = io.BytesIO()
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all, qdf=True)
    assert AUTHOR.encode() not in out.getvalue()
    assert AUTHOR.encode("utf-16-be") not in out.getvalue()


def test_a_pdf_without_authors_has_no_copy_and_a_signed_one_is_left_alone():
    assert looked_at("a.pdf", samples.pdf()).clean is None

    def sign(document):
        document.docinfo["/Author"] = AUTHOR
        document.Root.Sig = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("x")))

    found = looked_at("a.pdf", samples.pdf(sign))
    assert found.clean is None
    assert found.notes == ["is signed digitally, so its authors were left in it"]


def test_a_comment_in_a_pdf_is_noted():
    assert looked_at("a.pdf", samples.pdf_by_somebody()).notes == ["has comments"]


def test_a_picture_loses_what_it_says_and_not_a_pixel():
    told = [samples.chunk(kind, AUTHOR.encode()) for kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME")]
    assert clean("a.png", samples.png(*told, samples.chunk(b"gAMA", b"\0\0\0\1"))) == samples.png(samples.chunk(b"gAMA", b"\0\0\0\1"))
    assert looked_at("a.png", samples.png()).clean is None


def test_a_photograph_loses_what_it_says_and_stays_the_right_way_up():
    colours = samples.segment(0xE2, b"ICC_PROFILE\0\1\1colours"), samples.segment(0xEE, b"Adobe\0d\0\0\0\0\1")
    told = samples.exif(6), samples.segment(0xED, AUTHOR.encode()), samples.segment(0xFE, AUTHOR.encode()), samples.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + AUTHOR.encode())
    cleaned = clean("a.jpg", samples.jpeg(*told, *colours) + b"a preview that was left behind")
    assert AUTHOR.encode() not in cleaned
    turned = bytes.fromhex("ffe100224578696600004d4d002a00000008000101120003000000010006000000000000")
    plain = samples.jpeg(*colours)
    assert cleaned == plain[:20] + turned + plain[20:]
    assert looked_at("a.jpg", cleaned).clean is None


def test_a_photograph_that_is_the_right_way_up_has_no_need_to_say_so():
    assert clean("a.jpg", samples.jpeg(samples.exif(1))) == samples.jpeg()
    assert looked_at("a.jpg", samples.jpeg()).clean is None
