"""What is typed to put a question before the seats."""

from typing import Any

from django import forms

from decisions.lifecycle import LONGEST_WINDOW, DecisionStatus
from decisions.models import Decision, Question
from groups.models import Group
from groups.policies import Key, working_days
from meetings.lifecycle import ItemStatus, MeetingStatus
from meetings.models import AgendaItem
from records.forms import Form, NameField, RecordChoice, offer

ROOM, OBJECTIONS, WINDOW = "room", "objections", "window"


def _long(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class QuestionForm(Form):
    """What is asked, what exactly is voted on, and what stands otherwise."""

    mark_optional = True

    wording = forms.CharField(
        label="The question", widget=_long(2), max_length=2000,
        help_text="One question, answered by approve, reject or abstain: “Should CR018 version 1.8 be approved?”",
    )  # fmt: skip
    subject = NameField(
        label="What is voted on", max_length=200, help_text="CR018, or the document’s name", widget=forms.TextInput(attrs={"list": "subjects"}),
    )  # fmt: skip
    version = NameField(label="Version", max_length=20, required=False, help_text="Exactly the version before the seats: 1.8")
    consulted_version = NameField(label="Version consulted on", max_length=20, required=False, help_text="If another one was consulted on or assessed")
    changed_since = forms.CharField(label="What changed since that version", widget=_long(), required=False)
    if_not_approved = forms.CharField(label="What stands if it is not approved", widget=_long(), required=False, help_text="Representatives ask this first.")
    window = forms.ChoiceField(
        label="How are the seats asked?", widget=forms.RadioSelect,
        choices=[
            (ROOM, "By a vote in the room, from when you open it until you close it"),
            (OBJECTIONS, "In the room, whether anybody objects: a seat that is there and says nothing does not"),
            (WINDOW, "By a vote outside a meeting, within a number of working days"),
        ],
    )  # fmt: skip
    window_days = forms.IntegerField(
        label="Working days the vote stays open", required=False, min_value=1, max_value=LONGEST_WINDOW,
        help_text="Only outside a meeting. It closes at the group’s closing time on the last of them.",
    )  # fmt: skip
    follow_up = forms.CharField(
        label="A second question on the same form", widget=_long(2), max_length=2000, required=False,
        help_text="Such as taking another matter apart from it. It has a count of its own. Asked with “Should it …?”, it is answered by yes or no.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("window") == WINDOW and not said.get("window_days") and "window_days" not in self.errors:
            self.add_error("window_days", "Say how many working days the vote stays open.")
        if said.get("window") == OBJECTIONS and said.get("follow_up"):
            self.add_error("follow_up", "Only a vote has a second question: ask for objections to each on its own.")
        if said.get("changed_since") and not said.get("consulted_version"):
            self.add_error("consulted_version", "Say which version was consulted on.")
        return said

    def asked(self) -> dict[str, Any]:
        """What the verbs take."""
        said = self.cleaned_data
        names = ("wording", "subject", "version", "consulted_version", "changed_since", "if_not_approved")
        basis = Decision.Basis.NO_OBJECTIONS if said["window"] == OBJECTIONS else Decision.Basis.VOTE
        return {name: said[name] for name in names} | {"window_days": said["window_days"] if said["window"] == WINDOW else None, "basis": basis}


class NewQuestionForm(QuestionForm):
    """The same, with the decision it advises on."""

    decision = RecordChoice(
        lambda d: f"{d.reference}: {d.title}", label="The decision it advises on", required=False, empty_label="A new one, worded below",
    )  # fmt: skip
    title = forms.CharField(label="Title of the decision", max_length=300, required=False, help_text="As the register will list it: “CR018: registration service operating hours”")
    decision_wording = forms.CharField(
        label="The decision, as it would be recorded", widget=_long(2), required=False,
        help_text="Typed once and shown everywhere: “The SRO approved CR018 version 1.8 (Registration service operating hours)”. The Chair may decide otherwise.",
    )  # fmt: skip
    item = RecordChoice(lambda i: f"{i.meeting.code}, item {i.number}: {i.title}", label="Agenda item", required=False, empty_label="None: decided outside a meeting")
    excludes = NameField(label="What approving it would rule out", max_length=200, required=False, help_text="References, such as CR017")
    place = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ["decision", "title", "decision_wording", "item", "excludes", *QuestionForm.base_fields]

    def __init__(self, group: Group, on, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group
        waiting = Decision.objects.filter(group=group, status__in=(DecisionStatus.DRAFT, DecisionStatus.TABLED)).select_related("meeting")
        offer(self, "decision", waiting.order_by("-pk"))
        items = AgendaItem.objects.filter(meeting__group=group, meeting__published_at=None).exclude(meeting__status=MeetingStatus.CANCELLED)
        items = items.exclude(status=ItemStatus.TAKEN_OFF)
        offer(self, "item", items.select_related("meeting").order_by("-meeting__starts_at", "number"))
        for name in ("title", "decision_wording"):
            setattr(self.fields[name], "needed", True)  # noqa: B010 (unless a decision is chosen that is worded already)
        self.fields["window_days"].initial = working_days(group, Key.WINDOW, on)
        self.fields["window"].initial = ROOM

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("decision"):
            for name, words in (("title", "Give the decision a title."), ("decision_wording", "Word the decision, or choose one that is worded already.")):
                if not said.get(name):
                    self.add_error(name, words)
        return said


class OpenForm(Form):
    """A button; and which papers were to go out when it was looked at."""

    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)


class WithdrawForm(Form):
    why = forms.CharField(label="Why is it withdrawn?", widget=_long(), max_length=300, help_text="Everyone it was put to is told.")


def initial_of(question: Question, rider: Question | None) -> dict[str, Any]:
    """A draft as its form shows it."""
    names = ("wording", "subject", "version", "consulted_version", "changed_since", "if_not_approved", "window_days")
    return {name: getattr(question, name) for name in names} | {
        "window": OBJECTIONS if question.asks_for_objections else ROOM if question.in_the_room else WINDOW,
        "follow_up": rider.wording if rider else "",
    }
