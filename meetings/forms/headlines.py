"""What is typed of a headline report."""

from typing import Any

from django import forms

from records.forms import Form, long_text


class HeadlinesForm(Form):
    """One's own words, and once it is public, what is corrected. The rest is made from the record."""

    mark_optional = True

    words = long_text("In your own words", "What the meeting was about, in two or three sentences. It stands above what follows.", rows=5, max_length=2000, required=False)
    note = long_text("What is corrected", "Readers see it above the report, and in the list of what changed.", rows=3, max_length=500, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, again: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if again:
            setattr(self.fields["note"], "needed", True)  # noqa: B010 (the rule says that it is missing)
        else:
            del self.fields["note"]
