"""What the Chair announced in the room, before it is determined."""

from django.db import models

from decisions.models.decision import Decision
from groups.models import Person
from records.models import Fact


class Announcement(Fact):
    """The Chair said in the room how a decision goes. It is settled when they confirm it: number, effects and publication wait for that."""

    sealed_as = "announcement"
    sealed_fields = ("decision_id", "announced_by_id", "announced_by_name", "announced_at")

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="announcement")
    announced_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    announced_by_name = models.CharField(max_length=160, help_text="as it then was")
    announced_at = models.DateTimeField()

    def __str__(self):
        return f"announcement of {self.decision}"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()
