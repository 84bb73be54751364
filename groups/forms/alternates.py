"""What is asked of whoever names, approves or revokes an alternate."""

from django import forms

from groups.models import Group, Seat
from records.dates import as_day
from records.forms import DayField, Form, NameField

PERIOD = "period"


def by_name(group: Group) -> str:
    """ "Design Advisory Group (DAG)": how a choice among groups names each."""
    return f"{group.name} ({group.code})" if group.name != group.code else group.name


def by_label(seat: Seat) -> str:
    return seat.label


class NameAlternate(Form):
    """Somebody, and either one of the group's coming meetings or a period."""

    name = NameField(
        max_length=160, label="Their name", widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give the alternate's name."},
    )  # fmt: skip
    email = forms.EmailField(
        max_length=254, label="Their e-mail address", help_text="If the portal knows the address, it keeps the name it knows.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give the alternate's e-mail address.", "invalid": "Give an e-mail address, such as name@example.org."},
    )  # fmt: skip
    term = forms.ChoiceField(
        label="For how long?", widget=forms.RadioSelect, error_messages={"required": "Choose a meeting, or a period."}
    )
    since = DayField(label="First day", required=False)
    until = DayField(label="Last day", required=False, help_text="Leave it empty for until further notice.")

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.meetings = {str(m.pk): m for m in meetings}
        coming = [(pk, f"{m.code} on {as_day(m.held_on)}") for pk, m in self.meetings.items()]
        self.fields["term"].choices = [*coming, (PERIOD, "A period, or another day")]  # type: ignore[attr-defined]
        if not coming:
            self.fields["term"].initial = PERIOD

    def clean(self):
        told = super().clean()
        if told.get("term") == PERIOD and not told.get("since") and "since" not in self.errors:
            self.add_error("since", "Give the first day.")
        return told

    def period(self) -> dict:
        """The days and the occasion, as the verb takes them. Only of a sound form."""
        if meeting := self.meetings.get(self.cleaned_data["term"]):
            return {"since": meeting.held_on, "until": meeting.held_on, "occasion": meeting.code}
        return {"since": self.cleaned_data["since"], "until": self.cleaned_data["until"]}


class ApproveAlternate(Form):
    approved_by = NameField(
        max_length=160, label="Who approved it for the constituency?", error_messages={"required": "Say who approved it."}
    )
    how = forms.CharField(
        max_length=300, label="What is the evidence?", help_text="An e-mail, a minute or a list, and its date: somebody else has to be able to find it.",
        error_messages={"required": "Say how the approval is evidenced."},
    )  # fmt: skip
    on = DayField(label="On what day did they approve it?", error_messages={"required": "Give the day of the approval.", "invalid": "Give a day, such as 27/11/2026."})


class RevokeAlternate(Form):
    why = forms.CharField(
        max_length=300, label="Why?", help_text="The holder and the alternate are told.", widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: the holder and the alternate are told."},
    )  # fmt: skip
