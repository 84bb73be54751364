"""Correcting by hand what was misread."""

from dataclasses import asdict, fields
from typing import Any

from django import forms

from archive.by_hand import MADE_UP, NOT_IN_IT, STATES, Asked, Mended, as_asked, rows_of, version_of
from archive.listed import AMONG, HOW, MISSED, NOT_LISTED, Listed, as_read, seats_of
from archive.listed import rows_of as listed_of
from decisions.models import SETTLED, Choice, Decision, Maker
from meetings.attending import LONGEST_INITIALS
from meetings.lifecycle import ActionStatus
from meetings.models import Action, Meeting
from records.forms import DayField, Form, NameField, RecordChoice, long_text, offer


def why_misread() -> forms.CharField:
    return long_text("What was misread", "It is published with the correction. What the paper says stays as it is.", rows=3, required=True)


def box_of(width: int) -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"govuk-input--width-{width}", "autocomplete": "off"})


class CorrectForm(Form):
    """Each subject and what became of it, one that was missed, the vote of each row, the reasons, who decided, and the day: as they were read."""

    mark_optional = True

    decided_on = DayField(label="On which day it was decided")
    why = why_misread()

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any):
        super().__init__(*args, initial={"decided_on": decision.decided_on}, **kwargs)
        self.settled = list(decision.settlements.all())
        self.rows = rows_of(decision)
        fields: dict[str, forms.Field] = {}
        for each in self.settled:
            fields |= self._subject(each.n, each.subject, each.subject_ref, version_of(each), each.outcome, each.conditions)
        fields |= self._subject(self.another, "what was missed", "", "", "", "")
        for row in self.rows:
            kept = [] if row.counted else [("", row.as_shown()["choice_label"])]
            fields[f"vote_{row.pk}"] = forms.ChoiceField(
                label=f"{row.constituency} on {row.question.on or 'it'}", choices=[*kept, *Choice.choices], initial=row.counted.choice if row.counted else "",
                required=bool(row.counted),
            )  # fmt: skip
        self.given = {each.n: each.text for each in decision.reasons.all()}
        for n, text in self.given.items():
            fields[f"reason_{n}"] = long_text(f"Reason {n}", "Leave it empty if the paper does not have it.", rows=2, initial=text)
        fields[f"reason_{self.missed}"] = long_text("A reason that was missed", "It is numbered after the others.", rows=2)
        fields["maker"] = forms.ChoiceField(label="Whose decision it was", choices=Maker.choices, initial=decision.maker)
        fields["basis"] = forms.ChoiceField(label="On what basis it was decided", choices=Decision.Basis.choices, initial=decision.basis)
        self.fields = fields | self.fields

    def _subject(self, n: int, called: str, ref: str, version: str, outcome: str, conditions: str) -> dict[str, forms.Field]:
        """What a subject is called, in which version, and what became of it. One that was missed is named, or there is none."""
        gone = [(NOT_IN_IT, "Not in the paper: it was made up")] if ref else []
        return {
            f"ref_{n}": NameField(label=f"Reference of {called}" if ref else "A subject that was missed", help_text="" if ref else "Its reference as the paper prints it, such as CR018", max_length=200, required=bool(ref), initial=ref),
            f"version_{n}": forms.CharField(label=f"Version of {called}", max_length=20, required=False, initial=version, widget=box_of(5)),
            f"outcome_{n}": forms.ChoiceField(label=f"What became of {called}", choices=[*([] if ref else [("", "Not chosen")]), *SETTLED, *gone], initial=outcome, required=bool(ref)),
            f"conditions_{n}": forms.CharField(label=f"Conditions for {called}", initial=conditions, required=False, max_length=2000),
        }  # fmt: skip

    @property
    def another(self) -> int:
        """The number of a subject that comes to the others."""
        return max((each.n for each in self.settled), default=0) + 1

    @property
    def named(self) -> dict[int, tuple[str, str]]:
        said = {n: (self.cleaned_data[f"ref_{n}"].strip(), self.cleaned_data[f"version_{n}"].strip()) for n in (*(each.n for each in self.settled), self.another)}
        return {n: each for n, each in said.items() if n != self.another or any(each) or self.cleaned_data[f"outcome_{n}"]}

    @property
    def mended(self) -> Mended:
        said = self.cleaned_data
        return Mended(self.outcomes, self.votes, said["decided_on"], self.reasons, self.named, (said["maker"], said["basis"]))

    @property
    def missed(self) -> int:
        """The number of a reason that comes to the others."""
        return max(self.given, default=0) + 1

    @property
    def reasons(self) -> dict[int, str]:
        """By number: those that are there, as they are to read, and one that was missed, if any."""
        said = {n: self.cleaned_data[f"reason_{n}"].strip() for n in (*self.given, self.missed)}
        return {n: text for n, text in said.items() if n in self.given or text}

    @property
    def outcomes(self) -> dict[int, tuple[str, str]]:
        """By the number of the subject, what became of it and on which conditions."""
        said = self.cleaned_data
        return {n: (said[f"outcome_{n}"], said[f"conditions_{n}"]) for n in self.named}

    @property
    def votes(self) -> dict[int, str]:
        """By row, what it is to say; those that are left as they were read are not among them."""
        return {row.pk: said for row in self.rows if (said := self.cleaned_data[f"vote_{row.pk}"])}


class WhoCameForm(Form):
    """Everybody whom the reader found on the attendance list, each to be mended; and somebody whom it missed."""

    mark_optional = True
    template_name = "forms/who_came.html"

    why = why_misread()

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = {str(row.pk): as_read(row) for row in listed_of(meeting)}
        # Of whom nothing is sent they have come since: the rules know of that, and so does a form that is sent twice.
        self.read = {key: each for key, each in rows.items() if not self.is_bound or f"name-{key}" in self.data}
        self.seats = [("", "No seat"), *((str(pk), label) for pk, label in seats_of(meeting).items())]
        why = self.fields.pop("why")
        for key, each in self.read.items():
            self._ask(key, each, each.name)
        self._ask(MISSED, Listed(), "Somebody who was missed")
        self.fields["why"] = why

    def _ask(self, key: str, each: Listed, called: str) -> None:
        how = [choice for choice in HOW.items() if key != MISSED or choice[0] != NOT_LISTED]
        asked: dict[str, forms.Field] = {
            "name": NameField(label="Name", max_length=160, required=key != MISSED, initial=each.name),
            "how": forms.ChoiceField(label="How they were there", choices=how, initial=each.how),
            "role": NameField(label="Role, as it is printed", max_length=160, required=False, initial=each.role),
            "initials": NameField(label="Initials", max_length=LONGEST_INITIALS, required=False, initial=each.initials, widget=box_of(5)),
            "among": forms.ChoiceField(label="Listed among", choices=AMONG, initial=each.among, help_text="Of whoever sent apologies it says nothing."),
            "seat": forms.ChoiceField(label="For which seat", choices=self.seats, required=False, initial=str(each.seat or "")),
            "on_behalf_of": NameField(label="On behalf of", max_length=160, required=False, initial=each.on_behalf_of, help_text="Whose alternate they were"),
        }
        for name, field in asked.items():
            field.named = f"{called}: {field.label}"  # type: ignore[attr-defined]
            self.fields[f"{name}-{key}"] = field

    @property
    def people(self) -> list[dict[str, Any]]:
        """For the page: each with the fields about them, unfolded where there is something to be seen to."""
        theirs = self.theirs()
        return [self._person(key, each, theirs) for key, each in (*self.read.items(), (MISSED, Listed()))]

    def _person(self, key: str, each: Listed, theirs: dict[str, Any]) -> dict[str, Any]:
        bound = [self[f"{field.name}-{key}"] for field in fields(Listed)]
        is_open = any(field.errors or field.name in theirs for field in bound)
        how = HOW[each.how] if key != MISSED else ""
        return {"name": each.name or "Somebody who was missed", "how": how, "role": each.role, "fields": bound, "is_open": is_open}

    @property
    def said(self) -> dict[str, Listed]:
        """By the key of their row, how each is to be listed; and who was missed, if somebody was."""
        told = {key: self._said(key) for key in (*self.read, MISSED)}
        return {key: each for key, each in told.items() if key != MISSED or each != Listed()}

    def _said(self, key: str) -> Listed:
        said = {field.name: self.cleaned_data[f"{field.name}-{key}"] for field in fields(Listed)}
        return Listed(**said | {"seat": int(said["seat"]) if said["seat"] else None})


class AskedForm(Form):
    """What is to be done, by whom and by when, as the paper prints it."""

    mark_optional = True

    text = long_text("What is to be done", rows=3, required=True)
    owner = NameField(label="Who is to do it", max_length=200)
    due_text = forms.CharField(label="By when, as the paper prints it", max_length=80, required=False, widget=box_of(20))
    due_on = DayField(label="The day that is", required=False, help_text="If it is one")
    why = why_misread()

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            said["text"].strip(), said["owner"].strip(), said["due_on"], said["due_text"].strip(), said.get("status", ActionStatus.OPEN), said.get("closed_on")
        )


class CorrectActionForm(AskedForm):
    """The same of an action that was read in, and how it stands."""

    status = forms.ChoiceField(label="How it stands", choices=[*STATES, (MADE_UP, "It is not in the paper: it was made up")], widget=forms.RadioSelect)
    closed_on = DayField(label="Closed on", required=False, help_text="If it is closed")
    field_order = ("text", "owner", "due_text", "due_on", "status", "closed_on", "why")

    def __init__(self, action: Action, *args: Any, **kwargs: Any):
        super().__init__(*args, initial=asdict(as_asked(action)), **kwargs)


class MissedActionForm(AskedForm):
    """An action that the reader passed over."""

    reference = NameField(label="Its reference", max_length=40, help_text="As the paper prints it", widget=box_of(20))
    item = RecordChoice(lambda item: f"{item.number}. {item.title}", label="Under which item", required=False, empty_label="None")
    field_order = ("reference", "text", "owner", "due_text", "due_on", "item", "why")

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "item", meeting.items.on_the_agenda())
