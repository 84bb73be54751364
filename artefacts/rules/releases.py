"""Who may plan releases, fill and issue them, and say from when they are in force; when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date, datetime

from artefacts.lifecycle import RELEASE, ReleaseStatus, VersionStatus
from artefacts.models import ArtefactVersion, Release, ReleasedVersion
from artefacts.models.releases import parts_of_code
from decisions.models import Decision
from groups.models import Group
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.clock import london_date
from records.dates import as_day
from records.rules import Refusal


def may_see_release(release: Release, standing: Standing) -> bool:
    """What is only planned is the business of those who have a place in the group."""
    return standing.belongs_to(release.group)


def refusals_to_plan(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, group)


def refusals_of_release(group: Group, code: str, *, own: Release | None = None) -> Iterator[Refusal]:
    """`own` is the release that is changed, if it is not a new one."""
    series, key = parts_of_code(code)
    if key is None:
        yield Refusal("Write the code as letters and a number, such as IR8.10.", field="code")
        return
    beside = Release.objects.filter(group=group, series=series, key=key).exclude(pk=own.pk if own else 0).select_related("group")
    if same := beside.first():
        yield Refusal(f"There is a {same} already.", field="code")


def refusals_of_planned_day(planned_on: date | None, today: date, known: date | None = None) -> Iterator[Refusal]:
    """`known` is the day that was planned before: it may be over, and stays until another is given."""
    if planned_on and planned_on < today and planned_on != known:
        yield Refusal(f"{as_day(planned_on)} is over: give a day to come, or none.", field="planned_on")


def refusals_to_change_release(release: Release, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, release.group)
    if release.status != ReleaseStatus.PLANNED:
        yield Refusal(f"{capital(release)} is {release.get_status_display().lower()}: what goes out with it stays as it is.", code="state")


def refusals_of_putting_in(release: Release, version: ArtefactVersion) -> Iterator[Refusal]:
    """What goes out is fixed, of the group, and one version of each artefact."""
    if version.artefact.group_id != release.group_id:
        yield Refusal(f"{version.artefact} is not governed by {release.group}.", field="version")
    if version.status != VersionStatus.FIXED:
        yield Refusal(f"{version} is {version.get_status_display().lower()}: only what was put forward goes out.", field="version")
    for each in held(release):
        if each.version.artefact_id == version.artefact_id:
            yield Refusal(f"{each.version} is in it already: take that out first.", field="version")


def held(release: Release) -> list[ReleasedVersion]:
    """What goes out with it, by the names of the artefacts."""
    rows = [each for each in release.contents.all() if not each.taken_out]
    return sorted(rows, key=lambda each: (each.version.artefact.name.casefold(), each.pk))


def refusals_to_take_out(content: ReleasedVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_change_release(content.release, standing, now)
    if content.taken_out:
        yield Refusal(f"{content.version} was taken out already.", code="state")


def refusals_to_issue(release: Release, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, release.group)
    yield from RELEASE.refusals(release, "issue")
    contents = held(release)
    if not contents:
        yield Refusal("No version is in it yet: put in what goes out.")
    for each in contents:
        if each.version.status != VersionStatus.FIXED:
            yield Refusal(f"{each.version} is {each.version.get_status_display().lower()}: take it out.")


def refusals_to_say_effective(release: Release, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, release.group)
    if release.status != ReleaseStatus.ISSUED:
        yield Refusal(f"{capital(release)} is {release.get_status_display().lower()}: only what is issued can be in force.", code="state")


def refusals_of_effective(release: Release, on: date | None, by_notice: str) -> Iterator[Refusal]:
    if on is None:
        yield Refusal("Say from which day it is in force.", field="on")
    elif release.issued_at and on < london_date(release.issued_at):
        yield Refusal(f"It was issued on {as_day(release.issued_at)}: it cannot be in force before.", field="on")
    if not by_notice.strip():
        yield Refusal("Say by which notice or decision.", field="by_notice")
    elif (on, by_notice.strip()) == (release.effective_on, release.effective_by):
        yield Refusal("This is said already.", field="on")


def refusals_to_say_baselined(release: Release, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, release.group)
    if release.status != ReleaseStatus.ISSUED:
        yield Refusal(f"{capital(release)} is {release.get_status_display().lower()}: only what is issued is baselined.", code="state")


def refusals_of_baselining(release: Release, decision: Decision | None) -> Iterator[Refusal]:
    """It goes out as a draft and is baselined later: by a decision of its group that everybody can read."""
    if decision is None:
        yield Refusal("Choose the decision that has baselined it.", field="decision")
    elif decision.group_id != release.group_id or not decision.published_at:
        yield Refusal(f"{decision} is no published decision of {release.group}.", field="decision")
    elif decision.pk == release.baselined_by_id:
        yield Refusal("This is said already.", field="decision")
    elif decision.decided_on and release.issued_at and decision.decided_on < london_date(release.issued_at):
        yield Refusal(f"{decision} was taken on {as_day(decision.decided_on)}, before it was issued.", field="decision")


def refusals_to_withdraw_release(release: Release, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, release.group)
    yield from RELEASE.refusals(release, "withdraw")


def capital(release: Release) -> str:
    """For the beginning of a sentence."""
    return f"R{str(release)[1:]}"
