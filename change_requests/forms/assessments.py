"""What is typed to put a change request to assessment, to answer one, and to say what came of it."""

from typing import Any

from django import forms

from change_requests.models import Assessment, AssessmentKind, AssessmentRow, Audience, ChangeRequestVersion, Response
from decisions.lifecycle import DecisionStatus
from decisions.models import Decision
from records.canonical import canonical, sha256
from records.forms import Form, NameField, RecordChoice, long_text, offer
from records.window_forms import NARROW, days_field


class AssessForm(Form):
    """For how long, what is asked in particular, and on whose authority."""

    kind = forms.ChoiceField(label="What is it?", choices=AssessmentKind, widget=forms.RadioSelect, initial=AssessmentKind.IMPACT)
    days = days_field("Working days it is open")
    days_why = forms.CharField(label="Why other days than the policy says", max_length=300, required=False)
    question = long_text("A question that is asked in particular", "Everybody who sees an impact has to answer it. Empty: none.", rows=3)
    decision = RecordChoice(lambda d: f"{d.reference}: {d.title}", label="Under which decision is it issued?", required=False, empty_label="None")
    authority = NameField(label="Or on whose authority", max_length=200, required=False, help_text="Such as: the Programme’s, as the terms of reference allow")

    mark_optional = True

    def __init__(self, version: ChangeRequestVersion, days: int, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taken = Decision.objects.filter(group=version.group, status=DecisionStatus.DETERMINED)
        named = taken.filter(settlements__subject_ref__iexact=version.change_request.reference).distinct()
        offer(self, "decision", named.order_by("-decided_on", "-pk"))
        self.fields["days"].initial = days
        self.fields["days"].help_text = f"The policy is {days}. It closes at the group’s closing time on the last of them."


COMMON = ("cost", "effort", "lead_time", "test_dates", "alternatives")
ABOUT = {
    "impact": ("How large is the impact on you?", ""),
    "cost": ("What would it cost you?", "A sum or a range, or in words."),
    "effort": ("What effort would it take?", ""),
    "test_dates": ("What would it do to test dates?", ""),
    "alternatives": ("Is there a better way?", ""),
    "comments": ("Comments", "What you object to, or what should be considered."),
}


class ResponseForm(Form):
    """What one organisation answers; and of each field, who may read it."""

    mark_optional = True

    position = forms.ChoiceField(label="Your organisation’s position", choices=Response.Position, widget=forms.RadioSelect, required=False)
    impact = forms.ChoiceField(label=ABOUT["impact"][0], choices=[("", "Not said"), *Response.Impact.choices], required=False)
    answer = long_text("", rows=3)
    comments = long_text(*ABOUT["comments"], rows=5)
    cost = long_text(*ABOUT["cost"], rows=2)
    effort = long_text(*ABOUT["effort"], rows=2)
    lead_time = forms.IntegerField(label="How many months would you need?", min_value=0, max_value=120, required=False, widget=forms.TextInput(attrs=NARROW))
    test_dates = long_text(*ABOUT["test_dates"], rows=2)
    alternatives = long_text(*ABOUT["alternatives"], rows=2)
    audience = forms.ChoiceField(
        label="Who may read this answer?", choices=Audience, widget=forms.RadioSelect, initial=Audience.EVERYONE, error_messages={"required": "Choose who may read it."},
        help_text="After the assessment is closed. The Programme and assurance read everything. That your organisation answered is no secret.",
    )  # fmt: skip
    confidential = forms.MultipleChoiceField(
        label="What in it is for the Programme and assurance alone?", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[*Response.headings().items()],
    )  # fmt: skip
    name = NameField(label="Your name", max_length=160, required=False)

    def __init__(self, row: AssessmentRow, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("position", "audience", "name"):
            setattr(self.fields[name], "needed", True)  # noqa: B010 (the rule says what is missing)
        if row.assessment.question:
            self.fields["answer"].label = row.assessment.question
        else:
            del self.fields["answer"]
            self.fields["confidential"].choices = [each for each in self.fields["confidential"].choices if each[0] != "answer"]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        told = self.cleaned_data
        for_all = told["audience"]
        confidence = {name: Audience.PROGRAMME if name in told["confidential"] else for_all for name in Response.FIELDS}
        return {name: told.get(name) for name in Response.FIELDS} | {"confidence": confidence}


class WhoForm(Form):
    """The name of whoever answers, where nothing else is typed."""

    name = NameField(label="Your name", max_length=160, required=False)


def digest_of(form: ResponseForm) -> str:
    """Of what a sound form says: it tells whether what is sent is what was looked at."""
    return sha256(canonical(form.said()))


def body_of(form: ResponseForm) -> dict[str, Any]:
    """The form as it was typed, to be kept as a draft: sound or not."""
    data: Any = form.data
    return {name: data.getlist(name) for name in form.fields if name in data}


def initial_of(response: Response) -> dict[str, Any]:
    """An answer as its form shows it."""
    confidential = [name for name, audience in response.confidence.items() if audience == Audience.PROGRAMME]
    open_ones = {response.audience_of(name) for name in Response.FIELDS} - {Audience.PROGRAMME}
    audience = Audience.PARTICIPANTS if Audience.PARTICIPANTS in open_ones else Audience.EVERYONE if open_ones else Audience.PROGRAMME
    names = {name: getattr(response, name) for name in Response.FIELDS}
    return names | {"audience": audience, "confidential": confidential if open_ones else [], "name": response.submitted_name}


class MailedForm(ResponseForm):
    """The same, written down by the secretariat."""

    field_order = ["name"]

    def __init__(self, row: AssessmentRow, *args, **kwargs):
        super().__init__(row, *args, **kwargs)
        self.fields["name"].label = "Who sent it"


class ThemeForm(Form):
    title = NameField(label="Theme", max_length=200, help_text="In a few words: “Overnight batches”")
    text = long_text("What the answers say", rows=4)
    rows = forms.TypedMultipleChoiceField(label="Answers it is made of", coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, assessment: Assessment, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = [row for row in assessment.roll.prefetch_related("responses") if row.counted]
        self.fields["rows"].choices = [(row.pk, f"{row.organisation_name} ({row.constituency_name}): {row.counted.get_position_display().lower()}") for row in rows]  # type: ignore[attr-defined,union-attr]


class ReplyForm(Form):
    text = long_text("Your reply", "It is published with the theme.", rows=5)
