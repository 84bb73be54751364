"""Who sees what became of what was sent, and who may send it again."""

from collections.abc import Iterator
from datetime import datetime

from groups.standing import Standing
from meetings.models import Meeting
from meetings.rules.meetings import refusals_to_keep_the_record
from notifications.models import Notice
from notifications.rules import refusals_while_it_waits
from records.rules import Refusal


def refusals_to_send_again(meeting: Meeting, notice: Notice, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    if notice.reference != meeting.code:
        yield Refusal(f"That is no mail about {meeting}.", status=404)
    yield from refusals_while_it_waits(notice)


def refusals_of_dead_links(notice: Notice, words: str | None) -> Iterator[Refusal]:
    if words is None:
        told = "Send them the invitation again, name them again as who brings the paper, or as who owns the action: then they get a link that is good."
        yield Refusal(f"It carries a link that is not {notice.person or notice.address}'s any more. {told}", code="state")
