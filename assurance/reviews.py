"""The artefacts of a group with their reviews and what was agreed to be edited: was process followed? On one list, and as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from artefacts.lifecycle import ReviewStatus
from artefacts.models import Artefact, Review
from assurance.trail import trails_of_artefacts, trails_of_reviews
from decisions.views.finding import note_reading
from groups.models import Group
from groups.signed_in import SignedIn, group_for
from records.exporting import as_csv
from records.process import Line

HEADINGS = ("artefact", "about", "step", "followed", "clause", "what the record says", "behind it")
ANSWERS = {"yes": "yes", "no": "no", "unknown": "not recorded"}


@dataclass(frozen=True)
class Told:
    """The lines of an artefact, and of each of its reviews, the latest first."""

    artefact: Artefact
    lines: list[Line]
    reviews: list[tuple[Review, list[Line]]]


def told_of(group: Group) -> list[Told]:
    """Those of which there is anything to tell, by name. So many queries, however many there are."""
    artefacts = list(Artefact.objects.filter(group=group, published_at__isnull=False).order_by("name", "pk"))
    rows = Review.objects.filter(version__artefact__in=artefacts).exclude(status=ReviewStatus.WITHDRAWN)
    reviews = list(rows.select_related("version__artefact").order_by("-n"))
    lines = list(zip(reviews, trails_of_reviews(reviews, everything=True), strict=True))
    told = [
        Told(artefact, own, [(review, said) for review, said in lines if review.version.artefact_id == artefact.pk])
        for artefact, own in zip(artefacts, trails_of_artefacts(artefacts, everything=True), strict=True)
    ]
    return [each for each in told if each.lines or each.reviews]


@require_safe
def artefacts(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    if not standing.looks_behind(group):
        raise Http404
    note_reading(request, standing, group, f"process of the artefacts of {group}")
    told = told_of(group)
    if request.GET.get("as") == "csv":
        return as_csv(f"{group.code}-artefacts-process", _table(told))
    return render(request, "assurance/artefacts.html", {"nav": "desk", "group": group, "told": told})


def _table(told: list[Told]) -> Iterator[list[Any]]:
    yield [*HEADINGS]
    for each in told:
        for about, lines in [("", each.lines), *((f"review {review.n} of {review.version.called}", said) for review, said in each.reviews)]:
            for line in lines:
                yield [each.artefact, about, line.question, line.answer_label.lower() or ANSWERS[line.answer], line.clause, line.text, "; ".join(line.private)]
