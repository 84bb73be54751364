"""What somebody is told of the rows here that are about them: what they said. Rulings stand in minutes, and are counted."""

from dissent.models import ProceduralConcern, Referral, Statement
from groups.held_about import about

about(Statement, "made_by", "decision", "seat", "text", "made_at")
about(ProceduralConcern, "raised_by", "decision", "seat", "raised_at", "text")
about(Referral, "raised_by", "kind", "from_group", "to_group", "raised_at", "text", "clause")
