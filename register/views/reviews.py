from collections import Counter
from datetime import datetime

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

COLUMNS = ("number", "version", "from", "section", "weight", "comment", "late", "resolution", "why")


def with_their_state(reviews: list[Body]) -> list[Body]:
    """Each with whether it is open by the clock, whoever is late to close it."""
    now = portal_now()
    return [each | {"is_open": is_running(each) and datetime.fromisoformat(each["closes_at"]) > now} for each in reviews]


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
    }  # fmt: skip
    return render(request, "register/review.html", context)


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
