"""Which file of one version is to be compared with which of another."""

from typing import Any, NamedTuple

from files.models import Attached, Blob

CLEAN, REDLINE = "clean", "redline"  # the forms that mean the same in every app: the document itself, and it with changes marked


class Side(NamedTuple):
    """A file of a version, as far as comparing needs to know it."""

    form: str
    title: str  # by which it is the same one in both versions, and which heads the comparison
    name: str
    digest: str
    sha256: str
    address: str = ""
    blob: Blob | None = None

    @classmethod
    def of_body(cls, file: dict[str, Any], title: str, address: str) -> "Side":
        """Of a file as an edition tells it; `address` is where its record's page begins."""
        return cls(file["form"], title, file["name"], file["digest"], file["sha256"], f"{address}files/{file['digest']}/")

    @classmethod
    def of_row(cls, file: Attached, address: str = "") -> "Side":
        return cls(file.form, file.compared_as, file.name, file.digest, file.sha256, address, file.blob)  # type: ignore[attr-defined]


Pair = tuple[Side | None, Side | None]


def paired(before: list[Side], after: list[Side]) -> list[Pair]:
    """The documents themselves, also if only one version has one; then whatever else both have under one title."""
    clean = [next((each for each in sides if each.form == CLEAN), None) for sides in (before, after)]
    titles = {each.title.casefold(): each for each in before if each.form not in (CLEAN, REDLINE)}
    rest = [(titles[each.title.casefold()], each) for each in after if each.form not in (CLEAN, REDLINE) and each.title.casefold() in titles]
    return [*([(clean[0], clean[1])] if any(clean) else []), *rest]


def redlines(sides: list[Side]) -> list[Side]:
    return [each for each in sides if each.form == REDLINE]
