"""What is typed beside the roll: a statement of position, a concern about procedure, and the Chair's ruling on it."""


from django import forms

from groups.forms import by_label
from groups.models import Seat
from records.forms import Form, RecordChoice, long_text, offer


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
