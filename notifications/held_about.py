"""What somebody is told of the mails to them: of those that went."""

from groups.held_about import about
from notifications.models import Notice

about(
    Notice, "person", "address", "reference", "subject", "body", "status", "tries",
    told=lambda rows, standing: rows.exclude(status=Notice.Status.QUEUED),
)  # fmt: skip
