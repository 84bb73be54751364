"""What owners say of their actions, and what the secretariat made of it."""

from django.db import models
from django.db.models import Q

from groups.models import Person
from meetings.models.actions import Action
from records.models import Fact


class ActionReport(Fact):
    """The owner says that it is done, asks for another day, or says how it stands. The action changes when the secretariat takes it up."""

    not_sealed = "what becomes of it stands in the editions of the action, which are sealed"

    class Kind(models.TextChoices):
        DONE = "done", "It is done"
        ANOTHER_DAY = "another_day", "It needs another day"
        NOTE = "note", "How it stands"

    action = models.ForeignKey(Action, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=11, choices=Kind)
    text = models.TextField(help_text="by what it can be seen, why it needs another day, or how it stands")
    asked_for = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="action_reports")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["action", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["done", "another_day", "note"]), name="action_report_known"),
            models.CheckConstraint(condition=Q(kind="another_day", asked_for__isnull=False) | (~Q(kind="another_day") & Q(asked_for=None)), name="action_report_day_iff_asked_for"),
        ]

    def __str__(self):
        return f"report on {self.action}"

    @property
    def group(self):
        return self.action.group


class ReportAnswer(Fact):
    """Whether the secretariat took it up, and if not, why."""

    not_sealed = "what becomes of it stands in the editions of the action, which are sealed"

    report = models.OneToOneField(ActionReport, models.PROTECT, related_name="answer")
    taken_up = models.BooleanField()
    why = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(taken_up=True) | ~Q(why=""), name="report_answer_says_why_not")]

    def __str__(self):
        return f"answer to the {self.report}"
