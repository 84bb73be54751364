"""What is typed to delegate decisions to another group."""

from django import forms

from decisions.rules.delegations import targets
from groups.forms import by_name
from groups.models import Group
from groups.standing import Standing
from records.forms import DayField, Form, RecordChoice, long_text, offer


class DelegationForm(Form):
    to_group = RecordChoice(by_name, label="To which group?", empty_label="Choose")
    text = long_text("What is delegated", "In words that stand alone: the other group reads nothing else.", rows=6, required=True)
    scope = long_text("What of it is delegated, and what is not", rows=4, required=True)
    first = DayField(label="From")
    last = DayField(label="Until, that day included")
    clause = forms.CharField(label="Clause of the terms of reference", max_length=300)

    def __init__(self, source: Group, standing: Standing, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "to_group", Group.objects.filter(pk__in=[group.pk for group in targets(source, standing.on)]))
