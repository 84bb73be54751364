"""Which deadlines run for meetings. The days by which actions are due are nobody's count: they were said at the meeting, and stay."""

from meetings.due import headlines_in_words, headlines_running, publication_in_words, publications_running
from meetings.operations import move_headlines, move_publication
from records.moved_by_holidays import Deadline, counted_from, register

register(
    Deadline(
        name="publication of minutes",
        running=publications_running,
        due_at=lambda meeting: meeting.publication_due_at,
        counted=lambda meeting: counted_from(meeting.publication_working),
        move=move_publication,
        whose=lambda meeting: meeting.group,
        words=publication_in_words,
        public=True,  # only Public meetings have one
    ),
    Deadline(
        name="publication of headline reports",
        running=headlines_running,
        due_at=lambda report: report.due_at,
        counted=lambda report: counted_from(report.working),
        move=move_headlines,
        whose=lambda report: report.meeting.group,
        words=headlines_in_words,
        public=True,
    ),
)
