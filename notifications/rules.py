"""When a mail may be sent again."""

from collections.abc import Iterator

from notifications.models import Notice
from records.rules import Refusal


def refusals_while_it_waits(*sent: Notice) -> Iterator[Refusal]:
    """Of the mail and all that were sent again after it."""
    if waiting := next((each for each in sent if each.status == Notice.Status.QUEUED), None):
        yield Refusal(f"The mail to {waiting.person or waiting.address} waits to be sent still.", code="state")


def refusals_without_address(notice: Notice) -> Iterator[Refusal]:
    """It goes to the address that is known now; whoever had one once, and asked that it be forgotten, is not written to."""
    if notice.person and not notice.person.email:
        yield Refusal(f"No address is known of {notice.person} any more.", code="state")
