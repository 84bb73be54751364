"""What is typed about minutes that are written: why they go back, where they were approved, what a further edition says."""

from datetime import date

from django import forms

from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting, Minutes, MinutesEdition
from records.dates import as_day
from records.forms import Form, RecordChoice, long_text, offer


class SendBackForm(Form):
    why = long_text("What is to be changed", "The secretariat reads it; it is kept with the minutes.", rows=4)


class ApproveForm(Form):
    """At which meeting the minutes were agreed to be right."""

    meeting = RecordChoice(lambda meeting: f"{meeting.code}, {as_day(meeting.held_on)}", label="Approved at")

    def __init__(self, minutes: Minutes, on: date, *args, **kwargs):
        super().__init__(*args, **kwargs)
        later = Meeting.objects.filter(group=minutes.meeting.group, held_on__range=(minutes.meeting.held_on, on)).exclude(pk=minutes.meeting_id)
        offer(self, "meeting", later.exclude(status=MeetingStatus.CANCELLED).order_by("held_on"))


class EditionForm(Form):
    """A further edition of minutes that are public. Earlier ones stay to be read."""

    kind = forms.ChoiceField(
        label="What it is", widget=forms.RadioSelect,
        choices=[
            (MinutesEdition.Kind.ADDENDUM, "An addendum: something is added, such as a post-meeting update"),
            (MinutesEdition.Kind.CORRECTION, "A correction: something was wrong"),
            (MinutesEdition.Kind.APPROVAL, "The approved text"),
        ],
    )  # fmt: skip
    note = long_text("What changed", "For readers: it stands at the head of the edition and in the list of changes.", rows=4)
