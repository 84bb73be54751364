"""What the minutes of its meeting say of a decision afterwards: their post-meeting updates, each with the address of its paragraph."""

from datetime import date
from typing import Any, NamedTuple

from records.editions import Body
from records.references import key_of, keys_in
from register.models import Shelf
from register.published import shelved


class Update(NamedTuple):
    """A paragraph that was written after the meeting."""

    paragraph: str
    text: str
    on: str | None  # since when it is public; not known of papers read in
    address: str


def updates_of(body: Body, until: date | None = None) -> list[Update]:
    """Those of a decision's meeting that are about it, as far as they were public by the end of that day. Read from the shelf, as it may be read."""
    meeting = shelved("meeting", body["meeting"]) if body["meeting"] else None
    told = [each for each in (meeting.facets.get("updates") or () if meeting else ()) if not (until and each["on"] and each["on"] > until.isoformat())]
    if meeting is None or not told:
        return []
    decided = list(Shelf.objects.filter(noun="decision", facets__meeting=body["meeting"]).only("reference", "facets"))
    return [Update(each["paragraph"], each["text"], each["on"], f"{meeting.address}#p{each['paragraph']}") for each in told if _is_about(each, body, decided)]


def _is_about(update: dict[str, Any], body: Body, decided: list[Shelf]) -> bool:
    """The decision it names; else, standing under the same item, those whose subjects it names; else whatever was decided there."""
    said = set(keys_in(update["text"]))
    if named := {row.reference for row in decided if key_of(row.reference) in said}:
        return body["reference"] in named
    if update["item"] != body["item"]:
        return False
    about = {row.reference for row in decided if said & set(row.facets["subjects"])}
    return not about or body["reference"] in about
