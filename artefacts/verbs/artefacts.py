"""What can be done to artefacts and their versions: buttons, and what waits on the desk."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from artefacts import operations
from artefacts.lifecycle import VersionStatus
from artefacts.models import AgreedEdit, Artefact, ArtefactVersion, VersionFile
from artefacts.passages import baseline_issued_by
from artefacts.rules.artefacts import (
    may_have,
    refusals_to_agree_edit,
    refusals_to_change_version,
    refusals_to_describe,
    refusals_to_detach,
    refusals_to_explain,
    refusals_to_keep,
    refusals_to_put_forward,
    refusals_to_see_edit_done,
    refusals_to_withdraw,
)
from artefacts.rules.reviews import is_asked_about
from groups.standing import Kind, Standing
from records.together import together
from records.verbs import Verb, register


def artefact_page(artefact: Artefact) -> str:
    return reverse("artefacts:artefact", args=[artefact.slug])


def version_page(version: ArtefactVersion) -> str:
    return artefact_page(version.artefact)


def find_version(pk: int, standing: Standing) -> ArtefactVersion | None:
    found = ArtefactVersion.objects.select_related("artefact__group").filter(pk=pk).first()
    return found if found and may_see_drafts(found.artefact, standing) else None


def find_file(pk: int, standing: Standing) -> VersionFile | None:
    rows = VersionFile.objects.select_related("version__artefact__group", "blob__clean_copy").prefetch_related("blob__scans")
    found = rows.filter(pk=pk).first()
    if found is None or not may_have(found, standing):
        return None
    return found if may_see_drafts(found.version.artefact, standing) or is_asked_about(found.version, standing) else None


def _find_edit(pk: int, standing: Standing) -> AgreedEdit | None:
    found = AgreedEdit.objects.select_related("version__artefact__group", "done_seen_by").filter(pk=pk).first()
    return found if found and may_see_drafts(found.version.artefact, standing) else None


def may_see_drafts(artefact: Artefact, standing: Standing) -> bool:
    """Whoever owns it, and whoever has a place in the group that governs it."""
    return standing.owns(artefact.slug) or standing.belongs_to(artefact.group)


@together
def _drafts(standing: Standing) -> QuerySet[ArtefactVersion] | None:
    """Of the artefacts one owns: what is begun and not put forward."""
    owned = [place.scope for place in standing.places if place.what == Kind.ARTEFACT_OWNER and place.scope]
    drafts = ArtefactVersion.objects.filter(artefact__slug__in=owned, status=VersionStatus.DRAFT).select_related("artefact__group")
    return drafts.prefetch_related("artefact__baselines__version__agreed_edits").order_by("pk") if owned else None


@together
def _agreed(standing: Standing) -> QuerySet[AgreedEdit] | None:
    """Agreed in the groups one keeps the record of, and not made yet."""
    groups = standing.kept_group_ids
    rows = AgreedEdit.objects.filter(version__artefact__group__in=groups, done_at=None).exclude(version__status=VersionStatus.WITHDRAWN)
    return rows.select_related("version__artefact__group", "done_seen_by").order_by("version_id", "n") if groups else None


def _edits(standing: Standing, now: datetime) -> list[AgreedEdit]:
    """Of artefacts that somebody else owns."""
    return [each for each in _agreed(standing, now) if not standing.owns(each.version.artefact.slug)]


def _after_putting_forward(version: ArtefactVersion) -> list[str]:
    return [
        f"What {version} holds is frozen, for good: it can only be followed by another version.",
        "It becomes public at once.",
        *_what_is_unexplained(version),
    ]


def _what_is_unexplained(version: ArtefactVersion) -> list[str]:
    """Of one that is made for a baseline of another version."""
    baseline = baseline_issued_by(version)
    if baseline is None or baseline.version is None:
        return []
    return [f"Every passage that differs from {baseline.version.called}, as it was put to the group, is listed in public: with the agreed edit it belongs to, or as unexplained."]


register(
    Verb(
        name="artefacts.draft_version", of=Artefact, rule=refusals_to_keep, at=lambda artefact: reverse("artefacts:draft_version", args=[artefact.slug]),
        label="Begin a version",
    ),
    Verb(
        name="artefacts.describe_artefact", of=Artefact, rule=refusals_to_describe, look="secondary", label="Describe it in the catalogue",
        at=lambda artefact: reverse("artefacts:describe", args=[artefact.slug]),
    ),
    Verb(
        name="artefacts.put_forward", of=ArtefactVersion, rule=refusals_to_put_forward, at=version_page, act=operations.put_forward, find=find_version,
        label=lambda version: f"Put {version.called} forward", confirms=_after_putting_forward, waits=_drafts, title=lambda version: f"Put {version} forward",
        done=lambda version: f"{version} is put forward, and public.",
    ),
    Verb(
        name="artefacts.change_version", of=ArtefactVersion, rule=refusals_to_change_version, look="secondary",
        at=lambda version: reverse("artefacts:change_version", args=[version.pk]), label=lambda version: f"Change the draft of {version.called}",
    ),
    Verb(
        name="artefacts.attach", of=ArtefactVersion, rule=refusals_to_change_version, look="secondary", label="Attach a file",
        at=lambda version: reverse("artefacts:attach", args=[version.pk]),
    ),
    Verb(
        name="artefacts.explain", of=ArtefactVersion, rule=refusals_to_explain, look="secondary", at=lambda version: reverse("artefacts:explain", args=[version.pk]),
        label="Say to which agreed edits its passages belong",
    ),
    Verb(
        name="artefacts.detach", of=VersionFile, rule=refusals_to_detach, act=operations.detach, find=find_file, look="link",
        at=lambda file: version_page(file.version), label=lambda file: f"Take {file.name} off again", done=lambda file: f"{file.name} is taken off.",
    ),
    Verb(
        name="artefacts.agree_edit", of=ArtefactVersion, rule=refusals_to_agree_edit, look="link",
        at=lambda version: reverse("artefacts:agree_edit", args=[version.pk]), label=lambda version: f"Write down an edit agreed for {version.called}",
    ),
    Verb(
        name="artefacts.withdraw_version", of=ArtefactVersion, rule=refusals_to_withdraw, look="link",
        at=lambda version: reverse("artefacts:withdraw_version", args=[version.pk]), label=lambda version: f"Withdraw {version.called}",
    ),
    Verb(
        name="artefacts.see_edit_done", of=AgreedEdit, rule=refusals_to_see_edit_done, act=operations.see_edit_done, find=_find_edit, look="secondary",
        at=lambda edit: version_page(edit.version), label=lambda edit: f"Edit {edit.n} is made", waits=_edits, title=lambda edit: f"See whether edit {edit.n} agreed for {edit.version} is made",
        done=lambda edit: f"Edit {edit.n} is recorded as made.",
    ),
)  # fmt: skip
