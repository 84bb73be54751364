"""Pages for those who are signed in: seats, who holds them, and who may stand in; and the membership as its secretariat keeps it."""

from groups.views.seats import form_view

__all__ = ["form_view"]
