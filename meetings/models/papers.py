"""The papers of a meeting: what is read for each item, in which versions; what was circulated to whom; and all of it bound into a pack."""

import re
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from files.models import Attached, CirculatedFile, PackOfPapers, Visibility
from groups.models import Group, Person
from meetings.models.meeting import AgendaItem, Meeting
from records.models import Fact, Record, one_of

SEALED_WHEN_SENT = "what goes out of it is sealed with the circulation, by its hash"


class Paper(Record):
    """Something to be read for an item: handed in, in one version after another; or to follow, from whoever owes it."""

    not_sealed = SEALED_WHEN_SENT

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    visibility = models.CharField(max_length=17, choices=Visibility, default=Visibility.PUBLIC, help_text="of whatever version is handed in")
    owed_by = models.CharField(max_length=160, blank=True, help_text="who brings it, as it is read")
    owed_by_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="papers_owed", help_text="who is sent the link, and reminded")
    due_on = models.DateField(null=True, blank=True, help_text="none: with all papers of the meeting")
    nonce = models.UUIDField(default=uuid4, editable=False, help_text="the secret part of the link by which it is handed in")
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    dropped = models.BooleanField(default=False, help_text="taken off the item again")

    class Meta:
        ordering = ["item", "pk"]
        constraints = [one_of("visibility", Visibility, name="paper_visibility_known")]

    def __str__(self):
        return f"“{self.title}” for {self.item}"

    @property
    def meeting(self) -> Meeting:
        return self.item.meeting

    @property
    def group(self) -> Group:
        return self.item.meeting.group


class PaperFile(Attached):
    """One version of a paper, as it was handed in. The latest is the one that goes out next; the latest that went out is the one that is read."""

    not_sealed = SEALED_WHEN_SENT

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="files")
    n = models.PositiveSmallIntegerField()
    version = models.CharField(max_length=40, blank=True, help_text="as it is printed on it, such as 0.3")
    handed_in_at = models.DateTimeField()
    handed_in_by = models.CharField(max_length=160)
    by_link = models.BooleanField(default=False, help_text="whoever had the link, under the name they gave")

    class Meta(Attached.Meta):
        ordering = ["paper", "n"]
        constraints = [*Attached.Meta.constraints, models.UniqueConstraint(fields=["paper", "n"], name="paper_file_numbered_once")]

    def __str__(self):
        return f"{self.name} of {self.paper}"

    @property
    def group(self) -> Group:
        return self.paper.group


class PaperReading(Fact):
    """A person opened a paper in the portal, for the first time."""

    not_sealed = "a note for the secretariat, that proves nothing"

    file = models.ForeignKey(PaperFile, models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="paper_readings")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "person"], name="paper_reading_once")]

    def __str__(self):
        return f"{self.person} read {self.file}"


class Circulation(Fact):
    """Papers that went out together, to whom and when: first those that were there, then dated supplements."""

    sealed_as = "paper_circulation"
    sealed_fields = ("meeting_id", "n", "at", "working_days", "wanted", "why")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="circulations")
    n = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    working_days = models.SmallIntegerField(help_text="before the meeting")
    wanted = models.SmallIntegerField(help_text="as many as the policy says")
    why = models.CharField(max_length=300, blank=True, help_text="why later than that, for everybody")

    class Meta:
        ordering = ["meeting", "n"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "n"], name="circulation_numbered_once"),
            models.CheckConstraint(condition=~Q(why="") | Q(working_days__gte=models.F("wanted")), name="circulation_late_says_why"),
        ]

    def __str__(self):
        return f"supplement {self.n - 1} to the papers of {self.meeting}" if self.n > 1 else f"papers of {self.meeting}"

    @property
    def is_supplement(self) -> bool:
        return self.n > 1

    @classmethod
    def for_sealing(cls):
        return cls._base_manager.prefetch_related("papers", "told")

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()

    def sealed(self) -> dict[str, Any]:
        papers = sorted(self.papers.all(), key=lambda each: each.order)
        told = sorted(self.told.all(), key=lambda each: each.person_id)
        return super().sealed() | {"papers": [each.sealed() for each in papers], "told": [each.sealed() for each in told]}


class CirculatedPaper(CirculatedFile):
    """One paper as it went out, and for which item as that then was."""

    sealed_with = "paper_circulation"
    sealed_fields = (*CirculatedFile.sealed_fields, "item_number", "item_title")

    circulation = models.ForeignKey(Circulation, models.PROTECT, related_name="papers")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="circulated")
    item_number = models.PositiveSmallIntegerField(help_text="as it then was")
    item_title = models.CharField(max_length=300)
    file = models.ForeignKey(PaperFile, models.PROTECT, null=True, blank=True, related_name="circulated", help_text="none: a document of the subject of the item")

    class Meta:
        ordering = ["circulation", "order"]
        constraints = [models.UniqueConstraint(fields=["circulation", "order"], name="circulated_paper_in_order")]

    def __str__(self):
        return f"{self.name} in the {self.circulation}"

    @property
    def part(self) -> int:
        return self.item_number

    @property
    def part_called(self) -> str:
        return f"item {self.item_number}"

    @property
    def part_title(self) -> str:
        return f"{self.item_number}. {self.item_title}"

    @property
    def folder(self) -> str:
        title = re.sub(r"[^\w ,()&-]+", "-", self.item_title.replace(": ", ", "))[:60].strip(" -") or "Item"
        return f"{self.item_number:02} {title}"

    @property
    def shown_version(self) -> str:
        return self.version if self.file_id else ""  # what it is about says it in its title

    @property
    def is_taken_off(self) -> bool:
        own = self.file.paper if self.file else None
        return own is not None and (own.dropped or own.visibility == Visibility.PMO_AND_ASSURANCE)


class Recipient(Fact):
    """A person to whom papers were circulated; whoever has no address is named too, and was not mailed."""

    sealed_with = "paper_circulation"
    sealed_fields = ("person_id", "name", "mailed")

    circulation = models.ForeignKey(Circulation, models.PROTECT, related_name="told")
    person = models.ForeignKey(Person, models.PROTECT, related_name="circulations")
    name = models.CharField(max_length=160)
    mailed = models.BooleanField()

    class Meta:
        ordering = ["circulation", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["circulation", "person"], name="recipient_once")]

    def __str__(self):
        return f"{self.name}, of the {self.circulation}"


class PapersAwaited(Fact):
    """That papers of a meeting were to go out, and none had: its secretariat was reminded on the day; or the day had passed, which is a breach. Each
    once for each day on which the meeting was to be held."""

    not_sealed = "circulations are sealed, with the days that were left: that there was none is read from them"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers_awaited")
    to_be_held_on = models.DateField(help_text="once the meeting is moved, its papers have another day")
    missed = models.BooleanField(default=False, help_text="the day had passed")
    due_at = models.DateTimeField(help_text="by when they were to go out, as it was counted then")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "to_be_held_on", "missed"], name="papers_awaited_once")]

    def __str__(self):
        return f"papers of {self.meeting} that were not out"


class Pack(PackOfPapers):
    """All papers that were circulated for a meeting, in one PDF and one ZIP."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="pack")

    def __str__(self):
        return f"pack of {self.meeting}"
