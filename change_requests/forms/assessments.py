"""What is typed to put a change request to assessment, to answer one, to ask about it, and to say what came of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms

from change_requests.models import Assessment, AssessmentKind, AssessmentRow, Audience, ChangeRequestVersion, Response
from decisions.lifecycle import DecisionStatus
from decisions.models import Decision
from files.forms import UploadField
from records.canonical import canonical, sha256
from records.forms import Form, NameField, RecordChoice, long_text, offer
from records.window_forms import NARROW, days_field


class AssessForm(Form):
    """For how long, what is asked in particular, and on whose authority."""

    kind = forms.ChoiceField(label="What is it?", choices=AssessmentKind, widget=forms.RadioSelect, initial=AssessmentKind.IMPACT)
    days = days_field("Working days it is open")
    days_why = forms.CharField(label="Why other days than the policy says", max_length=300, required=False)
    question = long_text("A question that is asked in particular", "Everybody who sees an impact has to answer it. If left empty: none.", rows=3)
    decision = RecordChoice(lambda d: f"{d.reference}: {d.title}", label="Under which decision is it issued?", required=False, empty_label="None")
    authority = NameField(label="Or on whose authority", max_length=200, required=False, help_text="Such as: the Programme’s, as the terms of reference allow")

    mark_optional = True

    def __init__(self, version: ChangeRequestVersion, days: int, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taken = Decision.objects.filter(group=version.group, status=DecisionStatus.DETERMINED)
        named = taken.filter(settlements__subject_ref__iexact=version.change_request.reference).distinct()
        offer(self, "decision", named.order_by("-decided_on", "-pk"))
        self.policy_days = days
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


APART = "audience_"  # begins the name of the field that says who may read another one


class ResponseForm(Form):
    """What one organisation answers; and of each part, who may read it."""

    mark_optional = True
    template_name = "forms/response.html"

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
    also = forms.MultipleChoiceField(
        label="For whom else does this answer stand?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Each has answered the same then, with a receipt of its own, and everybody who answers for it is told.",
    )  # fmt: skip
    name = NameField(label="Your name", max_length=160, required=False)

    def __init__(self, row: AssessmentRow, *args, also: Sequence[AssessmentRow] = (), **kwargs):
        """`also`: the other rows of the roll for which whoever types may answer."""
        super().__init__(*args, **kwargs)
        self.others = {str(each.pk): each for each in also}
        self.fields["also"].choices = [(key, _called(each)) for key, each in self.others.items()]  # type: ignore[attr-defined]
        if not also:
            del self.fields["also"]
        self._add_audiences(bool(row.assessment.question))
        for name in ("position", "audience", "name"):
            setattr(self.fields[name], "needed", True)  # noqa: B010 (the rule says what is missing)
        if row.assessment.question:
            self.fields["answer"].label = row.assessment.question
            self.fields["answer"].help_text = "“None” is an answer. Where there is no impact, it may be left empty."
            setattr(self.fields["answer"], "needed", True)  # noqa: B010
        else:
            del self.fields["answer"]

    def _add_audiences(self, is_asked: bool) -> None:
        """For each part of the answer, who may read it, where that is not as for the whole."""
        choices = [("", "As the whole answer"), *Audience.choices]
        headings = {name: heading for name, heading in Response.headings().items() if is_asked or name != "answer"}
        for name, heading in headings.items():
            self.fields[f"{APART}{name}"] = forms.ChoiceField(label=f"{heading}: who may read it?", choices=choices, required=False, error_messages={"invalid_choice": "Choose who may read it."})
            setattr(self.fields[f"{APART}{name}"], "needed", True)  # noqa: B010 (that nothing is chosen says something)

    @property
    def apart(self) -> list[forms.BoundField]:
        """Who may read one part of it."""
        return [bound for bound in self if bound.name.startswith(APART)]

    @property
    def apart_names(self) -> list[str]:
        return [bound.name for bound in self.apart]

    @property
    def apart_is_said(self) -> bool:
        return any(bound.value() or bound.errors for bound in self.apart)

    def typed(self) -> dict[str, Any]:
        told = self.cleaned_data
        for_all = told["audience"]
        confidence = {name: told.get(f"{APART}{name}") or for_all for name in Response.FIELDS}
        return {name: told.get(name) for name in Response.FIELDS} | {"confidence": confidence}

    @property
    def stands_for(self) -> list[AssessmentRow]:
        """The other rows for which it is given, too."""
        return [self.others[key] for key in self.cleaned_data.get("also", [])]


def _called(row: AssessmentRow) -> str:
    given = f": has answered “{row.counted.get_position_display().lower()}”, and this would count instead" if row.counted else ""
    return f"{row.organisation_name} ({row.constituency_name}){given}"


class AskForm(Form):
    """A question about what is asked, of somebody who was."""

    question = long_text("Your question", "Everybody who was asked reads it with its answer. Who asked is not told to them.", rows=3)
    name = NameField(label="Your name", max_length=160, required=False)

    def __init__(self, *args, signed_in: bool = True, **kwargs):
        super().__init__(*args, prefix="ask", **kwargs)
        if signed_in:
            del self.fields["name"]


class ClarifyForm(Form):
    """The answer to it."""

    as_told = long_text("The question, as everybody reads it", "Write it so that it does not tell who asked.", rows=3)
    answer = long_text("The answer", "Everybody who was asked is told, and it is published with what came of the assessment.", rows=6)


class WhoForm(Form):
    """The name of whoever answers, where nothing else is typed."""

    name = NameField(label="Your name", max_length=160, required=False)


def digest_of(form: ResponseForm) -> str:
    """Of what a sound form says: it tells whether what is sent is what was looked at."""
    return sha256(canonical(form.typed() | {"also": sorted(row.pk for row in form.stands_for)}))


def body_of(form: ResponseForm) -> dict[str, Any]:
    """The form as it was typed, to be kept as a draft: sound or not."""
    data: Any = form.data
    return {name: data.getlist(name) for name in form.fields if name in data}


def initial_of(response: Response) -> dict[str, Any]:
    """An answer as its form shows it."""
    audiences = {name: response.audience_of(name) for name in Response.FIELDS}
    ((for_all, _),) = Counter(audiences.values()).most_common(1)
    names = {name: getattr(response, name) for name in Response.FIELDS}
    apart = {f"{APART}{name}": audience for name, audience in audiences.items() if audience != for_all}
    return names | {"audience": for_all, "name": response.submitted_name} | apart


WRITTEN_DOWN = {
    "impact": ("How large is the impact?", ""),
    "comments": ("Comments", "What is objected to, or should be considered, as it was written."),
    "cost": ("What would it cost?", "A sum or a range, or in words."),
    "effort": ("What effort would it take?", ""),
    "lead_time": ("How many months would be needed?", ""),
    "audience": ("Who may read this answer?", "Go by what was written; where nothing was, ask. It is so after the assessment is closed; the Programme and assurance read everything."),
}  # what is asked of whoever writes down what somebody else has answered


def _to_write_down(form: ResponseForm, whose: str) -> None:
    """Its questions, put to the secretary who types and not to whoever answered. `whose` position it is."""
    for name, (label, help_text) in WRITTEN_DOWN.items():
        form.fields[name].label, form.fields[name].help_text = label, help_text
    form.fields["position"].label = whose
    if "answer" in form.fields:
        form.fields["answer"].help_text = f"“{form.fields['answer'].label}” “None” is an answer. Where there is no impact, it may be left empty."
        form.fields["answer"].label = "Answer to what was asked in particular"
    choices = [(value, "No impact on them" if value == Response.Position.NO_IMPACT else label) for value, label in Response.Position.choices]
    form.fields["position"].choices = choices  # type: ignore[attr-defined]


class MailedForm(ResponseForm):
    """The same, written down by the secretariat, with the mail as it came."""

    original = UploadField(label="The mail itself", hint="As a PDF or a text, or what was attached to it. The secretariat and assurance can read it.")
    sent_from = forms.CharField(
        label="From which address did it come?", max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="A receipt goes there, and to everybody who answers for the organisation.",
    )  # fmt: skip

    field_order = ["name", "sent_from", "original"]

    def __init__(self, row: AssessmentRow, *args, **kwargs):
        super().__init__(row, *args, **kwargs)
        _to_write_down(self, f"Position of {row.organisation_name}")
        self.fields["name"].label = "Who sent it"
        if "also" in self.fields:
            self.fields["also"].label = "For which others does the mail answer, too?"


class OffRollForm(ResponseForm):
    """What somebody answers who is not on the roll."""

    team = NameField(label="For whom is it answered?", max_length=160, required=False, help_text="A Programme team, such as system integration, testing or migration; or another that was not asked.")

    field_order = ["team"]

    def __init__(self, assessment: Assessment, *args, for_others: bool = False, **kwargs):
        """`for_others`: whoever types writes down what somebody else has answered."""
        super().__init__(AssessmentRow(assessment=assessment), *args, **kwargs)
        if for_others:
            _to_write_down(self, "Their position")
            self.fields["name"].label = "Who gave the answer"
        else:
            self.fields["position"].label = "Your team’s position"
            self.fields["audience"].help_text = "After the assessment is closed. The Programme and assurance read everything. That your team answered is no secret."
        self.fields["team"].needed = True  # type: ignore[attr-defined] # the rule says what is missing


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
