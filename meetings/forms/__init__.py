"""What is typed about meetings, their agendas, who came, the minutes, and what was given to whom to do."""

from meetings.forms.agenda import DeferForm, ItemForm, initial_of
from meetings.forms.attendance import AttendanceForm, AttendeeForm, ReportForm
from meetings.forms.planning import CancelForm, ChangeForm, MoveForm, NextForm, ScheduleForm, SeriesForm, TimesForm

__all__ = [
    "AttendanceForm", "AttendeeForm", "CancelForm", "ChangeForm", "DeferForm", "ItemForm", "MoveForm", "NextForm", "ReportForm", "ScheduleForm",
    "SeriesForm", "TimesForm", "initial_of",
]  # fmt: skip
