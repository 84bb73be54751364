"""Paper that fetches nothing and comes out the same twice; text that carries no tricks."""

import hashlib
import io
from datetime import UTC, datetime

import pikepdf
import pytest
from django.template.loader import render_to_string

from launcher import prepare
from records.press import AddressRefused
from records.printing import pdf
from records.text import plain, rendered

WHEN = datetime(2023, 7, 19, 9, tzinfo=UTC)
CSS = render_to_string("pdf/minutes.css")
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Minutes of DAG026</title></head><body>
<p class="running">DAG026</p><h1>Minutes</h1><h2>Decisions</h2>{}
<table class="register"><caption>Decisions</caption><thead><tr><th scope="col">Ref</th><th scope="col">Decision</th></tr></thead>
<tbody>{}</tbody></table><p><a href="https://example.org/">A link</a></p></body></html>"""
ROWS = "".join(f"<tr><th scope='row'>DAG-DEC{n}</th><td>The SRO approved CR{n:03}</td></tr>" for n in range(120))


@pytest.fixture(scope="module")
def paper() -> bytes:
    return pdf(PAGE.format("", ROWS), CSS, made_at=WHEN)


@pytest.fixture
def document(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        yield opened


def test_the_same_minutes_give_the_same_bytes(paper):
    again = pdf(PAGE.format("", ROWS), CSS, made_at=WHEN)
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(paper).hexdigest()


def test_the_paper_is_tagged_titled_and_in_english(document):
    root = document.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "en-GB"
    assert root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Minutes of DAG026"


def test_the_paper_has_bookmarks_for_its_headings(document):
    with document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Minutes"]
        assert [item.title for item in outline.root[0].children] == ["Decisions"]


def tags(node, found=None):
    found = [] if found is None else found
    if isinstance(node, pikepdf.Array):
        for kid in node:
            tags(kid, found)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        found.append(node)
        tags(node.get("/K"), found)
    return found


def test_every_table_header_has_a_scope(document):
    headers = [tag for tag in tags(document.Root.StructTreeRoot.K) if tag.S == "/TH"]
    scopes = {str((h.A if isinstance(h.A, pikepdf.Dictionary) else h.A[0]).Scope) for h in headers}
    assert scopes == {"/Column", "/Row"}


def test_page_numbers_are_not_read_out_as_text(document):
    assert len(document.pages) > 1
    for page in document.pages:
        assert any(
            str(instruction.operator) == "BDC" and str(instruction.operands[0]) == "/Artifact" for instruction in pikepdf.parse_content_stream(page)
        )


@pytest.mark.parametrize(
    "trick",
    [
        '<img src="http://169.254.169.254/latest/meta-data/">',
        '<img src="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import url("file:///etc/passwd");</style>',
        '<p style="background: url(http://example.org/x.png)">x</p>',
        '<object data="file:///etc/passwd"></object>',
        '<img src="portal:../settings.py">',
    ],
)
def test_nothing_can_be_fetched_while_a_page_is_made(trick):
    with pytest.raises(AddressRefused):
        pdf(PAGE.format(trick, ""), CSS, made_at=WHEN)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://169.254.169.254/)",
        '<img src=x onerror="alert(1)">',
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<b onmouseover=alert(1)>x</b>",
        '[x](https://example.org/" onclick="alert(1))',
        "<iframe src=//evil></iframe>",
    ],
)
def test_no_text_of_a_minute_becomes_a_script_or_an_image(attack):
    made = rendered(attack)
    assert "<script" not in made
    assert "<img" not in made
    assert "<iframe" not in made
    assert 'href="javascript' not in made
    assert 'href="data' not in made
    assert not any(f" {event}=" in made.replace("&quot;", "") and "<b " in made for event in ("onmouseover", "onclick"))


def test_a_minute_may_have_emphasis_lists_and_links():
    made = rendered("**Approved** by the *Chair*:\n\n- CR018\n- [the paper](https://example.org/p)")
    assert "<strong>Approved</strong>" in made
    assert "<li>CR018</li>" in made
    assert '<a href="https://example.org/p" rel="noopener noreferrer">the paper</a>' in made


def test_a_new_line_is_one():
    assert rendered("Present:\nthe Chair") == "<p>Present:<br>\nthe Chair</p>\n"
    assert rendered("On costs:\nnone", inline=True) == "On costs:<br>\nnone"
    assert plain("On costs:\nnone") == "On costs: none"


def test_references_become_links_but_not_inside_links_or_longer_names():
    links = {"DAG-DEC60": "/decisions/DAG-DEC60/"}
    assert rendered("See DAG-DEC60.", links, inline=True) == 'See <a href="/decisions/DAG-DEC60/">DAG-DEC60</a>.'
    assert rendered("[DAG-DEC60](https://example.org)", links).count("<a ") == 1
    assert "<a " not in rendered("DAG-DEC601", links)


def test_plain_text_has_no_marks_left():
    assert plain("**CR018** & *friends*\n\n- one") == "CR018 & friends one"


@pytest.mark.skipif(bool(prepare.missing_fonts()), reason="the fonts for these letters are not installed here: see launcher/prepare.py")
@pytest.mark.parametrize("text", ["王小明", "山田 たろう", "김철수", "👍 😀 ✅", "Анна Ελένη Łukasz"])
def test_chinese_japanese_and_korean_letters_and_emoji_are_drawn(text):
    made = pdf(PAGE.format(f"<p>{text} said: <strong>{text}</strong></p>", ""), CSS, made_at=WHEN)
    with pikepdf.open(io.BytesIO(made)) as opened:
        shown = [operands[0] for operands, operator in pikepdf.parse_content_stream(opened.pages[0]) if str(operator) == "TJ"]
    drawn = [bytes(piece)[n : n + 2] for line in shown for piece in line if isinstance(piece, pikepdf.String) for n in range(0, len(bytes(piece)), 2)]
    assert len(drawn) > len(text)
    assert b"\0\0" not in drawn, "a box stands in place of a letter"
