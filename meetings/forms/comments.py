"""What is typed about a paragraph of draft minutes."""

from django import forms

from groups.models import Seat
from meetings.models import CommentOutcome, DraftComment
from records.forms import Form, RecordChoice, long_text, offer


class CommentForm(Form):
    """What is wrong with a paragraph."""

    mark_optional = True

    seat = RecordChoice(lambda seat: seat.label, label="For which seat")
    text = long_text("Your comment", rows=3)
    proposed = long_text("How the paragraph should read", "Change the words below, or leave them as they are.", rows=5)

    def __init__(self, seats: list[Seat], *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "seat", Seat.objects.filter(pk__in=[seat.pk for seat in seats]).order_by("order", "pk"))
        if len(seats) == 1:
            self.fields["seat"].widget = forms.HiddenInput()
            self.initial.setdefault("seat", seats[0].pk)


class AnswerForm(Form):
    """What becomes of a comment."""

    mark_optional = True

    outcome = forms.ChoiceField(label="What you do with it", choices=CommentOutcome, widget=forms.RadioSelect)
    wording = long_text("How the paragraph reads then", "If it is taken up in other words.", rows=5)
    why = long_text("Why", "Whoever made it reads this. Needed if it is not taken up.", rows=3)

    def __init__(self, comment: DraftComment, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not comment.proposes:
            kept = [(value, label) for value, label in CommentOutcome.choices if value != CommentOutcome.ACCEPTED]
            self.fields["outcome"].choices = kept  # type: ignore[attr-defined]


class LetStandForm(Form):
    """In which words, and for whom."""

    text = long_text("What you disagree with", "As it is to be printed beside the paragraph.", rows=4)
    capacity = forms.ChoiceField(label="Who says so", widget=forms.RadioSelect)

    def __init__(self, comment: DraftComment, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = [("seat", f"The {comment.seat.label}"), ("self", f"{comment.made_by.name}, as yourself")]  # type: ignore[attr-defined]
