"""What is typed beside the roll: advice, a statement of position, a concern about procedure, and the Chair's ruling on it."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet

from decisions.models import Advice, Decision
from groups.models import Group, Person, Seat
from records.forms import DayField, Form

LONGEST = 10_000  # characters: some four pages


def long_text(label: str, hint: str = "", *, rows: int = 6, **kwargs) -> forms.CharField:
    # Not required here: the rule says what is missing, in the same words wherever it is broken.
    kwargs.setdefault("required", False)
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def day(label: str, hint: str = "", *, required: bool = False) -> DayField:
    return DayField(label=label, help_text=hint, required=required)


class RecordChoice(forms.ModelChoiceField):
    """A choice among records, which `offer` gives; `words` says what each is called."""

    def __init__(self, words: Callable[[Any], str] = str, **kwargs):
        super().__init__(None, **kwargs)
        self.words = words

    def label_from_instance(self, record) -> str:
        return self.words(record)


def offer(form: forms.Form, name: str, records: QuerySet) -> None:
    """Say what there is to choose from."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = records


def by_name(group: Group) -> str:
    return f"{group.name} ({group.code})" if group.name != group.code else group.name


def by_label(seat: Seat) -> str:
    return seat.label


class SpokenForm(Form):
    """Something said for a seat."""

    seat = RecordChoice(by_label, label="For which seat?", widget=forms.RadioSelect, empty_label=None)

    def __init__(self, seats: list[Seat], *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "seat", Seat.objects.filter(pk__in=[seat.pk for seat in seats]).order_by("order", "pk"))
        self.only = seats[0] if len(seats) == 1 else None
        if self.only:
            del self.fields["seat"]

    def spoken_for(self) -> Seat:
        return self.only or self.cleaned_data["seat"]


class StatementForm(SpokenForm):
    # Unedited means that not a space is taken away either.
    text = long_text("Your position", "It appears exactly as you type it here.", rows=10, strip=False)
    understood = forms.BooleanField(
        label="I understand that this is published unedited, under my seat’s name, and cannot be changed",
        error_messages={"required": "Tick the box if you want it published: it cannot be changed afterwards."},
    )


class ProceduralConcernForm(SpokenForm):
    text = long_text("What is wrong with how it is being decided?", "Such as: papers were late, the seat was not asked to review it, or it was not tabled for decision.")


class ConcernForm(SpokenForm):
    text = long_text("What is your concern?", "Say what you would have the group do about it. It is published with the decision, under your seat’s name.", rows=8)


class RulingForm(Form):
    text = long_text("Your ruling", "Published with the decision.")


class AdviceForm(Form):
    """What somebody said who has no vote."""

    mark_optional = True

    body = forms.ChoiceField(label="Whose advice is it?", choices=Advice.Body, widget=forms.RadioSelect)
    person = RecordChoice(label="Who said it", required=False, empty_label="Nobody is named", help_text="Their name is published with it.")
    text = long_text("What was said", "In their words as far as you can: it is attributed to them.", rows=8, required=True)
    when = forms.ChoiceField(label="When", choices=[("meeting", "At the meeting"), ("after", "After the meeting, or outside one")], widget=forms.RadioSelect)
    given_on = day("On which day", required=True)

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
