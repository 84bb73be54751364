from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from artefacts.models import ReleaseNote
from change_requests.finding import reference_of
from files.shown import never_scanned
from ledger.withdrawn import as_shown, words_withdrawn
from records.editions import Body, nouns
from records.states import TONES as STATE_TONES
from register.files import as_file
from register.lists import RELEASES
from register.models import Shelf
from register.public import public
from register.published import beside, fictional_groups, published_or_404, texts_in
from register.views.shared import file_of, page_of, pdf_answer, twin_of

MOST = 25  # releases that one artefact went out with


@public
def releases(request: HttpRequest) -> HttpResponse:
    """What went out together, from when it is in force, and what it carries."""
    context = {"nav": "artefacts", "list": RELEASES.read(request.GET), "tones": STATE_TONES, "fictional": fictional_groups()}
    return render(request, "register/releases.html", context)


@public
def releases_as(request: HttpRequest, form: str) -> HttpResponse:
    return as_file(request, RELEASES.read(request.GET), form)


@public
def as_json(request: HttpRequest, reference: str) -> HttpResponse:
    return twin_of("release", reference, request.GET)


@public
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """One release: what went out with it, what that brings in, and whom it concerns. Printed, it is the release note."""
    found = published_or_404("release", reference, request.GET)
    body = found.body
    around = beside(texts_in(body), body["group"], own=found.row.reference)
    brought = change_requests_of(body)
    context = page_of(found, "artefacts") | {
        "links": around.links,
        "group": around.group,
        "tone": STATE_TONES.get(body["state"], "grey"),
        "versions": versions_of(body),
        "brought": brought,
        "unscanned": never_scanned(each["digest"] for version in body["versions"] for each in version["files"]),
        "concerned": concerned(brought),
        "has_note": ReleaseNote.objects.standing().filter(edition=found.edition.pk).exists(),
    }
    return render(request, "register/release.html", context)


@public
def file(request: HttpRequest, reference: str, digest: str) -> HttpResponseBase:
    return file_of(request, "release", reference, digest)


@public
def note_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Of the edition that is asked for."""
    found = published_or_404("release", reference, request.GET)
    made = ReleaseNote.objects.standing().filter(edition=found.edition.pk).first()
    name = f"{found.row.reference}-release-note-edition-{found.edition.n}.pdf"
    return pdf_answer(request, made, name, address=found.row.address, called=found.row.reference, chore="print release note", key=found.row.record_pk)


def versions_of(body: Body) -> list[Body]:
    """What went out, each with where that version stands today: baselined since, say, or withdrawn."""
    rows = {row.record_pk: row for row in Shelf.objects.of("artefact").filter(reference__in=[each["artefact"] for each in body["versions"]]).defer("words")}
    editions = nouns["artefact"].editions.objects.filter(artefact__in=rows).order_by("artefact_id", "-n").distinct("artefact_id")
    words = words_withdrawn()
    states: dict[tuple[str, str], tuple[str, str]] = {}
    for edition in editions:
        states |= {(edition.reference, each["label"]): (each["state_in_words"], STATE_TONES.get(each["state"], "grey")) for each in as_shown(edition, words)["versions"]}
    return [each | {"address": f"/artefacts/{each['artefact']}/", "today": states.get((each["artefact"], each["label"]))} for each in body["versions"]]


def change_requests_of(body: Body) -> list[Shelf]:
    """Those that its versions say they carry, and those that were said to be implemented with it."""
    named = {reference_of(each["reference"]) for version in body["versions"] for each in version["carries"] if each["kind"] == "change_request"}
    said = Q(reference__in=named) | Q(facets__contains={"releases": [body["reference"]]})
    return list(Shelf.objects.of("change_request").filter(said).defer("words").order_by("reference"))


def concerned(brought: list[Shelf]) -> list[dict[str, Any]]:
    """What changes for whom: each constituency that a change request concerns, with these and the artefacts they change."""
    found: dict[str, list[Shelf]] = defaultdict(list)
    for row in brought:
        for name in row.facets["constituencies"] or ["Not stated"]:
            found[name].append(row)
    return [{"name": name, "requests": rows} for name, rows in sorted(found.items(), key=lambda each: (each[0] == "Not stated", each[0]))]


def went_out_with(artefact: str) -> list[dict[str, Any]]:
    """The releases with which versions of an artefact went out, the last one first."""
    rows = Shelf.objects.of("release").filter(facets__contains={"contents": [{"artefact": artefact}]}).defer("words")[:MOST]
    return [{"row": row, "label": label, "on": _day(row.facets["effective_on"])} for row in rows for label in _labels(row, artefact)]


def _labels(row: Shelf, artefact: str) -> list[str]:
    return [each["label"] for each in row.facets["contents"] if each["artefact"] == artefact]


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
