"""What each reader will see, before it is published: it is published, looked at, and taken back (docs/adr/0021-the-preview-is-the-deed-undone.md)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from desk.doing import found
from desk.readers import READERS, looks
from groups.signed_in import SignedIn, standing_of
from meetings.models import Meeting
from records.clock import portal_now
from records.hooks import offered_from_above
from records.operations import undone
from records.rules import require


@require_safe
def preview(request: SignedIn, name: str, pk: str) -> HttpResponse:
    """The public page as it would be, for whoever may do what makes it so; and what stands beside it for those as whom it is looked at."""
    standing = standing_of(request)
    verb, record = found(name, pk, standing)
    if (shows := verb.shows) is None:
        raise Http404
    require(verb.rule(record, standing, portal_now()))
    readers = READERS.get(request.GET.get("for", ""), READERS[""])

    def look() -> HttpResponse:
        code = shows(record, by=request.user)
        besides = readers.besides(Meeting.objects.select_related("group", "minutes").get(code=code))
        told = {"readers": readers, "besides": besides, "looks": looks(verb, record), "back": reverse("desk:do", args=[name, pk])}
        [page] = offered_from_above("meetings.preview", code, request=request, preview=told)
        return page

    page = undone(look)
    page["X-Robots-Tag"] = "noindex, nofollow"
    return page
