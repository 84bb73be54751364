"""Where a version and an artefact stand, in words: read from what happened, for page, list, desk and file alike."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from artefacts.lifecycle import ReleaseStatus, ReviewStatus, VersionStatus
from artefacts.models import AgreedEdit, Artefact, ArtefactVersion, Baseline, Release
from meetings.for_decision import ForDecision
from records.clock import LONDON
from records.dates import as_day, as_moment
from records.states import State
from records.versions import is_draft, is_same_version, key_of_version

CODES = {
    "baselined": "Baselined", "edits": "Baselined, edits being made", "forward": "Put forward", "in_review": "In review", "reviewed": "Reviewed", "for_decision": "For decision at a meeting", "issued": "Issued with a release", "superseded": "Superseded",
    "withdrawn": "Withdrawn", "draft": "Draft", "named": "Named only",
}  # fmt: skip


def state_of_version(version: ArtefactVersion, baselines: Iterable[Baseline], newest: ArtefactVersion | None, for_decision: ForDecision | None = None) -> State:
    """`baselines` are those of the artefact that may be told, as may on which agenda it is; `newest` is the artefact's newest version that is issued. Reads the prefetched reviews."""
    if version.status == VersionStatus.WITHDRAWN:
        return State("withdrawn", "Withdrawn")
    if version.status == VersionStatus.DRAFT:
        return State("draft", "Draft")
    told = next((each for each in baselines if each.version_id == version.pk), None)
    if told is not None and not is_same_version(told.label or version.label, version.label):
        return _put_and_issued(told, version.agreed_edits.all())
    if newest is not None and newest.pk != version.pk and newest.place > version.place:
        return State("superseded", f"Superseded by {newest.called}")
    by = told or next((each for each in baselines if is_same_version(each.label, version.label)), None)
    if by is not None:
        return State("baselined", f"Baselined by {by.settlement.decision.reference}")
    reviewed = _reviewed(version)
    if for_decision and is_same_version(for_decision.version, version.label) and (reviewed is None or reviewed.code != "in_review"):
        return State("for_decision", f"For decision at {for_decision.meeting}")
    return _issued(version) or reviewed or _stated(version) or State("forward", "Put forward")


def _issued(version: ArtefactVersion) -> State | None:
    """With a release, though no decision has baselined it here. Reads the prefetched releases."""
    release = version.went_out_with
    return State("issued", f"Issued with {release.reference}") if release else None


def _stated(version: ArtefactVersion) -> State | None:
    """Of one that was loaded: as the table states it. Reads the prefetched loadings."""
    if (loaded := version.loaded) is None:
        return None
    if loaded.baselined_by:
        return State("baselined", f"Baselined by {loaded.baselined_by}, as its source states")
    return State("forward", "Loaded from a library")


def _reviewed(version: ArtefactVersion) -> State | None:
    """From its last review that was not taken back."""
    last = max((each for each in version.reviews.all() if each.status != ReviewStatus.WITHDRAWN), key=lambda each: each.n, default=None)
    if last is None:
        return None
    if last.status == ReviewStatus.OPEN:
        until = cast(datetime, last.closes_at).astimezone(LONDON)
        return State("in_review", f"In review until {as_moment(until)}")
    return State("reviewed", "Reviewed" if last.log_published_at else "Reviewed; comment log not yet published")


def _put_and_issued(baseline: Baseline, edits: Iterable[AgreedEdit]) -> State:
    """It was put to the group under one label, and is issued under another when what was agreed with it is done."""
    edits, words = list(edits), f"Baselined by {baseline.settlement.decision.reference} as {baseline.label}"
    done = sum(edit.done_at is not None for edit in edits)
    if done < len(edits):
        return State("edits", f"{words}; edits being made: {done} of {len(edits)}")
    return State("baselined", words)


def state_of(artefact: Artefact, versions: list[ArtefactVersion], baselines: list[Baseline], for_decision: ForDecision | None = None) -> State:
    """Of the artefact: for decision, if a version of it is; else that of its newest baseline, else of what is put forward. `versions` and `baselines` may be told, the newest last."""
    if for_decision and _is_to_be_decided(for_decision, versions, baselines):
        since = f"; baselined by {baselines[-1].settlement.decision.reference}" if baselines else ""
        return State("for_decision", f"{for_decision.in_words}{since}")
    fixed = [each for each in versions if each.status == VersionStatus.FIXED]
    newest = max((each for each in fixed if not is_draft(each.key)), key=lambda each: each.place, default=None)
    if baselines:
        latest = baselines[-1]
        if latest.version is not None:
            said = state_of_version(latest.version, baselines, newest)
            if said.code in ("edits", "baselined"):
                return said
        reference = latest.settlement.decision.reference
        if newest is not None and newest.carries:
            return State("baselined", f"Baselined by {reference}; {newest.called} is the newest")
        return State("baselined", f"Baselined by {reference}" + (f" as version {latest.label}" if latest.label else ""))
    if fixed and newest is not None:
        called, reviewed = f"{newest.called[0].upper()}{newest.called[1:]}", _issued(newest) or _reviewed(newest) or _stated(newest)
        if reviewed is None:
            return State("forward", f"{called} is put forward")
        return State(reviewed.code, f"{called}: {reviewed.words[0].lower()}{reviewed.words[1:]}")
    return State("named", "Named in papers; no version of it is on record")


def _is_to_be_decided(place: ForDecision, versions: Iterable[ArtefactVersion], baselines: Iterable[Baseline]) -> bool:
    """Whether the version that is on the agenda is neither baselined yet nor in review."""
    tabled = next((each for each in versions if each.status == VersionStatus.FIXED and is_same_version(each.label, place.version)), None)
    if tabled is None or any(each.version_id == tabled.pk or is_same_version(each.label, tabled.label) for each in baselines):
        return False
    reviewed = _reviewed(tabled)
    return reviewed is None or reviewed.code != "in_review"


def label_received(put: str) -> str:
    """Under which label a version is issued that is baselined: 0.9 and "1.0 draft 2" become 1.0; 1.3 stays what it is."""
    key = key_of_version(put)
    if key is None:
        return ""
    numbers = key[: key.index(-1)] if is_draft(key) else key[:-1]
    if is_draft(key):
        return ".".join(map(str, [*numbers, *[0] * (2 - len(numbers))]))
    return "1.0" if not numbers or numbers[0] == 0 else put


RELEASE_CODES = {"issued": "Issued", "effective": "In force", "withdrawn": "Withdrawn"}  # of those that are public


def state_of_release(release: Release) -> State:
    """That it is in force is for the clock to say: the words name the day."""
    if release.status == ReleaseStatus.PLANNED:
        return State("planned", f"Planned for {as_day(release.planned_on)}" if release.planned_on else "Planned")
    if release.status == ReleaseStatus.WITHDRAWN:
        return State("withdrawn", "Withdrawn")
    issued = f"Issued {as_day(release.issued_at)}"
    if release.baselined_by:
        issued = f"{issued}, baselined by {release.baselined_by.reference}"
    if release.effective_on:
        return State("issued", f"{issued}, in force from {as_day(release.effective_on)}")
    return State("issued", f"{issued}; from when it is in force is to be said")
