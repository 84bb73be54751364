"""What somebody is told of the rows here that are about them: what they said in a review."""

from artefacts.models import Comment, NoComments, Resolution
from groups.held_about import about

about(Comment, "said_by", "row", "n", "section", "text", "weight", "said_at", "late")
about(NoComments, "said_by", "row", "said_at", "late")
about(Resolution, "made_by", "comment", "n", "outcome", "why", "made_at")
