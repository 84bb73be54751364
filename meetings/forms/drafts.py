"""What is handed in of a draft that comes back as a Word document."""

from typing import Any

from django import forms

from files.forms import UploadField
from files.kinds import Kind
from groups.models import Person, Seat
from records.forms import Form


class BringBackForm(Form):
    """The document, and from whom it came."""

    sender = forms.ChoiceField(label="From whom it came")
    file = UploadField(kinds=[Kind.DOCX], label="The document", required=False)

    def __init__(self, senders: list[tuple[Seat, Person]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.senders = {f"{seat.pk}-{person.pk}": (seat, person) for seat, person in senders}
        told = [(key, f"{person.name}, {seat.label}") for key, (seat, person) in self.senders.items()]
        self.fields["sender"].choices = [("", "Choose"), *told]  # type: ignore[attr-defined] # also of one: nobody is said to propose what somebody else wrote

    @property
    def seat_and_person(self) -> tuple[Seat, Person]:
        return self.senders[self.cleaned_data["sender"]]
