"""Loading the programme: groups, constituencies, organisations, seats, who sits in them, and policies, from a text file.

The file is TOML, to be read and reviewed by people (programme/mhhs.toml). Loading it twice changes
nothing; a changed file changes what it names. What the file no longer names is left alone: nothing is
deleted, an ending is written down as a date.
"""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from groups.models import (
    Appointment,
    Belonging,
    Constituency,
    ConstituencyAlias,
    Group,
    Holding,
    Organisation,
    Participation,
    Person,
    Policy,
    Seat,
    TermsOfReference,
    User,
)
from groups.policies import what_is_wrong_with
from ledger.operations import seal
from records.editions import issue
from records.hooks import effects_above
from records.operations import operating
from records.periods import period
from records.rules import Refusal, Refused
from records.typed import cleaned, marks_in, refusal_of_letters, skeleton


class Loading:
    """One loading of one file: every row it names is found or made, and saved only if it differs."""

    def __init__(self, by: User, name: str):
        self.by, self.why = by, f"programme file {name}"
        self.counts: Counter[str] = Counter()

    def row(self, model, keys: dict, **values) -> Any:
        found = model.objects.filter(**keys).first()
        made = found or model(**keys)
        changed = [name for name, value in values.items() if found is None or getattr(made, name) != value]
        if found is None or changed:
            for name in changed:
                setattr(made, name, values[name])
            made.save_by(self.by, self.why)
            self.counts["added" if found is None else "changed"] += 1
        else:
            self.counts["unchanged"] += 1
        return made

    def issue(self, noun: str, pk: int) -> None:
        """What the public reads of it, if the file has changed that."""
        issue(noun, pk, "The programme’s structure was written down.", by=self.by)


def load(path: Path, *, by: User | None = None) -> Counter:
    """Load the file in one transaction. Returns how many rows were added, changed and left. Raises Refused, naming the entry."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused([f"{path} cannot be read: {error.strerror}."]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused([f"{path} is not TOML: {error}."]) from error
    with operating():
        loading = Loading(by or User.objects.the_installer(), path.name)
        for kind in told:
            if kind not in LOADERS:
                raise Refused([f"{path.name}: there is no [[{kind}]]; known are {', '.join(LOADERS)}."])
        for kind, loader in LOADERS.items():
            for entry in told.get(kind, []):
                _load_entry(loading, kind, loader, dict(entry))
    return loading.counts


def _load_entry(loading: Loading, kind: str, loader, entry: dict) -> None:
    named = cleaned(str(entry.get("code") or entry.get("name") or entry.get("label") or entry.get("key") or "?"))
    _refuse_what_is_not_what_it_looks_like(kind, named, entry)
    try:
        loader(loading, entry)
    except KeyError as error:
        raise Refused([Refusal(f"[[{kind}]] {named}: {error.args[0]} is missing.")]) from error
    except LookupError as error:
        raise Refused([Refusal(f"[[{kind}]] {named}: {error}")]) from error


PROSE = {"purpose", "text", "source", "value", "clause", "scope"}  # may have words of several alphabets


def _refuse_what_is_not_what_it_looks_like(kind: str, named: str, entry: dict) -> None:
    for name, told in entry.items():
        for text in (each for each in (told if isinstance(told, list) else [told]) if isinstance(each, str)):
            if text != cleaned(text):
                raise Refused([Refusal(f"[[{kind}]] {named}: there are characters under “{name}” that cannot be seen, or turn the direction of reading ({marks_in(text)}). Take them out.")])
            if name not in PROSE and (refusal := refusal_of_letters(text)):
                raise Refused([Refusal(f"[[{kind}]] {named}: {refusal}")])


def _known(model, **keys):
    found = model.objects.filter(**keys).first()
    if found is None:
        said = ", ".join(str(value) for value in keys.values())
        raise LookupError(f"there is no {model._meta.verbose_name} {said}; name it earlier in the file.")
    return found


def _optional(model, field: str, value):
    return _known(model, **{field: value}) if value else None


def _group(loading: Loading, entry: dict) -> None:
    group = loading.row(
        Group, {"code": entry["code"]}, name=entry["name"], level=entry["level"],
        parent=_optional(Group, "code", entry.get("parent")), purpose=entry.get("purpose", "").strip(),
        closed_on=entry.get("closed_on"), fictional=entry.get("fictional", False),
        open_attendance=entry.get("open_attendance", False),
    )  # fmt: skip
    loading.issue("group", group.pk)


def _refuse_near_twin(model, name: str) -> None:
    """Nobody gets a name that readers would take for another's. What is on record stays."""
    if not model.objects.filter(name=name).exists():
        for other in model.objects.values_list("name", flat=True):
            if skeleton(other) == skeleton(name):
                raise LookupError(f"it would be taken for “{other}”, which is on record. Use that name, or one that says in words what sets them apart.")


def _constituency(loading: Loading, entry: dict) -> None:
    if not Constituency.objects.filter(code=entry["code"]).exists():
        _refuse_near_twin(Constituency, entry["name"])
    constituency = loading.row(Constituency, {"code": entry["code"]}, name=entry["name"])
    for printed in entry.get("aliases", []):
        loading.row(ConstituencyAlias, {"constituency": constituency, "printed": printed})
    for pk in constituency.seats.order_by("pk").values_list("pk", flat=True):
        loading.issue("seat", pk)


def _organisation(loading: Loading, entry: dict) -> None:
    _refuse_near_twin(Organisation, entry["name"])
    organisation = loading.row(Organisation, {"name": entry["name"]}, fictional=entry.get("fictional", False))
    for code in entry.get("constituencies", []):
        keys = {"organisation": organisation, "constituency": _known(Constituency, code=code)}
        loading.row(Belonging, keys, during=period(entry["since"], entry.get("until")))


def _person(loading: Loading, entry: dict) -> None:
    values = {"affiliation": entry.get("affiliation", "")}
    if organisation := _optional(Organisation, "name", entry.get("organisation")):
        values["organisation"] = organisation
    if Person.objects.filter(name=entry["name"]).exclude(email=None).exists():
        entry.pop("email", None)  # an address given since is the person's own: the file does not put it back
    if entry.get("email"):
        values["email"] = entry["email"]
    loading.row(Person, {"name": entry["name"]}, **values)


def _seat(loading: Loading, entry: dict) -> None:
    group = _known(Group, code=entry["group"])
    constituency = _optional(Constituency, "code", entry.get("constituency"))
    during = period(entry["since"], entry.get("until"))
    keys = {"group": group, "role": entry["role"], "label": entry["label"], "constituency": constituency}
    loading.issue("seat", loading.row(Seat, keys, during=during, order=entry.get("order", 0)).pk)


def _holding(loading: Loading, entry: dict) -> None:
    """Written once: that a holding has ended since is for `end_holding`, and loading the file again leaves it ended."""
    seat = _known(Seat, group=_known(Group, code=entry["group"]), label=entry["seat"])
    person = _known(Person, name=entry["person"])
    if Holding.objects.filter(seat=seat, person=person, during__startswith=entry["since"]).exists():
        loading.counts["unchanged"] += 1
        return
    during = period(entry["since"], entry.get("until"))
    holding = loading.row(Holding, {"seat": seat, "person": person, "during": during}, organisation=person.organisation)
    seal("appointed", holding, by=loading.by)
    effects_above("groups.appoint", holding, by=loading.by)
    loading.issue("seat", seat.pk)


def _appointment(loading: Loading, entry: dict) -> None:
    """Written once, like a holding."""
    person, group = _known(Person, name=entry["person"]), _optional(Group, "code", entry.get("group"))
    organisation = _optional(Organisation, "name", entry.get("organisation"))
    keys = {"person": person, "kind": entry["kind"], "group": group, "organisation": organisation, "scope": entry.get("scope", "")}
    if Appointment.objects.filter(**keys, during__startswith=entry["since"]).exists():
        loading.counts["unchanged"] += 1
        return
    appointment = loading.row(Appointment, {**keys, "during": period(entry["since"], entry.get("until"))})
    seal("appointed", appointment, by=loading.by)
    effects_above("groups.load_appointment", appointment, by=loading.by)


def _participation(loading: Loading, entry: dict) -> None:
    keys = {
        "group": _known(Group, code=entry["group"]),
        "organisation": _known(Organisation, name=entry["organisation"]),
        "constituency": _known(Constituency, code=entry["constituency"]),
    }
    loading.row(Participation, keys, people=entry.get("people", 1), lead=entry.get("lead", False))


def _policy(loading: Loading, entry: dict) -> None:
    keys = {"group": _optional(Group, "code", entry.get("group")), "key": entry["key"], "since": entry["since"]}
    value = str(entry["value"])
    if wrong := what_is_wrong_with(entry["key"], value):
        raise LookupError(wrong)
    policy = loading.row(Policy, keys, value=value, clause=entry.get("clause", ""))
    effects_above("groups.set_policy", policy, by=loading.by)


def _terms(loading: Loading, entry: dict) -> None:
    keys = {"group": _known(Group, code=entry["group"]), "version": entry["version"]}
    loading.row(
        TermsOfReference, keys, effective_on=entry["effective_on"], text=entry["text"].strip(), source=entry.get("source", "")
    )
    loading.issue("group", keys["group"].pk)


LOADERS = {
    "group": _group,
    "constituency": _constituency,
    "organisation": _organisation,
    "person": _person,
    "policy": _policy,
    "terms": _terms,
    "seat": _seat,
    "holding": _holding,
    "appointment": _appointment,
    "participation": _participation,
}
