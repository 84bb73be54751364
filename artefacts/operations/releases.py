"""The verbs of releases: plan one, say what goes out with it, issue it, and say from when it is in force."""

from datetime import date, datetime

from artefacts.lifecycle import RELEASE, ReleaseStatus
from artefacts.models import ArtefactVersion, Release, ReleasedVersion
from artefacts.models.releases import code_as_kept
from artefacts.operations.artefacts import locked_version
from artefacts.rules.artefacts import refusals_of_reason
from artefacts.rules.releases import (
    refusals_of_baselining,
    refusals_of_effective,
    refusals_of_planned_day,
    refusals_of_putting_in,
    refusals_of_release,
    refusals_to_change_release,
    refusals_to_issue,
    refusals_to_plan,
    refusals_to_say_baselined,
    refusals_to_say_effective,
    refusals_to_take_out,
    refusals_to_withdraw_release,
)
from decisions.models import Decision
from groups.models import Group, User
from groups.standing import Standing
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.dates import as_day
from records.editions import issue
from records.hooks import effects_above
from records.locks import locked
from records.operations import operation
from records.rules import require


def locked_release(pk: int) -> Release:
    return locked(Release.objects.select_related("group").prefetch_related("contents__version__artefact")).get(pk=pk)


@operation
def plan_release(
    group: Group, code: str, *, title: str = "", planned_on: date | None = None, notes: str = "", testing: str = "", interfaces: str = "", by: User
) -> Release:
    """Plan a release. Only the group knows of it until it is issued."""
    group, now = locked(Group.objects).get(pk=group.pk), portal_now()
    require(refusals_to_plan(group, Standing.at(by, now), now), refusals_of_release(group, code_as_kept(code)), refusals_of_planned_day(planned_on, london_date(now)))
    return _written(Release(group=group), code, title, planned_on, notes, testing, interfaces).save_by(by, at=now)


@operation
def change_release(
    release: Release, code: str, *, title: str = "", planned_on: date | None = None, notes: str = "", testing: str = "", interfaces: str = "", by: User
) -> Release:
    """Say other things of a release while it is planned."""
    locked(Group.objects).get(pk=release.group_id)
    release, now = locked_release(release.pk), portal_now()
    require(
        refusals_to_change_release(release, Standing.at(by, now), now), refusals_of_release(release.group, code_as_kept(code), own=release),
        refusals_of_planned_day(planned_on, london_date(now), release.planned_on),
    )  # fmt: skip
    return _written(release, code, title, planned_on, notes, testing, interfaces).save_by(by, at=now)


def _written(release: Release, code: str, title: str, planned_on: date | None, notes: str, testing: str, interfaces: str) -> Release:
    release.code, release.title, release.planned_on = code_as_kept(code), title.strip(), planned_on
    release.notes, release.testing, release.interfaces = notes.strip(), testing.strip(), interfaces.strip()
    return release


@operation
def put_in(release: Release, version: ArtefactVersion, *, by: User) -> ReleasedVersion:
    """Let a version go out with a release that is planned."""
    version = locked_version(version)
    release, now = locked_release(release.pk), portal_now()
    require(refusals_to_change_release(release, Standing.at(by, now), now), refusals_of_putting_in(release, version))
    content = locked(release.contents).filter(version=version).first() or ReleasedVersion(release=release, version=version)
    content.taken_out = False
    return content.save_by(by, at=now)


@operation
def take_out(content: ReleasedVersion, *, by: User) -> ReleasedVersion:
    """Let it not go out with it."""
    release, now = locked_release(content.release_id), portal_now()
    content = locked(ReleasedVersion.objects.select_related("version__artefact")).get(pk=content.pk)
    content.release = release
    require(refusals_to_take_out(content, Standing.at(by, now), now))
    content.taken_out = True
    return content.save_by(by, at=now)


@operation
def issue_release(release: Release, *, by: User) -> Release:
    """What goes out with it is frozen, for good, and public."""
    _hold_contents(release)
    release, now = locked_release(release.pk), portal_now()
    require(refusals_to_issue(release, Standing.at(by, now), now))
    release.status, release.issued_at, release.published_at, release.published_by = RELEASE["issue"].target, now, now, by
    release.save_by(by, at=now)
    effects_above("artefacts.issue_release", release, by=by, at=now)
    _told(release, "issued", "It was issued.", by=by, at=now)
    _tell_of_contents(release, f"A version of it was issued with {release.reference}.", by=by, at=now)
    return release


def _hold_contents(release: Release) -> None:
    """The artefacts whose versions go out, before the release, as everywhere: none of these is withdrawn meanwhile."""
    for version in ArtefactVersion.objects.filter(released_in__release=release, released_in__taken_out=False).order_by("artefact_id", "pk"):
        locked_version(version)


@operation
def say_effective(release: Release, on: date | None, *, by_notice: str, by: User) -> Release:
    """Say from which day it is in force, and by which notice; a later notice may say otherwise."""
    release, now = locked_release(release.pk), portal_now()
    require(refusals_to_say_effective(release, Standing.at(by, now), now), refusals_of_effective(release, on, by_notice))
    release.effective_on, release.effective_by = on, by_notice.strip()
    release.save_by(by, at=now)
    effects_above("artefacts.say_effective", release, by=by, at=now)
    _told(release, "said effective", f"It was said from when it is in force: {as_day(on)}.", by=by, at=now)
    return release


@operation
def say_baselined(release: Release, decision: Decision | None, *, by: User) -> Release:
    """Say which decision has baselined what went out with it as a draft; a later one may be named instead."""
    release, now = locked_release(release.pk), portal_now()
    require(refusals_to_say_baselined(release, Standing.at(by, now), now), refusals_of_baselining(release, decision))
    release.baselined_by = decision
    release.save_by(by, at=now)
    _told(release, "said baselined", f"It was said that {decision} has baselined it.", by=by, at=now)
    return release


@operation
def withdraw_release(release: Release, *, why: str, by: User) -> Release:
    """Take a release back. One that was issued stays to be read, with the reason beside it."""
    _hold_contents(release)
    release, now = locked_release(release.pk), portal_now()
    require(refusals_to_withdraw_release(release, Standing.at(by, now), now), refusals_of_reason(why))
    was_issued = release.status == ReleaseStatus.ISSUED
    release.status, release.withdrawn_why = RELEASE["withdraw"].target, why.strip()
    release.save_by(by, why, at=now)
    effects_above("artefacts.withdraw_release", release, by=by, at=now)
    if was_issued:
        _told(release, "withdrawn", "It was withdrawn.", by=by, at=now)
        _tell_of_contents(release, f"{release.reference}, with which a version of it was issued, was withdrawn.", by=by, at=now)
    return release


def _told(release: Release, verb: str, why: str, *, by: User, at: datetime) -> None:
    seal(verb, release, by=by, at=at)
    issue("release", release.pk, why, by=by, at=at)


def _tell_of_contents(release: Release, why: str, *, by: User, at: datetime) -> None:
    """The artefacts of which versions went out with it say so on their pages."""
    for artefact in sorted(set(release.contents.filter(taken_out=False).values_list("version__artefact", flat=True))):
        issue("artefact", artefact, why, by=by, at=at)
