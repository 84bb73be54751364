"""What comes with a request: numbers are bounded, and text is what it looks like."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from records.forms import DayField, Form, NameField
from records.typed import LARGEST, cleaned, marks_in, scripts_of, skeleton, turning_marks_in, whole_number


@pytest.mark.parametrize("text", ["abc", "", None, "-1", "1.5", "\0", "9" * 5000, "٣", " 7"])
def test_what_is_no_number_is_the_default(text):
    assert whole_number(text, default=3) == 3


def test_a_number_too_large_to_be_kept_is_the_largest_there_is():
    assert (whole_number("12"), whole_number("9999999999")) == (12, LARGEST)


@pytest.mark.parametrize("unseen", ["\0", "\x1b", "\x85", "\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\u00ad", "\u2028", "\U000e0041"])
def test_what_cannot_be_seen_is_not_taken_in(unseen):
    assert cleaned(f"ap{unseen}proved") == "approved"


def test_lines_tabs_and_every_letter_stay_as_they_were_typed():
    text = "  Zoë’s naïve £5 “quote”:\r\n\t1 – two…\n "
    assert cleaned(text) == text
    assert not turning_marks_in(text)


def test_a39_a_heap_of_marks_on_a_letter_is_taken_off_and_those_that_words_need_stay():
    assert cleaned("Z" + "\u0315" * 40 + "a\u0301" * 3) == "Z" + "\u0315" * 4 + "a\u0301" * 3
    assert cleaned("Vie\u0323\u0302t Nam, Lo\u0301dz\u0301") == "Vie\u0323\u0302t Nam, Lo\u0301dz\u0301"
    assert marks_in("Z" + "\u0315" * 6) == "U+0315"


@pytest.mark.parametrize("name", ["E.ON", "e-on", "E ON", "Ë.ON", "E.\u041eN", "E.0N", "\uff25.\uff2f\uff2e", "E.O\u0308N"])
def test_a39_a_name_of_which_another_is_hardly_told_apart_leaves_the_same(name):
    assert skeleton(name) == "eon"
    assert skeleton("EDF") != "eon"


def test_marks_that_turn_the_direction_of_reading_are_named():
    assert turning_marks_in("a\u202edevorppa\u202c \u2067b\u2069") == ["U+202C", "U+202E", "U+2067", "U+2069"]


def test_a_name_is_of_one_alphabet():
    assert scripts_of("CR018 v1.8 (Zoë, Łódź)") == {"Latin"}
    assert NameField().clean("Élodie O’Brien-Smith") == "Élodie O’Brien-Smith"
    assert NameField().clean("Анна") == "Анна"
    with pytest.raises(ValidationError, match="look alike"):
        NameField().clean("СR018")  # its first letter is Cyrillic


@pytest.mark.parametrize("day", ["9999-12-31", "1999-12-31", "0001-01-01", "2023-02-30", "\0", "x" * 5000])
def test_a_day_that_cannot_be_meant_is_asked_for_again(day):
    with pytest.raises(ValidationError, match="Give a day"):
        DayField().clean(day)


def test_every_form_cleans_what_comes_through_its_door():
    class Asked(Form):
        name = NameField()

    form = Asked(QueryDict("name=Ada%E2%80%AE Vale%00"))
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Ada Vale"}


def test_what_no_field_can_be_called_does_not_come_through_the_door():
    form = Form(QueryDict("na%00me=Ada&name=Grace"))
    assert list(form.data) == ["name"]


def test_what_is_typed_into_one_line_is_one_line_and_what_has_room_for_more_is_left():
    class Typed(Form):
        title, mail, text = forms.CharField(), forms.EmailField(required=False), forms.CharField(widget=forms.Textarea)

    form = Typed(QueryDict("title=CR018%0D%0ABcc%3A+evil%40example.org&text=One%0D%0ATwo"))
    assert form.is_valid()
    assert (form.cleaned_data["title"], form.cleaned_data["text"]) == ("CR018 Bcc: evil@example.org", "One\r\nTwo")
    assert not Typed(QueryDict("title=x&text=x&mail=a%40example.org%0ABcc%3A+b%40example.org")).is_valid()
