from collections import Counter
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from artefacts.models import ResolutionOutcome, Weight
from artefacts.reviewed import OUTCOME_TONES, WEIGHT_TONES, is_running
from records import exporting
from records.clock import portal_now
from records.editions import Body
from register.public import public
from register.published import Published, beside, published_or_404, texts_in
from register.shown import process_in_short

COLUMNS = ("number", "version", "from", "section", "weight", "comment", "late", "resolution", "why")


def with_their_state(body: Body) -> list[Body]:
    """The reviews of an artefact, each with whether it is open by the clock, whoever is late to close it; and whether process was followed."""
    now = portal_now()
    followed = {each["review"]: each["lines"] for each in body["process"]}
    return [
        each | {"is_open": is_running(each) and datetime.fromisoformat(each["closes_at"]) > now} | _followed(followed.get(each["n"], [])) for each in body["reviews"]
    ]


def _followed(lines: list[Body]) -> dict[str, Any]:
    """In short, and what was not followed in full: a log may never be published, on whose page it would stand."""
    return {"in_short": process_in_short(lines), "not_followed": [each for each in lines if each["answer"] == "no"]}


def _log_of(reference: str, n: int) -> tuple[Published, Body]:
    """The review with its log, as the latest edition has it; before that is published there is no such page."""
    found = published_or_404("artefact", reference)
    review = next((each for each in found.body["reviews"] if each["n"] == n and each["log"]), None)
    if review is None:
        raise Http404
    return found, review


@public
def log(request: HttpRequest, reference: str, n: int) -> HttpResponse:
    """What seats and organisations said of a version, and what became of each comment."""
    found, review = _log_of(reference, n)
    comments = review["log"]["comments"]
    around = beside(texts_in(review), found.body["group"], own=found.row.reference)
    context = {
        "nav": "artefacts", "row": found.row, "body": found.body, "review": review, "group": around.group, "links": around.links,
        "weights": _counts(Weight, [each["weight"] for each in comments]), "outcomes": _counts(ResolutionOutcome, [each["outcome"] for each in comments]),
        "weight_tones": WEIGHT_TONES, "outcome_tones": OUTCOME_TONES, "canonical_url": settings.PORTAL_BASE_URL + request.path,
        **process_shown(found.body, n),
    }  # fmt: skip
    return render(request, "register/review.html", context)


def process_shown(body: Body, review: int | None) -> dict[str, Any]:
    """Was process followed: of one review, or of the artefact itself."""
    lines: list[Body] = next((each["lines"] for each in body["process"] if each["review"] == review), [])
    return {"process": lines, "in_short": process_in_short(lines)}


def _counts(choices, values: list[str | None]) -> list[tuple[str, int]]:
    """In words, and how many: those that there are, in their order; those without one last."""
    counts = Counter(values)
    return [(label, counts[value]) for value, label in choices.choices if counts[value]] + ([("Not resolved", counts[None])] if counts[None] else [])


@public
def log_csv(request: HttpRequest, reference: str, n: int) -> HttpResponse:
    found, review = _log_of(reference, n)
    lines = [
        [each["number"], review["version"], each["of"], each["section"], each["weight"], each["text"], "yes" if each["late"] else "no", each["outcome_in_words"] or "", each["why"]]
        for each in review["log"]["comments"]
    ]
    return exporting.as_csv(f"{found.row.reference}-review-{n}", [COLUMNS, *lines])
