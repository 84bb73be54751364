from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from decisions.rules import ACCEPTING, REFUSING
from files.models import Blob
from files.serving import stream
from files.shown import never_scanned
from records.editions import Body
from records.references import key_of
from register.files import as_file
from register.lists import DECISIONS
from register.models import Shelf
from register.public import public
from register.published import beside, fictional_groups, published_or_404, texts_in
from register.shown import TONES, process_in_short, tone_of, vote_shown
from register.updates import updates_of
from register.views.shared import page_of, twin_of

FIRST_REASONS = 2  # shown at the top


@public
def register(request: HttpRequest) -> HttpResponse:
    """The register of decisions: searched, filtered and paged by GET parameters that can be shared."""
    context = {"nav": "decisions", "list": DECISIONS.read(request.GET), "tones": TONES, "fictional": fictional_groups()}
    return render(request, "register/decisions.html", context)


@public
def register_as(request: HttpRequest, form: str) -> HttpResponse:
    return as_file(request, DECISIONS.read(request.GET), form)


@public
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision on one page: what became of it, who decided on whose advice, and why; then all the rest."""
    found = published_or_404("decision", reference, request.GET)
    body = found.body
    updates = updates_of(body, found.day)
    around = beside([*texts_in(body), *(each.text for each in updates)], body["group"], own=body["reference"])
    context = page_of(found, "decisions") | {
        "links": around.links,
        "group": around.group,
        "votes": [vote_shown(vote, body["settlements"]) for vote in body["votes"]],
        "reasons": body["reasons"][:FIRST_REASONS],
        "more_reasons": body["reasons"][FIRST_REASONS:],
        "dissent": _dissent(body["dissent"]),
        "in_short": process_in_short(body["process"]),
        "settlements": _leading(body),
        "updates": updates,
        "unscanned": never_scanned(each["digest"] for vote in body["votes"] for each in vote.get("papers", ())),
    }
    return render(request, "register/decision.html", context)


@public
def paper(request: HttpRequest, reference: str, digest: str) -> HttpResponseBase:
    """A paper that the seats had before them between meetings, by its hash: one that the latest edition of the decision names."""
    told = (each for vote in published_or_404("decision", reference).body["votes"] for each in vote.get("papers", ()))
    named = next((each for each in told if each["digest"] == digest), None)
    blob = Blob.objects.to_be_shown().filter(sha256=named["sha256"]).first() if named else None
    if named is None or blob is None:
        raise Http404
    return stream(request, blob, named["name"])


def _leading(body: Body) -> list[Body]:
    """What it settles, each with the address of its page, where the portal keeps a record of it. One query."""
    settled = Shelf.objects.filter(noun__in=("change_request", "artefact"), facets__contains={"decisions": [body["reference"]]}).defer("words")
    addresses = {key: row.address for row in settled for key in (row.key, key_of(row.title), key_of(row.reference))}
    requests = {row.address for row in settled if row.noun == "change_request"}
    told = [each | {"url": addresses.get(key_of(each["subject_ref"]))} for each in body["settlements"]]
    return [each | {"process": f"{each['url']}#process" if each["url"] in requests and each["outcome"] in ACCEPTING | REFUSING else ""} for each in told]


def _dissent(told: Body) -> dict[str, Any]:
    """As the body has it, with the colour of each state, and the concerns that are open by their place among all."""
    toned = {name: [each | {"tone": tone_of(each["state"] or "")} for each in told[name]] for name in ("concerns", "referred", "rests_on")}
    open_ones = [{"n": n, "text": each["banner"], "seat": each["seat"]} for n, each in enumerate(told["concerns"], 1) if each["is_open"]]
    return told | toned | {"open": open_ones}


@public
def as_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The same for machines: the body of the edition, as it was sealed."""
    return twin_of("decision", reference, request.GET)
