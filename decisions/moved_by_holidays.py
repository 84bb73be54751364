"""Which deadlines run for decisions: the publication of those without a meeting. Those of a meeting go by its deadline.

When a vote closes is none of them: its window was frozen when it opened, and whoever votes goes by that moment. The days that
somebody chose stay too: until when a decision is embargoed, and by when the Chair promised to decide.
"""

from decisions.due import publication_in_words, publications_running
from decisions.operations import move_publication
from records.moved_by_holidays import Deadline, counted_from, register

register(
    Deadline(
        name="publication of ex-committee decisions",
        running=publications_running,
        due_at=lambda decision: decision.publication_due_at,
        counted=lambda decision: counted_from(decision.publication_working),
        move=move_publication,
        whose=lambda decision: decision.group,
        words=publication_in_words,
        public=False,  # nobody outside the group knows of the decision yet
    )
)
