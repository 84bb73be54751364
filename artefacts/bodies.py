"""What an edition of an artefact holds, and how it goes on the shelf."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from artefacts.lifecycle import VersionStatus
from artefacts.models import Artefact, ArtefactEdition, ArtefactVersion, Baseline, Carried, VersionFile
from artefacts.reviewed import is_running, review_body, reviews_told, texts_of
from artefacts.states import state_of, state_of_version
from files.models import Visibility
from records.clock import london_date
from records.editions import Body, Shelved, body_of, parts_of, upgrade_of
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
        known_as=body["document_number"] or body["name"], state_until=closes_at, state_then="reviewed" if closes_at else "",
        facets={
            "number": body["document_number"], "name": body["name"], "phase": body["phase"], "phase_in_words": body["phase_in_words"],
            "sub_type": body["sub_type"], "streams": body["streams"],
            "version": body["versions"][0]["label"] if body["versions"] else None,
            "decisions": [each["decision"] for each in body["baselines"]],
            "carries": sorted({key_of(each["reference"]) for version in body["versions"] for each in version["carries"]}),
        },
        named=(body["name"], body["document_number"], *body["aliases"]),
        words=(
            *(each["what_changed"] for each in body["versions"]), *(each["note"] for each in body["versions"]),
            "\n".join(text for each in body["reviews"] for text in texts_of(each))[:MOST_SEARCHED],
        ),
    )  # fmt: skip


@body_of(ArtefactEdition, _shelve)
def artefact_body(pk: int) -> Body | None:
    """An artefact with its versions that were put forward, and the decisions that baselined it, as far as those are published."""
    artefact = Artefact.objects.select_related("group").get(pk=pk)
    if not artefact.published_at:
        return None
    versions = list(
        artefact.versions.exclude(status=VersionStatus.DRAFT).exclude(fixed_at=None, origin=Origin.PORTAL)
        .select_related("made_from").prefetch_related("agreed_edits", "reviews", Prefetch("files", VersionFile.for_sealing().order_by("pk"))).order_by("key", "pk")
    )  # fmt: skip
    baselines = published_baselines(artefact)
    state = state_of(artefact, versions, baselines)
    moments = [each.fixed_at for each in versions if each.fixed_at]
    reviews = reviews_told(artefact)
    days = [*map(london_date, moments), *(london_date(each.opens_at) for each in reviews if each.opens_at), *(each.settlement.decision.decided_on for each in baselines if each.settlement.decision.decided_on)]
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
        "state": state.code,
        "state_in_words": state.words,
        "changed_on": max(days, default=None),
        "added_on": london_date(artefact.published_at),
        "versions": [_version(each, baselines, versions) for each in reversed(versions)],
        "baselines": [_baseline(each) for each in reversed(baselines)],
        "reviews": [review_body(each) for each in reviews],
        "read_in": artefact.origin == Origin.IMPORTED,
        **parts_of("artefact", artefact),
    }


@upgrade_of("artefact")
def with_reviews(body: Body) -> Body:
    """Form 1 knew no reviews: there were none."""
    return {"reviews": []} | body


def published_baselines(artefact: Artefact) -> list[Baseline]:
    """Those by decisions that are public, in the order in which these were taken."""
    public = artefact.baselines.filter(settlement__decision__published_at__isnull=False).select_related("settlement__decision", "version")
    return list(public.order_by("settlement__decision__decided_on", "pk"))


def _version(version: ArtefactVersion, baselines: list[Baseline], versions: list[ArtefactVersion]) -> dict[str, Any]:
    newest = max((v for v in versions if v.status == VersionStatus.FIXED and not is_draft(v.key)), key=lambda v: v.place, default=None)
    state = state_of_version(version, baselines, newest)
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
        "held": version.origin == Origin.PORTAL,
        "carries": [each | {"kind_in_words": Carried(each["kind"]).label} for each in version.carries],
        "files": [_file(each) for each in version.files.all() if not each.dropped and each.visibility == Visibility.PUBLIC],
        "agreed_edits": [
            {"n": each.n, "text": each.text, "agreed_where": each.agreed_where, "done_at": each.done_at} for each in version.agreed_edits.all()
        ],
    }  # fmt: skip


def _file(file: VersionFile) -> dict[str, Any]:
    return file.told() | {"form": file.form, "form_in_words": file.get_form_display()}


def _baseline(baseline: Baseline) -> dict[str, Any]:
    settlement, decision = baseline.settlement, baseline.settlement.decision
    return {
        "decision": decision.reference,
        "decided_on": decision.decided_on,
        "outcome": settlement.outcome,
        "outcome_in_words": settlement.get_outcome_display(),
        "conditions": settlement.conditions,
        "version": baseline.version.label if baseline.version else None,
        "label": baseline.label or None,
    }
