"""Which period, or which sample, an assurance reader asks about."""

from typing import Any

from records.forms import DayField, Form, NameField


class SampleForm(Form):
    word = NameField(
        label="Draw ten by this word", max_length=80, required=False,
        help_text="Any word: ten are drawn by chance, and the same ten again by the same word. If left empty: all are shown.",
    )  # fmt: skip


class PeriodForm(Form):
    first = DayField(label="Decided from")
    last = DayField(label="Decided until")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", "The last day is before the first.")
        return said
