"""What is typed to name a colleague who answers, too."""

from django import forms

from records.forms import Form, NameField


class ColleagueForm(Form):
    """Who it is, and where they are reached."""

    name = NameField(label="Your colleague’s name", max_length=160, required=False)
    address = forms.CharField(
        label="Their e-mail address", max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="They get a link of their own, and everybody who answers for your organisation is told.",
    )  # fmt: skip
    named_by_name = NameField(label="Your own name", max_length=160, required=False)

    def __init__(self, *args, signed_in: bool = True, **kwargs):
        super().__init__(*args, prefix="colleague", **kwargs)
        if signed_in:
            del self.fields["named_by_name"]
