from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from artefacts.passages import pieces_of
from files.comparing import listed
from files.shown import never_scanned
from records.clock import london_date, portal_now
from records.editions import Body
from records.references import key_of
from records.states import TONES as STATE_TONES
from register.files import as_file
from register.lifeline import Event, Lifeline, london_day
from register.lists import ARTEFACTS
from register.models import Shelf
from register.public import public
from register.published import beside, fictional_groups, published_or_404, texts_in
from register.shown import TONES, covers, owners_shown
from register.spoken import actions_naming, minutes_naming
from register.views.releases import went_out_with
from register.views.reviews import process_shown, with_their_state
from register.views.shared import file_of, page_of, twin_of, versions_page

MOST = 25  # change requests that touch one artefact


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    """The design: every artefact, its newest version, and where that stands."""
    listed = ARTEFACTS.read(request.GET)
    groups = sorted({row.group for row in listed.shown})
    context = {"nav": "artefacts", "list": listed, "tones": STATE_TONES, "fictional": fictional_groups(), "groups": groups, "owners": _owners_today(listed.shown)}
    return render(request, "register/artefacts.html", context)


def _owners_today(rows: Iterable[Shelf]) -> dict[str, str]:
    """For whom each is owned today, by its address in the catalogue."""
    today = london_date(portal_now())
    named = {row.reference: [each["organisation"] for each in row.facets.get("owners", ()) if covers(each, today)] for row in rows}
    return {reference: ", ".join(dict.fromkeys(filter(None, names))) or "Not recorded" for reference, names in named.items() if names}


@public
def catalogue_as(request: HttpRequest, form: str) -> HttpResponse:
    return as_file(request, ARTEFACTS.read(request.GET), form)


@public
def as_json(request: HttpRequest, reference: str) -> HttpResponse:
    return twin_of("artefact", reference, request.GET)


@public
def artefact(request: HttpRequest, reference: str) -> HttpResponse:
    """One artefact: its versions, what each brought in and by whose authority, and which decisions baselined it."""
    found = published_or_404("artefact", reference, request.GET)
    body = found.body
    around = beside(texts_in(body), body["group"], own=found.row.address)
    named = [name for name in (body["document_number"], body["name"]) if name]
    touching = Shelf.objects.of("change_request").filter(facets__contains={"artefacts": [key_of(body["cited"])]}).defer("words")
    context = page_of(found, "artefacts") | {
        "links": around.links,
        "group": around.group,
        "tone": STATE_TONES.get(body["state"], "grey"),
        "tones": TONES,
        "state_tones": STATE_TONES,
        "lifeline": Lifeline.of(_events(body, around.links)),
        "reviews": with_their_state(body),
        "owners": owners_shown(body["owners"]),
        "touching": list(touching[:MOST]),
        "releases": went_out_with(body["reference"]),
        "spoken": minutes_naming(*named),
        "actions": actions_naming(*named),
        "unscanned": never_scanned(each["digest"] for version in body["versions"] for each in version["files"]),
        "passages": {version["label"]: passages_shown(version) for version in body["versions"] if version["passages"]},
        **process_shown(body, None),
    }
    return render(request, "register/artefact.html", context)


def passages_shown(version: Body) -> dict[str, Any]:
    """What differs from the version that was put to the group: how much belongs to which agreed edit, and how much to none."""
    told = [each | {"pieces": pieces_of(each["before"], each["after"])} for each in version["passages"]]
    edits = sorted({each["edit"] for each in told if each["edit"]})
    parts = [(f"Agreed edit {n}", [each for each in told if each["edit"] == n]) for n in edits]
    unexplained = [each for each in told if each["edit"] is None]
    return {"n": len(told), "explained": len(told) - len(unexplained), "unexplained": len(unexplained), "parts": [*parts, *([("Unexplained", unexplained)] if unexplained else [])]}


@public
def versions(request: HttpRequest, reference: str) -> HttpResponse:
    """Two versions of an artefact side by side: `from` and `to`, else the newest and what it was made from, or the one before it."""
    return versions_page(request, "artefact", reference, _compared)


def _compared(before: Body, after: Body) -> Iterator[tuple[str, list]]:
    """(heading, paragraphs) of what they carry otherwise. What is said of each, what changed with it and its note, is no text that became another."""
    carried = [[f"{each['kind_in_words']}: {each['reference']}, authorised by {each['authorised_by']}" for each in version["carries"]] for version in (before, after)]
    if carried[0] != carried[1]:
        yield "What it carries", listed(*carried)


@public
def file(request: HttpRequest, reference: str, digest: str) -> HttpResponseBase:
    return file_of(request, "artefact", reference, digest)


def _events(body: Body, links: dict[str, str]) -> Iterator[Event]:
    for version in reversed(body["versions"]):
        if version["fixed_at"]:
            yield Event(london_day(version["fixed_at"]), "made", f"{version['called'].capitalize()} put forward", version["what_changed"])
        elif (loaded := version["loaded"]) and loaded["dated_on"]:
            by = f", baselined by {loaded['baselined_by']}" if loaded["baselined_by"] else ""
            yield Event(date.fromisoformat(loaded["dated_on"]), "made", f"{version['called'].capitalize()}{by}, as its source states", version["what_changed"])
        for edit in version["agreed_edits"]:
            if edit["done_at"]:
                yield Event(london_day(edit["done_at"]), "made", f"Agreed edit {edit['n']} of {version['called']} made", edit["text"])
    for review in body["reviews"]:
        version = f"version {review['version']}"
        yield Event(london_day(review["opens_at"]), "made", f"Review of {version} opened", "")
        if review["log"]:
            yield Event(london_day(review["log"]["published_at"]), "made", f"Comment log of {version} published", "")
    for each in body["baselines"]:
        label = each["label"] or each["version"]
        title = f"Baselined as version {label}: {each['decision']}" if label else f"Baselined: {each['decision']}"
        yield Event(date.fromisoformat(each["decided_on"]), "decided", title, each["conditions"], links.get(each["decision"], ""))
