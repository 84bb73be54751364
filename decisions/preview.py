"""What a determination would look like: it is done, looked at, and undone, so that nothing shown can differ from what is done."""

from django.db import transaction

from decisions import operations
from decisions.models import Decision
from decisions.subjects import Terms
from groups.models import User
from notifications.models import Notice


class _Undone(Exception):
    """Raised to take everything back."""


def preview(decision: Decision, terms: Terms, *, by: User) -> dict:
    """The decision as it would be published, and the mails that would be sent. Raises Refused just as determining would."""
    shown: dict = {}
    last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        with transaction.atomic():
            determined = operations.determine(decision, by=by, **vars(terms))
            shown = {
                "after": determined,
                "settlements": list(determined.settlements.all()),
                "reasons": list(determined.reasons.all()),
                "directions": list(determined.directions.all()),
                "replies": list(determined.replies.select_related("row")),
                "mails": list(Notice.objects.filter(pk__gt=last, reference=determined.reference).select_related("person")),
            }
            raise _Undone
    except _Undone:
        return shown
