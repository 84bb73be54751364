"""Which deadlines run for what is said of decisions and passed between groups: the day by which an answer is due.

The steps after an answer are counted each time they are asked for (`dissent/due.py`), so there is nothing of theirs to move.
"""

from dissent.due import answer_due_at, answer_in_words, answers_running, was_counted_from
from dissent.operations import move_answer
from records.moved_by_holidays import Deadline, register

register(
    Deadline(
        name="answer to a concern or referral",
        running=answers_running,
        due_at=answer_due_at,
        counted=was_counted_from,
        move=move_answer,
        whose=lambda referral: referral.to_group,
        words=answer_in_words,
        public=False,
    )
)
