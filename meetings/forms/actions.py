"""What is typed about an action."""

from typing import Any

from django import forms

from meetings.lifecycle import MeetingStatus
from meetings.models import Action, Meeting
from records.dates import as_day
from records.forms import DayField, Form, RecordChoice, long_text, offer


class ActionForm(Form):
    """Who is to do what by when."""

    mark_optional = True

    text = long_text("What is to be done", rows=3)
    owner = forms.CharField(
        label="Who", max_length=200, required=False, widget=forms.TextInput(attrs={"list": "subjects", "autocomplete": "off"}),
        help_text="Whoever came, by name or initials, a seat, an organisation, or everyone with a seat: they are sent it",
    )  # fmt: skip
    due_kind = forms.ChoiceField(label="By when", choices=Action.DueKind, initial=Action.DueKind.DATE, widget=forms.RadioSelect)
    due_on = DayField(label="The date", required=False, help_text="If it is due by one")
    why = forms.CharField(label="Why it is changed", max_length=300, required=False, help_text="Needed once it is public")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("text", "owner"):
            setattr(self.fields[name], "needed", True)  # noqa: B010 (the rule says that it is missing)

    def typed(self) -> dict[str, Any]:
        """What the verb takes. A date means that it is due by one."""
        said = dict(self.cleaned_data)
        if said["due_kind"] != Action.DueKind.DATE:
            said["due_on"] = None
        return said


class ChangeForm(ActionForm):
    """The same of one that the members know of."""

    written_wrongly = forms.BooleanField(
        label="The minutes have it wrongly", required=False,
        help_text=(
            "The next edition prints these words, this owner and this date then, and says what they were. "
            "Else the minutes go on saying what the meeting agreed, and the page of the action says how it was changed."
        ),
    )  # fmt: skip


def initial_of(action: Action) -> dict[str, Any]:
    return {"text": action.text, "owner": action.owner, "due_kind": action.due_kind, "due_on": action.due_on}


class DoneForm(Form):
    """That it is done, and by what that can be seen."""

    mark_optional = True

    on = DayField(label="Done on")
    why = forms.CharField(label="By what that can be seen", max_length=300, required=False, help_text="A document, a page, a date: “published as DES-196 v1.1”")


class WhyForm(Form):
    why = forms.CharField(label="Why", max_length=300)


class ReviewForm(Form):
    """What was said of it at a later meeting."""

    meeting = RecordChoice(lambda meeting: f"{meeting.code}, {as_day(meeting.held_on)}", label="At which meeting")
    note = long_text("What was said", rows=3)

    def __init__(self, action: Action, *args, **kwargs):
        super().__init__(*args, **kwargs)
        later = Meeting.objects.filter(group=action.group).exclude(status=MeetingStatus.CANCELLED)
        if action.meeting:
            later = later.exclude(pk=action.meeting.pk).filter(held_on__gte=action.meeting.held_on)
        offer(self, "meeting", later)
