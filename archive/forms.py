"""Correcting by hand what was misread."""

from typing import Any

from django import forms

from archive.by_hand import rows_of
from decisions.models import SETTLED, Choice, Decision
from records.forms import DayField, Form, long_text


class CorrectForm(Form):
    """Outcome and conditions of each subject, the vote of each row, the reasons, and the day: as they were read, to be mended field by field."""

    mark_optional = True

    decided_on = DayField(label="On which day it was decided")
    why = long_text("What was misread", "It is published with the correction. What the paper says stays as it is.", rows=3, required=True)

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any):
        super().__init__(*args, initial={"decided_on": decision.decided_on}, **kwargs)
        self.settled = list(decision.settlements.all())
        self.rows = rows_of(decision)
        fields: dict[str, forms.Field] = {}
        for each in self.settled:
            fields[f"outcome_{each.n}"] = forms.ChoiceField(label=f"What became of {each.subject}", choices=SETTLED, initial=each.outcome)
            fields[f"conditions_{each.n}"] = forms.CharField(
                label=f"Conditions for {each.subject}", initial=each.conditions, required=False, max_length=2000
            )
        for row in self.rows:
            kept = [] if row.counted else [("", row.as_shown()["choice_label"])]
            fields[f"vote_{row.pk}"] = forms.ChoiceField(
                label=f"{row.constituency} on {row.question.on or 'it'}", choices=[*kept, *Choice.choices], initial=row.counted.choice if row.counted else "",
                required=bool(row.counted),
            )  # fmt: skip
        self.given = {each.n: each.text for each in decision.reasons.all()}
        for n, text in self.given.items():
            fields[f"reason_{n}"] = long_text(f"Reason {n}", rows=2, initial=text, required=True)
        fields[f"reason_{self.missed}"] = long_text("A reason that was missed", "It is numbered after the others.", rows=2)
        self.fields = fields | self.fields

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
        return {each.n: (said[f"outcome_{each.n}"], said[f"conditions_{each.n}"]) for each in self.settled}

    @property
    def votes(self) -> dict[int, str]:
        """By row, what it is to say; those that are left as they were read are not among them."""
        return {row.pk: said for row in self.rows if (said := self.cleaned_data[f"vote_{row.pk}"])}
