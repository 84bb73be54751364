"""TOLD: what was written to whom, and what became of it."""

from django.db import models
from django.db.models import Q

from groups.models import Person
from records.dates import as_moment
from records.models import Fact, Record
from records.sweep import PERSISTENT


class Notice(Record):
    """One e-mail to one address, written down in the same transaction as the fact it tells of."""

    not_sealed = "what it tells of is sealed, and its attempts are append-only"

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENT = "sent", "Accepted by the mail server"
        FAILED = "failed", "Not delivered"

    key = models.CharField(max_length=160, help_text="what it tells of: the same key never goes twice to the same address")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="notices")
    address = models.EmailField()
    reference = models.CharField(max_length=120, blank=True, help_text="the record it is about")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    attachment = models.TextField(blank=True, help_text="another form of the same for a program, such as a calendar: kept, so that every try sends the same")
    attachment_type = models.CharField(max_length=80, blank=True)
    message_id = models.CharField(max_length=200)
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "address"], name="notice_once_each"),
            models.CheckConstraint(condition=Q(attachment="", attachment_type="") | ~Q(attachment="") & ~Q(attachment_type=""), name="notice_attachment_with_its_type"),
        ]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(status="queued"), name="notice_waiting")]

    def __str__(self):
        return f"“{self.subject}” to {self.address}"


class DeliveryAttempt(Fact):
    """One try to hand a notice to the mail server, and what the server said."""

    not_sealed = "append-only, and proves itself to nobody outside"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="attempts")
    n = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    accepted = models.BooleanField()
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["notice", "n"]
        constraints = [models.UniqueConstraint(fields=["notice", "n"], name="attempt_once")]

    def __str__(self):
        return f"attempt {self.n} at {self.notice}"


class Bounce(Fact):
    """What a mail server further on said of a notice that had been handed over: it could not be delivered."""

    not_sealed = "append-only, and proves itself to nobody outside"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="bounces")
    at = models.DateTimeField(help_text="when the portal read of it")
    said = models.CharField(max_length=300, blank=True)
    report = models.CharField(max_length=200, help_text="by which the report that told of it is known: it counts once")

    class Meta:
        ordering = ["notice", "pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "report"], name="bounce_once")]

    def __str__(self):
        return f"bounce of {self.notice}"


class SweepRun(models.Model):
    """One run of the deadline clock: kept so that anybody can see whether it still runs."""

    not_sealed = "it tells that the clock ran; what the clock did is on the records; counted in the daily heads"

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    done = models.JSONField(default=dict, help_text="chore -> how many rows")
    failures = models.JSONField(default=list)
    setbacks = models.JSONField(default=dict, help_text="chore and row -> how often it failed one time after the other, and until when it rests")
    append_only = True  # and `finished_at` is the database's own moment, whatever is said (notifications/sql/stamped.sql)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"sweep of {as_moment(self.started_at)}"

    @classmethod
    def gave_up_on(cls, chore: str, pk: int) -> bool:
        """Whether this row's chore failed time after time, when it was tried last."""
        last = cls.objects.first()
        return last is not None and f"{chore} {pk}" in last.persistent

    @property
    def persistent(self) -> list[str]:
        """What failed so often, one time after the other, that somebody should look."""
        return sorted(key for key, told in self.setbacks.items() if told["times"] >= PERSISTENT)
