"""Which lines of a library that was kept elsewhere can be loaded, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator, Sequence
from datetime import date

from artefacts.models import ArtefactVersion, FileForm, Phase
from files.models import Visibility
from groups.models import Group
from records.dates import as_day
from records.importing import value_of
from records.models import Origin
from records.rules import Refusal
from records.versions import key_of_version

LONGEST = {"number": 40, "name": 200, "kind": 80}
LONGEST_OF_A_VERSION = {"version": 40, "baselined by": 160}
LONGEST_IN_A_LIST = {"streams": 40, "other names": 200}


def refusals_to_load(group: Group, today: date) -> Iterator[Refusal]:
    if group.closed_on and group.closed_on <= today:
        yield Refusal(f"{group} closed on {as_day(group.closed_on)}: its record can be read, not changed.", code="closed")


def refusals_of_line(cells: dict[str, str]) -> Iterator[Refusal]:
    yield from refusals_of_described(cells)
    if key_of_version(cells["version"]) is None:
        yield Refusal(f"“{cells['version']}” is no version: write it as 1.0, v1.2, 8.10 or “1.0 draft 2”.")
    if cells["made from"] and key_of_version(cells["made from"]) is None:
        yield Refusal(f"It says it was made from “{cells['made from']}”, which is no version.")
    for name, most in LONGEST_OF_A_VERSION.items():
        if len(cells[name]) > most:
            yield Refusal(f"What stands under “{name}” is longer than {most} characters.")
    yield from _refusals_of_its_file(cells)


def refusals_of_described(cells: dict[str, str]) -> Iterator[Refusal]:
    """Of what a line says of the artefact itself, whatever else stands in it."""
    if not cells["name"]:
        yield Refusal("It does not name the artefact.")
    if value_of(cells["phase"], Phase.choices, Phase.NOT_STATED) is None:
        yield Refusal(f"“{cells['phase']}” is no phase: {_listed(Phase.values)}.")
    for name, most in LONGEST.items():
        if len(cells[name]) > most:
            yield Refusal(f"What stands under “{name}” is longer than {most} characters.")
    for name, most in LONGEST_IN_A_LIST.items():
        if any(len(each.strip()) > most for each in cells[name].split(";")):
            yield Refusal(f"One of what stands under “{name}” is longer than {most} characters: part them with semicolons.")


def _refusals_of_its_file(cells: dict[str, str]) -> Iterator[Refusal]:
    if not cells["file"]:
        return
    if value_of(cells["form"], FileForm.choices, FileForm.CLEAN) is None:
        yield Refusal(f"“{cells['form']}” is not what a file can be: {_listed(FileForm.values)}.")
    if not value_of(cells["visibility"], Visibility.choices):
        yield Refusal(f"Say under “visibility” who may have the file: {_listed(Visibility.values)}.")


def _listed(values: Sequence[str]) -> str:
    words = [value.replace("_", " ") for value in values]
    return f"{', '.join(words[:-1])} or {words[-1]}"


def refusals_of_papers(forms: Sequence[str]) -> Iterator[Refusal]:
    for form in (FileForm.CLEAN, FileForm.REDLINE):
        if forms.count(form) > 1:
            yield Refusal(f"Two of its files are “{form.label.lower()}”: say of the others that they are annexes.")


def refusals_to_load_over(known: ArtefactVersion, papers: int) -> Iterator[Refusal]:
    """What the portal keeps itself is not loaded over; nor is what was loaded before, unless its document was missing."""
    if known.origin == Origin.PORTAL:
        yield Refusal(f"{known} is kept in the portal itself: nothing is loaded over it.")
    elif known.is_held:
        yield Refusal(f"{known} was loaded before, and reads otherwise there: what was loaded stays as it is.")
    elif known.loaded and not papers:
        yield Refusal(f"{known} was loaded before, and reads otherwise there; this line brings no document.")
