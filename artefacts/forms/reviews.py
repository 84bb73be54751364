"""What is typed to put a version to review, to comment on it, and to say what becomes of a comment."""

from collections.abc import Iterable
from typing import Any

from django import forms

from artefacts.models import ResolutionOutcome, Weight
from artefacts.rules.reviews import LONGEST_SECTION
from groups.models import Organisation, Seat
from records.forms import Form, long_text
from records.window_forms import days_field


class ReviewForm(Form):
    """For how long, what is asked, and of whom."""

    mark_optional = True

    asked = long_text("What is asked?", "Which parts to look at, and what for. Everybody who is asked reads it.", rows=4)
    days = days_field("Working days it is open")
    days_why = forms.CharField(label="Why other days than the policy says", max_length=300, required=False)
    seats = forms.TypedMultipleChoiceField(label="Seats that are asked", coerce=int, required=False, widget=forms.CheckboxSelectMultiple)
    organisations = forms.TypedMultipleChoiceField(
        label="Organisations that are asked besides", coerce=int, required=False, widget=forms.CheckboxSelectMultiple, help_text="Those for which somebody is appointed to answer.",
    )  # fmt: skip

    def __init__(self, days: int, seats: Iterable[Seat], organisations: Iterable[Organisation], ticked: Iterable[Seat], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known_seats = {each.pk: each for each in seats}
        self.known_organisations = {each.pk: each for each in organisations}
        for name in ("asked", "seats"):
            self.fields[name].needed = True  # type: ignore[attr-defined] # the rule says what is missing
        self.policy_days = days
        self.fields["days"].initial = days
        self.fields["days"].help_text = f"The policy is {days}. It closes at the group’s closing time on the last of them."
        self.fields["seats"].choices = [(pk, each.label) for pk, each in self.known_seats.items()]  # type: ignore[attr-defined]
        self.fields["seats"].initial = [each.pk for each in ticked]
        self.fields["organisations"].choices = [(pk, each.name) for pk, each in self.known_organisations.items()]  # type: ignore[attr-defined]
        if not self.known_organisations:
            del self.fields["organisations"]

    def typed(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "asked": told["asked"], "days": told["days"], "days_why": told["days_why"], "seats": [self.known_seats[pk] for pk in told["seats"]],
            "organisations": [self.known_organisations[pk] for pk in told.get("organisations", [])],
        }  # fmt: skip


class CommentForm(Form):
    """One comment."""

    mark_optional = True

    section = forms.CharField(label="Section", max_length=LONGEST_SECTION, required=False, help_text="Where in the document, such as 4.2 or “Table 3”. Leave it empty for the whole document.")
    text = long_text("Comment", "What should be otherwise, and how.", rows=6)
    weight = forms.ChoiceField(label="How much does it weigh?", widget=forms.RadioSelect, required=False, choices=[
        (Weight.MUST, "Must: it cannot be baselined so"), (Weight.SHOULD, "Should: it would be better otherwise"), (Weight.EDITORIAL, "Editorial: spelling, layout, references"),
        (Weight.QUESTION, "Question"),
    ])  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("text", "weight"):
            self.fields[name].needed = True  # type: ignore[attr-defined] # the rule says what is missing


class ResolveForm(Form):
    """What becomes of one comment."""

    mark_optional = True

    outcome = forms.ChoiceField(label="What becomes of it?", choices=ResolutionOutcome, widget=forms.RadioSelect, required=False)
    why = long_text("Why, or the answer", "It is published with the comment. Needed if it is not accepted, answered, or out of scope.", rows=4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].needed = True  # type: ignore[attr-defined] # the rule says what is missing
