"""Assurance's part of the editions of decisions, change requests and artefacts: was process followed, as far as everybody may read it."""

from collections.abc import Iterable
from typing import Any

from artefacts.lifecycle import ReviewStatus
from artefacts.models import Artefact
from artefacts.process import READ as READ_OF_ARTEFACTS
from artefacts.reviewed import reviews_told
from assurance.trail import READ_OF_DECISIONS, trail, trails_of_artefacts, trails_of_requests, trails_of_reviews
from change_requests.models import ChangeRequest
from change_requests.process import READ as READ_OF_REQUESTS
from decisions.models import Decision
from records.editions import Body, part_of, upgrade_of
from records.process import Line


@part_of("decision", "process", lambda: READ_OF_DECISIONS)
def process_of(decision: Decision) -> list[dict[str, Any]]:
    return [{"question": line.question, "answer": line.answer, "text": line.text, "clause": line.clause} for line in trail(decision)]


@part_of("change_request", "process", lambda: READ_OF_REQUESTS)
def process_of_request(request: ChangeRequest) -> list[dict[str, Any]]:
    (lines,) = trails_of_requests([request])
    return _told(lines)


@part_of("artefact", "process", lambda: READ_OF_ARTEFACTS)
def process_of_artefact(artefact: Artefact) -> list[dict[str, Any]]:
    """Of the edits agreed for its versions; how its reviews went, each by its number."""
    reviews = [each for each in reviews_told(artefact) if each.status != ReviewStatus.WITHDRAWN]
    (lines,) = trails_of_artefacts([artefact])
    told = [{"review": review.n, "lines": _told(own)} for review, own in zip(reviews, trails_of_reviews(reviews), strict=True)]
    return [{"review": None, "lines": _told(lines)}, *told]


def _told(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{"question": line.question, "answer": line.answer, "answer_label": line.answer_label, "text": line.text, "clause": line.clause} for line in lines]


@upgrade_of("change_request")
def with_process_of_request(body: Body) -> Body:
    """Earlier forms did not say whether process was followed."""
    return {"process": []} | body


@upgrade_of("artefact")
def with_process_of_artefact(body: Body) -> Body:
    """Earlier forms did not say whether process was followed."""
    return {"process": []} | body
