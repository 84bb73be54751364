"""Which deadlines run for change requests: the close of each assessment that is open."""

from change_requests.due import assessment_in_words, assessments_running
from change_requests.operations import move_close
from records.moved_by_holidays import Deadline, counted_from, register

register(
    Deadline(
        name="close of assessments",
        running=assessments_running,
        due_at=lambda assessment: assessment.closes_at,
        counted=lambda assessment: counted_from(assessment.window_working),
        move=move_close,
        whose=lambda assessment: assessment.group,
        words=assessment_in_words,
        public=True,
    )
)
