"""What can be done to a meeting, its agenda and papers, its minutes and its actions: buttons, what waits on the desk, and what is to be read before it is done."""

from meetings.verbs import comments, headlines  # noqa: F401 (they register themselves)
from meetings.verbs.actions import action_page
from meetings.verbs.meetings import agenda_page, attendance_page, meeting_of, minutes_of, page_of, unpublished
from meetings.verbs.papers import papers_page

__all__ = ["action_page", "agenda_page", "attendance_page", "meeting_of", "minutes_of", "page_of", "papers_page", "unpublished"]
