"""What a field says that is not filled in as it has to be: by its name, and what to do. A form that says it in words of its own keeps them."""

from collections import Counter
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

CHOSEN = (forms.RadioSelect, forms.Select, forms.CheckboxSelectMultiple)


def in_our_words(bound: forms.BoundField, error: ValidationError) -> ValidationError:
    """The same errors; those that speak as Django does where nobody said otherwise, in words that name the field."""
    return ValidationError([_one(bound, each) for each in error.error_list])


def _one(bound: forms.BoundField, error: ValidationError) -> ValidationError:
    if not isinstance(error.message, Promise):  # Django's own words wait to be translated; ours are written out
        return error
    words = _words(bound, error.code, error.params or {})
    return ValidationError(words, code=error.code) if words else error


def _words(bound: forms.BoundField, code: str | None, told: dict[str, Any]) -> str:
    match code:
        case "required":
            return _missing(bound)
        case "invalid_choice" | "invalid_list" | "invalid_pk_value":
            return f"“{bound.label}”: choose something that is offered."
        case "max_length" | "min_length":
            most = "at most" if code == "max_length" else "at least"
            return f"“{bound.label}” has {told['show_value']:,} characters: it may have {most} {told['limit_value']:,}."
        case "min_value":
            return f"“{bound.label}” has to be at least {told['limit_value']}."
        case "max_value":
            return f"“{bound.label}” has to be at most {told['limit_value']}."
        case "invalid":
            return f"“{bound.label}”: give {_wanted(bound.field)}."
    return ""


def _missing(bound: forms.BoundField) -> str:
    field = bound.field
    if isinstance(field.widget, CHOSEN):
        return f"Choose an answer to “{bound.label}”."
    if isinstance(field, forms.BooleanField):
        return f"Tick “{bound.label}”."
    return f"Hand in a file for “{bound.label}”." if isinstance(field, forms.FileField) else f"Fill in “{bound.label}”."


def _wanted(field: forms.Field) -> str:
    if isinstance(field, forms.EmailField):
        return "an e-mail address, such as name@example.org"
    if isinstance(field, forms.URLField):
        return "an address that begins with https://"
    return "a whole number, such as 12" if isinstance(field, forms.IntegerField) else "something of another kind"


class Line(NamedTuple):
    """One line at the head of a form: the field it leads to, or none where it is about the whole."""

    to: str
    text: str


def lines_of(form: forms.BaseForm) -> list[Line]:
    """What is wrong with it, for its head. What is said of several fields names each."""
    told = [(bound, str(error)) for bound in form.visible_fields() for error in bound.errors]
    times = Counter(text for _, text in told)
    whole = [Line("", str(error)) for error in (*form.non_field_errors(), *(error for bound in form.hidden_fields() for error in bound.errors))]
    return whole + [Line(bound.id_for_label or f"{bound.auto_id}_0", f"“{_named(bound)}”: {text}" if times[text] > 1 and not text.startswith("“") else text) for bound, text in told]


def _named(bound: forms.BoundField) -> str:
    """What a field is called; of those that a form has once in each row, with its row."""
    return str(getattr(bound.field, "named", bound.label))
