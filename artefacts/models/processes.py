"""The business processes of a programme, and which artefacts describe each."""

from django.db import models
from django.db.models import F, Q

from artefacts.models.artefact import Artefact
from groups.models import Group
from records.models import Record


class Process(Record):
    """A business process, as the programme's list names it. What is not in the list any more is dropped, and comes back with it."""

    not_sealed = "a list of names that is loaded from a table: nothing is decided by it"

    group = models.ForeignKey(Group, models.PROTECT, related_name="processes", help_text="whose artefacts describe it")
    reference = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    stream = models.CharField(max_length=80, blank=True, help_text="the work stream it belongs to")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    dropped = models.BooleanField(default=False, help_text="not in the list any more")

    class Meta:
        verbose_name_plural = "processes"
        ordering = ["group", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["group", "reference"], name="process_once"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="process_part_of_another"),
        ]

    def __str__(self):
        return f"{self.reference} {self.name}"


class ProcessDocument(Record):
    """That an artefact describes a process."""

    not_sealed = Process.not_sealed

    process = models.ForeignKey(Process, models.PROTECT, related_name="documents")
    artefact = models.ForeignKey(Artefact, models.PROTECT, related_name="processes")
    dropped = models.BooleanField(default=False, help_text="the list does not say so any more")

    class Meta:
        ordering = ["process", "pk"]
        constraints = [models.UniqueConstraint(fields=["process", "artefact"], name="process_document_once")]

    def __str__(self):
        return f"{self.artefact} describes {self.process}"

    @property
    def group(self) -> Group:
        return self.process.group
