"""What the Rehearsal group kept before the portal, and loads from tables: answers to CR900 in a spreadsheet, and a small library."""

import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from artefacts.operations import load_library
from change_requests.operations import load_assessments
from groups.models import Group, User

# organisation, constituency, whether it answered, position, impact, comments, late, confidential; empty: not stated
ANSWERS = [
    ("Skelbeck Networks (fictional)", "DNO", "yes", "support", "low", "", "no", "no"),
    ("Tarnmoor Electricity Distribution (fictional)", "DNO", "yes", "support with comments", "medium", "Settlement runs of July need a day more.", "no", "no"),
    ("Quillwater Power Networks (fictional)", "DNO", "no", "", "", "", "", ""),
    ("Hazelfold Grid (fictional)", "DNO", "yes", "object", "high", "Two systems have to be changed, and one of them is frozen until August.", "no", "yes"),
    ("Brackenhall Business Energy (fictional)", "I&C Supplier", "yes", "object", "medium", "We had proposed to keep both calendars in step (CR899).", "no", "no"),
    ("Castwright Supply (fictional)", "I&C Supplier", "", "support", "", "", "", ""),
    ("Loomgate Industrial Power (fictional)", "I&C Supplier", "yes", "no impact", "none", "", "yes", "no"),
    ("Ferrule and Finch Energy (fictional)", "I&C Supplier", "", "", "", "", "", ""),
]  # fmt: skip
ERRORS = {
    "0.9": ["# Rehearsal error list", "It is invented, and for practice.", "1: The meter is not known.", "2: The value is less than the one before."],
    "1.0": ["# Rehearsal error list", "It is invented, and for practice.", "1: The meter is not known, or not yet.", "2: The value is less than the one before."],
    "1.1": ["# Rehearsal error list", "It is invented, and for practice.", "1: The meter is not known, or not yet.", "2: The value is less than the one before.", "3: The read is of a day that is settled."],
}  # fmt: skip
# version, day, what changed, made from, baselined by, whether its file was kept
VERSIONS = [
    ("0.8", "2025-06-02", "The first list.", "", "", False),
    ("0.9", "2025-07-14", "Errors are numbered.", "0.8", "", True),
    ("1.0", "2025-09-01", "Error 1 covers meters that are to come.", "0.9", "the design forum, 3 September 2025", True),
    ("1.1", "2025-11-17", "Error 3 is added.", "1.0", "", True),
]


def load_what_was_kept(group: Group, day: Callable[[int], date]) -> None:
    """`day` counts working days from today."""
    archivist = User.objects.the_archivist()
    with TemporaryDirectory() as kept:
        folder = Path(kept)
        answers = _table(folder / "answers-to-CR900.csv", _answers(day))
        load_assessments(answers, group, by=archivist)
        for version, paragraphs in ERRORS.items():
            (folder / f"rehearsal-error-list-{version}.md").write_text("\n\n".join(paragraphs), "utf-8")
        load_library(_table(folder / "library.csv", _versions()), folder, group, by=archivist)


def _answers(day: Callable[[int], date]) -> Iterable[Iterable[object]]:
    yield ("change request", "version", "kind", "opened", "closed", "working days", "organisation", "constituency", "answered", "position", "impact", "comments", "late", "confidential")
    for line in ANSWERS:
        yield ("CR900", "2.1", "impact assessment", day(-19), day(-9), "10", *line)


def _versions() -> Iterable[Iterable[object]]:
    yield ("number", "name", "kind", "phase", "streams", "version", "dated", "what changed", "made from", "baselined by", "file", "visibility")
    for version, dated, changed, made_from, baselined_by, kept in VERSIONS:
        file = f"rehearsal-error-list-{version}.md" if kept else ""
        yield ("REH-DES-03", "Rehearsal error list", "Message specification", "physical", "Registration", version, dated, changed, made_from, baselined_by, file, "public")


def _table(path: Path, lines: Iterable[Iterable[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows(lines)
    return path
