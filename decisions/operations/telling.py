"""Sending one mail about a vote or a decision again, to one person."""

from decisions.models import Decision, Question
from decisions.rules.telling import refusals_to_send_again
from groups.models import User
from groups.standing import Standing
from notifications.models import Notice
from notifications.operations import send_again
from records.clock import portal_now
from records.locks import hold_still
from records.operations import operation
from records.rules import require


@operation
def tell_again(record: Question | Decision, notice: Notice, *, by: User) -> Notice:
    """The same words, to the address that is known of the person now; unless what they say is so no more."""
    hold_still([record], "status", *(("opens_at", "closes_at") if isinstance(record, Question) else ("published_at", "embargoed_until")))
    now = portal_now()
    require(refusals_to_send_again(record, notice, Standing.at(by, now), now))
    return send_again(notice, by=by)
