"""What a group goes by: terms of reference, dated policies, late holidays, and the counters of its references."""

from django.db import models

from groups.models.people import Person
from groups.models.seats import Group
from records.dates import as_day
from records.models import Fact, Record


class TermsOfReference(Record):
    """A version of the document that says what a group is for and how it decides."""

    not_sealed = "it is the group's own paper, published elsewhere"

    group = models.ForeignKey(Group, models.PROTECT, related_name="terms_of_reference")
    version = models.CharField(max_length=20)
    effective_on = models.DateField()
    text = models.TextField()
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "terms of reference"
        ordering = ["group", "-effective_on"]
        constraints = [models.UniqueConstraint(fields=["group", "version"], name="terms_version_once")]

    def __str__(self):
        return f"{self.group} terms of reference {self.version}"


class Policy(Record):
    """A number or choice a group goes by from a day on; for no group, the programme's default. Frozen where it is used."""

    not_sealed = "each use of it is frozen where it is used, and sealed there"

    class Key(models.TextChoices):
        PUBLICATION = "publication_working_days", "Working days to publish within, after a meeting"
        HEADLINES = "headlines_working_days", "Working days to publish the headline report within, after a meeting"
        MINUTES_PLAN = "minutes_plan_working_days", "Working days after a meeting by which its draft is with the Chair, cleared, circulated, commented on, and issued"
        PAPERS = "papers_working_days", "Working days before a meeting by which papers go out"
        ASSESSMENT = "assessment_working_days", "Working days of an impact assessment"
        REVIEW = "review_working_days", "Working days of a review of a document"
        CLOSING_TIME = "closing_time", "Time of day, in London, at which windows close"
        REASON_FOR_REJECTING = "reject_needs_comment", "Whether a vote to reject needs a comment"
        TALLY_HIDDEN = "tally_hidden_until_close", "Whether the running tally is hidden until the close"
        WINDOW = "vote_working_days", "Working days a vote outside a meeting stays open"
        DISPUTE = "dispute_working_days", "Working days in which a holder may dispute a vote recorded on their behalf"
        CONCERN = "concern_working_days", "Working days in which a significant concern is answered"
        ALTERNATES = "alternates_vote", "Whether an approved alternate may vote"
        HOLDER_YIELDS = "holder_yields_to_alternate", "Whether the holder may not vote while an alternate stands in"
        CHAIR_VOTES = "chair_votes_and_determines", "Whether somebody who voted on a question may determine on it"

    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="policies")
    key = models.CharField(max_length=40, choices=Key)
    value = models.CharField(max_length=40)
    since = models.DateField()
    clause = models.CharField(max_length=300, blank=True, help_text="where it is written")

    class Meta:
        verbose_name_plural = "policies"
        ordering = ["key", "since"]
        constraints = [
            models.UniqueConstraint(fields=["group", "key", "since"], nulls_distinct=False, name="policy_once_a_day"),
        ]

    def __str__(self):
        return f"{self.get_key_display()}: {self.value}"


class HolidayChange(Record):
    """A bank holiday proclaimed, or withdrawn, later than the library of holidays knows."""

    not_sealed = "each deadline that it moves is sealed, with it as the reason"

    class Kind(models.TextChoices):
        PROCLAIMED = "proclaimed", "Proclaimed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    announced_on = models.DateField()

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.name} ({as_day(self.day)}), {self.get_kind_display().lower()}"


class Counter(models.Model):
    """The last number given out of a kind, by an owner: references are minted from it and never reused."""

    not_sealed = "every number that was given out stands on a record that is sealed"

    owner = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind"], name="counter_once")]

    def __str__(self):
        return f"{self.owner} {self.kind}: {self.last}"


class SentForm(models.Model):
    """A form that was sent, by its one-time key, and what it made: the same sent again leads there, and does nothing."""

    not_sealed = "it leads from a form to what was made of it, and says nothing itself"

    key = models.UUIDField()
    user = models.ForeignKey("groups.User", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, help_text="of where it was sent and what was in it")
    made_kind = models.CharField(max_length=60)
    made_pk = models.BigIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "user"], name="form_sent_once")]

    def __str__(self):
        return f"form {self.key}"


class AssuranceReading(Fact):
    """An assurance reader having read something that is not public. Every such reading is written down."""

    not_sealed = "it tells of a reader, and changes nothing"

    person = models.ForeignKey(Person, models.PROTECT, related_name="assurance_readings")
    reference = models.CharField(max_length=120)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["-read_at"]

    def __str__(self):
        return f"{self.person} read {self.reference}"
