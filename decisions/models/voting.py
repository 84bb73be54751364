"""What is put to seats, the roll of them, and what each said."""

import re
from collections import Counter
from itertools import groupby
from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models.decision import MINUTED, Decision
from groups.models import Person, Seat
from meetings.models import AgendaItem, Paragraph
from records.clock import PortalNow
from records.models import Fact, Origin, Record, both_or_neither, one_of
from records.windows import Window, window_constraints


class Choice(models.TextChoices):
    APPROVE = "approve", "Approve"
    REJECT = "reject", "Reject"
    ABSTAIN = "abstain", "Abstain"


# How a second question begins, or goes on after a condition, where it is to be answered by yes or no.
ASKS_YES_OR_NO = re.compile(r"(?:^|[,:;] )(?:shall|should|do|does|did|is|are|was|were|has|have|can|could|may|might|must|will|would)\b", re.IGNORECASE)
YES, NO = "Yes", "No"


class QuestionQuerySet(models.QuerySet):
    def over(self):
        """Closed, or past its closing second though no sweep has recorded that yet: read from the database's clock."""
        past = Q(status=QuestionStatus.OPEN, closes_at__lte=PortalNow())
        return self.filter(Q(status=QuestionStatus.CLOSED) | past)


# Of a question, what froze when it opened and is not told in words.
FROZEN = (
    "group_id", "decision_id", "follows_id", "basis", "window_days", "reason_for_rejecting", "tally_hidden", "alternates_vote", "holder_yields", "origin",
)  # fmt: skip


class Question(Window, Record):
    """What is put to seats: the wording, what exactly is voted on, and the window. All of it freezes when it opens."""

    sealed_as = "question"
    unsealed: ClassVar[dict[str, str]] = {
        "item_id": "its decision and the minutes say where it was put",
        "paragraph_id": "its place in the minutes passes to the question that is put again",
        "status": "each entry says what became of it",
        "tally": "a fact of the entry of the close, and counted again by the verifier",
        "close_recorded_at": "when the clock came to it; it closed at the moment that is sealed",
        "window_working": "how the close was counted",
        "withdrawn_why": "a fact of the entry of the withdrawal",
        "replaces_id": "said when it is put again, which its history keeps",
    }

    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="questions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="questions")
    paragraph = models.OneToOneField(Paragraph, models.PROTECT, null=True, blank=True, related_name="question")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="questions")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="follow_ups")
    wording = models.TextField()
    subject = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=20, blank=True)
    consulted_version = models.CharField(max_length=20, blank=True, help_text="the version constituencies were consulted on")
    changed_since = models.TextField(blank=True, help_text="what changed since the version consulted on")
    if_not_approved = models.TextField(blank=True, help_text="what stands if it is not approved")
    basis = models.CharField(max_length=14, choices=Decision.Basis, default=Decision.Basis.VOTE)
    status = models.CharField(max_length=10, choices=QuestionStatus, default=QuestionStatus.DRAFT)
    tally = models.JSONField(null=True, blank=True, help_text="the count at the close, for comparing with a recount")
    withdrawn_why = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="put_again_as")
    # The policies of the group, frozen as they were when it opened.
    reason_for_rejecting = models.BooleanField(default=False)
    tally_hidden = models.BooleanField(default=False)
    alternates_vote = models.BooleanField(default=True)
    holder_yields = models.BooleanField(default=False, help_text="while an alternate stands in, the holder does not vote")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    objects: ClassVar[Any] = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("status", QuestionStatus, name="question_status_known"),
            both_or_neither("close_recorded_at", "tally", name="question_close_has_its_tally"),
            *window_constraints("question"),
        ]

    def __str__(self):
        return f"question on {self.on}" if self.on else f"question {self.pk}"

    @property
    def reference(self) -> str:
        """ "REH-Q7": how receipts and mails call it."""
        return f"{self.group.code}-Q{self.pk}"

    @property
    def in_the_room(self) -> bool:
        return self.window_days is None

    @property
    def asks_for_objections(self) -> bool:
        """Put in the room as "does anybody object?": a seat that is there and says nothing does not."""
        return self.basis == Decision.Basis.NO_OBJECTIONS

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether it is a second question on a form, worded to be answered by yes or no. What is put first is approved or rejected."""
        return self.follows_id is not None and ASKS_YES_OR_NO.search(self.wording.strip()) is not None

    @property
    def words(self) -> dict[str, str]:
        """What each choice is called where this is asked; what is sealed is the choice."""
        return dict(Choice.choices) | ({Choice.APPROVE.value: YES, Choice.REJECT.value: NO} if self.asks_yes_or_no else {})

    @property
    def on(self) -> str:
        """ "CR018 v1.8"."""
        return f"{self.subject} v{self.version}" if self.version else self.subject

    @classmethod
    def must_be_sealed(cls):
        """Every question that was opened in the portal; what was read in is vouched for by its import."""
        return cls.objects.filter(origin=Origin.PORTAL, status__in=[QuestionStatus.OPEN, QuestionStatus.CLOSED])

    @classmethod
    def own_faults(cls):
        """A count kept at the close that its votes do not bear out: of all questions in one query, read a little at a time."""
        last = Cast.objects.filter(row=OuterRef("roll")).order_by("-n").values("choice")[:1]
        counted = cls.objects.exclude(tally=None).order_by("pk").values_list("pk", "tally", Coalesce(Subquery(last), "roll__state"))
        for (pk, tally), rows in groupby(counted.iterator(), lambda row: row[:2]):
            if tally != Counter(result for *_, result in rows if result):
                yield f"The count kept of the {cls.objects.get(pk=pk)} is not what its votes give."

    def recount(self) -> dict[str, int]:
        """The tally from the casts themselves; a seat that said nothing counts by the state of its row."""
        tally = Counter(row.result for row in self._roll())
        return {name: tally[name] for name in sorted(tally)}

    def _roll(self):
        """The rows of its roll with their casts: as they were prefetched, or read anew."""
        prefetched = "roll" in getattr(self, "_prefetched_objects_cache", {})
        return self.roll.all() if prefetched else self.roll.order_by("order", "pk").prefetch_related("casts")

    @classmethod
    def for_sealing(cls):
        """With the columns of rolls and votes that are sealed with it, and no others: most of what is verified is read here."""
        casts = Prefetch("casts", Cast.objects.order_by("n").only("row", "n", "choice", "comment"), to_attr="casts_given")
        rows = RollRow.objects.order_by("order", "pk").only("question", "constituency", "holder", "state")
        return cls.objects.prefetch_related(Prefetch("roll", rows.prefetch_related(casts)))

    @property
    def is_for_the_minutes(self) -> bool:
        """Only a vote that is over; not while its decision is embargoed, and not with one that never came before the group."""
        shown = self.decision is None or (not self.decision.is_embargoed and self.decision.status in MINUTED)
        return self.status == QuestionStatus.CLOSED and shown

    def as_minuted(self) -> dict | None:
        """The vote as an edition shows it; None where it is not for the minutes."""
        if not self.is_for_the_minutes:
            return None
        return {
            "on": self.on,
            "wording": self.wording,
            "waiting": self.decision is not None and self.decision.status == DecisionStatus.TABLED,
            "rows": [row.as_shown() for row in self.roll.select_related("correction").order_by("order", "pk").prefetch_related("casts__cast_by", "casts__holder_answer")],
        }

    def sealed(self):
        """Wording and roll as they froze; what each seat said once it is closed (until then each vote has an entry of its own)."""
        over = self.status == QuestionStatus.CLOSED
        return {
            "wording": self.wording,
            "subject": self.subject,
            "version": self.version,
            "consulted_version": self.consulted_version,
            "changed_since": self.changed_since,
            "if_not_approved": self.if_not_approved,
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            **{name: getattr(self, name) for name in FROZEN},
            "roll": [row.sealed() if over else {"constituency": row.constituency} for row in self._roll()],
        }


class RollRow(Record):
    """A voting seat on the roll of one question, vacant ones too: written when it opens, with names as they then were."""

    sealed_with = "question"

    class State(models.TextChoices):
        EXPECTED = "expected", "Not cast"
        ABSENT = "absent", "Constituency representative not in attendance"
        SILENT = "silent", "No objection"
        VACANT = "vacant", "Seat vacant"
        UNREADABLE = "unreadable", "Could not be read"

    question = models.ForeignKey(Question, models.PROTECT, related_name="roll")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="roll_rows")
    order = models.PositiveSmallIntegerField(default=0)
    constituency = models.CharField(max_length=160, help_text="as it was called when the question was put")
    holder = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.EXPECTED)
    state_words = models.CharField(max_length=200, blank=True, help_text="as the papers put it")

    class Meta:
        ordering = ["question", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "seat"], name="roll_one_row_a_seat"),
        ]

    def __str__(self):
        return f"{self.constituency} on the {self.question}"

    @property
    def counted(self) -> "Cast | None":
        """The cast that counts: the latest. Reads the prefetched casts."""
        return max(self._given, key=lambda cast: cast.n, default=None)

    @property
    def _given(self):
        """Its casts; for sealing they come as a plain list, since Django's own way of keeping them takes most of the time."""
        return self.casts_given if hasattr(self, "casts_given") else self.casts.all()

    @property
    def corrected(self) -> str:
        """What the seat's holder says of a silence recorded for it; empty where nothing is said."""
        said = getattr(self, "correction", None) if self.state == self.State.SILENT else None
        return said.text if said else ""

    @property
    def result(self) -> str:
        """The choice that counts, or the state of the row where there is none."""
        return self.counted.choice if self.counted else self.state

    @property
    def in_words(self) -> str:
        """The choice that counts as its question calls it, or how the seat stands where it made none."""
        return self.counted.in_words if self.counted else self.state_words or self.get_state_display()

    def as_shown(self) -> dict:
        """The row as page, PDF and JSON show it."""
        cast = self.counted
        return {
            "constituency": self.constituency,
            "holder": self.holder,
            "choice": self.result,
            "choice_label": self.in_words,
            "comment": cast.comment if cast else "",
            "chair_note": cast.chair_note if cast else "",
            "cast_by": cast.cast_by.name if cast and cast.cast_by else "",
            "capacity": cast.get_capacity_display() if cast and cast.capacity != Cast.Capacity.HOLDER else "",
            "disputed": cast.disputed if cast else self.corrected,
        }

    def sealed(self):
        cast = self.counted
        return {
            "constituency": self.constituency,
            "holder": self.holder,
            "state": self.state,
            "choice": cast.choice if cast else None,
            "comment": cast.comment if cast else None,
            "casts": len(self._given),
        }


class Cast(Fact):
    """A vote as it was given. Never changed: a later one for the same row counts instead."""

    class Capacity(models.TextChoices):
        HOLDER = "holder", "By the seat's holder"
        ALTERNATE = "alternate", "By an approved alternate"
        PMO_ON_BEHALF = "pmo_on_behalf", "Recorded by the PMO on behalf of the seat"
        IMPORTED = "imported", "Read in from published minutes"

    sealed_as = "vote"
    sealed_fields = ("row_id", "n", "choice", "comment", "chair_note", "cast_by_id", "capacity", "recorded_at")
    unsealed: ClassVar[dict[str, str]] = {"idempotency_key": "it tells a form that was sent twice"}

    row = models.ForeignKey(RollRow, models.PROTECT, related_name="casts")
    n = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=10, choices=Choice)
    comment = models.TextField(blank=True)
    chair_note = models.TextField(blank=True)
    cast_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="casts")
    capacity = models.CharField(max_length=14, choices=Capacity)
    recorded_at = models.DateTimeField(db_default=PortalNow(), help_text="written by the database, not by us")
    is_new = False  # given by this very request, so that it is not sealed and told yet
    idempotency_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["row", "n"]
        constraints = [
            models.UniqueConstraint(fields=["row", "n"], name="cast_one_by_one"),
            one_of("choice", Choice, name="cast_choice_known"),
            models.CheckConstraint(
                condition=Q(capacity="imported") | Q(cast_by__isnull=False), name="cast_by_someone"
            ),
        ]

    def __str__(self):
        return f"{self.get_choice_display()} for {self.row.constituency}"

    @property
    def in_words(self) -> str:
        """The choice as its question calls it: "Approve", or "Yes"."""
        return self.row.question.words[self.choice]

    @property
    def disputed(self) -> str:
        """What the seat's holder says is wrong with it; empty where nobody disputes it."""
        said = getattr(self, "holder_answer", None)
        return said.text if said and not said.agrees else ""

    @property
    def receipt(self) -> str:
        """ "REH-Q7/5/2": the second vote given for the fifth seat on the roll."""
        return f"{self.row.question.reference}/{self.row.order}/{self.n}"

    @classmethod
    def must_be_sealed(cls):
        """Every vote given in the portal has an entry of its own: one without was slipped in."""
        return cls.objects.exclude(capacity=cls.Capacity.IMPORTED).select_related("row")
