"""What the Chair types to determine, and the secretariat to prepare it: kept as a draft, checked, and only then recorded."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import QueryDict
from django.utils.html import escape

from decisions.models import Decision, Maker, Outcome, RollRow, Settlement
from decisions.rules.replies import advising_rows
from decisions.subjects import Subject, Terms
from decisions.typed import kind_of, worded
from records.forms import DayField, Form, NameField, NumberedField
from records.hooks import offered_from_above
from records.subjects import find


class SubjectForm(Form):
    """One thing the decision settles."""

    ref = NameField(
        label="Subject", max_length=200, required=False, help_text="CR018, or the document’s name. If left empty: none", widget=forms.TextInput(attrs={"list": "subjects"}),
    )  # fmt: skip
    version = NameField(label="Version", max_length=20, required=False)
    kind = forms.ChoiceField(label="Kind", choices=Settlement.SubjectKind, required=False, initial=Settlement.SubjectKind.CHANGE_REQUEST)
    outcome = forms.ChoiceField(label="Outcome", choices=[("", "Choose"), *Outcome.choices], required=False)
    conditions = forms.CharField(label="Subject to", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("ref") and not said.get("outcome"):
            self.add_error("outcome", f"Choose the outcome for {said['ref']}.")
        if said.get("outcome") and not said.get("ref"):
            self.add_error("ref", "Say what this outcome is about.")
        return said

    def subject(self) -> Subject | None:
        said = self.cleaned_data
        if not said.get("ref"):
            return None
        return Subject(
            said["kind"] or Settlement.SubjectKind.OTHER, said["ref"], said["outcome"], version=said["version"] or Settlement.NOT_STATED,
            conditions=said["conditions"],
        )  # fmt: skip


SubjectForms = formset_factory(SubjectForm, extra=0, min_num=1, max_num=12, absolute_max=20, validate_max=True)


class DetermineForm(Form):
    """Everything said with a determination but its subjects, which are rows of their own."""

    mark_optional = True

    revision = forms.IntegerField(widget=forms.HiddenInput)
    wording = forms.CharField(
        label="The decision, in your words", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="If left empty: it is worded from the outcomes above. You see it before anything is decided.",
    )  # fmt: skip
    consensus = forms.ChoiceField(label="Was there consensus?", choices=Decision.Consensus, widget=forms.RadioSelect, initial=Decision.Consensus.NOT_RECORDED)
    not_passed_up_why = forms.CharField(
        label="If there was none: why it is decided here and not passed to the PSG", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="ToR, Decision Making v: what the group cannot agree on may be passed up.",
    )  # fmt: skip
    reasons = NumberedField(label="Reasons", noun="Reason", blanks=2, help_text="Numbered in this order and published with the decision. Save the draft for more boxes.")
    directions = NumberedField(label="Directions given with it", noun="Direction", blanks=1, help_text="Such as a later release, or a redline that comes back to the group first.")
    what_this_means = forms.CharField(label="What this means, in plain words", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="What changes, for whom, from when, and what is still open.")
    if_not_approved = forms.CharField(label="What would have stood if it were not approved", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    determined_as = forms.CharField(label="Your capacity", max_length=120, initial="Chair, for the SRO")
    authority = forms.CharField(label="Authority", max_length=300, required=False, help_text="Such as: delegated by the SRO")
    on = DayField(label="Decided on", required=False, help_text="Leave it empty for today. The moment it is recorded is kept besides.")
    after_the_meeting = forms.BooleanField(label="It was decided after the meeting", required=False)
    review_on = DayField(label="To be reviewed on", required=False)

    def __init__(self, decision: Decision, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.decision, self.advising = decision, advising_rows(decision)
        if decision.meeting is None:
            del self.fields["after_the_meeting"]
        for row in self.advising:
            self.fields[_reply(row)] = forms.CharField(
                label=f"Reply to {row.constituency}", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_point_of(row),
            )  # fmt: skip

    @property
    def goes_with_it(self) -> bool:
        """Whether what is folded away has an error to show."""
        folded = ("what_this_means", "directions", "if_not_approved", "determined_as", "authority", "on", "after_the_meeting", "review_on")
        return any(name in self.errors for name in folded)

    @property
    def replies(self) -> list[dict[str, Any]]:
        """Whom either outcome goes against, each with the boxes for its replies."""
        told = (("approved", "reject", "advised rejecting"), ("rejected", "approve", "advised approving"))
        boxes = [(outcome, words, [self[_reply(row)] for row in self.advising if row.result == result]) for outcome, result, words in told]
        return [{"outcome": outcome, "words": words, "boxes": given, "open": any(box.value() or box.errors for box in given)} for outcome, words, given in boxes if given]

    def terms(self, subjects: list[Subject]) -> Terms:
        said = self.cleaned_data
        return Terms(
            subjects=subjects, reasons=said["reasons"], wording=said["wording"] or worded(self.decision.maker_in_words, subjects), determined_as=said["determined_as"], authority=said["authority"], on=said["on"],
            after_the_meeting=said.get("after_the_meeting", False), consensus=said["consensus"], not_passed_up_why=said["not_passed_up_why"],
            if_not_approved=said["if_not_approved"], what_this_means=said["what_this_means"], directions=said["directions"],
            replies={row.pk: said[_reply(row)] for row in self.advising if said[_reply(row)].strip()}, review_on=said["review_on"],
        )  # fmt: skip


def _reply(row: RollRow) -> str:
    return f"reply_{row.pk}"


def _point_of(row: RollRow) -> str:
    counted = row.counted
    return escape(f"“{counted.comment}”") if counted and counted.comment else "It gave no comment."


def initial_terms(decision: Decision) -> dict[str, Any]:
    """What the form starts from where no draft is kept."""
    questions = list(decision.questions.filter(status="closed", follows=None))
    return {
        "if_not_approved": decision.if_not_approved or next((q.if_not_approved for q in questions if q.if_not_approved), ""),
        "authority": decision.authority,
        "what_this_means": decision.what_this_means,
        "after_the_meeting": bool(decision.meeting),
    }


def initial_subjects(decision: Decision) -> list[dict[str, str]]:
    """What was voted on, with its version; and what approving it would rule out, as rejected: apps above know of that, or the decision says so."""
    asked = {q.subject: q.version for q in decision.questions.exclude(status="withdrawn").exclude(subject="")}
    kind = Settlement.SubjectKind
    known = find(*asked)
    rows = [{"ref": ref, "version": version, "kind": known[ref].kind if ref in known else kind_of(ref)} for ref, version in asked.items()]
    offered = [*offered_from_above("decisions.determine", decision, references=list(asked))]
    told = {each["ref"] for each in rows} | {each.ref for each in offered}
    ruled_out = [Subject(kind.CHANGE_REQUEST, ref, Outcome.REJECTED_AS_EXCLUDED, version="") for ref in decision.excluded if ref not in told]
    return rows + [{"ref": each.ref, "version": each.version, "kind": each.kind, "outcome": each.outcome} for each in (*offered, *ruled_out)]


def kept_forms(decision: Decision, body: dict, revision: int) -> tuple[DetermineForm, Any]:
    """The forms as their draft keeps them, bound."""
    kept = unkept(body)
    return DetermineForm(decision, unkept(body | {"revision": [str(revision)]})), SubjectForms(kept, prefix="subject")


def unkept(body: dict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in body.items():
        kept.setlist(name, values)
    return kept


def terms_of(form: DetermineForm, rows: Any) -> Terms:
    """What sound forms say."""
    return form.terms([subject for row in rows.forms if (subject := row.subject())])


def body_of(decision: Decision, subjects: Sequence[Subject], reasons: Sequence[str] = (), consensus: str = Decision.Consensus.NOT_RECORDED) -> dict:
    """A draft as the form would keep it, of what was said in the room: decided on the day of the meeting, at the meeting.

    Words that only say the outcomes are left to the form, which words them anew when an outcome changes.
    """
    wording = "" if decision.wording == worded(decision.maker_in_words, subjects) else decision.wording
    body = {
        "reasons": list(reasons), "wording": [wording], "consensus": [consensus],
        "determined_as": ["Chair, for the SRO" if decision.maker == Maker.SRO else f"{decision.group.code} Chair"], "authority": [decision.authority], "if_not_approved": [decision.if_not_approved],
        "on": [f"{decision.meeting.held_on:%Y-%m-%d}"] if decision.meeting else [],
        "subject-TOTAL_FORMS": [str(len(subjects))], "subject-INITIAL_FORMS": ["0"],
    }  # fmt: skip
    for n, each in enumerate(subjects):
        version = "" if each.version == Settlement.NOT_STATED else each.version
        said = {"ref": each.ref, "version": version, "kind": each.kind, "outcome": each.outcome, "conditions": each.conditions}
        body |= {f"subject-{n}-{name}": [value] for name, value in said.items()}
    return body


class PromiseForm(Form):
    on = DayField(label="The Chair decides by", help_text="By the group’s closing time on that day.")


class UntabledForm(Form):
    why = forms.CharField(label="Why was it taken all the same?", max_length=300, help_text="It is printed with the decision: “Was it on the agenda for decision?”")


class WithdrawDecisionForm(Form):
    why = forms.CharField(label="Why is it withdrawn?", max_length=300)


class LevelForm(Form):
    level = forms.TypedChoiceField(
        label="Whose decision is it?", coerce=int, widget=forms.RadioSelect,
        choices=[(3, "Level 3: the group’s own"), (2, "Level 2: the Programme Steering Group’s, unless delegated"), (1, "Level 1: Ofgem’s")],
    )  # fmt: skip
    clause = forms.CharField(label="Clause of the terms of reference", max_length=300)
    said_by = forms.CharField(label="Who says so", max_length=160)


class ReviseForm(Form):
    title = forms.CharField(label="Title", max_length=300)
    wording = forms.CharField(label="The decision, as it would be recorded", widget=forms.Textarea(attrs={"rows": 3}))


