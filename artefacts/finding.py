"""Which artefact papers mean: by its number and name, however they are written."""

import re
from collections.abc import Iterable

from artefacts.models import Artefact
from groups.models.people import normalised
from records.references import key_of

NUMBERED = re.compile(r"^(?P<number>[A-Z]{2,6}[ -]?\d{1,5})\b[\s:,–-]*(?P<name>.*)$", re.IGNORECASE | re.DOTALL)


def number_and_name(cited: str) -> tuple[str, str]:
    """("DES-196", "D-Flow and Interface Mapping"): a document's number as it is cited, and the rest."""
    found = NUMBERED.match(" ".join(cited.split()))
    if found is None:
        return "", " ".join(cited.split())
    letters, digits = re.fullmatch(r"([A-Za-z]+)[ -]?(\d+)", found["number"]).groups()  # type: ignore[union-attr]
    return f"{letters.upper()}-{digits}", found["name"]


def find_artefact(cited: str, among: Iterable[Artefact]) -> Artefact | None:
    """The one that is meant. A number alone is enough if only one has it; a name may be followed by a version or come without its article."""
    number, name = number_and_name(cited)
    same = [each for each in among if number and key_of(each.document_number) == key_of(number)]
    if number and (not name or (len(same) == 1 and _same_name(same[0], name))):
        return same[0] if len(same) == 1 else None
    candidates = same if number else list(among)
    return next((each for each in candidates if _same_name(each, name)), None)


def _same_name(artefact: Artefact, name: str) -> bool:
    told = _bare(name)
    return told in {_bare(each) for each in (artefact.name, artefact.cited, *artefact.aliases)}


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", normalised(name))
