"""What is typed about where a change request is implemented."""

from typing import Any

from artefacts.lifecycle import ReleaseStatus, VersionStatus
from artefacts.models import Release
from change_requests.models import Implementation
from change_requests.rules.implementing import carries
from decisions.models import Decision
from records.forms import DayField, Form, RecordChoice, offer


class ImplementForm(Form):
    """In which version and with which release an artefact follows, and which decision has set the date."""

    mark_optional = True

    version = RecordChoice(lambda version: version.called.capitalize(), label="Version", required=False, empty_label="None yet", help_text="Of those that say they carry it.")
    release = RecordChoice(lambda release: release.reference, label="Release", required=False, empty_label="None yet")
    dated_on = DayField(label="Implementation date", required=False, help_text="If a decision has set one. From when a release is in force is said there.")
    dated_by = RecordChoice(lambda decision: f"{decision.reference}: {decision.title}", label="Set by the decision", required=False, empty_label="None")

    def __init__(self, implementation: Implementation, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        artefact = implementation.artefact
        fixed = artefact.versions.filter(status=VersionStatus.FIXED)
        offer(self, "version", fixed.filter(pk__in=[each.pk for each in fixed if carries(each, implementation.change_request)]).order_by("-key"))
        offer(self, "release", Release.objects.filter(group=artefact.group_id).exclude(status=ReleaseStatus.WITHDRAWN).order_by("series", "-key"))
        offer(self, "dated_by", Decision.objects.filter(group=implementation.group, published_at__isnull=False).order_by("-decided_on", "-number"))


def initial_of(implementation: Implementation) -> dict[str, Any]:
    """What is on record, as the form shows it."""
    return {name: getattr(implementation, name) for name in ("version", "release", "dated_on", "dated_by")}
