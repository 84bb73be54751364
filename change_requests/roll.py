"""Who is asked in an assessment: the organisations of the constituencies that the version concerns."""

from django.db.models import QuerySet

from change_requests.models import ChangeRequestVersion
from groups.models import Belonging, Constituency


def concerned_by(version: ChangeRequestVersion) -> QuerySet[Constituency]:
    """The constituencies that it names, or all that have a seat in the group."""
    seated = Constituency.objects.filter(seats__group=version.group).distinct()
    return seated.filter(name__in=version.constituencies) if version.constituencies else seated


def organisations_asked(version: ChangeRequestVersion, on) -> list[tuple]:
    """(constituency, organisation): who belongs to the constituencies that it concerns."""
    belonging = Belonging.objects.filter(constituency__in=concerned_by(version), organisation__fictional=version.group.fictional).select_related("constituency", "organisation")
    if on is not None:
        belonging = belonging.filter(during__contains=on)
    return [(each.constituency, each.organisation) for each in belonging.order_by("constituency__name", "organisation__name")]
