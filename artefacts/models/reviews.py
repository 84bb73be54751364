"""Asking seats and organisations for comments on a version, what they say, and what becomes of it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from artefacts.lifecycle import ReviewStatus
from artefacts.models.artefact import ArtefactVersion
from groups.models import Group, Organisation, Person, Seat
from records.clock import PortalNow
from records.models import Fact, Record, both_or_neither, one_of
from records.windows import LateByLeave, LongerWindow, Window, is_longer, window_constraints


class Review(Window, Record):
    """One version of an artefact put to seats and organisations for comments, for so many working days. It is never put anew: another one is."""

    sealed_as = "review"
    sealed_fields = (
        "version_id", "n", "asked", "opens_at", "window_days", "days_why", "closes_at", "status", "withdrawn_why", "log_published_at", "log_published_by_id",
    )  # fmt: skip
    unsealed: ClassVar[dict[str, str]] = {
        "window_working": "how the close was counted",
        "close_recorded_at": "when the clock came to it; it closed at the moment that is sealed",
        "next_reminder_at": "whom it reminded stands in the outbox",
    }

    version = models.ForeignKey(ArtefactVersion, models.PROTECT, related_name="reviews")
    n = models.PositiveSmallIntegerField(help_text="which one of its artefact it is")
    asked = models.TextField(help_text="what is asked")
    days_why = models.CharField(max_length=300, blank=True, help_text="why other days than the policy says")
    status = models.CharField(max_length=10, choices=ReviewStatus, default=ReviewStatus.OPEN)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    log_published_at = models.DateTimeField(null=True, blank=True)
    log_published_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("status", ReviewStatus, name="review_status_known"),
            models.UniqueConstraint(fields=["version"], condition=Q(status="open"), name="review_one_open"),
            both_or_neither("log_published_at", "log_published_by", name="review_log_published_by_someone"),
            models.CheckConstraint(condition=Q(log_published_at__isnull=True) | Q(status="closed"), name="review_log_after_the_close"),
            models.CheckConstraint(condition=Q(closes_at__isnull=False), name="review_closes"),
            *window_constraints("review"),
        ]

    def __str__(self):
        return f"review {self.n} of {self.version}"

    def get_absolute_url(self):
        return reverse("register:review", args=[self.version.artefact.slug, self.n])

    @property
    def group(self) -> Group:
        return self.version.group

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()

    @classmethod
    def for_sealing(cls):
        return cls.objects.prefetch_related("roll")

    def sealed(self):
        return super().sealed() | {"roll": [row.sealed() for row in self.roll.all()]}


class Heard(models.TextChoices):
    """What was heard of one who was asked."""

    COMMENTS = "comments", "Comments"
    NO_COMMENTS = "no_comments", "No comments"
    SILENT = "silent", "Silent"


class ReviewRow(LateByLeave, Record):
    """One seat, or one organisation, that is asked: written when the review is opened, with its name as it then was."""

    sealed_with = "review"
    sealed_fields = ("order", "name")

    review = models.ForeignKey(Review, models.PROTECT, related_name="roll")
    order = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="reviews")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="reviews")
    name = models.CharField(max_length=160)
    told = ArrayField(models.EmailField(), default=list, blank=True, help_text="the addresses to which it went")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["review", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, organisation__isnull=True) | Q(seat__isnull=True, organisation__isnull=False), name="review_row_seat_or_organisation",
            ),
            models.UniqueConstraint(fields=["review", "order"], name="review_row_order_once"),
            models.UniqueConstraint(fields=["review", "seat"], name="review_row_seat_once"),
            models.UniqueConstraint(fields=["review", "organisation"], name="review_row_organisation_once"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.name} in {self.review}"

    @property
    def group(self) -> Group:
        return self.review.group

    @property
    def heard(self) -> Heard:
        """Comments count, whatever was said before. Reads the prefetched comments and the word that there are none."""
        if self.comments.all():
            return Heard.COMMENTS
        return Heard.NO_COMMENTS if self.none_said.all() else Heard.SILENT


class Weight(models.TextChoices):
    """How much a comment weighs, in the eyes of whoever makes it."""

    MUST = "must", "Must"
    SHOULD = "should", "Should"
    EDITORIAL = "editorial", "Editorial"
    QUESTION = "question", "Question"


class Comment(Fact):
    """What a seat or an organisation says about a place of the version under review. Never changed, nor taken back."""

    sealed_as = "comment"
    sealed_fields = ("row_id", "n", "section", "text", "weight", "said_by_id", "said_at", "late")

    row = models.ForeignKey(ReviewRow, models.PROTECT, related_name="comments")
    n = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=200, blank=True, help_text="which place it is about; empty: the whole")
    text = models.TextField()
    weight = models.CharField(max_length=9, choices=Weight)
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(db_default=PortalNow(), help_text="written by the database, not by us")
    late = models.BooleanField(default=False)

    class Meta:
        ordering = ["row", "n"]
        constraints = [models.UniqueConstraint(fields=["row", "n"], name="comment_one_by_one"), one_of("weight", Weight, name="comment_weight_known")]

    def __str__(self):
        return f"comment {self.number} on {self.row.review.version}"

    @property
    def number(self) -> str:
        """ "R1-3-2": of the first review of its artefact, the third of the roll, its second. No spreadsheet takes it for a number or a day."""
        return f"R{self.row.review.n}-{self.row.order}-{self.n}"

    @property
    def group(self) -> Group:
        return self.row.group

    @property
    def resolution(self) -> "Resolution | None":
        """The one that counts: the latest. Reads the prefetched resolutions."""
        return max(self.resolutions.all(), key=lambda resolution: resolution.n, default=None)

    @classmethod
    def must_be_sealed(cls) -> Any:
        return cls.objects.select_related("row__review__version__artefact")


class NoComments(Fact):
    """That a seat or an organisation has looked, and has no comments. A comment made later counts instead."""

    sealed_as = "no_comments"
    sealed_fields = ("row_id", "said_by_id", "said_at", "late")

    row = models.ForeignKey(ReviewRow, models.PROTECT, related_name="none_said")
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(db_default=PortalNow(), help_text="written by the database, not by us")
    late = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "no comments"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["row"], name="no_comments_once")]

    def __str__(self):
        return f"no comments of {self.row}"

    @classmethod
    def must_be_sealed(cls) -> Any:
        return cls.objects.select_related("row__review__version__artefact")


class ResolutionOutcome(models.TextChoices):
    """What becomes of a comment."""

    ACCEPTED = "accepted", "Accepted"
    IN_PART = "in_part", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    ANSWERED = "answered", "Answered"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"


class Resolution(Fact):
    """What the owner made of a comment. Never changed: a later one for the same comment counts instead."""

    sealed_as = "resolution"
    sealed_fields = ("comment_id", "n", "outcome", "why", "made_by_id", "made_at")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="resolutions")
    n = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=ResolutionOutcome)
    why = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["comment", "n"]
        constraints = [models.UniqueConstraint(fields=["comment", "n"], name="resolution_one_by_one"), one_of("outcome", ResolutionOutcome, name="resolution_outcome_known")]

    def __str__(self):
        return f"resolution of {self.comment}"

    @classmethod
    def must_be_sealed(cls) -> Any:
        return cls.objects.select_related("comment__row__review__version__artefact")


class ReviewExtension(LongerWindow):
    """A review that was given more time."""

    sealed_as = "review_extension"
    sealed_fields = ("review_id", "before", "after", "days", "why", "made_at")

    review = models.ForeignKey(Review, models.PROTECT, related_name="extensions")

    class Meta(LongerWindow.Meta):
        constraints = [is_longer("review_extension_is_longer")]

    def __str__(self):
        return f"extension of {self.review}"
