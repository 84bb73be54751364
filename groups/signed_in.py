"""A request of somebody who is signed in, and what they may do on the day."""

from django.http import Http404, HttpRequest

from groups.models import Group, User
from groups.standing import Standing
from records.clock import portal_now


class SignedIn(HttpRequest):
    """A request that got past the default deny: its user is one of ours."""

    user: User


def standing_of(request: SignedIn) -> Standing:
    return Standing.at(request.user, portal_now())


def group_for(request: SignedIn, code: str) -> tuple[Group, Standing]:
    """The group, if the person has a place in it; for anyone else it does not exist here."""
    standing, group = standing_of(request), Group.objects.filter(code=code).first()
    if group is None or not standing.belongs_to(group):
        raise Http404
    return group, standing
