"""Paper: HTML into tagged PDF (PDF/UA-1), the same bytes each time. The only import of WeasyPrint.

Nothing can be fetched while a page is made: the fetcher knows the portal's own fonts and refuses
every other address, network and file alike. It is plain Python, and is run by records/press.py.
"""

import contextlib
import io
import json
import os
import resource
import select
import socket
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NoReturn

import pikepdf
from fontTools.ttLib.woff2 import decompress  # WeasyPrint brings it
from pikepdf import Array, Dictionary, Name
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from records.press import AddressRefused, receive, send

MEMORY, SECONDS = 1536 * 1024 * 1024, 45  # of the processor, for one paper
REST = 60  # seconds in which a press that nobody asks for anything goes on waiting
FONTS = Path(__file__).resolve().parents[1] / "static" / "vendor" / "public-sans"
OWN = "portal:"  # the scheme under which the style sheet names the portal's own fonts


class _Refused(FatalURLFetchingError):
    """As WeasyPrint has to be told it: whatever is an Exception it passes over."""


class OwnFontsOnly(URLFetcher):
    def fetch(self, url, headers=None):
        name = url.removeprefix(OWN)
        if url.startswith(OWN) and name in fonts():
            return URLFetcherResponse(url, fonts()[name], {"Content-Type": "font/ttf"})
        raise _Refused(f"refused to fetch {url} while printing")


@cache
def fonts() -> dict[str, bytes]:
    """By the names they are packed under. Unpacking them takes as long as most papers, and WeasyPrint would do it for each."""
    unpacked = {}
    for path in sorted(FONTS.glob("*.woff2")):
        decompress(io.BytesIO(path.read_bytes()), out := io.BytesIO())
        unpacked[path.name] = out.getvalue()
    return unpacked


def pdf(html: str, stylesheet: str, *, made_at: datetime) -> bytes:
    """The document as PDF/UA-1. The same html, style sheet and moment give the same bytes. Raises AddressRefused."""
    fetcher, font_config = OwnFontsOnly(), FontConfiguration()
    # WeasyPrint dates the file by this: the moment of publication, so that the bytes do not depend on when it is made.
    os.environ["SOURCE_DATE_EPOCH"] = str(int(made_at.timestamp()))
    try:
        made = HTML(string=html, url_fetcher=fetcher, base_url="portal:").write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=b"portal",
            custom_metadata=False,
            presentational_hints=True,  # of which only the number a list begins with gets through records/text.py
            font_config=font_config,
            stylesheets=[CSS(string=stylesheet, url_fetcher=fetcher, font_config=font_config, base_url="portal:")],
        )
    except _Refused as refused:
        raise AddressRefused(str(refused)) from refused
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
    return _finished(made)


def _finished(source: bytes) -> bytes:
    """What WeasyPrint leaves undone for a screen reader: scopes on headers, page furniture marked as such, links that print."""
    with pikepdf.open(io.BytesIO(source)) as document:
        referenced = _scope_headers(document)
        for page in document.pages:
            _mark_furniture(document, page, referenced.get(page.objgen, set()))
            for annotation in page.get("/Annots", []):
                annotation.F = int(annotation.get("/F", 0)) | 4
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _scope_headers(document) -> dict:
    """Give each table header its scope; return, by page, which marked content the structure tree speaks of."""
    referenced: dict = {}
    stack: list[tuple] = [(document.Root.StructTreeRoot, None, False)]
    seen = set()
    while stack:
        node, page, in_head = stack.pop()
        if isinstance(node, Array):
            stack.extend((kid, page, in_head) for kid in node)
        elif isinstance(node, int):
            referenced.setdefault(page, set()).add(int(node))
        elif isinstance(node, Dictionary) and (node.objgen == (0, 0) or node.objgen not in seen):
            seen.add(node.objgen)
            page = node.Pg.objgen if "/Pg" in node else page
            if node.get("/Type") == Name.MCR:
                referenced.setdefault(page, set()).add(int(node.MCID))
                continue
            in_head = in_head or node.get("/S") == Name.THead
            if node.get("/S") == Name.TH:
                _scope(node, Name.Column if in_head else Name.Row)
            if "/K" in node:
                stack.append((node.K, page, in_head))
    return referenced


def _scope(header: Dictionary, scope) -> None:
    attributes = header.get("/A")
    if isinstance(attributes, Array) and len(attributes):
        attributes = attributes[0]
    if not isinstance(attributes, Dictionary):
        header.A = Dictionary(O=Name.Table, Scope=scope)
    elif "/Scope" not in attributes:
        attributes.Scope, attributes.O = scope, Name.Table


def _mark_furniture(document, page, referenced: set[int]) -> None:
    """Running heads and page numbers are not part of the text: say so, and a screen reader leaves them out."""
    instructions = []
    for instruction in pikepdf.parse_content_stream(page):
        operands: list = list(instruction.operands)
        operator = instruction.operator
        marked = str(operator) == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]
        if marked and int(operands[1].MCID) not in referenced:
            operands = [Name.Artifact, Dictionary(Type=Name.Pagination)]
        instructions.append((operands, operator))
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def main() -> None:
    """A press: for each paper asked for, a process that makes it. It ends when nothing was asked for a minute, or nobody is left to ask."""
    fonts()
    with socket.socket(fileno=0) as line:
        while select.select([line], [], [], REST)[0]:
            try:
                asked = receive(line)
            except EOFError:
                return
            send(line, _parted(asked))


def _parted(asked: bytes) -> bytes:
    """What a process of its own makes of it; nothing if that ends in any other way."""
    reads, writes = os.pipe()
    if not (making := os.fork()):
        _make(asked, writes)
    os.close(writes)
    with open(reads, "rb") as made:
        answer = made.read()
    return b"" if os.waitpid(making, 0)[1] else answer


def _make(asked: bytes, writes: int) -> NoReturn:
    """A letter and the paper, or why not."""
    with contextlib.suppress(BaseException):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        told = json.loads(asked)
        tempfile.tempdir = told["there"]
        try:
            said = b"P" + pdf(told["html"], told["stylesheet"], made_at=datetime.fromisoformat(told["made_at"]))
        except AddressRefused as refused:
            said = b"R" + str(refused).encode()
        with open(writes, "wb") as answer:
            answer.write(said)
        os._exit(0)  # Pango reads the fonts in a thread of its own: where that still runs while Python takes its library away, all ends in a fault
    os._exit(1)
