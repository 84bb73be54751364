"""What is typed about releases."""

from typing import Any

from django import forms

from artefacts.lifecycle import VersionStatus
from artefacts.models import ArtefactVersion, Release
from artefacts.rules.releases import held
from decisions.models import Decision
from records.forms import DayField, Form, NameField, RecordChoice, long_text, offer


class ReleaseForm(Form):
    """What is said of a release while it is planned."""

    mark_optional = True

    code = NameField(label="Code", max_length=40, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}), help_text="Such as IR8.10; IR8.10 comes after IR8.9")
    title = NameField(label="Title", max_length=200, required=False)
    planned_on = DayField(label="When is it to be issued?", required=False)
    notes = long_text("What should readers know of it?", rows=4)
    testing = long_text("Which testing does it need?", "Regression testing, too.", rows=3)
    interfaces = long_text("Which interfaces does it affect?", rows=3)


def initial_of(release: Release) -> dict[str, Any]:
    """A release as its form shows it."""
    return {name: getattr(release, name) for name in ("code", "title", "planned_on", "notes", "testing", "interfaces")}


class PutInForm(Form):
    """Which version goes out with it."""

    version = RecordChoice(label="Version", empty_label="Choose", help_text="Of the artefacts of the group, what is put forward.")

    def __init__(self, release: Release, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        there = [each.version.artefact_id for each in held(release)]
        fixed = ArtefactVersion.objects.filter(artefact__group=release.group, status=VersionStatus.FIXED).exclude(artefact__in=there)
        offer(self, "version", fixed.select_related("artefact").order_by("artefact__name", "-key"))


class EffectiveForm(Form):
    """From when a release is in force, and by which notice."""

    on = DayField(label="From which day is it in force?", required=False)
    by_notice = NameField(label="By which notice or decision?", max_length=200, required=False, help_text="Such as: Notice 12 of 3 July 2023, or DAG-DEC60")


class BaselinedForm(Form):
    """Which decision has baselined what went out with a release."""

    decision = RecordChoice(lambda each: f"{each.reference}: {each.title}", label="Which decision has baselined it?", empty_label="Choose", required=False)

    def __init__(self, release: Release, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "decision", Decision.objects.filter(group=release.group, published_at__isnull=False).order_by("-decided_on", "-number"))


class WithdrawForm(Form):
    why = long_text("Why is it withdrawn?", "If it was issued, this is published beside it.", rows=3, max_length=300)
