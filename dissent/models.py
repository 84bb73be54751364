"""ANSWERED: what representatives say against a decision or how it is taken, and what groups put to each other; and the answers."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from decisions.models import Decision, Outcome
from dissent.lifecycle import ConcernStatus, ReferralStatus
from groups.models import Group, Person, Seat
from meetings.models import AgendaItem, Paragraph
from records.models import Fact, Record, one_of

# ToR, Decision Making i to v: how a recommendation is answered, and no other way.
FIVE_ANSWERS = {
    Outcome.APPROVED: "Accepted",
    Outcome.REJECTED: "Rejected",
    Outcome.SENT_BACK: "Sent back for more work or analysis",
    Outcome.APPROVED_SUBJECT_TO: "Accepted subject to more work",
    Outcome.PASSED_TO_PSG: "Passed to the PSG: the threshold for Ofgem is met, or there is no consensus",
}


class Ruling(Record):
    """A procedural ruling by the Chair, such as taking one matter apart from another."""

    sealed_with = "procedural_concern"
    sealed_fields = ("text", "given_on")
    unsealed: ClassVar[dict[str, str]] = {
        "item_id": "that of its decision", "decision_id": "that of the concern", "paragraph_id": "the minutes show it", "given_by_id": "the entry says by whom",
    }  # fmt: skip

    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="rulings")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="rulings")
    paragraph = models.OneToOneField(Paragraph, models.PROTECT, null=True, blank=True, related_name="ruling")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="rulings")
    text = models.TextField()
    given_on = models.DateField()

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False) | Q(decision__isnull=False), name="ruling_is_on_an_item_or_a_decision"
            )
        ]

    def __str__(self):
        return f"ruling on {self.item or self.decision}"


class Statement(Fact):
    """A representative's own statement of position, published unedited beside the reasons."""

    sealed_as = "statement"
    sealed_fields = ("decision_id", "seat_id", "made_by_id", "made_at", "text")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="statements")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="statements")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="statements")
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["decision", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "seat"], name="statement_once_a_seat")]

    def __str__(self):
        return f"statement of {self.seat} on {self.decision}"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()


class ProceduralConcern(Record):
    """A concern about how a decision is being taken, raised before it: "not asked to review", "papers late"."""

    sealed_as = "procedural_concern"
    sealed_fields = ("decision_id", "seat_id", "raised_by_id", "raised_at", "text", "status", "answer")
    unsealed: ClassVar[dict[str, str]] = {"ruling_id": "the words of the ruling are"}

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="procedural_concerns")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="procedural_concerns")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="procedural_concerns")
    raised_at = models.DateTimeField()
    text = models.TextField()
    status = models.CharField(max_length=10, choices=ConcernStatus, default=ConcernStatus.RAISED)
    answer = models.TextField(blank=True)
    ruling = models.ForeignKey(Ruling, models.PROTECT, null=True, blank=True, related_name="concerns")

    class Meta:
        ordering = ["decision", "pk"]
        constraints = [
            one_of("status", ConcernStatus, name="concern_status_known"),
            models.CheckConstraint(condition=~Q(status="ruled_on") | ~Q(answer=""), name="concern_ruled_on_has_an_answer"),
        ]

    def sealed(self):
        return super().sealed() | {"ruling": self.ruling.sealed() if self.ruling else None}

    def __str__(self):
        return f"procedural concern of {self.seat} on {self.decision}"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()


class ReferralQuerySet(models.QuerySet):
    def with_what_it_came_from(self):
        """What each was carried or passed up from, however many there are: a query for each level of governance, no more."""
        told = ("to_group__parent", "from_group", "raised_by_seat", "origin_decision", "owner")
        before = Referral.objects.select_related(*told)
        below = before.prefetch_related(models.Prefetch("carried_from", before.prefetch_related("carried_from")))
        return self.prefetch_related(models.Prefetch("carried_from", below))


class Referral(Record):
    """Something passed from one group to another, and what came back; linked both ways.

    A recommendation comes up from a working group; an escalation goes up for want of consensus; a
    concern follows a decision and may be carried to
    the PSG via a constituency representative (ToR, Decision Making). What is carried or passed up is a
    row of its own there, and `carried_to` leads to it.
    """

    class Kind(models.TextChoices):
        RECOMMENDATION = "recommendation", "Recommendation"
        ESCALATION = "escalation", "Escalation"
        CONCERN = "concern", "Significant concern"

    sealed_as = "referral"
    sealed_fields = (
        "kind", "from_group_id", "to_group_id", "raised_by_seat_id", "raised_at", "origin_decision_id", "text", "status", "answer", "answer_outcome", "answered_at", "answer_decision_id", "stands_meanwhile", "owner_id", "due_on",
        "disputed_at", "not_satisfied_why", "clause", "carrier_id", "carried_to_id", "raised_by_id", "item_id", "answered_by_id",
    )  # fmt: skip

    kind = models.CharField(max_length=14, choices=Kind)
    from_group = models.ForeignKey(Group, models.PROTECT, related_name="referrals_out")
    to_group = models.ForeignKey(Group, models.PROTECT, related_name="referrals_in")
    raised_by_seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="referrals")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="referrals")
    raised_at = models.DateTimeField()
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="referrals")
    origin_decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="referrals")
    text = models.TextField()
    clause = models.CharField(max_length=300, blank=True, help_text="the clause of the terms of reference it rests on")
    stands_meanwhile = models.BooleanField(null=True, blank=True, help_text="whether the decision stands until it is answered")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="owned_referrals")
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=14, choices=ReferralStatus, default=ReferralStatus.RAISED)
    answer = models.TextField(blank=True)
    answer_outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True, help_text="when it was said that the answer does not satisfy")
    not_satisfied_why = models.TextField(blank=True)
    answer_decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="answers")
    carrier = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="carried")
    carried_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_from")

    objects: ClassVar[Any] = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            one_of("status", ReferralStatus, name="referral_status_known"),
            # A concern is put to the group that decided; everything else goes from one group to another.
            models.CheckConstraint(
                condition=~Q(from_group=models.F("to_group")) | Q(kind="concern"), name="referral_between_two_groups"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["answered", "accepted", "not_satisfied"]) | ~Q(answer=""), name="referral_answered_has_an_answer"
            ),
            models.CheckConstraint(
                condition=~Q(kind="concern") | Q(origin_decision__isnull=False), name="referral_concern_has_its_decision"
            ),
            # ToR, Decision Making i to v: the five answers to a recommendation.
            models.CheckConstraint(
                condition=~Q(kind="recommendation")
                | Q(answer_outcome__in=["", "approved", "rejected", "sent_back", "approved_subject_to", "passed_to_psg"]),
                name="referral_recommendation_has_five_answers",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still wants an answer that satisfies: of its own group, or of the one it was carried to."""
        return self.last.status in (ReferralStatus.RAISED, ReferralStatus.NOT_SATISFIED)

    @property
    def last(self) -> "Referral":
        """Itself, or where it lies now: what it was carried or passed up as."""
        return self.carried_to.last if self.carried_to else self

    @property
    def earlier(self) -> list["Referral"]:
        """What it was carried or passed up from, the first one first."""
        if self.from_group_id == self.to_group_id:  # raised where it lies
            return []
        below = next(iter(self.carried_from.all()), None)
        return [*below.earlier, below] if below else []

    @property
    def groups(self) -> list[Group]:
        """The groups it concerns: those it went between, and those it came up from."""
        return list({group.pk: group for r in (*self.earlier, self) for group in (r.from_group, r.to_group)}.values())

    @property
    def seats(self) -> list[Seat]:
        """The seats that speak for it: whichever raised it first, and whichever carried it."""
        return list({r.raised_by_seat_id: r.raised_by_seat for r in (*self.earlier, self) if r.raised_by_seat}.values())

    @property
    def answer_in_words(self) -> str:
        """ "Accepted subject to more work": of a recommendation, in the words of the terms of reference."""
        return FIVE_ANSWERS.get(Outcome(self.answer_outcome), "") if self.answer_outcome else ""

    def __str__(self):
        return f"{self.get_kind_display().lower()} from {self.from_group} to {self.to_group}"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()
