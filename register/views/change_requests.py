from collections.abc import Iterator
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from change_requests.models import ChangeRequestVersion
from files.comparing import compared
from records.clock import portal_now
from records.editions import Body
from records.states import TONES as STATE_TONES
from register.files import as_file
from register.lifeline import Event, Lifeline, london_day
from register.lists import CHANGE_REQUESTS
from register.public import public
from register.published import beside, fictional_groups, published_or_404, texts_in
from register.shown import TONES
from register.spoken import Spoken, actions_naming, minutes_naming
from register.views.shared import file_of, page_of, twin_of, versions_page


@public
def register(request: HttpRequest) -> HttpResponse:
    """Every change request that was raised, or that published papers name: where each stands."""
    context = {"nav": "change_requests", "list": CHANGE_REQUESTS.read(request.GET), "tones": STATE_TONES, "fictional": fictional_groups()}
    return render(request, "register/change_requests.html", context)


@public
def register_as(request: HttpRequest, form: str) -> HttpResponse:
    return as_file(request, CHANGE_REQUESTS.read(request.GET), form)


@public
def as_json(request: HttpRequest, reference: str) -> HttpResponse:
    return twin_of("change_request", reference, request.GET)


@public
def change_request(request: HttpRequest, reference: str) -> HttpResponse:
    """One change request: what it means, where it stands, what happened to it, what it asks for, and what was decided."""
    found = published_or_404("change_request", reference, request.GET)
    body, own = found.body, found.row.reference
    around = beside(texts_in(body), body["group"], own=own)
    spoken = minutes_naming(own)
    context = page_of(found, "change_requests") | {
        "links": around.links,
        "group": around.group,
        "tone": STATE_TONES.get(body["state"], "grey"),
        "tones": TONES,
        "lifeline": Lifeline.of(_events(body, spoken, around.links)),
        "assessments": [each | {"is_open": _is_open(each), "n_text": str(each["n"])} for each in reversed(body["assessments"])],
        "newest": _version(body["versions"][0]) if body["versions"] else None,
        "earlier": [_version(each) for each in body["versions"][1:]],
        "spoken": spoken,
        "actions": actions_naming(own),
    }
    return render(request, "register/change_request.html", context)


@public
def versions(request: HttpRequest, reference: str) -> HttpResponse:
    """Two versions of what a change request asks for, side by side: `from` and `to`, else the newest and the one before it."""
    return versions_page(request, "change_request", reference, _compared)


LISTS = {"artefacts": "Artefacts it would change", "constituencies": "Whom it concerns"}


def _compared(before: Body, after: Body) -> Iterator[tuple[str, list]]:
    """(heading, paragraphs) of what differs, in the order in which a version says it."""
    for name, heading in NAMES.items():
        if before["texts"][name] != after["texts"][name]:
            yield heading, compared(before["texts"][name], after["texts"][name])
    for name, heading in LISTS.items():
        if before[name] != after[name]:
            yield heading, compared("\n".join(before[name]), "\n".join(after[name]))
    titles = ["\n".join(each["title"] for each in version["attachments"]) for version in (before, after)]
    if titles[0] != titles[1]:
        yield "Attachments", compared(*titles)
    files = ["\n".join(f"{each['name']} (sha256 {each['digest'][:12]}…)" for each in version["files"]) for version in (before, after)]
    if files[0] != files[1]:
        yield "Files", compared(*files)


@public
def file(request: HttpRequest, reference: str, digest: str) -> HttpResponseBase:
    return file_of(request, "change_request", reference, digest)


NAMES = ChangeRequestVersion.headings()


def _is_open(assessment: Body) -> bool:
    """By the clock, whoever is late to close it."""
    return assessment["status"] == "open" and datetime.fromisoformat(assessment["closes_at"]) > portal_now()


def _version(version: Body) -> Body:
    """With its texts under their headings, those left out that say nothing."""
    return version | {"said": [(NAMES[name], version["texts"][name]) for name in NAMES if version["texts"][name]]}


def _events(body: Body, spoken: list[Spoken], links: dict[str, str]) -> Iterator[Event]:
    if body["raised_on"]:
        yield Event(date.fromisoformat(body["raised_on"]), "made", f"Raised by {body['raised_by']}" if body["raised_by"] else "Raised")
    for version in reversed(body["versions"]):
        if version["fixed_at"]:
            on = date.fromisoformat(version["dated_on"]) if version["dated_on"] else london_day(version["fixed_at"])
            yield Event(on, "made", f"{version['called'].capitalize()} fixed", version["what_changed"])
    for each in body["assessments"]:
        what = f"{each['kind_in_words']} of version {each['version']}"
        yield Event(london_day(each["opens_at"]), "spoken", f"{what}{' (withdrawn)' if each['status'] == 'withdrawn' else ''} opened, for {each['days']} working day{'' if each['days'] == 1 else 's'}", "", f"#assessment-{each['n']}")
        if each["status"] != "withdrawn" and not _is_open(each):  # on which day it was withdrawn the body does not say
            yield Event(london_day(each["closes_at"]), "spoken", f"{what} closed")
    decided = {each["meeting"] for each in body["determinations"]}
    for each in spoken:
        if each.row.reference not in decided:
            yield Event(each.row.sort_on, "spoken", f"Discussed at {each.row.reference}", _paragraphs(each), each.row.address)
    for each in body["implementations"]:
        if each["followed_at"]:
            yield Event(london_day(each["followed_at"]), "made", f"Implemented in {each['cited']}, version {each['version']}", "", f"/artefacts/{each['artefact']}/")
    for reference, at in {each["release"]: each["released_at"] for each in body["implementations"] if each["release"]}.items():
        yield Event(london_day(at), "made", f"Issued with release {reference}", "", f"/releases/{reference}/")
    for each in body["determinations"]:
        in_version = f", version {each['version']}" if each["version"] else ""
        where = f"At {each['meeting']}" if each["meeting"] else "Outside a meeting"
        title = f"{each['outcome_in_words']}{in_version}: {each['decision']}"
        yield Event(date.fromisoformat(each["decided_on"]), "decided", title, where, links.get(each["decision"], ""))


def _paragraphs(spoken: Spoken) -> str:
    if not spoken.paragraphs:
        return ""
    return f"Paragraph{'s' if len(spoken.paragraphs) > 1 else ''} {', '.join(spoken.paragraphs)}{' and more' if spoken.more else ''}"
