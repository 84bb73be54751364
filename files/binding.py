"""PDFs bound into one: with contents, bookmarks, and a line on each page that says which it is.

It is a script as well, plain Python with pikepdf, and runs in a process of its own (files/apart.py): what it binds was made by others. It
reads a line of JSON and then the files, one behind the other; it writes a line of JSON and then the PDF, if there is one.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

MEMORY, SECONDS = 1024 * 1024 * 1024, 45
DAMAGED = "it may be damaged, or made in an unusual way"
RUNS = (Name.JavaScript, Name.Launch, Name.ImportData, Name.SubmitForm, Name.GoToR, Name.GoToE, Name.Rendition, Name.Movie, Name.Sound)
ERRORS = (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError, AttributeError, RecursionError, MemoryError)


def counted(content: bytes) -> int:
    """How many pages it has. May raise one of ERRORS."""
    with Pdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def bound(plan: dict[str, Any], files: list[bytes]) -> bytes:
    """`plan` says the title, and of each part which file it is (of a file of ours perhaps one page), its stamp, and its bookmark."""
    out = Pdf.new()
    font = out.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding))
    sources = [Pdf.open(io.BytesIO(each)) for each in files]
    marks: list[tuple[int, str, int]] = []
    for part in plan["parts"]:
        source = sources[part["file"]]
        pages = source.pages if part.get("page") is None else source.pages[part["page"] : part["page"] + 1]
        marks += [(mark["level"], mark["title"], len(out.pages)) for mark in part.get("marks", [])]
        for n, page in enumerate(pages):
            out.pages.append(page)
            _made_still(out.pages[-1])
            if part.get("stamp"):
                _stamped(out, out.pages[-1], part["stamp"].format(n=part["first"] + n), font)
    _lead_to_pages(out, plan["place"])
    _bookmarked(out, marks)
    _described(out, plan["title"])
    kept = io.BytesIO()
    out.save(kept, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return kept.getvalue()


def _made_still(page: pikepdf.Page) -> None:
    """Nothing in it runs; and it is no longer a part of the structure of the document from which it comes."""
    for key in ("/AA", "/StructParents", "/B", "/PresSteps"):
        if key in page.obj:
            del page.obj[key]
    for annotation in _annotations(page):
        for key in ("/AA", "/StructParent", "/Parent"):
            if key in annotation:
                del annotation[key]
        action = annotation.get("/A")
        if isinstance(action, Dictionary) and (action.get("/S") in RUNS or "/Next" in action):
            del annotation["/A"]


def _annotations(page: pikepdf.Page) -> Iterator[Dictionary]:
    found = page.obj.get("/Annots")
    yield from (each for each in found if isinstance(each, Dictionary)) if isinstance(found, Array) else ()


def _stamped(out: Pdf, page: pikepdf.Page, words: str, font: pikepdf.Object) -> None:
    """At the foot of the page as it is seen, however it lies, on a strip of white so that it can be read on any ground."""
    left, bottom, right, top = (float(each) for each in page.cropbox)
    turned = int(page.obj.get("/Rotate", 0)) % 360
    width = (top - bottom) if turned in (90, 270) else (right - left)
    name = page.add_resource(font, Name.Font, Name.PortalStamp, replace_existing=True)
    size, long = 8, 8 * 0.5 * len(words)
    start = max(6.0, (width - long) / 2)
    place = {0: (1, 0, 0, 1, left, bottom), 90: (0, 1, -1, 0, right, bottom), 180: (-1, 0, 0, -1, right, top), 270: (0, -1, 1, 0, left, top)}
    matrix = " ".join(f"{each:.3f}" for each in place.get(turned, place[0]))
    shown = String(words).unparse().decode("latin-1") if words.isascii() else _in_latin(words)
    drawn = (
        f"/Artifact BMC q {matrix} cm 1 g {start - 4:.2f} 5 {long + 8:.2f} 13 re f "
        f"0.2 g BT {name} {size} Tf {start:.2f} 9 Td {shown} Tj ET Q EMC"
    )
    page.contents_add(out.make_stream(b"q"), prepend=True)  # what the page leaves changed is put back before the stamp
    page.contents_add(out.make_stream(b"Q " + drawn.encode("latin-1")))


def _in_latin(words: str) -> str:
    """As a string of a PDF whose letters are those of the font; what it has no letter for is a question mark."""
    return "<" + words.encode("cp1252", "replace").hex() + ">"


def _lead_to_pages(out: Pdf, place: str) -> None:
    """Of the contents: from an entry to its page."""
    for page in out.pages:
        for annotation in _annotations(page):
            action = annotation.get("/A")
            address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
            if address.startswith(place) and (told := address.removeprefix(place)).isdigit() and 1 <= int(told) <= len(out.pages):
                del annotation["/A"]
                annotation.Dest = Array([out.pages[int(told) - 1].obj, Name.Fit])


def _bookmarked(out: Pdf, marks: list[tuple[int, str, int]]) -> None:
    with out.open_outline() as outline:
        over: list[OutlineItem] = []
        for level, title, page in marks:
            item = OutlineItem(title, page)
            del over[level:]
            (over[-1].children if over else outline.root).append(item)
            over.append(item)


def _described(out: Pdf, title: str) -> None:
    out.Root.Lang = String("en-GB")
    out.Root.PageMode = Name.UseOutlines
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    out.docinfo["/Title"] = String(title)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    line, _, content = sys.stdin.buffer.read().partition(b"\n")
    plan, files, at = json.loads(line), [], 0
    for length in plan["lengths"]:
        files.append(content[at : at + length])
        at += length
    said: dict[str, object] = {}
    made = b""
    try:
        if plan["parts"]:
            made = bound(plan, files)
        else:
            said["pages"] = counted(files[0])
    except ERRORS:
        said["refused"] = DAMAGED
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + made)


if __name__ == "__main__":
    main()
