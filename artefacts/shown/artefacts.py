"""What the signed-in pages show of artefacts."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from artefacts.comparing import readable_files, sides_of
from artefacts.lifecycle import VersionStatus
from artefacts.models import Artefact, ArtefactVersion, Baseline, VersionFile
from artefacts.on_agendas import for_decision
from artefacts.owners import owners_of
from artefacts.rules.artefacts import files_of, may_have, refusals_to_add, refusals_to_keep, refusals_to_put_forward
from artefacts.states import state_of, state_of_version
from artefacts.verbs import may_see_drafts
from files.shown import Told, compared
from groups.models import Group
from groups.standing import Standing
from meetings.for_decision import ForDecision
from records.periods import in_words
from records.verbs import offers
from records.versions import is_draft


def catalogue(standing: Standing, now: datetime) -> dict[str, Any]:
    """Every artefact with its state, those first that the person owns; and the groups to whose catalogue they may add."""
    rows = Artefact.objects.select_related("group").prefetch_related("versions__agreed_edits", "versions__reviews", "versions__loadings", "versions__released_in__release__group", "baselines__settlement__decision", "baselines__version__agreed_edits")
    artefacts = [each for each in rows.order_by("name") if _may_see(each, standing)]
    places = for_decision(artefacts, near=[group.pk for group in {each.group for each in artefacts} if standing.belongs_to(group)])
    shown = [{"artefact": each, "state": _state(each, places.get(each.pk)), "own": standing.owns(each.slug), "works_on": may_see_drafts(each, standing)} for each in artefacts]
    groups = [group for group in Group.objects.filter(closed_on=None, level=3).order_by("code") if not any(refusals_to_add(group, standing, now))]
    near = [group for group in Group.objects.order_by("code") if standing.belongs_to(group)]
    return {"rows": sorted(shown, key=lambda row: not row["own"]), "groups": groups, "near": near}


def _may_see(artefact: Artefact, standing: Standing) -> bool:
    return artefact.published_at is not None or standing.belongs_to(artefact.group)


def _state(artefact: Artefact, place: ForDecision | None):
    versions = sorted((each for each in artefact.versions.all() if each.status != VersionStatus.DRAFT), key=lambda each: each.place)
    baselines = sorted((each for each in artefact.baselines.all() if each.settlement.decision.published_at), key=_taken)
    return state_of(artefact, versions, baselines, place)


def _taken(baseline: Baseline):
    return (baseline.settlement.decision.decided_on, baseline.pk)


def artefact_page(artefact: Artefact, standing: Standing, now: datetime) -> dict[str, Any]:
    rows = artefact.versions.select_related("made_from").prefetch_related(
        "agreed_edits__done_seen_by", "baselines", "reviews", "loadings", "released_in__release__group", Prefetch("files", VersionFile.for_sealing().prefetch_related("blob__scans").order_by("pk"))
    ).order_by("-key", "-pk")
    versions, baselines = list(rows), sorted(_told(artefact, standing).select_related("settlement__decision", "version"), key=_taken)
    newest = max((v for v in versions if v.status == VersionStatus.FIXED and not is_draft(v.key)), key=lambda v: v.place, default=None)
    for version in versions:
        version.artefact = artefact
    place = for_decision([artefact], near=[artefact.group_id] if standing.belongs_to(artefact.group) else ()).get(artefact.pk)
    return {
        "artefact": artefact,
        "state": state_of(artefact, [v for v in reversed(versions) if v.status != VersionStatus.DRAFT], baselines, place),
        "versions": [_version(version, baselines, newest, place, standing, now) | {"followed": _followed(version, versions, standing)} for version in versions],
        "baselines": baselines,
        "owners": [(each.person, in_words(each.during)) for each in owners_of(artefact)],
        "offers": offers(artefact, standing, now),
    }


def _told(artefact: Artefact, standing: Standing):
    """Its baselines; before a decision is public, only to those who belong to its group."""
    return artefact.baselines if standing.belongs_to(artefact.group) else artefact.baselines.filter(settlement__decision__published_at__isnull=False)


def _followed(version: ArtefactVersion, versions: list[ArtefactVersion], standing: Standing) -> list[tuple[ArtefactVersion, list[Told]]]:
    """What was made from a version for which edits are agreed, with what differs: for whoever looks whether these are made."""
    later = [each for each in versions if each.made_from_id == version.pk and each.status != VersionStatus.WITHDRAWN] if version.agreed_edits.all() else []
    return [(each, compared(*(sides_of(readable_files(v, standing)) for v in (version, each)))) for each in later]


def _version(version: ArtefactVersion, baselines: list[Baseline], newest: ArtefactVersion | None, place: ForDecision | None, standing: Standing, now: datetime) -> dict[str, Any]:
    edits = list(version.agreed_edits.all())
    for edit in edits:
        edit.version = version
    files = [file for file in files_of(version) if may_have(file, standing)]
    for file in files:
        file.version = version
    return {
        "version": version,
        "state": state_of_version(version, baselines, newest, place),
        "files": [{"file": file, "offers": offers(file, standing, now)} for file in files],
        "reviews": sorted((each for each in version.reviews.all()), key=lambda each: -each.n),
        "hindered": _hindered(version, standing, now),
        "edits": [{"edit": edit, "offers": offers(edit, standing, now)} for edit in edits],
        "offers": offers(version, standing, now),
    }


def _hindered(version: ArtefactVersion, standing: Standing, now: datetime) -> list[str]:
    """Why a draft cannot be put forward yet, for whoever would do it: else its button would be missing without a word."""
    if version.status != VersionStatus.DRAFT or any(refusals_to_keep(version.artefact, standing, now)):
        return []
    return [str(reason) for reason in refusals_to_put_forward(version, standing, now)]
