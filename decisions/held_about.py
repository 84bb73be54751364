"""What somebody is told of the rows here that are about them: their own words and votes; of a decision, once it is public."""

from decisions.models import (
    Advice,
    Announcement,
    Attempt,
    Cast,
    Consultation,
    Decision,
    Delegation,
    HolderAnswer,
    Position,
    QuestionRecipient,
)
from groups.held_about import about

about(
    Decision, "determined_by", "reference", "title", "determined_by_name", "determined_as", "determined_at",
    told=lambda rows, standing: rows.filter(published_at__isnull=False),
)  # fmt: skip
about(Advice, "person", "decision", "body", "text", "when", "given_on", told=lambda rows, standing: rows.filter(decision__published_at__isnull=False))
about(
    Announcement, "announced_by", "decision", "announced_by_name", "announced_at", told=lambda rows, standing: rows.filter(decision__published_at__isnull=False)
)  # fmt: skip
about(Cast, "cast_by", "row", "n", "choice", "comment", "capacity", "recorded_at")
about(QuestionRecipient, "person", "circulation", "name", "mailed")
about(Position, "stated_by", "question", "seat", "choice", "comment")
about(HolderAnswer, "made_by", "agrees", "text", "made_at")
about(Attempt, "person", "row", "tried_at", "why", "said")
about(Consultation, "started_by", "question", "seat", "brief", "reply_by")
about(Delegation, "given_by", "from_group", "to_group", "given_at", "text", "scope", "during", "clause")
