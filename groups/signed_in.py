"""A request of somebody who is signed in, and what they may do on the day."""

from django.http import HttpRequest

from groups.models import User
from groups.standing import Standing
from records.clock import portal_now


class SignedIn(HttpRequest):
    """A request that got past the default deny: its user is one of ours."""

    user: User


def standing_of(request: SignedIn) -> Standing:
    return Standing.at(request.user, portal_now())
