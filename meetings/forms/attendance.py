"""Who came: a choice for every seat, and for everybody who was added by name; and the report of a call."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from files.forms import UploadField
from files.kinds import Kind
from groups.models import Person
from meetings.attending import (
    ABSENT,
    APOLOGIES,
    AS_RECORDED,
    DIALLED_IN,
    LONGEST_INITIALS,
    PRESENT,
    TAKEN_BACK,
    Place,
    Presence,
    Room,
    Section,
    outstanding,
    recorded_of,
)
from meetings.models import Attendance
from records.forms import Form, LongText, NameField

NOT_SAID = ("", "Not said yet")
PART = "part"
BESIDE_EACH_OTHER = "govuk-radios--inline govuk-radios--small app-roster__choices"


class AttendanceForm(Form):
    """One row a seat, one row a person without a seat; by whom each is known is a field of the person."""

    def __init__(self, room: Room, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.room = room
        for place in room.places:
            if place.holder is not None or place.recorded:
                said = place.as_recorded()
                self._ask(place.key, _called(place), _choices(place), said, begins=said.choice or place.expected())
        for row in room.others:
            choices = [(PRESENT, "Present"), (DIALLED_IN, "Dialled in"), (APOLOGIES, "Apologies"), (TAKEN_BACK, "Was not there")]
            self._ask(f"other-{row.pk}", f"{row.printed_name}, {row.printed_role}" if row.printed_role else row.printed_name, choices, recorded_of(row))
        names = {person.pk: person.name for place in room.places for person in place.people} | {row.person_id: row.printed_name for row in room.others}
        for person, letters in room.initials().items():
            if person in names:
                self.fields[f"initials-{person}"] = NameField(
                    label=f"Initials of {names[person]}", max_length=LONGEST_INITIALS, required=False, initial=letters,
                    widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
                )  # fmt: skip

    def _ask(self, key: str, label: str, choices: list[tuple[str, str]], said: Presence, *, begins: str = "") -> None:
        self.fields[key] = forms.ChoiceField(
            label=label, choices=choices, required=False, initial=begins or said.choice, widget=forms.RadioSelect(attrs={"class": BESIDE_EACH_OTHER})
        )
        self.fields[f"{key}-for"] = forms.ChoiceField(
            label="For how much of it", choices=[("", "All of it"), (PART, "Part of it")], required=False, initial=PART if said.part else "",
        )  # fmt: skip
        self.fields[f"{key}-from"] = _number("From item", said.from_item)
        self.fields[f"{key}-to"] = _number("To item", said.to_item)
        for part in ("for", "from", "to"):
            field: Any = self.fields[f"{key}-{part}"]
            field.named = f"{label}: {field.label}"

    def typed(self, *, rest: str = "") -> dict[str, Presence]:
        """Of every row that was sent. `rest` is what is said of the seats of which nothing is said."""
        known = {place.key: place.as_recorded() for place in self.room.places} | {f"other-{row.pk}": recorded_of(row) for row in self.room.others}
        return {key: self._typed(key, before, rest) for key, before in known.items() if key in self.fields and key in self.data}

    def _typed(self, key: str, before: Presence, rest: str) -> Presence:
        told = self.cleaned_data
        choice = told[key] or rest
        same = choice == before.choice
        return Presence(
            choice, told[f"{key}-for"] == PART, told[f"{key}-from"], told[f"{key}-to"], before.joined_at if same else None, before.left_at if same else None,
        )  # fmt: skip

    def initials(self) -> dict[int, str]:
        return {int(name.removeprefix("initials-")): value.strip() for name, value in self.cleaned_data.items() if name.startswith("initials-")}

    def in_words(self, key: str) -> str:
        """What is recorded in a row now."""
        return dict(self.fields[key].choices).get(self.fields[key].initial or "", "")  # type: ignore[attr-defined]

    def sections(self, seen: Mapping[str, str]) -> list[dict[str, Any]]:
        """For the page: each section with its rows, a row with its fields. `seen` is what its form knows to be recorded of each."""
        sections = []
        for value, label in Section.choices:
            rows = [self._row(place.key, seen, place.people, place) for place in self.room.places if place.section == value]
            rows += [self._row(f"other-{row.pk}", seen, [row.person], row=row) for row in self.room.others if row.section == value]
            if rows:
                sections.append({"label": label, "id": value, "rows": rows})
        return sections

    def _row(self, key: str, seen: Mapping[str, str], people: list[Person], place: Place | None = None, row: Attendance | None = None) -> dict[str, Any]:
        fields: Mapping[str, Any] = self.fields
        beside = [f"initials-{person.pk}" for person in people] + [f"{key}-{name}" for name in ("for", "from", "to")]
        bound: list[BoundField] = [self[name] for name in beside if name in fields]
        return {
            "key": key, "seen": seen.get(key, ""), "place": place, "choice": self[key] if key in fields else None, "beside": bound, "wrong": any(field.errors for field in bound),
            "came": row or (place.came if place else None),
        }  # fmt: skip


def _number(label: str, initial: int | None) -> forms.IntegerField:
    box = forms.NumberInput(attrs={"class": "govuk-input--width-3"})
    return forms.IntegerField(label=label, initial=initial, required=False, widget=box, error_messages={"invalid": "Give the number of an item."})


def _called(place: Place) -> str:
    return f"{place.seat.label}: {place.holder.name}" if place.holder else place.seat.label


def _choices(place: Place) -> list[tuple[str, str]]:
    choices = [NOT_SAID, (PRESENT, "Present"), (DIALLED_IN, "Dialled in")]
    choices += [(f"alternate-{each.pk}", f"Alternate {each.person.name}") for each in place.alternates]
    choices += [(f"alternate-{each.pk}", f"Alternate {each.person.name}, {outstanding(each)}") for each in place.named]
    choices += [(APOLOGIES, "Apologies"), (ABSENT, "Absent")]
    if place.as_recorded().choice == AS_RECORDED and place.came:
        choices.append((AS_RECORDED, f"As recorded: {place.came.printed_name}{', approval outstanding' if place.holder else ''}"))
    return choices


class AttendeeForm(Form):
    """Somebody who came and was not expected: without a seat, or for one. Where the portal knows people of that name, it asks which one."""

    mark_optional = True

    name = NameField(label="Their name", max_length=160, error_messages={"required": "Say who came."})
    role = NameField(label="Organisation or role", max_length=160, required=False, help_text="As the minutes print it")
    seat = forms.ChoiceField(
        label="For which seat they came", required=False, help_text="Whoever comes for a seat is listed with it, and its holder among the apologies.",
        error_messages={"invalid_choice": "Choose one of the seats."},
    )  # fmt: skip
    section = forms.ChoiceField(
        label="Without a seat, listed among", choices=[choice for choice in Section.choices if choice[0] != Section.APOLOGIES], initial=Section.OTHERS, widget=forms.RadioSelect,
    )  # fmt: skip
    initials = NameField(
        label="Initials", max_length=LONGEST_INITIALS, required=False, help_text="Leave them empty to have them proposed.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )  # fmt: skip

    NEW = "new"

    def __init__(self, known: list[Person], room: Room, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [("", "None"), *((place.key, _called(place)) for place in room.places if place.holder)]  # type: ignore[attr-defined]
        self.known = {str(person.pk): person for person in known}
        if known:
            called = [(key, f"{person.name} ({person.of})" if person.of else person.name) for key, person in self.known.items()]
            self.fields["who"] = forms.ChoiceField(
                label="Which one is it?", choices=[*called, (self.NEW, "Somebody else of that name")], widget=forms.RadioSelect,
                error_messages={"required": "The portal knows somebody of that name: say whether it is they."},
            )  # fmt: skip
            self.order_fields(["name", "who", "role", "seat", "section", "initials"])

    @property
    def person(self) -> Person | None:
        return self.known.get(self.cleaned_data.get("who", ""))


class ReportForm(Form):
    """What a call's report says, pasted or as the file that it comes in."""

    report = LongText(
        label="Paste it", most=400_000, rows=8, required=False,
        help_text="The whole list of who attended, with its headings, as it is copied from a spreadsheet or a text editor.",
    )  # fmt: skip
    file = UploadField(label="Or choose the file", kinds=[Kind.CSV], hint="The attendance report that Teams lets you download.")
