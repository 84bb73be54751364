"""Every field says by its name what is missing or wrong; what a form says in words of its own stays."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from records.form_errors import lines_of
from records.forms import DayField, Form


class Typed(Form):
    title = forms.CharField(label="Title", max_length=5)
    kind = forms.ChoiceField(label="What is it for?", choices=[("a", "A")], widget=forms.RadioSelect)
    mail = forms.EmailField(label="Answers go to", required=False)
    link = forms.URLField(label="Where it stands", required=False, assume_scheme="https")
    days = forms.IntegerField(label="Working days", required=False, min_value=1, max_value=60)
    sure = forms.BooleanField(label="I am sure")
    why = forms.CharField(label="Why", error_messages={"required": "Say why."})
    paper = forms.FileField(label="The paper")


SOUND = {"title": "Hours", "kind": "a", "sure": "on", "why": "It is late."}


def said(**typed: str) -> dict[str, str]:
    data = QueryDict(mutable=True)
    data.update({name: value for name, value in (SOUND | typed).items() if value})
    return {name: str(errors[0]) for name, errors in Typed(data).errors.items()}


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("title", "", "Fill in “Title”."),
        ("title", "Opening hours", "“Title” has 13 characters: it may have at most 5."),
        ("kind", "", "Choose an answer to “What is it for?”."),
        ("kind", "b", "“What is it for?”: choose something that is offered."),
        ("mail", "ann at example.org", "“Answers go to”: give an e-mail address, such as name@example.org."),
        ("link", "not an address", "“Where it stands”: give an address that begins with https://."),
        ("days", "some", "“Working days”: give a whole number, such as 12."),
        ("days", "0", "“Working days” has to be at least 1."),
        ("days", "61", "“Working days” has to be at most 60."),
        ("sure", "", "Tick “I am sure”."),
        ("why", "", "Say why."),
        ("paper", "", "Hand in a file for “The paper”."),
    ],
)
def test_a_field_says_by_its_name_what_is_wrong(name, typed, words):
    assert said(**{name: typed})[name] == words


def test_what_a_rule_says_of_a_field_is_left_as_it_is():
    form = Typed(QueryDict("title=Hours"))
    form.add_error("title", "A decision of that title stands already.")
    form.add_error("title", ValidationError("And another."))
    assert list(form.errors["title"]) == ["A decision of that title stands already.", "And another."]


def test_what_is_said_of_several_fields_names_each_at_the_head_of_the_form():
    class Days(Form):
        first, last, on = DayField(label="First day"), DayField(label="Last day"), DayField(label="Told on", required=False)

    lines = lines_of(Days(QueryDict("first=x&last=y")))
    assert lines == [("id_first", "“First day”: Give a day, such as 27/11/2026."), ("id_last", "“Last day”: Give a day, such as 27/11/2026.")]
    assert lines_of(Days(QueryDict("first=x&last=2026-11-27"))) == [("id_first", "Give a day, such as 27/11/2026.")]
