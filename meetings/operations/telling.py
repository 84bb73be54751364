"""Sending one mail about a meeting again, to one person."""

from groups.models import User
from groups.standing import Standing
from meetings.models import Meeting
from meetings.rules import refusals_of_dead_links, refusals_to_send_again
from meetings.sent_again import words_of
from notifications.models import Notice
from notifications.operations import send_again
from records.clock import portal_now
from records.operations import operation
from records.rules import require


@operation
def tell_again(meeting: Meeting, notice: Notice, *, by: User) -> Notice:
    """The same mail, to the address that is known of the person now, with links that are good for it."""
    now = portal_now()
    require(refusals_to_send_again(meeting, notice, Standing.at(by, now), now))
    words = words_of(notice)
    require(refusals_of_dead_links(notice, words))
    return send_again(notice, words=words, by=by)
