"""What is typed about papers, and handed in."""

from typing import Any

from django import forms
from django.db.models import Q

from files.forms import UploadField
from files.models import Visibility
from groups.models import Person
from meetings.models import AgendaItem, Meeting, Paper
from meetings.recipients import audience
from records.forms import DayField, Form, NameField, RecordChoice, long_text, offer

WHO = "Once it is circulated. Everyone: also the public, when the agenda is published."


class PaperForm(Form):
    """What a paper is called, who may have it, and who brings it if it is to follow."""

    mark_optional = True

    title = NameField(label="What is it called?", max_length=200, required=False, help_text="Such as: CR018, options for the transition")
    visibility = forms.ChoiceField(label="Who may have it?", choices=Visibility, initial=Visibility.PUBLIC, widget=forms.RadioSelect, help_text=WHO)
    owed_by_person = RecordChoice(
        lambda person: f"{person.name} ({person.of})" if person.of else person.name, label="If it is to follow: who brings it?", required=False, empty_label="Somebody else, or nobody",
        help_text="They are sent a link to hand it in, and are reminded on the day on which it is due.",
    )  # fmt: skip
    owed_by = NameField(label="Or somebody else", max_length=160, required=False, help_text="Shown beside the paper. The portal does not write to them.")
    due_on = DayField(label="By when?", required=False, help_text="If not with all papers of the meeting")

    def __init__(self, item: AgendaItem, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        setattr(self.fields["title"], "needed", True)  # noqa: B010 (the rule says that it is missing)
        offer(self, "owed_by_person", presenters(item.meeting))

    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("visibility", "owed_by_person", "owed_by", "due_on")}


class NewPaperForm(PaperForm):
    file = UploadField()
    version = NameField(label="Version", max_length=40, required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}), help_text="As it is printed on it, such as 0.3")

    field_order = ("title", "file", "version", "visibility", "owed_by_person", "owed_by", "due_on")


def presenters(meeting: Meeting):
    """Who can be written to: whoever is told of the meeting, or came to one of the group."""
    near = [person.pk for person in audience(meeting)]
    return Person.objects.filter(Q(pk__in=near) | Q(attendances__meeting__group=meeting.group), email__isnull=False).select_related("organisation").distinct().order_by("name", "pk")


def initial_of_paper(paper: Paper) -> dict[str, Any]:
    by_name = "" if paper.owed_by_person and paper.owed_by == paper.owed_by_person.name else paper.owed_by
    return {"title": paper.title, "visibility": paper.visibility, "owed_by_person": paper.owed_by_person, "owed_by": by_name, "due_on": paper.due_on}


class HandInForm(Form):
    """A version of a paper."""

    mark_optional = True

    file = UploadField()
    version = NameField(label="Version", max_length=40, required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}), help_text="As it is printed on it, such as 0.3")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        setattr(self.fields["file"], "needed", True)  # noqa: B010 (the rule says that it is missing)


class ByLinkForm(HandInForm):
    name = NameField(label="Your name", max_length=160, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}), help_text="It stands beside the paper, for the members.")

    field_order = ("file", "version", "name")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        setattr(self.fields["name"], "needed", True)  # noqa: B010 (the rule says that it is missing)


class CirculateForm(Form):
    """Why papers go out late, where they do."""

    why = long_text("Why are they late?", "It stands on the page of the meeting, for everybody, and for good.", rows=3, max_length=300)
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, late: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["why"]


