"""What is asked of a representative who consults, and of an organisation that replies."""


from django import forms

from decisions.models import Consultee
from decisions.rules.consulting import LONGEST_BRIEF, LONGEST_NAME, LONGEST_REPLY
from records.forms import DayField, Form, LongText, NameField


class Brief(Form):
    """What the organisations are asked, and until when."""

    brief = LongText(
        most=LONGEST_BRIEF, rows=14, label="What you ask", help_text="Every organisation reads this. Change it as you like.",
        error_messages={"required": "Write what you ask, in plain words."},
    )  # fmt: skip
    reply_by = DayField(label="Please reply by", required=False, help_text="Leave it empty to take replies until the vote closes.")


class Ask(Form):
    """Where to send an organisation its link."""

    address = forms.EmailField(
        max_length=254, label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give an e-mail address.", "invalid": "Give an e-mail address, such as name@example.org."},
    )  # fmt: skip


class Reply(Form):
    """What an organisation thinks, and who says so."""

    view = forms.ChoiceField(
        label="What is your organisation’s view?", choices=Consultee.View.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose in favour, against, or no view.", "invalid_choice": "Choose in favour, against, or no view."},
    )  # fmt: skip
    text = LongText(most=LONGEST_REPLY, rows=8, label="Why, or on what condition? (optional)", required=False)
    name = NameField(
        max_length=LONGEST_NAME, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Give your name.", "max_length": f"Keep your name under {LONGEST_NAME} characters."},
    )  # fmt: skip
