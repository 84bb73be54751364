"""What an edition of an artefact holds, and how it goes on the shelf."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from artefacts.lifecycle import VersionStatus
from artefacts.models import Artefact, ArtefactEdition, ArtefactVersion, Baseline, Carried, Passage, VersionFile
from artefacts.on_agendas import for_decision
from artefacts.owners import owners_told
from artefacts.released import by_reference
from artefacts.reviewed import REVIEWS_OF_IT, is_running, review_body, reviews_told, texts_of
from artefacts.states import state_of, state_of_version
from files.models import Visibility
from meetings.for_decision import ForDecision
from records.clock import london_date
from records.editions import Body, Shelved, body_of, parts_of, upgrade_of, whole_of
from records.models import Origin
from records.references import key_of
from records.versions import is_draft

MOST_SEARCHED = 200_000  # characters of comment logs: PostgreSQL has no room for endless ones


def _shelve(body: Body) -> Shelved:
    changed = body["changed_on"] or body["added_on"]
    running = [each["closes_at"] for each in body["reviews"] if is_running(each)]
    closes_at = datetime.fromisoformat(max(running)) if running and body["state"] == "in_review" else None
    return Shelved(
        title=body["cited"], summary=body["state_in_words"], group=body["group"], sort_on=date.fromisoformat(changed),
        address=reverse("register:artefact", args=[body["reference"]]), order=body["name"][:40], state=body["state"],
        known_as=body["document_number"] or body["name"], state_until=closes_at, state_then=("for_decision" if body["for_decision"] else "reviewed") if closes_at else "",
        facets={
            "number": body["document_number"], "name": body["name"], "phase": body["phase"], "phase_in_words": body["phase_in_words"],
            "sub_type": body["sub_type"], "streams": body["streams"], "owners": body["owners"],
            "version": body["versions"][0]["label"] if body["versions"] else None,
            "decisions": [each["decision"] for each in body["baselines"]],
            "releases": sorted({each["release"] for each in body["versions"] if each["release"]}),
            "carries": sorted({key_of(each["reference"]) for version in body["versions"] for each in version["carries"]}),
        },
        named=(body["name"], body["document_number"], *body["aliases"]),
        words=(
            *(each["what_changed"] for each in body["versions"]), *(each["note"] for each in body["versions"]),
            "\n".join(text for each in body["reviews"] for text in texts_of(each))[:MOST_SEARCHED],
        ),
    )  # fmt: skip


def with_everything() -> QuerySet[Artefact]:
    """Published artefacts, with all the rows of theirs that a body is built from; the baselines by decisions that are public, in the order in which these were taken."""
    files = Prefetch("files", VersionFile.for_sealing().order_by("pk"))
    of_each = ("agreed_edits", "loadings__source", "released_in__release__group", "passages__edit", files)
    versions = ArtefactVersion.objects.select_related("made_from").prefetch_related(*of_each).order_by("key", "pk")
    public = Baseline.objects.filter(settlement__decision__published_at__isnull=False).select_related("settlement__decision", "version")
    baselines = Prefetch("baselines", public.order_by("settlement__decision__decided_on", "pk"))
    rows = Artefact.objects.select_related("group").filter(published_at__isnull=False)
    return rows.prefetch_related(Prefetch("versions", versions), *REVIEWS_OF_IT, baselines)


_WHOLE = whole_of("artefact", with_everything, pk=-1)


@body_of(ArtefactEdition, _shelve)
def artefact_body(pk: int) -> Body | None:
    """An artefact with its versions that were put forward, and the decisions that baselined it, as far as those are published."""
    artefact = _WHOLE.first(pk=pk)
    if artefact is None or artefact.published_at is None:
        return None
    versions = [each for each in artefact.versions.all() if each.status != VersionStatus.DRAFT and (each.fixed_at or each.origin != Origin.PORTAL)]
    baselines = list(artefact.baselines.all())
    place = for_decision([artefact], near=()).get(artefact.pk)
    state = state_of(artefact, versions, baselines, place)
    moments = [each.fixed_at for each in versions if each.fixed_at]
    stated = [each.loaded.dated_on for each in versions if each.loaded and each.loaded.dated_on]
    reviews = reviews_told(artefact)
    days = [*map(london_date, moments), *stated, *(london_date(each.opens_at) for each in reviews if each.opens_at), *(each.settlement.decision.decided_on for each in baselines if each.settlement.decision.decided_on)]
    return {
        "reference": artefact.slug,
        "cited": artefact.cited,
        "name": artefact.name,
        "document_number": artefact.document_number,
        "aliases": artefact.aliases,
        "group": artefact.group.code,
        "sub_type": artefact.sub_type,
        "phase": artefact.phase,
        "phase_in_words": artefact.get_phase_display(),
        "streams": artefact.streams,
        "owners": owners_told(artefact),
        "state": state.code,
        "state_in_words": state.words,
        "for_decision": place.told() if place else None,
        "changed_on": max(days, default=None),
        "added_on": london_date(artefact.published_at),
        "versions": [_version(each, baselines, versions, place) for each in reversed(versions)],
        "baselines": [_baseline(each) for each in reversed(baselines)],
        "reviews": [review_body(each) for each in reviews],
        "read_in": artefact.origin == Origin.IMPORTED,
        **parts_of("artefact", artefact),
    }


@upgrade_of("artefact")
def with_reviews(body: Body) -> Body:
    """Form 1 knew no reviews: there were none."""
    return {"reviews": []} | body


@upgrade_of("artefact")
def with_loadings(body: Body) -> Body:
    """Form 2 knew nothing of libraries that were loaded."""
    return body | {"versions": [{"loaded": None} | version for version in body["versions"]]}


@upgrade_of("artefact")
def with_passages(body: Body) -> Body:
    """Form 3 listed no passages: none were attached to agreed edits."""
    return body | {"versions": [{"passages": []} | version for version in body["versions"]]}


@upgrade_of("artefact")
def with_agendas(body: Body) -> Body:
    """Form 4 knew of no agenda."""
    return {"for_decision": None} | body


@upgrade_of("artefact")
def with_owners(body: Body) -> Body:
    """Form 5 did not say who owns it."""
    return {"owners": []} | body


@upgrade_of("artefact")
def with_releases(body: Body) -> Body:
    """Form 6 did not say with which release a version was issued."""
    return body | {"versions": [{"release": None} | version for version in body["versions"]]}


@upgrade_of("artefact")
def with_references_of_releases(body: Body) -> Body:
    """Form 7 named releases by their code alone where it said how versions stand."""
    told = {each["release"] for each in body["versions"] if each["release"]}
    versions = [each | {"state_in_words": by_reference(each["state_in_words"], told)} for each in body["versions"]]
    return body | {"state_in_words": by_reference(body["state_in_words"], told), "versions": versions}


def _version(version: ArtefactVersion, baselines: list[Baseline], versions: list[ArtefactVersion], place: ForDecision | None) -> dict[str, Any]:
    newest = max((v for v in versions if v.status == VersionStatus.FIXED and not is_draft(v.key)), key=lambda v: v.place, default=None)
    state = state_of_version(version, baselines, newest, place)
    return {
        "label": version.label,
        "called": version.called,
        "state": state.code,
        "state_in_words": state.words,
        "fixed_at": version.fixed_at,
        "note": version.note,
        "what_changed": version.what_changed,
        "made_from": version.made_from.label if version.made_from else None,
        "withdrawn_why": version.withdrawn_why,
        "held": version.is_held,
        "loaded": version.loaded.told() if version.loaded else None,
        "release": version.went_out_with.reference if version.went_out_with else None,
        "carries": [each | {"kind_in_words": Carried(each["kind"]).label} for each in version.carries],
        "files": [_file(each) for each in version.files.all() if not each.dropped and each.visibility == Visibility.PUBLIC],
        "agreed_edits": [
            {"n": each.n, "text": each.text, "agreed_where": each.agreed_where, "done_at": each.done_at} for each in version.agreed_edits.all()
        ],
        "passages": [_passage(each) for each in sorted(version.passages.all(), key=lambda each: each.n or 0) if each.n],
    }  # fmt: skip


def _passage(passage: Passage) -> dict[str, Any]:
    """Of a file that is not for everybody, no more than that it differs."""
    texts = {name: getattr(passage, name) if passage.is_public else "" for name in ("title", "where", "before", "after", "sentence")}
    return {"n": passage.n, "edit": passage.edit.n if passage.edit else None, "is_public": passage.is_public, **texts}


def _file(file: VersionFile) -> dict[str, Any]:
    return file.told() | {"form": file.form, "form_in_words": file.get_form_display()}


def _baseline(baseline: Baseline) -> dict[str, Any]:
    return baseline.settlement.told() | {"version": baseline.version.label if baseline.version else None, "label": baseline.label or None}
