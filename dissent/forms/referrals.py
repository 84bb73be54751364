"""What is typed about concerns and what is passed between groups: who answers, the answer, whether it satisfies, where it goes."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from decisions.models import Decision
from dissent.models import FIVE_ANSWERS, Referral
from dissent.rules.referrals import (
    OFGEM,
    carriers,
    escalates_to_ofgem,
    kinds_for,
    may_answer,
    may_be_referred,
    seat_above,
    steering_above,
    targets,
)
from groups.forms import by_label, by_name
from groups.models import Group, Person, Seat
from groups.standing import Standing
from records.forms import DayField, Form, RecordChoice, long_text, offer

Kind = Referral.Kind
YES_NO = [("yes", "It stands meanwhile"), ("no", "It does not take effect until this is answered")]
RECENT = 60  # decisions to choose from


def by_title(decision: Decision) -> str:
    return f"{decision.reference}: {decision.title}"


def _latest(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The newest of them to choose from: a list of hundreds helps nobody."""
    return Decision.objects.filter(pk__in=decisions.order_by("-pk")[:RECENT].values("pk")).order_by("-pk")


def _five_answers(choices: list[tuple[str, str]]) -> forms.ChoiceField:
    # Not required here: the rule names the five.
    return forms.ChoiceField(
        label="The answer", choices=choices, widget=forms.RadioSelect, required=False, help_text="ToR, Decision Making i to v: these five and no other."
    )


class TakeOnForm(Form):
    owner = RecordChoice(label="Who prepares the answer?", empty_label="Choose", help_text="They and whoever raised it are told.", required=False)
    stands = forms.ChoiceField(label="The decision", choices=YES_NO, widget=forms.RadioSelect, help_text="Shown on the decision’s public page at once.")

    def __init__(self, referral: Referral, standing: Standing, *args, **kwargs):
        kwargs["initial"] = {"owner": referral.owner_id, "stands": "no" if referral.stands_meanwhile is False else "yes"}
        super().__init__(*args, **kwargs)
        offer(self, "owner", possible_owners(referral, standing))
        if referral.kind != Kind.CONCERN:
            del self.fields["stands"]

    def stands_meanwhile(self) -> bool | None:
        return self.cleaned_data["stands"] == "yes" if "stands" in self.fields else None


def possible_owners(referral: Referral, standing: Standing) -> QuerySet:
    """Who sits in the group that answers or keeps its record; of a body without seats here, in the group it came from. Not whoever raised it."""
    seated = Q(holdings__during__contains=standing.on, holdings__seat__group__in=[referral.to_group_id, referral.from_group_id])
    keeping = Q(appointments__kind="pmo", appointments__during__contains=standing.on)
    of_the_seat = Q(pk=referral.raised_by_id) | Q(holdings__seat__in=referral.seats, holdings__during__contains=standing.on)
    raised = Person.objects.filter(of_the_seat).values("pk")
    return Person.objects.filter(seated | keeping).exclude(pk__in=raised).distinct().order_by("name")


class AnswerForm(Form):
    mark_optional = True

    outcome = _five_answers([])
    answer = long_text("In your words", "It is shown with what it answers.", rows=8, required=True)
    decision = RecordChoice(by_title, label="The decision that answers it", required=False, empty_label="None", help_text="If the group took a decision on it. Both are linked.")

    def __init__(self, referral: Referral, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taken = may_answer(referral)
        offer(self, "decision", _latest(taken))
        if not taken.exists():
            del self.fields["decision"]
        if referral.kind == Kind.RECOMMENDATION:
            goes_up = steering_above(referral.to_group) is not None
            self.fields["outcome"] = _five_answers([(o.value, words) for o, words in FIVE_ANSWERS.items() if goes_up or o != "passed_to_psg"])
        else:
            del self.fields["outcome"]
            self.fields["answer"].label = "The answer"

    def typed(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {"outcome": told.get("outcome", ""), "decision": told.get("decision")}


class JudgeForm(Form):
    """Whether an answer satisfies. Where nothing lies above, it can only be accepted or left."""

    satisfied = forms.ChoiceField(label="Does the answer satisfy?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    why = long_text("If not: why?", "It is published with the decision, and goes with the concern to the group above.")


class CarryForm(Form):
    carrier = RecordChoice(by_label, label="Which representative there carries it?", widget=forms.RadioSelect, empty_label=None, required=False)

    def __init__(self, referral: Referral, standing: Standing, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.own, there = seat_above(referral, standing.on), carriers(referral.to_group.parent, standing.on)
        offer(self, "carrier", Seat.objects.filter(pk__in=[seat.pk for seat in there]).order_by("order", "pk"))
        if self.own or not there:
            del self.fields["carrier"]


class WithdrawForm(Form):
    why = long_text("Why is it withdrawn?", "It stays on record, with this reason.", rows=3)


class ReferForm(Form):
    """A recommendation or an escalation."""

    mark_optional = True

    to_group = RecordChoice(by_name, label="To which group?", empty_label="Choose")
    text = long_text("What is referred", "In words that stand alone: the other group reads nothing else.", rows=6, required=True)
    clause = forms.CharField(label="Clause of the terms of reference", max_length=300)
    decision = RecordChoice(by_title, label="The decision it is about", required=False, empty_label="None")
    due_on = DayField(label="Answer wanted by", help_text="If left empty: within the working days the other group has for a concern.", required=False)

    def __init__(self, kind: Referral.Kind, source: Group, standing: Standing, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.source = kind, source
        offer(self, "to_group", Group.objects.filter(pk__in=[group.pk for group in self._targets(standing)]))
        offer(self, "decision", _latest(may_be_referred(source)))
        self.fields["clause"].required = kind != Kind.RECOMMENDATION

    def _targets(self, standing: Standing) -> list[Group]:
        """Of those the rules know, the ones this person may refer to: for the assurer of the group, Ofgem."""
        up, keeps = escalates_to_ofgem(self.source, standing), standing.runs(self.source)
        return [group for group in targets(self.kind, self.source, standing.on) if (up if group.level == OFGEM else keeps)]

    def typed(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {name: told[name] for name in ("clause", "decision", "due_on")}


def kinds_offered(source: Group, standing: Standing) -> list[tuple[Referral.Kind, str, str]]:
    """What may be referred from here, each with its verb and what it is for."""
    words = {
        Kind.RECOMMENDATION: ("Recommend", "A working group recommends; the group above gives one of the five answers of the terms of reference."),
        Kind.ESCALATION: ("Escalate", "What cannot be settled here goes up: to the PSG, or above the Level 1 thresholds to Ofgem, by the SRO or the Independent Programme Assurance."),
    }
    return [(kind, *words[kind]) for kind in kinds_for(source, standing)]
