from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from change_requests.models import ChangeRequestVersion
from files.comparing import compared, listed
from files.shown import never_scanned
from records.clock import london_date, portal_now, portal_today
from records.dates import as_day
from records.editions import Body, nouns
from records.references import key_of, keys_in
from records.states import TONES as STATE_TONES
from register.files import as_file
from register.frozen import freezes_running
from register.key_date import next_key_date
from register.lifeline import Event, Lifeline, london_day
from register.linking import documents_named
from register.lists import CHANGE_REQUESTS
from register.models import Shelf
from register.public import public
from register.published import beside, fictional_groups, published_or_404, texts_in
from register.shown import TONES, process_in_short
from register.spoken import Spoken, actions_naming, minutes_naming
from register.time_spent import time_spent
from register.views.shared import file_of, page_of, twin_of, versions_page


@public
def register(request: HttpRequest) -> HttpResponse:
    """Every change request that was raised, or that published papers name: where each stands."""
    context = {"nav": "change_requests", "list": CHANGE_REQUESTS.read(request.GET), "tones": STATE_TONES, "fictional": fictional_groups(), "freezes": freezes_running(portal_today())}
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
    spoken, now = minutes_naming(own), portal_now()
    meetings, votes = _meetings(body), _votes(body)
    had = time_spent(body, _agendas_out(meetings), london_date(now) if found.is_latest and not _is_over(body) else None)
    context = page_of(found, "change_requests") | {
        "links": around.links,
        "group": around.group,
        "tone": STATE_TONES.get(found.state_at(now), "grey"),
        "tones": TONES,
        "lifeline": Lifeline.of(_events(body, spoken, around.links, votes), (band for each in had for band in each.bands)),
        "had": had,
        "is_dated": is_dated(body),
        "documents": documents_named({each for version in body["versions"] for each in version["artefacts"]}),
        "unscanned": never_scanned(each["digest"] for version in body["versions"] for each in version["files"]),
        "next": next_key_date(body, {code: date.fromisoformat(each["held_on"]) for code, each in meetings.items()}, now) if found.is_latest else "",
        "assessments": [each | {"is_open": _is_open(each), "n_text": str(each["n"]), "called": f"{each['kind_in_words'].lower()} {each['n']}"} for each in reversed(body["assessments"])],
        "past": [each | {"n_text": str(each["n"]), "called": f"loaded assessment {each['n']}"} for each in reversed(body["past_assessments"])],
        "newest": _version(body["versions"][0]) if body["versions"] else None,
        "earlier": [_version(each) for each in body["versions"][1:]],
        "spoken": spoken,
        "actions": actions_naming(own),
        "in_short": process_in_short(body["process"]),
    }
    return render(request, "register/change_request.html", context)


def is_dated(body: Body) -> bool:
    """Whether the day on which it was raised is the one on its paper, and not that on which it was raised here."""
    return bool(body["raised_on"]) and date.fromisoformat(body["raised_on"]) != london_day(body["published_at"])


def _meetings(body: Body) -> dict[str, Body]:
    """Each meeting that it aims at, was decided at, or is for decision at, as its latest edition tells of it. One query."""
    named = {body["target_meeting"], *(each["meeting"] for each in body["determinations"]), *([body["for_decision"]["meeting"]] if body["for_decision"] else [])}
    editions = nouns["meeting"].editions.objects.filter(meeting__code__in=named - {None}).order_by("meeting_id", "-n").distinct("meeting_id")
    return {edition.reference: edition.body for edition in editions}


def _agendas_out(meetings: dict[str, Body]) -> dict[str, date]:
    return {code: london_day(each["agenda_published_at"]) for code, each in meetings.items() if each["agenda_published_at"]}


def _is_over(body: Body) -> bool:
    """Nothing more is to happen to it, or from which day on nothing did is in no edition."""
    return body["status"] in ("withdrawn", "on_hold") or body["state"] in ("rejected", "withdrawn")


def _votes(body: Body) -> dict[str, str]:
    """How the seats advised in each vote, by decision: "4 approve, 6 reject". From the shelf, in one query."""
    rows = Shelf.objects.filter(noun="decision", reference__in=[each["decision"] for each in body["votes"]]).defer("words")
    counted = {row.reference: Counter(vote["choice"] for vote in row.facets["votes"] if key_of(body["reference"]) in keys_in(vote["on"])) for row in rows}
    return {reference: ", ".join(f"{n} {choice.lower()}" for choice, n in told.items()) for reference, told in counted.items()}


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
            yield heading, listed(before[name], after[name])
    titles = [[each["title"] for each in version["attachments"]] for version in (before, after)]
    if titles[0] != titles[1]:
        yield "Attachments", listed(*titles)
    files = [[f"{each['name']} (sha256 {each['digest'][:12]}…)" for each in version["files"]] for version in (before, after)]
    if files[0] != files[1]:
        yield "Files", listed(*files)


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


def _events(body: Body, spoken: list[Spoken], links: dict[str, str], votes: dict[str, str]) -> Iterator[Event]:
    if body["raised_on"]:
        dated = f"The day on its paper; raised here on {as_day(london_day(body['published_at']))}" if is_dated(body) else ""
        yield Event(date.fromisoformat(body["raised_on"]), "made", f"Raised by {body['raised_by']}" if body["raised_by"] else "Raised", dated)
    for version in reversed(body["versions"]):
        if version["fixed_at"]:
            fixed = london_day(version["fixed_at"])
            on = date.fromisoformat(version["dated_on"]) if version["dated_on"] else fixed
            called = version["called"].capitalize()
            if on == fixed:
                yield Event(on, "made", f"{called} fixed", version["what_changed"])
            else:
                yield Event(on, "made", f"{called}, by the day on its paper", f"Fixed here on {as_day(fixed)}. {version['what_changed']}".strip())
    for each in body["assessments"]:
        what = f"{each['kind_in_words']} of version {each['version']}"
        yield Event(london_day(each["opens_at"]), "spoken", f"{what}{' (withdrawn)' if each['status'] == 'withdrawn' else ''} opened, for {each['days']} working day{'' if each['days'] == 1 else 's'}", "", f"#assessment-{each['n']}")
        if each["status"] != "withdrawn" and not _is_open(each):  # on which day it was withdrawn the body does not say
            yield Event(london_day(each["closes_at"]), "spoken", f"{what} closed")
    for each in body["past_assessments"]:
        what = f"{each['kind_in_words']} of version {each['version']}" if each["version"] else each["kind_in_words"]
        for on, done in ((each["opened_on"], "opened"), (each["closed_on"], "closed")):
            if on:
                yield Event(date.fromisoformat(on), "spoken", f"{what} {done}, as its source states", "", f"#past-{each['n']}")
    decided = {each["meeting"] for each in body["determinations"]}
    for each in spoken:
        if each.row.reference not in decided and each.row.state not in ("planned", "cancelled"):  # what is to come has not happened to it
            yield Event(each.row.sort_on, "spoken", f"Discussed at {each.row.reference}", _paragraphs(each), each.row.address)
    for each in body["implementations"]:
        if each["followed_at"]:
            yield Event(london_day(each["followed_at"]), "made", f"Implemented in {each['cited']}, version {each['version']}", "", f"/artefacts/{each['artefact']}/")
    for reference, at in {each["release"]: each["released_at"] for each in body["implementations"] if each["release"]}.items():
        yield Event(london_day(at), "made", f"Issued with release {reference}", "", f"/releases/{reference}/")
    for each in body["votes"]:
        yield from _voted(each, votes.get(each["decision"], ""), links)
    for each in body["determinations"]:
        in_version = f", version {each['version']}" if each["version"] else ""
        where = f"At {each['meeting']}" if each["meeting"] else "Outside a meeting"
        title = f"{each['outcome_in_words']}{in_version}: {each['decision']}"
        yield Event(date.fromisoformat(each["decided_on"]), "decided", title, where, links.get(each["decision"], ""))


def _voted(vote: Body, counted: str, links: dict[str, str]) -> Iterator[Event]:
    """On the day on which the vote closed; where no paper states that, on the day of the decision."""
    on = london_day(vote["closed_at"]) if vote["closed_at"] else date.fromisoformat(vote["decided_on"])
    opened = f"Open since {as_day(london_day(vote['opened_at']))}" if vote["opened_at"] and london_day(vote["opened_at"]) < on else ""
    in_version = f" in version {vote['version']}" if vote["version"] else ""
    title = f"Voted on{in_version}" + (f": {counted}" if counted else "")
    yield Event(on, "spoken", title, opened, links.get(vote["decision"], ""))


def _paragraphs(spoken: Spoken) -> str:
    if not spoken.paragraphs:
        return ""
    return f"Paragraph{'s' if len(spoken.paragraphs) > 1 else ''} {', '.join(spoken.paragraphs)}{' and more' if spoken.more else ''}"
