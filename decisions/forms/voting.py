"""What is typed to vote, to note a position, and to answer for a vote given in one's name."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from decisions.models import Choice, Question, RollRow
from decisions.operations.voting import Answer
from decisions.rules.voting import refusals_of_answer
from records.forms import Form

SAID = [(choice.value, choice.label) for choice in Choice]


class ThreeTargets(forms.RadioSelect):
    """Approve, reject, abstain; or yes, no, abstain: each a target the width of a phone."""

    def __init__(self):
        super().__init__(attrs={"class": "app-choices"})


def _targets(label: str, question: Question) -> forms.ChoiceField:
    # Not required here: the rule says what to do, in the same words wherever it is broken.
    return forms.ChoiceField(label=label, choices=list(question.words.items()), widget=ThreeTargets, required=False)


def _comment(label: str, hint: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5}))


class VoteForm(Form):
    """A choice and a comment for a question, and for each that rides on it: choice, comment, choice-2, comment-2."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, rows: list[RollRow], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for n, row in enumerate(rows, 1):
            self.fields[_name("choice", n)] = _targets("Your advice" if n == 1 else row.question.wording, row.question)
            self.fields[_name("comment", n)] = _comment("Comment", _hint(row))
        self.fields["key"].initial = uuid4()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for n, row in enumerate(self.rows, 1):
            choice, comment = said.get(_name("choice", n), ""), said.get(_name("comment", n), "")
            for refusal in refusals_of_answer(row.question, choice, comment):
                if not self.has_error(_name(refusal.field, n)):
                    self.add_error(_name(refusal.field, n), str(refusal))
        return said

    def answers(self) -> list[Answer]:
        said = self.cleaned_data
        return [Answer(row, said[_name("choice", n)], said[_name("comment", n)]) for n, row in enumerate(self.rows, 1)]

    def typed(self) -> list[str]:
        """The comments as they were typed, whatever became of the form: for whoever must copy them elsewhere."""
        return [text for n in range(1, len(self.rows) + 1) if (text := self.data.get(_name("comment", n), "").strip())]

    @property
    def receipt_key(self) -> UUID:
        return self.cleaned_data["key"]


def _name(field: str, n: int) -> str:
    return field if n == 1 else f"{field}-{n}"


def _hint(row: RollRow) -> str:
    if row.question.reason_for_rejecting:
        return f"Published with the vote. To {'say no' if row.question.asks_yes_or_no else 'reject'}, say why: the group asks for it."
    return "Published with the vote."


class PositionForm(Form):
    choice = forms.ChoiceField(label="Where the seat stands", choices=[*SAID, ("", "Not known yet")], widget=ThreeTargets, required=False)
    comment = _comment("Draft of the comment", "Carried into the voting form, where you can change it.")


class HolderAnswerForm(Form):
    agrees = forms.TypedChoiceField(
        label="Is this vote right?", coerce=lambda value: value == "yes", widget=ThreeTargets,
        choices=[("yes", "Yes, that is the seat’s vote"), ("no", "No, I dispute it")],
    )  # fmt: skip
    text = forms.CharField(label="What is wrong with it?", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, help_text="Shown beside the vote.")


class CorrectionForm(Form):
    text = forms.CharField(label="What does the seat object to?", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, help_text="Shown beside the seat in the roll, and published with it.")


class RollCallForm(Form):
    """One seat's answer, as heard in the room."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0)
    comment = forms.CharField(required=False, strip=False)
    said = forms.ChoiceField(choices=[*SAID, ("absent", "Not here"), ("present", "Is here")])


