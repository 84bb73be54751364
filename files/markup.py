"""XML, read without ever following it anywhere: no document types, no entities, no end of nesting."""

import re
from collections.abc import Callable
from xml.parsers import expat

from files.unfit import Unfit

MOST_NESTED = 256
SVG = "http://www.w3.org/2000/svg"
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#|data:image/)\S|@import", re.I)
_WITHIN = re.compile(r"\s*(#|data:image/(?!svg))", re.I)


def read(
    content: bytes, element: Callable[[str, dict[str, str]], None] | None = None, text: Callable[[str], None] | None = None,
    ended: Callable[[str], None] | None = None,
) -> str:  # fmt: skip
    """The name of the root, as "namespace name". `element`, `text` and `ended` are told what is found. Raises Unfit."""
    parser, depth, root = expat.ParserCreate(namespace_separator=" "), 0, ""

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, root
        depth, root = depth + 1, root or name
        if depth > MOST_NESTED:
            raise Unfit(f"The XML in it is nested more than {MOST_NESTED} deep.")
        if element:
            element(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if ended:
            ended(name)

    def typed(*told: object) -> None:
        raise Unfit("The XML in it has a document type or entities of its own: save it without.")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = typed
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unfit("The XML in it is not well-formed.") from error
    return root


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def notes_of_svg(content: bytes) -> list[str]:
    """What in it would run or be fetched, if a browser were ever given it as a page."""
    found: set[str] = set()

    def element(name: str, attributes: dict[str, str]) -> None:
        if local(name) in ("script", "foreignObject", "handler"):
            found.add("holds scripts or pages")
        for key, value in attributes.items():
            if local(key).lower().startswith("on") or value.strip().lower().startswith("javascript:"):
                found.add("holds scripts or pages")
            if (local(key) == "href" and not _WITHIN.match(value)) or _OUTSIDE.search(value):
                found.add("refers to things outside it")

    def text(words: str) -> None:
        if _OUTSIDE.search(words):
            found.add("refers to things outside it")

    read(content, element, text)
    return sorted(found)
