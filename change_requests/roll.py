"""Who is asked in an assessment: the organisations of the constituencies that the version concerns."""

from change_requests.models import ChangeRequestVersion
from groups.models import Belonging, Constituency


def organisations_asked(version: ChangeRequestVersion, on) -> list[tuple]:
    """(constituency, organisation): who belongs to the constituencies that it concerns, or to all that have a seat in the group."""
    concerned = Constituency.objects.filter(seats__group=version.group).distinct()
    if version.constituencies:
        concerned = concerned.filter(name__in=version.constituencies)
    belonging = Belonging.objects.filter(constituency__in=concerned, organisation__fictional=version.group.fictional).select_related("constituency", "organisation")
    if on is not None:
        belonging = belonging.filter(during__contains=on)
    return [(each.constituency, each.organisation) for each in belonging.order_by("constituency__name", "organisation__name")]
