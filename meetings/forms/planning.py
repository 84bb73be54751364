"""When a meeting is, where, and for whom."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms

from groups.calendar import calendar
from groups.models import Group
from meetings.models import Meeting
from meetings.planning import LAST, LONGEST_SERIES, Fallen, extraordinary_number, next_number, series
from records.clock import is_on_the_clock, london_moment
from records.dates import as_clock, as_day, as_weekday
from records.forms import DayField, Form, NameField, TimeOfDay, long_text
from records.working_days import UnknownYear

WEEKS = [(1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"), (LAST, "Last")]
BEGINS = {"required": "Give the time at which it begins.", "invalid": "Give a time, such as 10:00."}
WEEKDAYS = list(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")))


def moments(day: date, starts: time, ends: time | None) -> tuple[datetime, datetime | None]:
    """When it begins and ends, in UTC."""
    begins = london_moment(day, starts).astimezone(UTC)
    return begins, london_moment(last_day(day, starts, ends), ends).astimezone(UTC) if ends else None


def last_day(day: date, starts: time, ends: time) -> date:
    """An end that is no later by the clock is on the day after."""
    return day if ends > starts else day + timedelta(days=1)


def refused_time(day: date, at: time | None) -> str:
    """Why that time of that day is none, if it is none."""
    if at is None or is_on_the_clock(day, at):
        return ""
    return f"There is no {as_clock(at)} on {as_weekday(day)}: the clocks go forward that night, from 01:00 to 02:00."


def _place() -> tuple[NameField, forms.URLField]:
    venue = NameField(label="Where", max_length=200, required=False, help_text="A room and its address, or “Virtual”. It is public.")
    link = forms.URLField(
        label="Joining link", max_length=200, required=False, assume_scheme="https", help_text="For members only: it is never published.",
        error_messages={"invalid": "Give an address that begins with https://."},
    )  # fmt: skip
    return venue, link


def _classification() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Who may know of it?", choices=Meeting.Classification, initial=Meeting.Classification.PUBLIC, widget=forms.RadioSelect,
        help_text="Of a public meeting everybody can see the day, the place and the agenda once it is published.",
    )  # fmt: skip


class TimesForm(Form):
    """A day, and from when to when."""

    mark_optional = True

    day = DayField(label="Day", error_messages={"required": "Give the day.", "invalid": "Give a day, such as 27/11/2026."})
    starts = TimeOfDay(label="Begins at", help_text="London time.", error_messages=BEGINS)
    ends = TimeOfDay(label="Ends at", required=False, help_text="An end that is no later than the beginning is on the day after.")

    def __init__(self, today: date, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        told = super().clean()
        day, starts, ends = (told.get(name) for name in ("day", "starts", "ends"))
        if day and day < self.today:
            self.add_error("day", f"{as_day(day)} is over: a meeting is planned from today on.")
        if day and (why := refused_time(day, starts)):
            self.add_error("starts", why)
        if day and starts and ends and (why := refused_time(last_day(day, starts, ends), ends)):
            self.add_error("ends", why)
        return told

    def moments(self) -> tuple[datetime, datetime | None]:
        """Only of a sound form."""
        return moments(self.cleaned_data["day"], self.cleaned_data["starts"], self.cleaned_data["ends"])


class ScheduleForm(TimesForm):
    """One meeting."""

    kind = forms.ChoiceField(label="What kind of meeting?", choices=Meeting.Kind, initial=Meeting.Kind.ORDINARY, widget=forms.RadioSelect)
    number = NameField(label="Number", max_length=10, required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}))
    venue, joining_link = _place()
    classification = _classification()
    field_order = ("kind", "number", "day", "starts", "ends", "venue", "joining_link", "classification")

    def __init__(self, group: Group, today: date, *args, **kwargs):
        super().__init__(today, *args, **kwargs)
        ordinary, extraordinary = next_number(group), extraordinary_number(group, today)
        self.fields["number"].help_text = f"Leave it empty for the next: {ordinary}, or {extraordinary} for an extraordinary one today."

    def place(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "venue", "joining_link", "classification")}


class SeriesForm(Form):
    """A meeting a month, such as every second Wednesday at ten."""

    mark_optional = True

    week = forms.TypedChoiceField(label="Which one of the month?", choices=WEEKS, coerce=int, initial=2)
    weekday = forms.TypedChoiceField(label="Day of the week", choices=WEEKDAYS, coerce=int, initial=2)
    starts = TimeOfDay(label="Begins at", help_text="London time.", error_messages=BEGINS)
    ends = TimeOfDay(label="Ends at", required=False)
    first = DayField(
        label="From", help_text="None is planned before this day.",
        error_messages={"required": "Give the day from which on they are planned.", "invalid": "Give a day, such as 27/11/2026."},
    )  # fmt: skip
    months = forms.IntegerField(
        label="How many?", min_value=1, max_value=LONGEST_SERIES, initial=12, widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={
            "required": "Say how many.", "invalid": "Give a number, such as 12.", "max_value": f"At most {LONGEST_SERIES} at once.", "min_value": "At least one.",
        },
    )  # fmt: skip
    venue, joining_link = _place()
    classification = _classification()

    def __init__(self, group: Group, today: date, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.group, self.today = group, today
        self.days: list[Fallen] = []

    def clean(self):
        told = super().clean()
        if (first := told.get("first")) and first < self.today:
            self.add_error("first", f"{as_day(first)} is over: meetings are planned from today on.")
        if not self.errors:
            try:
                self.days = series(self.group, told["first"], told["months"], told["week"], told["weekday"], calendar())
            except UnknownYear as unknown:
                self.add_error("first", str(unknown))
        return told

    def place(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("venue", "joining_link", "classification")}

    def moments(self, on: date) -> tuple[datetime, datetime | None]:
        return moments(on, self.cleaned_data["starts"], self.cleaned_data["ends"])


def _reason(hint: str) -> forms.CharField:
    """Not marked as optional: the rule says that it is missing."""
    field = long_text("Why?", hint, rows=3, max_length=300)
    setattr(field, "needed", True)  # noqa: B010 (read by forms/optional.html)
    return field


class MoveForm(TimesForm):
    why = _reason("Whoever was invited is told.")


class ChangeForm(Form):
    mark_optional = True

    venue, joining_link = _place()


class CancelForm(Form):
    why = _reason("Whoever was invited is told. The public sees that it is cancelled, and not why.")


class NextForm(Form):
    on = DayField(label="The next meeting is on", required=False, help_text="As it was announced, or is planned; leave it empty if neither.")
