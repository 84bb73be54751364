"""Two versions of a published record side by side: which two, and of their files those that everybody may have."""

from typing import Any

from django.http import Http404, QueryDict

from files.pairing import CLEAN, REDLINE, Side
from files.shown import compared, marked_in
from records.editions import Body
from records.versions import two_of
from register.models import Shelf


def versions_of(body: Body, row: Shelf, params: QueryDict) -> dict[str, Any]:
    """Of the versions that the portal holds, the two that are asked for. Raises Http404 for one that there is not."""
    held = {version["label"]: version for version in reversed(body["versions"]) if version["held"]}
    try:
        two = two_of(list(held), params, {label: version["made_from"] for label, version in held.items() if version.get("made_from")})
    except KeyError as error:
        raise Http404 from error
    before, after = (held[label] for label in two) if two else (None, None)
    return {
        "labels": [(label, f"version {label}") for label in held], "from": two[0] if two else "", "to": two[1] if two else "", "before": before, "after": after,
        "files": compared(_sides(before, row), _sides(after, row)) if before and after else [told for each in held.values() for told in marked_in(_sides(each, row))],
    }  # fmt: skip


def _sides(version: Body, row: Shelf) -> list[Side]:
    titles = {each["n"]: each["title"] for each in version.get("attachments", ())}
    return [Side.of_body(file, _title(file, titles), row.address) for file in version["files"]]


def _title(file: Body, titles: dict[int, str]) -> str:
    """What there is one of goes by what it is, an attachment by its title, anything else by its name."""
    known: str = file["form_in_words"] if file["form"] in (CLEAN, REDLINE) else file["name"]
    return titles.get(file.get("attachment") or 0, known)
