"""What a PDF says. It holds letters and their places, no paragraphs: these are put together from lines, as far as lines tell."""

import re
from collections import Counter

import pypdfium2

from files.reading.passages import MOST_PASSAGES, Count, Passage, Read, Unreadable, one_line

MOST_PAGES = 2_000
NUMBERS = 6  # in such a line, at most: "REH-DES-01 version 1.0, page 7 of 80"; a row of figures has more
EDGE = 2  # lines at the head and the foot of a page that may be the same on all
_BEGINS = re.compile(r"(\d+(\.\d+)*[.)]?|[A-Z]\.\d+(\.\d+)*|[•▪●–-]|\([a-z0-9]{1,3}\)|[a-z]\))\s")
_ENDS = re.compile(r"[.:;?!]['”’)]?$")
DAMAGED = "The text of the PDF cannot be read: save or print it anew as PDF."


def read(content: bytes) -> Read:
    pages = _pages(content)
    if not any(pages):
        raise Unreadable("There is no text in the PDF: its pages are pictures, such as scans.")
    return Read("paragraph", _passages(_without_edges(pages)))


def _pages(content: bytes) -> list[list[str]]:
    """The lines of each."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) > MOST_PAGES:
                raise Unreadable(f"It has more than {MOST_PAGES:,} pages: that is too much to compare here.")
            return [_lines(page) for page in document]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(DAMAGED) from error


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    text = page.get_textpage().get_text_bounded()
    # Where a word is parted at the end of a line, pdfium says so by a letter that is none.
    return [line for each in re.sub("[\ufffe\x02]\r?\n?", "", text).splitlines() if (line := one_line(each.replace("\x00", "")))]


def _without_edges(pages: list[list[str]]) -> list[tuple[int, str]]:
    """Lines with the number of their page; those left out that stand at the edge of most pages, but for the numbers in them."""
    edges = Counter(shape for lines in pages for shape in {_shape(line) for line in (*lines[:EDGE], *lines[-EDGE:])})
    repeated = {shape for shape, n in edges.items() if len(pages) > 2 and n > len(pages) / 2 and shape.count("0") <= NUMBERS}
    found: list[tuple[int, str]] = []
    for n, lines in enumerate(pages, 1):
        at_the_edge = {*range(EDGE), *range(len(lines) - EDGE, len(lines))}
        found += [(n, line) for at, line in enumerate(lines) if not (at in at_the_edge and _shape(line) in repeated)]
    return found


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _passages(lines: list[tuple[int, str]]) -> list[Passage]:
    count, found, gathered = Count("paragraphs", MOST_PASSAGES), list[Passage](), list[tuple[int, str]]()
    width = sorted(len(line) for _, line in lines)[len(lines) * 9 // 10] if lines else 0

    def done() -> None:
        if gathered:
            text = " ".join(line for _, line in gathered)
            count.one_more(text)
            found.append(Passage(text, f"page {gathered[0][0]}"))
            gathered.clear()

    for n, line in lines:
        if gathered and (_ENDS.search(gathered[-1][1]) or _BEGINS.match(line) or len(gathered[-1][1]) < 0.6 * width):
            done()
        gathered.append((n, line))
    done()
    return found
