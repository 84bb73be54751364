"""Which period an assurance reader asks about."""

from typing import Any

from records.forms import DayField, Form


class PeriodForm(Form):
    first = DayField(label="Decided from")
    last = DayField(label="Decided until")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", "The last day is before the first.")
        return said
