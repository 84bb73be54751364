"""Actions: what somebody was asked to do, and what was said of it at each later meeting."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from groups.models import Group, Person
from meetings.lifecycle import ActionStatus, MinutesStatus
from meetings.models.meeting import AgendaItem, Meeting
from meetings.models.minutes import Paragraph
from records.dates import as_day
from records.models import Publishable, PublishedQuerySet, Record, one_of


class ActionQuerySet(PublishedQuerySet):
    def standing(self):
        """But for what was raised by mistake and taken off before anybody read it."""
        return self.exclude(status=ActionStatus.TAKEN_OFF)

    def told_to_members(self):
        """Public, or in minutes that have gone to the members: with `may_read_actions`, for many at once."""
        circulated = Q(meeting__minutes__status__in=[MinutesStatus.CIRCULATED, MinutesStatus.APPROVED])
        return self.filter(Q(published_at__isnull=False) | circulated)

    def told_to_the_chair(self):
        """Or in minutes that were sent to the Chair."""
        written = Q(published_at__isnull=True) & (Q(meeting__minutes__isnull=True) | Q(meeting__minutes__status=MinutesStatus.DRAFT)) & Q(meeting__isnull=False)
        return self.exclude(written)


class Action(Publishable):
    """Something to be done by someone, by a date or as soon as possible. Open ones are carried into every later meeting."""

    not_sealed = "what is published of it is frozen in an edition of the minutes, which is sealed"

    class DueKind(models.TextChoices):
        DATE = "date", "By a date"
        ASAP = "asap", "As soon as possible (reviewed at the next meeting)"
        ONGOING = "ongoing", "Ongoing"
        TO_BE_CONFIRMED = "tbc", "To be confirmed"

    group = models.ForeignKey(Group, models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(  # none when only a later meeting's papers tell of it
        Meeting, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="actions")
    paragraph = models.OneToOneField(Paragraph, models.PROTECT, null=True, blank=True, related_name="action")
    reference = models.CharField(max_length=40, unique=True)
    raised_order = models.CharField(max_length=40, help_text="sorts references by meeting and number")
    area = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    owner = models.CharField(max_length=200, help_text="an organisation or group, perhaps with a person")
    owner_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="actions")
    due_kind = models.CharField(max_length=8, choices=DueKind, default=DueKind.DATE)
    due_on = models.DateField(null=True, blank=True)
    due_as_printed = models.CharField(max_length=80, blank=True)
    due_as_raised = models.CharField(max_length=80, blank=True, help_text="what its meeting agreed, in words, where it was given another date since")
    text_as_raised = models.TextField(blank=True, help_text="what its meeting agreed, where it was reworded since")
    owner_as_raised = models.CharField(max_length=200, blank=True, help_text="whom its meeting agreed on, where it was given to somebody else since")
    status = models.CharField(max_length=9, choices=ActionStatus, default=ActionStatus.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    chase_at = models.DateTimeField(null=True, blank=True, help_text="when the clock reminds its owner next")

    objects: ClassVar[Any] = ActionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-raised_order"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("status", ActionStatus, name="action_status_known"),
            models.CheckConstraint(condition=~Q(status="taken_off") | Q(published_at__isnull=True), name="action_taken_off_unread"),
            models.CheckConstraint(
                condition=Q(due_kind="date", due_on__isnull=False) | (~Q(due_kind="date") & Q(due_on__isnull=True)),
                name="action_due_date_iff_by_a_date",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def called(self) -> str:
        """Its reference; while the meeting runs it has none for good: "new action 3"."""
        _, new, n = self.reference.rpartition("-new-")
        return f"New action {n}" if new else f"Action {self.reference}"

    def get_absolute_url(self):
        return reverse("register:action", args=[self.reference])

    @property
    def as_agreed(self) -> dict[str, str]:
        """What, who and by when, as its meeting agreed them: so its minutes read, whatever became of it since."""
        due = self.due_as_raised or self.due_as_printed or self.due_in_words
        return {"text": self.text_as_raised or self.text, "owner": self.owner_as_raised or self.owner, "due": due}

    def words_at(self, meeting: Meeting) -> dict[str, str]:
        """What and who, as the minutes of a meeting that told of it print them; it may have been changed since."""
        review = self.reviews.filter(meeting=meeting).first()
        agreed = self.as_agreed
        return review.as_reviewed if review else {"text": agreed["text"], "owner": agreed["owner"]}

    @property
    def due_in_words(self) -> str:
        return as_day(self.due_on) if self.due_on else self.due_as_printed or self.get_due_kind_display()

    def is_overdue(self, on) -> bool:
        return self.status == ActionStatus.OPEN and self.due_on is not None and self.due_on < on


class ActionReview(Record):
    """What was said of an action at a meeting: its words, owner, state and due date as they then were."""

    not_sealed = "what is published of it is frozen in an edition of the minutes, which is sealed"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="action_reviews")
    action = models.ForeignKey(Action, models.PROTECT, related_name="reviews")
    status = models.CharField(max_length=9, choices=ActionStatus)
    due_on = models.DateField(null=True, blank=True)
    due_as_printed = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["action", "meeting__held_on"]
        constraints = [models.UniqueConstraint(fields=["meeting", "action"], name="review_once_a_meeting")]

    def __str__(self):
        return f"{self.action} at {self.meeting}"

    @property
    def as_reviewed(self) -> dict[str, str]:
        """What and who, as the minutes of the meeting print them."""
        agreed = self.action.as_agreed
        return {"text": self.text or agreed["text"], "owner": self.owner or agreed["owner"]}
