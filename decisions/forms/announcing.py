"""What is typed when the Chair announces a decision in the room, and when they confirm what was announced."""

from typing import Any

from django import forms

from decisions.models import Decision
from decisions.typed import DecisionLine, read_decision
from groups.models import Person, Seat
from groups.recipients import people_in
from records.forms import Form, NumberedField, RecordChoice, offer

LONGEST = 2_000


class AnnounceForm(Form):
    """Who said it, and how it goes: in one line, as it would be typed into the minutes."""

    who = RecordChoice(label="Who announced it")
    said = forms.CharField(
        label="How it goes", max_length=LONGEST, required=False,
        help_text="Such as: CR025 v1.2 approved. Or: CR018 v1.8 approved; CR017 rejected as excluded. If left empty: the Chair says it when they confirm.",
    )  # fmt: skip
    reasons = NumberedField(label="Reasons the Chair gave", noun="Reason", blanks=2, help_text="The Chair can change them when they confirm.")

    def __init__(self, decision: Decision, drafted: bool, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.line: DecisionLine | None = None
        chairs = people_in(decision.group, Seat.Role.CHAIR)
        offer(self, "who", Person.objects.filter(pk__in=[person.pk for person in chairs]).order_by("name"))
        if len(chairs) == 1:
            self.fields["who"].initial = chairs[0]
        if drafted:  # it is what the Chair confirms
            del self.fields["said"], self.fields["reasons"]

    def clean_said(self) -> str:
        said = self.cleaned_data["said"].strip()
        self.line = read_decision(said, self.decision.group) if said else None
        if self.line and (self.line.refusals or not self.line.subjects):
            raise forms.ValidationError("Write it so: CR025 v1.2 approved. Several are parted by semicolons.")
        return said


class ConfirmForm(Form):
    """One announced decision among those that the Chair confirms together."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    chosen = forms.BooleanField(required=False, initial=True)
    reasons = NumberedField(noun="Reason", blanks=1)

    def __init__(self, title: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].label, self.fields["reasons"].label = f"Confirm {title}", f"Reasons for {title}"
