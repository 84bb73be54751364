"""Whether one comes, and who comes otherwise."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from groups.models import Alternate, Seat
from meetings.models import Meeting, MeetingReply, ReplyChoice
from records.forms import Form, NameField

SOMEBODY_ELSE = "new"


class ReplyForm(Form):
    """For one seat; who holds several says for which. Who may name an alternate can name one here, for this meeting."""

    choice = forms.ChoiceField(label="Do you come?", widget=forms.RadioSelect, error_messages={"required": "Say whether you come."})
    name = NameField(label="Their name", max_length=160, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label="Their e-mail address", max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Give an e-mail address, such as name@example.org."},
    )  # fmt: skip

    def __init__(self, meeting: Meeting, seats: Sequence[Seat], alternates: Iterable[Alternate], *args, may_name: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats, self.alternates = {str(seat.pk): seat for seat in seats}, {f"alternate-{each.pk}": each for each in alternates}
        several = len(self.seats) > 1
        if several:
            self.fields["seat"] = forms.ChoiceField(
                label="For which seat?", choices=[(key, seat.label) for key, seat in self.seats.items()], widget=forms.RadioSelect,
                error_messages={"required": "Say for which seat."},
            )  # fmt: skip
            self.order_fields(["seat", "choice", "name", "email"])
        choices = [(ReplyChoice.ATTEND.value, "I come"), (ReplyChoice.DIAL_IN.value, "I dial in")]
        choices += [(key, _called(each, meeting, several=several)) for key, each in self.alternates.items()]
        choices += [(SOMEBODY_ELSE, "Somebody else comes in my place")] if may_name else []
        self.fields["choice"].choices = [*choices, (ReplyChoice.APOLOGIES.value, "I cannot come, and nobody comes for me")]  # type: ignore[attr-defined]
        if not may_name:
            del self.fields["name"], self.fields["email"]

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        if self.names_somebody(told):
            for field, said in (("name", "Give the name of whoever comes."), ("email", "Give their e-mail address.")):
                if not told.get(field) and field not in self.errors:
                    self.add_error(field, said)
        return told

    @staticmethod
    def names_somebody(told: dict[str, Any]) -> bool:
        return told.get("choice") == SOMEBODY_ELSE

    def seat(self) -> Seat:
        """Only of a sound form."""
        return self.seats[self.cleaned_data["seat"]] if "seat" in self.fields else next(iter(self.seats.values()))

    def typed(self) -> dict[str, Any]:
        """As the verb takes it."""
        choice = self.cleaned_data["choice"]
        alternate = self.alternates.get(choice)
        return {"choice": ReplyChoice.ALTERNATE.value if alternate else choice, "alternate": alternate}


def _called(alternate: Alternate, meeting: Meeting, *, several: bool) -> str:
    stands = "approved" if alternate.approved_on and alternate.approved_on <= meeting.held_on else "named, and not approved yet"
    return f"{alternate.person} comes in my place{f' for {alternate.seat.label}' if several else ''} ({stands})"


def initial_of(reply: MeetingReply | None) -> dict[str, Any]:
    if reply is None:
        return {}
    return {"choice": f"alternate-{reply.alternate_id}" if reply.alternate_id else reply.choice, "seat": str(reply.seat_id)}
