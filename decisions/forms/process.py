"""Which period an assurance reader asks about."""

from typing import Any

from django import forms


class PeriodForm(forms.Form):
    first = forms.DateField(label="Decided from", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="Decided until", widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", "The last day is before the first.")
        return said
