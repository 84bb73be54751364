"""What every form of the portal shares: typed text is cleaned at the door, days and names are bounded, lists are typed box by box."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from records.form_errors import in_our_words
from records.typed import cleaned, refusal_of_letters

FIRST_YEAR, LAST_YEAR = 2000, 2099  # a day outside is a slip of the finger


class Form(forms.Form):
    """A form whose every text has come through the door: no control characters, nothing that runs backwards or takes no room."""

    stale = False  # what it is about is shown beside it as it is now: changed since the form was opened
    used = False  # sent before, with something else in it
    refused_status = 0  # of the refusal that came back with it, if one did

    def __init__(self, data: QueryDict | None = None, files: MultiValueDict | None = None, *args: Any, **kwargs: Any):
        super().__init__(_cleaned(data), files, *args, **kwargs)

    def full_clean(self) -> None:
        """What is typed into one line is one line, whatever a request sends: no subject of a mail and no row of a table goes on below it."""
        if isinstance(self.data, QueryDict):
            for name in (self.add_prefix(name) for name, field in self.fields.items() if _is_one_line(field.widget)):
                if name in self.data and any(_BROKEN.search(value) for value in self.data.getlist(name)):
                    cast(Any, self.data).setlist(name, [_BROKEN.sub(" ", value) for value in self.data.getlist(name)])
        super().full_clean()

    def add_error(self, field: str | None, error: Any) -> None:
        """What Django finds of a field is said by its name."""
        if field and isinstance(error, ValidationError) and field in self.fields:
            error = in_our_words(self[field], error)
        super().add_error(field, error)

    def theirs(self) -> dict[str, Any]:
        """What the record says now, by field, wherever that is not what was typed: for whoever sent a stale form."""
        if not self.stale:
            return {}
        typed = [bound for bound in self if not bound.field.widget.needs_multipart_form]  # a file is no version of another
        return {bound.name: _in_words(bound) for bound in typed if _typed(bound) != str(bound.initial or "")}


_BROKEN = re.compile(r"[\r\n]+")


def _is_one_line(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.TextInput) and widget.input_type != "hidden"


def _typed(bound: forms.BoundField) -> str:
    """As it came, but for the line ends, which a browser sends in its own way."""
    return str(bound.data or "").replace("\r\n", "\n")


def _in_words(bound: forms.BoundField) -> Any:
    """A choice by its label."""
    known = {str(value): label for value, label in getattr(bound.field, "choices", ())}
    return known.get(str(bound.initial), bound.initial)


def _cleaned(data: QueryDict | None) -> QueryDict | None:
    if not isinstance(data, QueryDict):
        return data
    clean = QueryDict(mutable=True)
    for name, values in data.lists():
        if name == cleaned(name):  # no field of ours has another name
            clean.setlist(name, [cleaned(value) for value in values])
    return clean


class NameField(forms.CharField):
    """A name or a reference: letters of one script, so that none can pass for another."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if refusal := refusal_of_letters(text):
            raise ValidationError(refusal)
        return unicodedata.normalize("NFC", text)


class DayField(forms.DateField):
    """A day in London: picked, or typed as 27/11/2026 or 27 Nov 2026."""

    def __init__(self, **told: Any):
        told.setdefault("widget", forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"))
        told.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y"])
        told.setdefault("error_messages", {"invalid": "Give a day, such as 27/11/2026."})
        super().__init__(**told)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"Give a day between {FIRST_YEAR} and {LAST_YEAR}.")
        return day


class TimeOfDay(forms.TimeField):
    """A time of day on London's clocks: picked, or typed as 10:00, 10.00 or 10am."""

    def __init__(self, **told: Any):
        told.setdefault("widget", forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-10"}, format="%H:%M"))
        told.setdefault("input_formats", ["%H:%M", "%H:%M:%S", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"])
        told.setdefault("error_messages", {"invalid": "Give a time, such as 10:00."})
        super().__init__(**told)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(" ", "") if isinstance(value, str) else value)


class NumberedBoxes(forms.Widget):
    """So many text boxes of one name, numbered; the empty ones fall away."""

    template_name = "forms/widgets/numbered.html"

    def __init__(self, noun: str, blanks: int = 3, attrs: dict | None = None):
        super().__init__(attrs)
        self.noun, self.blanks = noun, blanks

    def use_required_attribute(self, initial) -> bool:
        return False

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data, files, name) -> bool:
        return name not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        filled = [text for text in (value or []) if text.strip()]
        context["widget"] |= {"noun": self.noun, "boxes": filled + [""] * self.blanks}
        return context

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}_0"


LONGEST = 10_000  # characters of a long text: some four pages


class NumberedField(forms.Field):
    """A list of texts in order: ["the first", "the second"]."""

    use_fieldset = True

    def __init__(self, *, noun: str, blanks: int = 3, most: int = LONGEST, **kwargs):
        super().__init__(widget=NumberedBoxes(noun, blanks), required=False, **kwargs)
        self.widget.use_fieldset = True
        self.noun, self.most = noun, most

    def clean(self, value) -> list[str]:
        texts = [text.strip() for text in (value or []) if text.strip()]
        if long := next((n for n, text in enumerate(texts, 1) if len(text) > self.most), None):
            raise ValidationError(f"{self.noun} {long} is too long: keep it under {self.most:,} characters.")
        return texts

    def prepare_value(self, value):
        return value or []


class LongText(forms.CharField):
    """Several lines, so many at most. The limit is not told to the browser, which would cut off what is pasted without a word."""

    def __init__(self, *, most: int = LONGEST, rows: int = 6, **told: Any):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **told)
        self.validators.append(MaxLengthValidator(most, f"Keep it under {most:,} characters."))

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


def long_text(label: str, hint: str = "", *, rows: int = 6, **kwargs: Any) -> forms.CharField:
    # Not required here: the rule says what is missing, in the same words wherever it is broken.
    kwargs.setdefault("required", False)
    return LongText(label=label, help_text=hint, rows=rows, **kwargs)


class RecordChoice(forms.ModelChoiceField):
    """A choice among records, which `offer` gives; `words` says what each is called."""

    def __init__(self, words: Callable[[Any], str] = str, **kwargs: Any):
        super().__init__(None, **kwargs)
        self.words = words

    def label_from_instance(self, record: Any) -> str:
        return self.words(record)


def offer(form: forms.Form, name: str, records: QuerySet) -> None:
    """Say what there is to choose from."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = records
