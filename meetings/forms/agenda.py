"""What is typed about the items of an agenda."""

from typing import Any

from django import forms

from meetings.lifecycle import MeetingStatus
from meetings.models import AgendaItem, Meeting
from records.dates import as_day
from records.forms import Form, NameField, RecordChoice, long_text, offer


class ItemForm(Form):
    """One item: what it is called, what for, by whom, for how long."""

    mark_optional = True

    title = NameField(label="Item", max_length=300, required=False, help_text="Such as: CR018, Registration Service operating hours")
    purpose = forms.ChoiceField(label="What is it for?", choices=AgendaItem.Purpose, required=False, initial=AgendaItem.Purpose.NOT_STATED)
    presenter = NameField(label="Who presents it", max_length=160, required=False)
    minutes_allowed = forms.IntegerField(
        label="Minutes allowed", required=False, widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={"invalid": "Give a number of minutes, such as 15."},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        setattr(self.fields["title"], "needed", True)  # noqa: B010 (the rule says that it is missing)

    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("purpose", "presenter", "minutes_allowed")}


def initial_of(item: AgendaItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("title", "purpose", "presenter", "minutes_allowed")}


class DeferForm(Form):
    mark_optional = True

    to = RecordChoice(
        lambda meeting: f"{meeting.code} on {as_day(meeting.held_on)}", label="To which meeting?", required=False, empty_label="Not known yet",
        widget=forms.RadioSelect,
    )  # fmt: skip
    why = long_text("Why?", "It stands beside the item, and is offered with it for the next agenda.", rows=2, max_length=300)

    def __init__(self, item: AgendaItem, *args, **kwargs):
        super().__init__(*args, **kwargs)
        coming = Meeting.objects.filter(group=item.meeting.group, status=MeetingStatus.PLANNED, held_on__gte=item.meeting.held_on).exclude(pk=item.meeting_id)
        offer(self, "to", coming.order_by("held_on", "pk"))
