"""The raiser's form as a Word document: given out with what a version says, and read when it comes back.

Each field is a content control with a tag of its own: the headings above may be typed over, the tags may not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from change_requests.forms.requests import VersionForm
from change_requests.models import ChangeRequest
from files.documents import GREY, TAG, control, paragraph, paragraphs_of, written
from groups.models import Group
from records.rules import Refusal, Refused

OF = f"{TAG}of:"  # of the line that says which change request it is, then its key
MOST_LINES = 200
PROMPT = "Write here."
TITLE, INTRODUCTION = "Change request", (
    "Write into the boxes, each of which begins with a bar, and leave the boxes themselves where they are. What stands outside of them is not read.",
    "Accept or reject all tracked changes before you hand it in. Pictures and other files are attached in the portal, not here.",
)  # fmt: skip
LISTS = {
    "artefacts": "Each in a line of its own, by its name or number in the catalogue.",
    "constituencies": "Each in a line of its own. None: all of them.",
    "attachments": "The title of each in a line of its own, as the text speaks of it. Its file is handed in in the portal.",
}
NAMES = tuple(name for name in VersionForm.base_fields if name != "dated_on")


def _heading(name: str) -> str:
    return str(VersionForm.base_fields[name].label)


def _hint(name: str) -> str:
    return LISTS.get(name) or str(VersionForm.base_fields[name].help_text)


# --- given out


def document(says: dict[str, Any], request: ChangeRequest | None = None) -> bytes:
    """The form with what a version says, as its form in the portal would show it (`forms.requests.initial_of`); empty where that is nothing."""
    title = f"{TITLE} {request.called}" if request else TITLE
    body = [control(f"{OF}{request.pk if request else ''}", TITLE, [paragraph(title, "Title")]), *(paragraph(each) for each in INTRODUCTION)]
    for name in NAMES:
        body += [paragraph(_heading(name), "Heading1"), *([paragraph(_hint(name), "Hint")] if _hint(name) else []), _field(name, says.get(name) or "")]
    return written(title, body)


def _field(name: str, says: str | list[str]) -> str:
    paragraphs = says if isinstance(says, list) else paragraphs_of(says)
    if paragraphs:
        return control(f"{TAG}{name}", _heading(name), [paragraph(text.strip("\n"), "Box") for text in paragraphs])
    return control(f"{TAG}{name}", _heading(name), [paragraph(PROMPT, "Box", GREY)], "<w:showingPlcHdr/>")


# --- and read


@dataclass
class Brought:
    """What a form says, by the names of the fields in the portal; what of it is not taken; and what stands outside its fields."""

    says: dict[str, str | list[str]]
    notes: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def brought(told: dict[str, Any], request: ChangeRequest, group: Group) -> Brought:
    """Of what stands in the fields of a document (`files.filled`). Raises Refused if it is not the form, or no longer whole."""
    if reasons := list(_refusals(told)):
        raise Refused(reasons)
    fields = {each["tag"].removeprefix(TAG): each for each in told["fields"]}
    read = Brought({name: fields[name]["text"] if fields[name]["text"] != PROMPT else "" for name in NAMES})
    read.notes += _of_another(told, request)
    for name in NAMES:
        read.notes += [f"In “{_heading(name)}” there is {what}, which is not taken: attach it as a file." for what in fields[name]["not_text"]]
    for name in LISTS:
        lines = [line.removeprefix("- ").strip() for line in str(read.says[name]).split("\n")]
        read.says[name] = [line for line in lines if line]
        if len(read.says[name]) > MOST_LINES:
            raise Refused([Refusal(f"In “{_heading(name)}” there are more than {MOST_LINES} lines: is it the right box?", field="file")])
    for name in ("artefacts", "constituencies"):
        read.notes += _chosen(read, name, group)
    read.outside = [text for text in told["outside"] if _plain(text) not in _OWN]
    return read


def _refusals(told: dict[str, Any]) -> Iterator[Refusal]:
    tags = [each["tag"] for each in told["fields"]]
    own, met = {f"{TAG}{name}": name for name in NAMES}, [tag for tag in tags if tag.startswith(TAG)]
    if not met:
        yield Refusal("This is not the form: none of its fields are in it. Take a form out below, and copy what you have written into its boxes.", field="file")
        return
    if told["tracked"]:
        yield Refusal("The form has tracked changes: what it says is not settled. Accept or reject them in Word, and hand it in again.", field="file")
    if missing := [_heading(name) for tag, name in own.items() if tag not in tags]:
        yield Refusal(f"The form has no box any more for: {'; '.join(missing)}. Take a new form out below, and copy what you have written into its boxes.", field="file")
    if strange := [each["name"] or each["tag"] for each in told["fields"] if each["tag"] not in own and not each["tag"].startswith(OF)]:
        yield Refusal(f"The form has a box that is none of its own: {'; '.join(dict.fromkeys(strange))}. Move what stands there into the boxes of the form, and take it out.", field="file")
    if twice := [_heading(name) for tag, name in own.items() if tags.count(tag) > 1]:
        yield Refusal(f"The form has two boxes for: {'; '.join(twice)}. Which one counts? Take the other one out.", field="file")


def _of_another(told: dict[str, Any], request: ChangeRequest) -> Iterator[str]:
    for tag in (each["tag"] for each in told["fields"]):
        if tag.startswith(OF) and tag.removeprefix(OF) not in ("", str(request.pk)):
            yield f"This form was taken out for another change request than {request.called}: is it the right one?"


def _chosen(read: Brought, name: str, group: Group) -> Iterator[str]:
    """What is named in a line is chosen as the portal cites it; what it does not know, is said."""
    offered = VersionForm(group).fields.get(name)
    known = {_plain(str(value)): str(value) for value, _ in offered.choices} if offered else {}  # type: ignore[attr-defined]
    told = list(read.says[name])
    read.says[name] = list(dict.fromkeys(known[_plain(line)] for line in told if _plain(line) in known))
    for line in told:
        if _plain(line) not in known:
            yield f"“{line[:200]}” is not in the portal’s list for “{_heading(name)}”, and is not taken: choose it below if it goes by another name."


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


_OWN = {_plain(text) for text in (TITLE, *INTRODUCTION, *map(_heading, NAMES), *map(_hint, NAMES))}


def as_typed(read: Brought, dated_on: Any) -> QueryDict:
    """As if it had been typed into the form of the portal."""
    typed = QueryDict(mutable=True)
    for name, said in read.says.items():
        typed.setlist(name, said if isinstance(said, list) else [said])
    typed["dated_on"] = f"{dated_on:%Y-%m-%d}" if dated_on else ""
    return typed
