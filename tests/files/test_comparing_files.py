"""What is read of each kind of file, and that a file made to choke its reader ends in a sentence."""

import io
import json
import re
import zipfile

import pikepdf
import pytest

from files import apart
from files.comparing import CHANGED, IN, OUT, SAME
from files.differences import between, marked
from files.looking import looked_at
from files.reading import read
from files.reading.passages import Unreadable
from rehearsal.papers import document
from tests.files import samples

W = f'xmlns:w="{samples.WORD}"'
SHEET = f"{samples.PARTS}/spreadsheetml/2006/main"
RELATIONS = f"{samples.PARTS}/officeDocument/2006/relationships"


def word(body: str, more: dict | None = None) -> bytes:
    return samples.office("docx", f'<w:document {W} xmlns:mc="x"><w:body>{body}</w:body></w:document>', more)


def p(*runs: str, style: str = "") -> str:
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={chr(34)}{style}{chr(34)}/></w:pPr>' if style else ''}{''.join(runs)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def said(kind: str, content: bytes) -> list[tuple[str, str]]:
    return [(each.where, each.text) for each in read(kind, content).passages]


# --- Word


def test_a_document_is_read_under_its_headings_with_its_tables_and_notes():
    cells = "".join(f"<w:tc>{p(r(text))}</w:tc>" for text in ("D0010", "16"))
    styles = f'<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
    notes = f"<w:footnotes {W}><w:footnote>{p(r('See annex A.'))}</w:footnote></w:footnotes>"
    body = p(r("Inter"), r("faces"), style="berschrift1") + p(r("All"), "<w:r><w:tab/></w:r>", r("of them.")) + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + p()
    assert said("docx", word(body, {"word/styles.xml": styles, "word/footnotes.xml": notes})) == [
        ("under “Interfaces”", "Interfaces"), ("under “Interfaces”", "All of them."), ("table 1, row 1", "D0010 | 16"), ("a footnote", "See annex A."),
    ]  # fmt: skip


def test_what_word_draws_twice_for_older_programs_is_read_once():
    box = f"<mc:AlternateContent><mc:Choice>{p(r('In a box.'))}</mc:Choice><mc:Fallback>{p(r('In a box.'))}</mc:Fallback></mc:AlternateContent>"
    assert [text for _, text in said("docx", word(p(r("Beside it."), box)))] == ["In a box.", "Beside it."]


def test_the_text_is_as_it_reads_with_every_marked_change_made():
    assert said("docx", document("Ann", "Send it [-five-]{+three+} times.", "[-Gone.-]"))[0][1] == "Send it three times."
    assert len(said("docx", document("Ann", "Send it.", "[-Gone.-]"))) == 1


def test_changes_that_word_has_marked_are_drawn_letter_by_letter():
    told = marked(read("docx", document("Ann", "Two hour{+s+} [-or more-]at most.", "Kept.", "[-Gone.-]", "{+Come.+}")))
    changed = next(block for block in told["blocks"] if block["kind"] == CHANGED)
    sides = {OUT: changed["before"], IN: changed["after"], SAME: changed["after"]}
    assert [(kind, sides[kind][start:end]) for kind, start, end in changed["steps"]] == [(SAME, "Two hour"), (IN, "s"), (SAME, " "), (OUT, "or more"), (SAME, "at most.")]
    assert [told[kind] for kind in (SAME, CHANGED, OUT, IN)] == [1, 1, 1, 1]


def test_a_mark_at_the_end_of_a_paragraph_marks_no_words():
    assert read("docx", word(f'<w:p><w:pPr><w:rPr><w:ins w:id="1" w:author="x"/></w:rPr></w:pPr>{r("As it was.")}</w:p>')).marked == [[(SAME, "As it was.")]]


def test_who_marked_them_is_in_no_comparison():
    """What is compared is the clean copy; names would stand in no text of it."""
    clean = looked_at("a.docx", samples.reviewed()).clean
    assert samples.AUTHOR not in json.dumps(apart.differences([("docx", clean)]))


# --- Excel


def workbook(*rows: str, styles: str = "", shared: str = "", name: str = "Flows") -> bytes:
    parts = {
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{samples.PARTS}/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
    }
    return samples.office("xlsx", f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>', parts)


def row(n: int, *cells: str) -> str:
    return f'<row r="{n}">{"".join(cells)}</row>'


def t(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


STYLES = '<numFmts><numFmt numFmtId="164" formatCode="[Red]dd\\-mmm"/><numFmt numFmtId="165" formatCode="0.0 &quot;days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<c t="s"><v>1</v></c>', "second"), ('<c t="s"><v>99</v></c>', ""), ('<c t="b"><v>1</v></c>', "TRUE"), ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ("<c><v>0.10000000000000001</v></c>", "0.1"), ('<c s="1"><v>45119</v></c>', "2023-07-12"), ('<c s="2"><v>45119.5</v></c>', "2023-07-12 12:00"),
        ('<c s="3"><v>1.5</v></c>', "1.5"), ('<c s="1"><v>1e300</v></c>', "1e+300"), ("<c><f>SUM(A1:A9)</f><v>45</v></c>", "45 (=SUM(A1:A9))"),
        ('<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>', 'ax (=A1&"x")'), ("<c><v>not a number</v></c>", "not a number"),
    ],
)  # fmt: skip
def test_a_cell_says_what_its_reader_sees_and_the_formula_behind_it(cell, told):
    content = workbook(row(1, t("head")), row(2, cell, t("last")), styles=STYLES, shared="<si><t>first</t></si><si><r><t>sec</t></r><r><t>ond</t></r><rPh><t>x</t></rPh></si>")
    assert read("xlsx", content).tables[0].rows[0][1].get("head", "") == told


def test_a_workbook_is_compared_by_sheet_key_and_column():
    one = workbook(row(1, t("Flow"), t("Length")), row(2, t("D10"), "<c><v>16</v></c>"), row(4, t("D11"), "<c><v>9</v></c>"))
    other = workbook(row(1, t("Flow"), t("Length")), row(2, t("D11"), "<c><v>8</v></c>"), row(3, '<c r="A3" t="inlineStr"><is><t>D10</t></is></c>', '<c r="B3"><v>16.0</v></c>'))
    told = between(read("xlsx", one), read("xlsx", other))
    assert [(b["where"], b["before"], b["after"]) for b in told["blocks"] if b["kind"] == CHANGED] == [("sheet Flows, row D11, column Length", "9", "8")]
    assert (told[SAME], told[IN], told[OUT]) == (1, 0, 0)


# --- PDF


def pdf(*pages: list[str]) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    font = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica))
    for lines in pages:
        page = made.add_blank_page()
        drawn = " ".join(f"({line}) Tj T*" for line in lines)
        page.Contents = made.make_stream(f"BT /F1 9 Tf 12 TL 20 750 Td {drawn} ET".encode())
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.save(out)
    return out.getvalue()


LINE = "Registration requests are answered within an hour of their arrival at the"
NAMES = ["metering", "settlement", "registration"]


def test_lines_of_a_pdf_belong_together_and_what_stands_on_every_page_is_left_out():
    pages = [["DAG Portal", f"{LINE} {name}", "service, whatever the day.", f"1.2 Errors are told in {name} words.", f"Page {n} of 3"] for n, name in enumerate(NAMES, 1)]
    assert said("pdf", pdf(*pages)) == [
        (f"page {n}", text) for n, name in enumerate(NAMES, 1) for text in (f"{LINE} {name} service, whatever the day.", f"1.2 Errors are told in {name} words.")
    ]  # fmt: skip


@pytest.mark.parametrize(("content", "why"), [(samples.pdf(), "There is no text in the PDF"), (b"%PDF-1.4\nbroken", "cannot be read")])
def test_a_pdf_without_text_and_one_that_is_broken_say_so(content, why):
    with pytest.raises(Unreadable, match=why):
        read("pdf", content)


# --- text


def test_lines_that_were_broken_for_their_length_are_one_paragraph_in_markdown():
    assert said("md", b"# One\n\nIt is\nbroken.\n\n- first\n- second\n") == [
        ("", "# One"), ("under “One”", "It is broken."), ("under “One”", "- first"), ("under “One”", "- second"),
    ]  # fmt: skip


def test_blanks_at_the_beginning_of_a_line_have_a_meaning_in_yaml():
    told = between(read("yaml", b"a:\n  b: 1\n"), read("yaml", b"a:\nb: 1\n"))
    assert (told["unit"], told[SAME], told[CHANGED] + told[IN]) == ("line", 1, 1)


# --- made to choke


def deep(n: int) -> bytes:
    return b"[" * n + b"1" + b"]" * n




HOSTILE = {
    "nested JSON": ("json", deep(100_000), "nested too deep|not well-formed"),
    "a million cells": ("csv", b"a;b\n" + b"1;2\n" * 300_000, "more than 500,000 cells"),
    "many paragraphs": ("txt", b"a\n\n" * 100_001, "more than 100,000 paragraphs"),
    "many letters": ("txt", b"a" * 21_000_000, "more than 20,000,000 letters"),
    "no text": ("txt", b"\0\1\2", "no text that can be read"),
    "a quotation mark": ("csv", b'a;b\n"' + b"x" * 200_000, "quotation mark|more than"),
    "not an archive": ("docx", b"PK\x03\x04 nothing more", "damaged"),
    "no document in it": ("docx", samples.zipped({"[Content_Types].xml": "<Types/>", "a.xml": "<a/>"}), "not where it should be"),
    "a sheet as wide as can be": ("xlsx", workbook(row(1, '<c r="XFD1"><v>1</v></c>')), "more than 500 columns"),
    "a cell far out": ("xlsx", workbook(row(1, f'<c r="{"Z" * 3000}1"><v>1</v></c>')), "more than 500 columns"),
    "entities": ("docx", samples.office("docx", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "document type"),
    "a broken PDF": ("pdf", b"%PDF-1.7\n" + b"\xff" * 9_000, "cannot be read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_ends_in_a_sentence_that_says_which_file_and_why(name):
    kind, content, why = HOSTILE[name]
    told = apart.differences([(kind, content), (kind, content)])
    assert told.keys() == {"why_not"}
    assert re.search(why, told["why_not"])
    assert told["why_not"].startswith("The earlier file: ")


def test_a_document_that_unpacks_to_far_more_than_it_is_is_not_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(50_000_000))
    assert "unpacks to far more" in apart.differences([("docx", out.getvalue())])["why_not"]


def test_what_takes_too_long_is_ended_and_says_so(monkeypatch):
    monkeypatch.setattr("files.apart.PATIENCE_TO_COMPARE", 0.01)
    assert apart.differences([("txt", b"a"), ("txt", b"b")]) == {"why_not": apart.TOO_MUCH}


def test_letters_that_the_database_keeps_in_no_text_are_replaced():
    told = apart.differences([("json", b'{"a": "b"}'), ("json", b'{"a": "\\u0000 \\ud800"}')])
    assert told["blocks"][0]["after"] == "\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}"
