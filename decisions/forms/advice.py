"""What somebody said who has no vote."""

from datetime import date

from django import forms
from django.db.models import Q, QuerySet

from decisions.models import Advice, Decision
from groups.models import Person, Seat
from records.forms import DayField, Form, RecordChoice, long_text, offer


class AdviceForm(Form):
    """What somebody said who has no vote."""

    mark_optional = True

    body = forms.ChoiceField(label="Whose advice is it?", choices=Advice.Body, widget=forms.RadioSelect)
    person = RecordChoice(label="Who said it", required=False, empty_label="Nobody is named", help_text="Their name is published with it.")
    text = long_text("What was said", "In their words as far as you can: it is attributed to them.", rows=8, required=True)
    when = forms.ChoiceField(label="When", choices=[("meeting", "At the meeting"), ("after", "After the meeting, or outside one")], widget=forms.RadioSelect)
    given_on = DayField(label="On which day")

    def __init__(self, decision: Decision, today: date, *args, **kwargs):
        meeting = decision.meeting
        at_it = bool(meeting and meeting.held_on <= today)
        kwargs["initial"] = {"when": "meeting" if at_it else "after", "given_on": meeting.held_on if meeting and at_it else today}
        super().__init__(*args, **kwargs)
        offer(self, "person", advisers(decision, today))


def advisers(decision: Decision, today: date) -> QuerySet:
    """Who could have said it: the seats without a vote, assurance readers, and who else came to the meeting."""
    roles = [Seat.Role.ASSURANCE, Seat.Role.OBSERVER, Seat.Role.PROGRAMME]
    seated = Q(holdings__seat__group=decision.group_id, holdings__seat__role__in=roles, holdings__during__contains=today)
    appointed = Q(appointments__kind="assurance", appointments__during__contains=today)
    here = Q(appointments__group=None) | Q(appointments__group=decision.group_id)
    came = Q(attendances__meeting=decision.meeting_id, attendances__meeting__isnull=False, attendances__section__in=["programme", "others"])
    return Person.objects.filter(seated | (appointed & here) | came).distinct().order_by("name")
