"""What is typed about the papers of a question, and handed in."""

from django import forms

from files.forms import UploadField
from files.models import Visibility
from records.forms import Form, NameField, long_text

WHO = [(Visibility.PUBLIC, "Everyone, once the decision is public"), (Visibility.PARTICIPANTS, "Participants only")]


class NewPaperForm(Form):
    """A paper: what it is called, the file, and who may have it."""

    mark_optional = True

    title = NameField(label="What is it called?", max_length=200, required=False, help_text="Such as: CR018, options for the transition")
    file = UploadField()
    version = NameField(label="Version", max_length=40, required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}), help_text="As it is printed on it, such as 0.3")
    visibility = forms.ChoiceField(label="Who may have it?", choices=WHO, initial=Visibility.PUBLIC, widget=forms.RadioSelect, help_text="The seats get it in either case.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "file"):
            setattr(self.fields[name], "needed", True)  # noqa: B010 (the rule says that it is missing)


class CirculateForm(Form):
    """Why papers come when the vote is open already."""

    why = long_text("Why do they come only now?", "It stands beside them, for everybody, and for good.", rows=3, max_length=300)
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)
