"""What was said beside the roll by those who have no vote."""


from django.db import models

from decisions.models.decision import Decision
from groups.models import Person
from records.models import Record


class Advice(Record):
    """What Ofgem, the IPA, the LDP or the Programme said of a decision: attributed, beside the roll, without a vote."""

    class Body(models.TextChoices):
        IPA = "ipa", "Independent Programme Assurance"
        OFGEM = "ofgem", "Ofgem"
        LDP = "ldp", "Lead Delivery Partner"
        PROGRAMME = "programme", "Programme"

    sealed_as = "advice"
    sealed_fields = ("decision_id", "person_id", "body", "text", "when", "given_on")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="advice")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="advice")
    body = models.CharField(max_length=10, choices=Body)
    text = models.TextField()
    when = models.CharField(
        max_length=8, choices=[("meeting", "At the meeting"), ("after", "After the meeting")], default="meeting"
    )
    given_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "advice"
        ordering = ["decision", "pk"]

    def __str__(self):
        return f"advice of {self.get_body_display()} on {self.decision}"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()
