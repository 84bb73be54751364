"""What can be done to releases: buttons."""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from artefacts import operations
from artefacts.lifecycle import ReleaseStatus
from artefacts.models import Release, ReleasedVersion
from artefacts.rules.releases import (
    held,
    may_see_release,
    refusals_to_change_release,
    refusals_to_issue,
    refusals_to_say_baselined,
    refusals_to_say_effective,
    refusals_to_take_out,
    refusals_to_withdraw_release,
)
from groups.standing import Standing
from records.clock import london_moment
from records.together import together
from records.verbs import Verb, register


def release_page(release: Release) -> str:
    return reverse("artefacts:release", args=[release.pk])


def find_release(pk: int, standing: Standing) -> Release | None:
    rows = Release.objects.select_related("group").prefetch_related("contents__version__artefact")
    found = rows.filter(pk=pk).first()
    return found if found and may_see_release(found, standing) else None


def _find_content(pk: int, standing: Standing) -> ReleasedVersion | None:
    found = ReleasedVersion.objects.select_related("release__group", "version__artefact").filter(pk=pk).first()
    return found if found and may_see_release(found.release, standing) else None


def _after_issuing(release: Release) -> list[str]:
    return [
        f"What goes out with it is frozen, for good, and public at once: {'; '.join(str(each.version) for each in held(release))}.",
        "From when it is in force is said by a notice of its own, now or later.",
    ]


@together
def _under_way(standing: Standing) -> QuerySet[Release] | None:
    """Of the groups one keeps: planned for a day, or issued and not in force."""
    groups = standing.kept_group_ids
    due = Q(status=ReleaseStatus.PLANNED, planned_on__isnull=False) | Q(status=ReleaseStatus.ISSUED, effective_on=None)
    contents = Prefetch("contents", ReleasedVersion.objects.select_related("version__artefact"))
    rows = Release.objects.filter(due, group__in=groups).select_related("group").prefetch_related(contents)
    return rows.order_by("pk") if groups else None


def _to_issue(standing: Standing, now: datetime) -> list[Release]:
    """Planned for a day: those that could go out now."""
    return [each for each in _under_way(standing, now) if each.status == ReleaseStatus.PLANNED]


def _not_in_force(standing: Standing, now: datetime) -> list[Release]:
    return [each for each in _under_way(standing, now) if each.status == ReleaseStatus.ISSUED]


def _planned_for(release: Release, standing: Standing) -> datetime | None:
    day = release.planned_on
    return london_moment(day, standing.counting.closing_time(release.group, day)) if day else None


def _form(name: str):
    return lambda release: reverse(f"artefacts:{name}", args=[release.pk])


register(
    Verb(name="artefacts.put_in", of=Release, rule=refusals_to_change_release, at=_form("put_in"), label="Put a version in"),
    Verb(
        name="artefacts.issue_release", of=Release, rule=refusals_to_issue, at=release_page, act=operations.issue_release, find=find_release,
        label=lambda release: f"Issue {release.reference}", confirms=_after_issuing, waits=_to_issue, title=lambda release: f"Issue {release}", due=_planned_for, done=lambda release: f"{release.reference} is issued, and public.",
    ),
    Verb(
        name="artefacts.change_release", of=Release, rule=refusals_to_change_release, at=_form("change_release"), look="secondary",
        label="Change what is said of it",
    ),
    Verb(
        name="artefacts.say_effective", of=Release, rule=refusals_to_say_effective, at=_form("say_effective"), label="Say from when it is in force",
        waits=_not_in_force, title=lambda release: f"{release.reference} is issued: say from when it is in force",
    ),
    Verb(
        name="artefacts.say_baselined", of=Release, rule=refusals_to_say_baselined, at=_form("say_baselined"), look="secondary",
        label="Say which decision has baselined it",
    ),
    Verb(name="artefacts.withdraw_release", of=Release, rule=refusals_to_withdraw_release, at=_form("withdraw_release"), look="link", label="Withdraw it"),
    Verb(
        name="artefacts.take_out", of=ReleasedVersion, rule=refusals_to_take_out, act=operations.take_out, find=_find_content, look="link",
        at=lambda content: release_page(content.release), label=lambda content: f"Take {content.version} out again",
        done=lambda content: f"{content.version} does not go out with it.",
    ),
)  # fmt: skip
