"""The baseline of a group on a day: the version of each artefact that was in force, by which decision, and what came into it since.

It is read from the latest editions, so that it says what is known today of that day. What the portal showed then stands in the
editions of that time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger.withdrawn import as_shown, words_withdrawn
from records.editions import Body, nouns
from records.versions import is_draft, key_of_version
from register.lifeline import london_day
from register.models import Shelf

COLUMNS = (
    "artefact", "version", "issued on", "baselined by", "decided on", "baselined as", "in force from", "released with", "carries since", "note", "file", "sha256", "address",
)  # fmt: skip


@dataclass(frozen=True)
class InForce:
    """One artefact of the baseline. `version` is empty where no paper states one.

    Baselined is what a decision says; in force is what was said of the release that the version went out with, which may be later, or never.
    """

    reference: str
    cited: str
    document_number: str
    address: str
    version: str
    issued_on: date | None
    decision: str
    decided_on: date
    baselined_as: str
    carries: tuple[str, ...]
    note: str
    files: tuple[dict[str, Any], ...]
    in_force_from: date | None = None
    released_with: str = ""

    def is_in_force(self, day: date) -> bool:
        return self.in_force_from is not None and self.in_force_from <= day

    @property
    def what(self) -> tuple[str, ...]:
        """By which two days are compared: the version, and the content of its files."""
        return (self.version, *(file["digest"] for file in self.files))

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(file["size"] for file in self.files)


def baseline_of(code: str, day: date) -> list[InForce]:
    """Every artefact of the group that was baselined by that day (in London), by name. Three queries, however many there are."""
    rows = {row.record_pk: row for row in Shelf.objects.of("artefact").filter(group=code).defer("words")}
    editions = nouns["artefact"].editions.objects.filter(artefact__in=rows).order_by("artefact_id", "-n").distinct("artefact_id")
    words = words_withdrawn()
    told = (_in_force(as_shown(each, words), rows[each.artefact_id].address, day) for each in editions)
    released = _released(code, day)
    lines = [replace(line, **released.get((line.reference, line.version), {})) for line in told if line]
    return sorted(lines, key=lambda line: line.cited.casefold())


def _released(code: str, day: date) -> dict[tuple[str, str], dict[str, Any]]:
    """By artefact and version: with which release it went out by that day, the first if there are several, and from which day that is in force."""
    rows = Shelf.objects.of("release").filter(group=code, sort_on__lte=day).exclude(state="withdrawn").defer("words").order_by("sort_on", "pk")
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        effective = date.fromisoformat(row.facets["effective_on"]) if row.facets["effective_on"] else None
        for each in row.facets["contents"]:
            found.setdefault((each["artefact"], each["label"]), {"released_with": row.reference, "in_force_from": effective})
    return found


def _in_force(body: Body, address: str, day: date) -> InForce | None:
    taken = [each for each in body["baselines"] if each["decided_on"] and date.fromisoformat(each["decided_on"]) <= day]  # the newest first
    if not taken:
        return None
    last = max(taken, key=lambda each: each["decided_on"])
    named = last["label"] or last["version"] or ""
    issued = list(_issued(body["versions"], named, day))
    newest = max(issued, key=lambda each: key_of_version(each["label"]) or [], default=None)
    shown = newest or next((each for each in body["versions"] if last["version"] and each["label"] == last["version"] and _issued_on(each)), None)
    return InForce(
        reference=body["reference"], cited=body["cited"], document_number=body["document_number"], address=address, version=shown["label"] if shown else named,
        issued_on=_issued_on(newest) if newest else None, decision=last["decision"], decided_on=date.fromisoformat(last["decided_on"]),
        baselined_as=named, carries=tuple(_carried(issued)), note=_note(shown, newest, named), files=tuple(shown["files"]) if shown else (),
    )  # fmt: skip


def _issued(versions: Iterable[Body], named: str, day: date) -> Iterator[Body]:
    """The version that was baselined, once it is issued, and those that came after it by that day."""
    least = key_of_version(named)
    for each in versions:
        key = key_of_version(each["label"])
        if least is None or key is None or is_draft(key) or key < least:
            continue
        if each["state"] != "withdrawn" and (issued := _issued_on(each)) and issued <= day:
            yield each


def _issued_on(version: Body) -> date | None:
    """The day on which it was put forward; of one that was loaded, the day that its table states, if the portal holds it."""
    if version["fixed_at"]:
        return london_day(version["fixed_at"])
    stated = (version["loaded"] or {}).get("dated_on") if version["held"] else None
    return date.fromisoformat(stated) if stated else None


def _carried(issued: Iterable[Body]) -> list[str]:
    return list(dict.fromkeys(each["reference"] for version in reversed(list(issued)) for each in version["carries"]))


def _note(shown: Body | None, newest: Body | None, named: str) -> str:
    if newest is not None:
        return ""
    if shown is not None:
        return f"As it was put to the group; version {named} was not issued by that day." if named != shown["label"] else ""
    return "The portal does not hold this version." if named else "The papers state no version."


def differences(before: list[InForce], after: list[InForce]) -> list[tuple[InForce | None, InForce | None]]:
    """What is not the same on the later day: what came in, what went, and what is another version or file."""
    one, other = ({line.reference: line for line in lines} for lines in (before, after))
    pairs = ((one.get(reference), other.get(reference)) for reference in {**one, **other})
    differing = [(was, now) for was, now in pairs if was is None or now is None or was.what != now.what]
    return sorted(differing, key=lambda pair: (pair[1] or pair[0]).cited.casefold())  # type: ignore[union-attr]


def table(lines: Iterable[InForce]) -> Iterator[list[Any]]:
    """The same for a spreadsheet, one line for each file; what has none has a line of its own."""
    yield [*COLUMNS]
    for line in lines:
        told = [line.cited, line.version, line.issued_on or "", line.decision, line.decided_on, line.baselined_as, line.in_force_from or "", line.released_with, "; ".join(line.carries), line.note]
        for file in line.files or ({"name": "", "digest": ""},):
            yield [*told, file["name"], file["digest"], line.address]
