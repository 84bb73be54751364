"""What is typed about artefacts, their versions, and the edits agreed for them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import formset_factory

from artefacts.lifecycle import VersionStatus
from artefacts.models import AgreedEdit, Artefact, ArtefactVersion, Carried, FileForm, Phase
from artefacts.passages import Differing
from files.forms import UploadField
from files.models import Visibility
from records.forms import Form, NameField, NumberedField, RecordChoice, long_text, offer


class DescriptionForm(Form):
    """What the catalogue says of an artefact beside its number and name."""

    mark_optional = True

    sub_type = NameField(label="Kind of document", max_length=80, required=False, help_text="Such as: interface specification")
    phase = forms.ChoiceField(label="Phase", choices=Phase, initial=Phase.NOT_STATED, widget=forms.RadioSelect)
    streams = NumberedField(label="Work streams", noun="Work stream", blanks=2, most=40)
    aliases = NumberedField(label="Other names", noun="Name", blanks=2, most=200, help_text="Under which papers cite it, too.")


class ArtefactForm(DescriptionForm):
    """All that the catalogue says of an artefact."""

    name = NameField(label="Name", max_length=200, help_text="As papers cite it: “D-Flow and Interface Mapping”")
    document_number = NameField(label="Document number", max_length=40, required=False, help_text="Such as DES-196. Several documents may share one.")

    field_order = ("name", "document_number")


class VersionForm(Form):
    """One version of an artefact."""

    mark_optional = True

    label = NameField(label="Version", max_length=40, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}), help_text="Such as 0.9, 1.0, or “1.1 draft 2”; 8.10 comes after 8.9")
    made_from = RecordChoice(lambda version: version.called, label="Made from", required=False, empty_label="Nothing earlier")
    what_changed = long_text("What changed", rows=4)
    note = long_text("Note", "Shown beside it.", rows=2)

    def __init__(self, artefact: Artefact, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "made_from", artefact.versions.filter(status=VersionStatus.FIXED).order_by("-key"))

    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("made_from", "what_changed", "note")}


class CarriesForm(Form):
    """One thing that a version brings in."""

    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), *Carried.choices], required=False)
    reference = NameField(label="Reference", max_length=120, required=False, help_text="CR018, DIN-1066")
    authorised_by = NameField(label="Authorised by", max_length=160, required=False, help_text="A decision, or a person")

    def carried(self) -> dict[str, str] | None:
        said = {name: self.cleaned_data.get(name) or "" for name in ("kind", "reference", "authorised_by")}
        return said if any(said.values()) else None


CarriesForms = formset_factory(CarriesForm, extra=0, min_num=3, max_num=40, absolute_max=60, validate_max=True)


def initial_of(version: ArtefactVersion) -> dict[str, Any]:
    """A version as its form shows it."""
    return {name: getattr(version, name) for name in ("label", "made_from", "what_changed", "note")}


class AttachForm(Form):
    """A file, and what it is to the version."""

    file = UploadField()
    form = forms.ChoiceField(label="What is it?", choices=FileForm, initial=FileForm.CLEAN, widget=forms.RadioSelect)
    visibility = forms.ChoiceField(
        label="Who may have it?", choices=Visibility, initial=Visibility.PUBLIC, widget=forms.RadioSelect, help_text="Once the version is put forward.",
    )  # fmt: skip


class EditForm(Form):
    text = long_text("What is to be edited?", rows=4)
    agreed_where = NameField(label="Where was it agreed?", max_length=160, required=False, help_text="A paragraph of minutes, such as DAG026 4.2, or a decision")


class PassagesForm(Form):
    """To which agreed edit each passage belongs: a choice for each."""

    NONE = "none"

    def __init__(self, passages: Sequence[Differing], edits: Sequence[AgreedEdit], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.passages, self.edits = passages, {str(edit.n): edit for edit in edits}
        choices = [(self.NONE, "No agreed edit: unexplained"), *((n, f"Edit {n}: {edit.text[:60]}") for n, edit in self.edits.items())]
        for n, each in enumerate(passages, 1):
            self.fields[each.key] = forms.ChoiceField(label=f"Passage {n} belongs to", choices=choices, initial=self.NONE)

    def rows(self) -> list[tuple[Differing, Any]]:
        return [(each, self[each.key]) for each in self.passages]

    def typed(self) -> dict[str, AgreedEdit | None]:
        return {each.key: self.edits.get(self.cleaned_data[each.key]) for each in self.passages}


class WhyForm(Form):
    why = long_text("Why is it withdrawn?", "It is published beside the version.", rows=3, max_length=300)
