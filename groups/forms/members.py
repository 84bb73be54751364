"""What is typed to seat somebody, to appoint them, to end either, and to correct what they are called."""

from datetime import date
from typing import Any

from django import forms

from groups.models import Group, Organisation
from groups.standing import Kind
from records.forms import DayField, Form, NameField
from records.hooks import offered_from_above

PROGRAMME = "programme"


class DayForm(Form):
    """As of which day the membership is read."""

    on = DayField(label="On what day?", required=False)


def _name() -> forms.CharField:
    return NameField(
        max_length=160, label="Their name", widget=forms.TextInput(attrs={"autocomplete": "off"}), error_messages={"required": "Give the name."},
    )  # fmt: skip


def _email() -> forms.EmailField:
    return forms.EmailField(
        max_length=254, label="Their e-mail address", help_text="If the portal knows the address, it keeps the name it knows.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give the e-mail address.", "invalid": "Give an e-mail address, such as name@example.org."},
    )  # fmt: skip


def _invite() -> forms.BooleanField:
    return forms.BooleanField(
        label="Send an invitation, if they have no account yet", required=False, initial=True, help_text="Nobody signs in without one.",
    )  # fmt: skip


class _ForAnOrganisation(Form):
    """One of the organisations on record, of the kind that the group has to do with."""

    mark_optional = True

    def __init__(self, group: Group, today: date, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["since"].initial = today
        known = Organisation.objects.filter(fictional=group.fictional).order_by("name")
        self.known = {str(each.pk): each for each in known}
        self.fields["organisation"].choices = [("", "None"), *((key, each.name) for key, each in self.known.items())]  # type: ignore[attr-defined]

    def _organisation(self) -> Organisation | None:
        return self.known.get(self.cleaned_data["organisation"])


class SeatForm(_ForAnOrganisation):
    """Who takes the seat, and from when."""

    name, email = _name(), _email()
    organisation = forms.ChoiceField(label="Organisation they are with", required=False)
    since = DayField(label="First day in the seat", error_messages={"required": "Give the first day.", "invalid": "Give a day, such as 27/11/2026."})
    until = DayField(label="Last day, if it is known", required=False)
    invite = _invite()

    def typed(self) -> dict[str, Any]:
        """As the verb takes it. Only of a sound form."""
        told = self.cleaned_data
        return {"since": told["since"], "until": told["until"], "organisation": self._organisation()}


class AppointmentForm(_ForAnOrganisation):
    """Who has which right without a seat, for what, and from when."""

    name, email = _name(), _email()
    kind = forms.ChoiceField(
        label="Appointed as", choices=Kind.choices, widget=forms.RadioSelect, error_messages={"required": "Choose what the appointment is."}
    )
    whole = forms.ChoiceField(label="For", widget=forms.RadioSelect, error_messages={"required": "Say for what."})
    organisation = forms.ChoiceField(label="Organisation", required=False, help_text="Of somebody who raises change requests, answers assessments, or owns an artefact for it.")
    scope = forms.ChoiceField(label="Artefact", required=False, help_text="Of an artefact’s owner.")
    since = DayField(label="First day", error_messages={"required": "Give the first day.", "invalid": "Give a day, such as 27/11/2026."})
    until = DayField(label="Last day, if it is known", required=False)
    invite = _invite()

    def __init__(self, group: Group, today: date, *args, **kwargs):
        super().__init__(group, today, *args, **kwargs)
        self.fields["whole"].choices = [(group.code, f"{group.name} ({group.code})"), (PROGRAMME, "The whole programme")]  # type: ignore[attr-defined]
        self.fields["whole"].initial = group.code
        self.fields["scope"].choices = [("", "None"), *offered_from_above("groups.give_appointment", group)]  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        told = self.cleaned_data
        group = None if told["whole"] == PROGRAMME else self.group
        return {"kind": told["kind"], "group": group, "organisation": self._organisation(), "scope": told["scope"], "since": told["since"], "until": told["until"]}


class EndForm(Form):
    """The last day, and why. What hangs on it is said above it."""

    last = DayField(label="Last day", error_messages={"required": "Give the last day.", "invalid": "Give a day, such as 27/11/2026."})
    why = forms.CharField(
        max_length=300, label="Why?", help_text="It is kept with the record, and the person is told.", widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: it is kept with the record, and the person is told."},
    )  # fmt: skip
    alternates_too = forms.BooleanField(label="Their alternates end with it", required=False, initial=True)

    def __init__(self, *args, alternates: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not alternates:
            del self.fields["alternates_too"]


class CorrectForm(Form):
    """What somebody is called, and where they are reached."""

    mark_optional = True

    name = NameField(max_length=160, label="Name", error_messages={"required": "Give the name."})
    email = forms.EmailField(
        max_length=254, label="E-mail address", required=False, help_text="Whoever has an account signs in by it from then on. Both addresses are told.",
        error_messages={"invalid": "Give an e-mail address, such as name@example.org."},
    )  # fmt: skip
    why = forms.CharField(max_length=300, label="Why?", help_text="A slip, a marriage, another employer: it is kept with the record.", error_messages={"required": "Say why."})
