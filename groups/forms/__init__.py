"""What is typed about alternates, seats and whoever holds them, and appointments."""

from groups.forms.alternates import PERIOD, ApproveAlternate, NameAlternate, RevokeAlternate, by_label, by_name
from groups.forms.members import AppointmentForm, CorrectForm, DayForm, EndForm, SeatForm

__all__ = [
    "PERIOD", "AppointmentForm", "ApproveAlternate", "CorrectForm", "DayForm", "EndForm", "NameAlternate", "RevokeAlternate", "SeatForm", "by_label", "by_name",
]  # fmt: skip
