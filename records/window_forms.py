"""What is typed about any window: more time for it, leave to be late in it, and why."""

from django import forms

from records.forms import Form, long_text
from records.windows import LONGEST

NARROW = {"class": "govuk-input--width-4", "inputmode": "numeric"}


def days_field(label: str, **told) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST, widget=forms.TextInput(attrs=NARROW), **told)


class ExtendForm(Form):
    days = days_field("Working days in all", help_text="Counted from the day it was opened.")
    why = long_text("Why does it need more time?", "Everybody who was asked is told, and it is published.", rows=2, max_length=300)


class WhyForm(Form):
    why = long_text("Why?", rows=3, max_length=300)


class LeaveForm(Form):
    leave = forms.ChoiceField(label="Is a late answer taken?", choices=[("given", "Yes: they may answer late, and it is marked"), ("refused", "No")], widget=forms.RadioSelect)
    why = long_text("Why?", "They are told, and it is written down.", rows=2, max_length=300)
