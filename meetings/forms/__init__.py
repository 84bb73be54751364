"""What is typed about meetings, their agendas, and who came."""

from meetings.forms.agenda import DeferForm, ItemForm, initial_of
from meetings.forms.planning import CancelForm, ChangeForm, MoveForm, NextForm, ScheduleForm, SeriesForm, TimesForm

__all__ = ["CancelForm", "ChangeForm", "DeferForm", "ItemForm", "MoveForm", "NextForm", "ScheduleForm", "SeriesForm", "TimesForm", "initial_of"]
