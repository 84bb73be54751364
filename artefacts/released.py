"""What an edition of a release holds, and how it goes on the shelf."""

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from artefacts.finding import number_and_name
from artefacts.models import ArtefactVersion, Carried, Release, ReleasedVersion, ReleaseEdition, VersionFile
from artefacts.rules.releases import held
from artefacts.states import state_of_release
from files.models import Visibility
from records.clock import london_date, london_moment
from records.editions import Body, Shelved, body_of, parts_of, upgrade_of
from records.references import key_of


def _shelve(body: Body) -> Shelved:
    effective = london_moment(date.fromisoformat(body["effective_on"]), time.min) if body["effective_on"] and body["state"] == "issued" else None
    carried = sorted({each["reference"] for version in body["versions"] for each in version["carries"]})
    return Shelved(
        title=body["title"] or f"Release {body['reference']}", summary=body["state_in_words"], group=body["group"], sort_on=date.fromisoformat(body["issued_on"]),
        address=reverse("register:release", args=[body["reference"]]), order=".".join(f"{part:09}" for part in body["key"])[:40], state=body["state"],
        known_as=body["code"], state_until=effective, state_then="effective" if effective else "",
        facets={
            "code": body["code"], "title": body["title"], "effective_on": body["effective_on"], "carries": carried,
            "contents": [{"artefact": each["artefact"], "label": each["label"], "cited": each["cited"]} for each in body["versions"]],
            "artefacts": sorted({key_of(name) for each in body["versions"] for name in (each["cited"], *number_and_name(each["cited"])) if name}),
        },
        named=(body["code"], *(each["cited"] for each in body["versions"])),
        words=(body["notes"], body["testing"], body["interfaces"], *(each["what_changed"] for each in body["versions"])),
    )  # fmt: skip


@body_of(ReleaseEdition, _shelve)
def release_body(pk: int) -> Body | None:
    """A release from its issue on: what went out with it, as it was then, and from when it is in force."""
    files = Prefetch("contents__version__files", VersionFile.for_sealing().order_by("pk"))
    release = Release.objects.select_related("group", "baselined_by").prefetch_related("contents__version__artefact", files).get(pk=pk)
    if not release.published_at or not release.issued_at:
        return None
    state = state_of_release(release)
    return {
        "reference": release.reference,
        "code": release.code,
        "key": release.key,
        "group": release.group.code,
        "title": release.title,
        "state": state.code,
        "state_in_words": state.words,
        "planned_on": release.planned_on,
        "issued_at": release.issued_at,
        "issued_on": london_date(release.issued_at),
        "effective_on": release.effective_on,
        "effective_by": release.effective_by,
        "baselined_by": release.baselined_by.reference if release.baselined_by else None,
        "withdrawn_why": release.withdrawn_why,
        "notes": release.notes,
        "testing": release.testing,
        "interfaces": release.interfaces,
        "versions": [_version(each) for each in held(release)],
        **parts_of("release", release),
    }


@upgrade_of("release")
def with_its_baseline(body: Body) -> Body:
    """Form 1 knew of no decision that baselines a release."""
    return {"baselined_by": None} | body


def by_reference(words: str, references: Iterable[str]) -> str:
    """Releases named by their reference, in words that were written when they went by their code alone: "Issued with REH-IR1.0"."""
    for reference in references:
        words = re.sub(rf"(?<![\w.-]){re.escape(reference.rpartition('-')[2])}(?![\w-]|\.\d)", reference, words)
    return words


def _version(content: ReleasedVersion) -> dict[str, Any]:
    version: ArtefactVersion = content.version
    public = [each for each in version.files.all() if not each.dropped and each.visibility == Visibility.PUBLIC]
    return {
        "artefact": version.artefact.slug,
        "cited": version.artefact.cited,
        "label": version.label,
        "called": version.called,
        "what_changed": version.what_changed,
        "carries": [each | {"kind_in_words": Carried(each["kind"]).label} for each in version.carries],
        "files": [each.told() | {"form": each.form, "form_in_words": each.get_form_display()} for each in public],
    }
