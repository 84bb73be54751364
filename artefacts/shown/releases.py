"""What the signed-in pages show of releases."""

from datetime import datetime
from typing import Any

from artefacts.models import Release
from artefacts.rules.releases import held, refusals_to_plan
from artefacts.states import state_of_release
from groups.models import Group
from groups.standing import Standing
from records.verbs import offers


def releases_of(group: Group, standing: Standing, now: datetime) -> dict[str, Any]:
    """Every release of the group, the last of its series first; planned ones too."""
    rows = group.releases.prefetch_related("contents__version__artefact").order_by("series", "-key")
    shown = []
    for release in rows:
        release.group = group
        shown.append({"release": release, "state": state_of_release(release), "contents": held(release)})
    return {"group": group, "rows": shown, "may_plan": not any(refusals_to_plan(group, standing, now))}


def release_page(release: Release, standing: Standing, now: datetime) -> dict[str, Any]:
    contents = held(release)
    for each in contents:
        each.release = release
    return {
        "release": release,
        "state": state_of_release(release),
        "contents": [{"content": each, "offers": offers(each, standing, now)} for each in contents],
        "offers": offers(release, standing, now),
    }
