"""What an owner says of an action, and what the secretariat answers."""

from typing import Any

from django import forms

from meetings.models import ActionReport
from records.dates import as_day
from records.forms import DayField, Form, long_text

Kind = ActionReport.Kind
LONGEST = 2_000


class ReportForm(Form):
    kind = forms.ChoiceField(label="How does it stand?", choices=Kind, widget=forms.RadioSelect, required=False)
    text = long_text("By what it can be seen; why it needs another day; or how it stands", rows=3, most=LONGEST)
    asked_for = DayField(label="Which day", required=False, help_text="If it needs another one")


class ReportAnswerForm(Form):
    taken_up = forms.ChoiceField(label="What becomes of it", widget=forms.RadioSelect)
    why = long_text("Why not", "Its owner is told.", rows=2, most=LONGEST)

    def __init__(self, report: ActionReport, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        done = report.kind == Kind.DONE or report.asked_for is None
        yes = "It is done" if done else f"It is due on {as_day(report.asked_for)} from now on"
        self.fields["taken_up"].choices = [("yes", yes), ("no", "It stays as it is")]  # type: ignore[attr-defined]
