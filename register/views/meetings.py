from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from decisions.models import Decision
from decisions.sentences import roll_sentence
from groups.calendar import calendar
from meetings import promises
from meetings.editions import publication_entry, texts
from meetings.lifecycle import MeetingStatus
from meetings.models import EditionPDF, Meeting, MinutesEdition
from records.clock import london_date, portal_now
from records.references import addresses_in
from register.public import public
from register.sentences import segments

PER_PAGE = 25


@public
def calendar_of_meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to come, those whose minutes are awaited, and those on record."""
    now = portal_now()
    meetings = Meeting.objects.public().select_related("group")
    upcoming = meetings.filter(status=MeetingStatus.PLANNED, held_on__gte=london_date(now)).order_by("starts_at")[:20]
    past = meetings.exclude(status=MeetingStatus.PLANNED, held_on__gte=london_date(now)).prefetch_related(
        Prefetch("decisions", Decision.objects.published().only("reference", "meeting_id"), to_attr="public_decisions")
    )
    page = Paginator(past, PER_PAGE).get_page(request.GET.get("page"))
    days = calendar()
    rows = [{"meeting": m, "promise": promises.promise_of(m, now, days), "decisions": m.public_decisions} for m in page]
    context = {"nav": "meetings", "upcoming": upcoming, "page": page, "rows": rows, "kept": promises.kept(), "now": now}
    return render(request, "register/meetings.html", context)


def _public(code: str) -> Meeting:
    found = Meeting.objects.public().select_related("group", "minutes").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _edition(meeting: Meeting, n: int | None = None) -> MinutesEdition:
    """The edition of that number, or the latest; without its PDF's bytes."""
    if not hasattr(meeting, "minutes"):
        raise Http404
    editions = meeting.minutes.editions.order_by("-n")
    found = (editions if n is None else editions.filter(n=n)).first()
    if found is None:
        raise Http404
    found.minutes = meeting.minutes
    found.minutes.meeting = meeting
    return found


@public
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting on one page: before it is published what anybody may know; then the latest edition of its minutes."""
    found = _public(code)
    if not found.published_at:
        return _before_publication(request, found)
    return _shown(request, found, _edition(found), latest=True)


@public
def edition(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """An edition as it was published; an earlier one says which is the latest."""
    found = _public(code)
    return _shown(request, found, _edition(found, n), latest=False)


def _before_publication(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    now = portal_now()
    context = {
        "nav": "meetings",
        "meeting": meeting,
        "promise": promises.promise_of(meeting, now, calendar()),
        "items": meeting.published_agenda or [],
        "canonical_url": settings.PORTAL_BASE_URL + meeting.get_absolute_url(),
    }
    return render(request, "register/meeting_ahead.html", context)


def _shown(request: HttpRequest, meeting: Meeting, edition: MinutesEdition, *, latest: bool) -> HttpResponse:
    editions = list(meeting.minutes.editions.order_by("n").only("n", "kind", "note", "published_at", "minutes_id"))
    source = meeting.imported_files.order_by("-pk").defer("text").first()
    body = edition.body
    for item in body["items"]:
        for paragraph in item["paragraphs"]:
            if vote := paragraph.get("vote"):
                vote |= {"sentence": roll_sentence(vote["rows"]), "segments": segments(vote["rows"])}
    context = {
        "nav": "meetings",
        "meeting": meeting,
        "edition": edition,
        "body": body,
        "latest": None if latest or edition.n == editions[-1].n else editions[-1],
        "editions": editions,
        "promise": promises.promise_of(meeting, portal_now(), calendar()),
        "source": source,
        "entry": publication_entry(edition),
        "links": {ref: url for ref, url in addresses_in(texts(body)).items() if ref != meeting.code},
        "has_pdf": EditionPDF.objects.filter(edition=edition).exists(),
        "canonical_url": settings.PORTAL_BASE_URL + meeting.get_absolute_url(),
    }
    return render(request, "register/meeting.html", context)


@public
def minutes_pdf(request: HttpRequest, code: str) -> HttpResponse:
    return _pdf(request, _edition(_public(code)))


@public
def edition_pdf(request: HttpRequest, code: str, n: int) -> HttpResponse:
    return _pdf(request, _edition(_public(code), n))


def _pdf(request: HttpRequest, edition: MinutesEdition) -> HttpResponse:
    """The stored file. While the worker is still at it: 503, and when to come again. It is never made on request."""
    meeting = edition.minutes.meeting
    made = EditionPDF.objects.filter(edition=edition).first()
    if made is None:
        response = render(request, "register/pdf_later.html", {"meeting": meeting}, status=503)
        response["Retry-After"], response["Cache-Control"] = "60", "no-store"
        return response
    response = HttpResponse(bytes(made.content), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{meeting.code}-minutes-edition-{edition.n}.pdf"'
    return response
