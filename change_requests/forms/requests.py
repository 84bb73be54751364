"""What is typed about a change request, and into its versions."""

from typing import Any

from django import forms
from django.db.models import Q

from artefacts.models import Artefact
from change_requests.models import Category, ChangeRequest, ChangeRequestVersion, FileForm
from change_requests.rules.freezing import freeze_running
from change_requests.rules.requests import attachments_without_a_file, named_attachments
from files.forms import UploadField
from files.kinds import Kind
from files.models import Visibility
from groups.models import Constituency, Group, Organisation
from groups.standing import Standing
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting
from records.dates import as_day
from records.forms import DayField, Form, NameField, NumberedField, RecordChoice, long_text, offer
from records.periods import in_words

CATEGORIES = [
    (Category.NORMAL, "Normal"),
    (Category.URGENT, "Urgent: it cannot wait for the usual course"),
    (Category.DEFECT, "A defect: what is baselined is wrong"),
]


class RequestForm(Form):
    """What a change request is called and means. What it asks for is in its versions."""

    mark_optional = True

    title = NameField(label="Title", max_length=300, help_text="As the register will list it: “Registration service operating hours”")
    what_this_means = long_text("What this means, in plain words", "What would change, for whom, and why it is asked for. Somebody who does not know the design reads this first.", rows=4)
    category = forms.ChoiceField(label="Category", choices=CATEGORIES, widget=forms.RadioSelect, initial=Category.NORMAL)
    reason = long_text("If it is urgent or a defect: why", rows=2)
    outside_reference = NameField(label="Reference elsewhere", max_length=120, required=False, help_text="Such as the number of a DCUSA change it goes with")
    freeze_exception = long_text("If changes are frozen: why it cannot wait", rows=2)
    target_meeting = RecordChoice(lambda m: f"{m.code}, {as_day(m.held_on)}", label="Meeting at which it should be decided", required=False, empty_label="Not said")

    def __init__(self, group: Group, standing: Standing, *args, target: Meeting | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        to_come = Q(group=group, status=MeetingStatus.PLANNED)
        if not standing.belongs_to(group):
            to_come &= Q(pk__in=Meeting.objects.filter(group=group).public())
        chosen = Q(pk=target.pk if target else 0)  # which may have been held since
        offer(self, "target_meeting", Meeting.objects.filter(to_come | chosen).order_by("starts_at"))
        if freeze := freeze_running(group, standing):
            self.fields["freeze_exception"].label = f"Changes are frozen {in_words(freeze.during)} ({freeze.why}): why it cannot wait"
            self.fields["freeze_exception"].help_text = "It cannot be raised before this is said, and it is published."

    def typed(self) -> dict[str, Any]:
        names = ("category", "reason", "what_this_means", "outside_reference", "freeze_exception", "target_meeting")
        return {name: self.cleaned_data[name] for name in names}


class NewRequestForm(RequestForm):
    organisation = RecordChoice(label="Raised by", empty_label="Choose the organisation")

    field_order = ["title", "organisation", *RequestForm.base_fields]

    def __init__(self, group: Group, standing: Standing, *args, **kwargs):
        super().__init__(group, standing, *args, **kwargs)
        everyone = Organisation.objects.filter(fictional=group.fictional).order_by("name")
        offer(self, "organisation", everyone if standing.is_secretary_of(group) else everyone.filter(pk__in=standing.raises_for))
        if len(standing.raises_for) == 1:
            self.fields["organisation"].initial = next(iter(standing.raises_for))


class VersionForm(Form):
    """What one version asks for."""

    mark_optional = True

    label = NameField(label="Version", max_length=40, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}), help_text="Such as 1.0, then 1.1; 8.10 comes after 8.9", error_messages={"required": "Write the version as 1.0, v1.2, or 8.10."})
    dated_on = DayField(label="Day on its paper", required=False, help_text="If it is older than today: when it was written or sent.")
    what_changed = long_text("What changed since the version before", rows=3)
    issue = long_text("The issue", "What is wrong, or missing, and whom that touches.", rows=6)
    solution = long_text("The solution", "What is asked to be changed.", rows=8)
    benefits = long_text("Benefits", rows=3)
    cost = long_text("Cost and effort", rows=3)
    plan_impact = long_text("Effect on the plan", "On test dates, releases and what others do meanwhile.", rows=3)
    artefacts = forms.MultipleChoiceField(label="Artefacts it would change", required=False, widget=forms.CheckboxSelectMultiple)
    constituencies = forms.MultipleChoiceField(label="Constituencies it concerns", required=False, help_text="None ticked: all of them.", widget=forms.CheckboxSelectMultiple)
    attachments = NumberedField(label="Attachments", noun="Attachment", blanks=2, most=200, help_text="The title of each, as the text speaks of it. Save for more boxes.")

    def __init__(self, group: Group, *args, **kwargs):
        super().__init__(*args, **kwargs)
        catalogue = Artefact.objects.filter(published_at__isnull=False).order_by("name")
        self.fields["artefacts"].choices = [(each.cited, each.cited) for each in catalogue]  # type: ignore[attr-defined]
        concerned = Constituency.objects.filter(seats__group=group).distinct().order_by("name")
        self.fields["constituencies"].choices = [(each.name, each.name) for each in concerned]  # type: ignore[attr-defined]
        for name in ("artefacts", "constituencies"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]

    def typed(self) -> dict[str, Any]:
        told = self.cleaned_data
        names = (*ChangeRequestVersion.TEXTS, "what_changed", "dated_on")
        return {name: told[name] for name in names} | {name: told.get(name, []) for name in ("artefacts", "constituencies")}


class AttachForm(Form):
    """A file, and what it is to the version."""

    file = UploadField()
    what = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect)
    visibility = forms.ChoiceField(label="Who may have it?", choices=Visibility, initial=Visibility.PUBLIC, widget=forms.RadioSelect, help_text="Once the version is fixed.")

    def __init__(self, version: ChangeRequestVersion, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.named = {str(each.pk): each for each in named_attachments(version)}
        without = {each.pk for each in attachments_without_a_file(version)}
        kept = [(key, f"“{each.title}”{'' if each.pk in without else ', in place of the file that is there'}") for key, each in self.named.items()]
        others = [(FileForm.ATTACHMENT, "An attachment that is not named yet: it goes by the name of the file"), *FileForm.choices[:2]]
        self.fields["what"].choices = [*kept, *others]  # type: ignore[attr-defined]
        self.fields["what"].initial = next((str(pk) for pk in without), FileForm.ATTACHMENT)

    def told(self) -> dict[str, Any]:
        """What the verb takes besides the file."""
        what = self.cleaned_data["what"]
        attachment = self.named.get(what)
        return {"form": FileForm.ATTACHMENT if attachment else what, "attachment": attachment, "visibility": self.cleaned_data["visibility"]}


class BringForm(Form):
    """The Word form, filled in."""

    file = UploadField(kinds=[Kind.DOCX], label="The form, filled in")


def initial_of(version: ChangeRequestVersion) -> dict[str, Any]:
    """A version as its form shows it."""
    names = ("label", "dated_on", "what_changed", *ChangeRequestVersion.TEXTS, "artefacts", "constituencies")
    return {name: getattr(version, name) for name in names} | {"attachments": [each.title for each in version.attachments.all() if not each.dropped]}


class WhyForm(Form):
    why = long_text("Why?", "It is published beside the change request.", rows=3, max_length=300)


class ExcludeForm(Form):
    other = RecordChoice(lambda request: request.called, label="The other change request", empty_label="Choose")
    why = long_text("Why can only one of them be approved?", rows=3, max_length=300)

    def __init__(self, request: ChangeRequest, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "other", ChangeRequest.objects.exclude(pk=request.pk).exclude(published_at=None).order_by("-number"))
