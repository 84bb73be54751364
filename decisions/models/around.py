"""What belongs to a vote without being one: positions before it, what a holder says of a vote given in the seat's name, and who could not vote."""

from django.db import models

from decisions.models.voting import Cast, Choice, Question, RollRow
from groups.models import Person, Seat
from records.models import Fact, Record, one_of


class Position(Record):
    """Where a seat stands before the vote opens: private to the seat, and carried into its voting form. It counts for nothing."""

    not_sealed = "private, and binds nobody"

    question = models.ForeignKey(Question, models.PROTECT, related_name="positions")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="positions")
    choice = models.CharField(max_length=10, choices=Choice, blank=True)
    comment = models.TextField(blank=True)
    stated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "seat"], name="position_once_a_seat")]

    def __str__(self):
        return f"position of {self.seat} on the {self.question}"


class HolderAnswer(Fact):
    """What a seat's holder says of what somebody else recorded for the seat: that a vote is right, or is disputed; or that a
    silence, which stands in the roll as no objection, was none."""

    sealed_as = "holder_answer"
    sealed_fields = ("cast_id", "row_id", "agrees", "text", "made_by_id", "made_at")

    cast = models.OneToOneField(Cast, models.PROTECT, null=True, blank=True, related_name="holder_answer")
    row = models.OneToOneField(RollRow, models.PROTECT, null=True, blank=True, related_name="correction", help_text="of a silence")
    agrees = models.BooleanField()
    text = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "holder's answer"
        constraints = [
            models.CheckConstraint(condition=models.Q(agrees=True) | ~models.Q(text=""), name="holder_answer_dispute_says_why"),
            models.CheckConstraint(
                condition=models.Q(cast__isnull=False, row__isnull=True) | models.Q(cast__isnull=True, row__isnull=False, agrees=False),
                name="holder_answer_to_a_vote_or_a_silence",
            ),
        ]

    def __str__(self):
        if self.cast is None:
            return f"correction of the silence of {self.row.constituency}"
        return f"{'agreement' if self.agrees else 'dispute'} of the vote for {self.cast.row.constituency}"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()


class WhyNot(models.TextChoices):
    """Why somebody who tried could not vote."""

    CLOSED = "closed", "The vote was not open"
    NOT_YOURS = "not_yours", "The seat was not theirs to vote for"
    ABSENT = "absent", "The seat was recorded as not in attendance"
    YIELDED = "yielded", "Another stood in for the seat"


class Attempt(Fact):
    """Somebody tried to vote and could not: when, for which seat, and what they were told. Not how they would have voted."""

    sealed_as = "refused_vote"
    sealed_fields = ("row_id", "person_id", "tried_at", "why", "said")

    row = models.ForeignKey(RollRow, models.PROTECT, related_name="attempts")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    tried_at = models.DateTimeField()
    why = models.CharField(max_length=10, choices=WhyNot)
    said = models.TextField(help_text="the refusal, as it was shown")

    class Meta:
        ordering = ["pk"]
        constraints = [one_of("why", WhyNot, name="attempt_why_known")]

    def __str__(self):
        return f"refused vote for {self.row.constituency}"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()
