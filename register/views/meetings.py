from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from files.models import Blob
from files.serving import stream
from files.shown import never_scanned
from ledger.withdrawn import taken_out_of, without
from meetings.editions import publication_entry, texts
from meetings.models import AgendaPDF, EditionPDF, MinutesEdition
from meetings.promises import promise_at
from records.clock import portal_now
from records.prepared import Prepared, PreparedRecords
from register.acronyms import expanded
from register.files import as_file
from register.lists import MEETINGS
from register.models import Shelf
from register.promise import word_kept
from register.public import public
from register.published import Published, beside, fictional_groups, group_of, published_or_404
from register.shown import vote_shown
from register.views.shared import made_of, page_of, pdf_answer, twin_of


@public
def calendar_of_meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to come, those whose minutes are awaited, and those on record."""
    listed, now = MEETINGS.read(request.GET), portal_now()
    decided, fictional = _decisions_of([row.reference for row in listed.shown]), fictional_groups()
    rows = [
        {"row": row, "promise": promise_at(row.facets["promise"], now), "decisions": decided.get(row.reference, 0)} for row in listed.shown
    ]
    context = {"nav": "meetings", "list": listed, "rows": rows, "kept": word_kept(), "fictional": fictional}
    return render(request, "register/meetings.html", context)


def _decisions_of(codes: list[str]) -> dict[str, int]:
    told: dict[str, int] = {}
    for code in Shelf.objects.filter(noun="decision", facets__meeting__in=codes).values_list("facets__meeting", flat=True):
        told[code] = told.get(code, 0) + 1
    return told


@public
def meetings_as(request: HttpRequest, form: str) -> HttpResponse:
    return as_file(request, MEETINGS.read(request.GET), form)


@public
def as_json(request: HttpRequest, code: str) -> HttpResponse:
    return twin_of("meeting", code, request.GET)


@public
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting on one page: before it is published what anybody may know; then the latest edition of its minutes."""
    found = published_or_404("meeting", code, request.GET)
    minutes = found.body["minutes"]
    if minutes is None:
        context = _context(found, group_of(found.body["group"])) | {"has_pdf": bool(_AGENDA.rows(edition=found.edition.pk))}
        return render(request, "register/meeting_ahead.html", context)
    return _shown(request, found, _minutes(code, minutes["edition"]), latest=found.is_latest)


def _context(found: Published, group: Shelf | None) -> dict:
    now, told = portal_now(), found.body.get("headlines")
    promises = {"promise": promise_at(found.body["promise"], now), "headlines_promise": promise_at(told["promise"], now) if told else None}
    papers = (each["digest"] for item in found.body["agenda"] for each in item.get("papers", []) if each.get("digest"))
    return page_of(found, "meetings") | {"group": group, "headlines": told, "unscanned": never_scanned(papers)} | promises


def _of_a_meeting(code: str, n: int) -> QuerySet[MinutesEdition]:
    return MinutesEdition.objects.filter(minutes__meeting__code__iexact=code, minutes__meeting__classification="public", n=n).order_by("minutes_id")


_MINUTES = PreparedRecords(_of_a_meeting, "minutes", code="?", n=32767)  # the highest that its column holds


_PDF = Prepared(lambda edition: EditionPDF.objects.standing().filter(edition=edition).values_list("pk")[:1], edition=-1)


_AGENDA = Prepared(lambda edition: AgendaPDF.objects.standing().filter(edition=edition).values_list("pk")[:1], edition=-1)


def _minutes(code: str, n: int) -> MinutesEdition:
    found = next(iter(_MINUTES.records(code=code, n=n)), None)
    if found is None:
        raise Http404
    return found


@public
def edition(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """An edition of the minutes as it was published; an earlier one says which is the latest."""
    return _shown(request, published_or_404("meeting", code), _minutes(code, n), latest=False)


def not_published_yet(request: HttpRequest, code: str, preview: dict) -> HttpResponse:
    """The page of a meeting whose minutes are public for as long as this transaction lasts: for a look."""
    found = published_or_404("meeting", code)
    page = _shown(request, found, _minutes(code, found.body["minutes"]["edition"]), latest=True, preview=preview)
    page.content = expanded(page.content.decode()).encode()
    return page


def _shown(request: HttpRequest, found: Published, minuted: MinutesEdition, *, latest: bool, preview: dict | None = None) -> HttpResponse:
    editions = [minuted] if latest and minuted.n == 1 else list(minuted.minutes.editions.order_by("n").defer("body"))
    withdrawn = taken_out_of(minuted.body, found.black_outs, minuted.noun, minuted.minutes_id)
    for each in (minuted, *editions):
        each.note = without(each.note, [black_out.words for black_out in found.black_outs])
    minutes = without(minuted.body, [each.words for each in withdrawn])
    for item in minutes["items"]:
        for paragraph in item["paragraphs"]:
            if vote := paragraph.get("vote"):
                paragraph["vote"] = vote_shown(vote | {"subject": ""}, [])
    around = beside(texts(minutes), found.body["group"], own=found.row.reference)
    context = _context(found, around.group) | {
        "minuted": minuted,
        "has_papers": bool(found.body.get("papers_out")) or any(item.get("papers") for item in found.body["agenda"]),
        "withdrawn": {each.pk: each for each in (*found.withdrawn, *withdrawn)}.values(),
        "minutes": minutes,
        "minutes_made_of": made_of(minuted.sha256, withdrawn, *sorted(around.links.items())),
        "newest": None if latest or minuted.n == editions[-1].n else editions[-1],
        "editions": editions,
        "minutes_entry": publication_entry(minuted),
        "links": around.links,
        "has_pdf": bool(_PDF.rows(edition=minuted.pk)),
        "preview": preview,
    }
    return render(request, "register/meeting.html", context)


@public
def paper(request: HttpRequest, code: str, digest: str) -> HttpResponseBase:
    """A paper that the latest edition of the meeting names, by its hash. Documents of what an item is about are had where they are kept."""
    told = [each for item in published_or_404("meeting", code).body["agenda"] for each in item.get("papers", []) if "address" not in each]
    named = next((each for each in told if each.get("digest") == digest), None)
    blob = Blob.objects.to_be_shown().filter(sha256=named["sha256"]).first() if named else None
    if named is None or blob is None:
        raise Http404
    return stream(request, blob, named["name"])


@public
def agenda_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The agenda as the latest edition of the meeting says it, or the one that is asked for. With the minutes it is over."""
    found = published_or_404("meeting", code, request.GET)
    if not found.body["agenda"] or found.body["minutes"] or found.body["status"] == "cancelled":
        raise Http404
    made = AgendaPDF.objects.standing().filter(edition=found.edition.pk).first()
    code = found.row.reference
    return pdf_answer(request, made, f"{code}-agenda-edition-{found.edition.n}.pdf", address=found.row.address, called=f"the agenda of {code}", chore="print agenda", key=found.row.record_pk)


@public
def minutes_pdf(request: HttpRequest, code: str) -> HttpResponse:
    minutes = published_or_404("meeting", code).body["minutes"]
    if minutes is None:
        raise Http404
    return _pdf(request, code, minutes["edition"])


@public
def edition_pdf(request: HttpRequest, code: str, n: int) -> HttpResponse:
    return _pdf(request, published_or_404("meeting", code).row.reference, n)


def _pdf(request: HttpRequest, code: str, n: int) -> HttpResponse:
    edition = _minutes(code, n)
    made = EditionPDF.objects.standing().filter(edition=edition).first()
    return pdf_answer(request, made, f"{code}-minutes-edition-{edition.n}.pdf", address=reverse("register:meeting", args=[code]), called=f"the minutes of {code}", chore="print", key=edition.minutes_id)
