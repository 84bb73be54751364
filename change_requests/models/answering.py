"""How an organisation answers: whether a second of its people approves, which colleagues were named, what came by mail."""

from typing import ClassVar

from django.db import models

from change_requests.models.assessment import AssessmentRow, Response
from files.models import Attached
from groups.models import Group, Organisation, Person
from records.models import Fact, Record


class AnsweringRule(Record):
    """What an organisation has said of its own answers: that a second person approves each before it is given."""

    not_sealed = "its own rule, and binds nobody else; who has approved an answer is sealed with that"

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="answering_rule")
    needs_approval = models.BooleanField(default=False)

    def __str__(self):
        return f"rule of {self.organisation} for its answers"


class Approval(Fact):
    """That an answer was approved by another person of the organisation than had put it forward."""

    sealed_as = "answer_approval"
    sealed_fields = ("response_id", "put_forward_by_id", "put_forward_name", "approved_by_id", "approved_at")

    response = models.OneToOneField(Response, models.PROTECT, related_name="approval")
    put_forward_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="none: a colleague, by the link of their own")
    put_forward_name = models.CharField(max_length=160)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="answers_approved")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(put_forward_by=None) | ~models.Q(put_forward_by=models.F("approved_by")), name="answer_approval_by_another_person"),
        ]

    def __str__(self):
        return f"approval of “{self.response}”"

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()


class Colleague(Record):
    """Somebody whom a contact of an organisation has named to answer one assessment for it, and who has a link of their own."""

    not_sealed = "it lets somebody write; what they answer is sealed, with their name and by which link it came"

    row = models.ForeignKey(AssessmentRow, models.PROTECT, related_name="colleagues")
    name = models.CharField(max_length=160)
    address = models.EmailField()
    named_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="colleagues_named")
    named_by_name = models.CharField(max_length=160)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="since when the link leads nowhere")

    class Meta:
        ordering = ["row", "pk"]
        constraints = [models.UniqueConstraint(fields=["row", "address"], condition=models.Q(ended_at=None), name="colleague_named_once")]

    def __str__(self):
        return f"{self.name}, for {self.row.organisation_name}"


class MailedOriginal(Attached):
    """An answer as it came by mail, kept beside what the secretariat wrote down of it."""

    sealed_as = "mailed_original"
    sealed_fields = (*Attached.sealed_fields, "response_id")
    unsealed: ClassVar[dict[str, str]] = Attached.unsealed

    response = models.OneToOneField(Response, models.PROTECT, related_name="original")

    class Meta(Attached.Meta):
        pass

    def __str__(self):
        return f"{self.name}, of “{self.response}”"

    @property
    def group(self) -> Group:
        return self.response.row.group

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()
