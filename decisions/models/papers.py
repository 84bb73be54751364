"""The papers of a question that is put between meetings: what the seats read before they vote, when it went to whom, and all of it in one.

At a meeting the papers are those of its agenda (meetings/models/papers.py).
"""

from typing import Any

from django.db import models
from django.db.models import Q

from decisions.models.voting import Question
from files.models import Attached, CirculatedFile, PackOfPapers
from groups.models import Group, Person
from records.models import Fact

FIRST = 1  # circulation: with the vote itself


class QuestionPaper(Attached):
    """Something the seats are to read before they vote, as it was handed in."""

    not_sealed = "what goes out of it is sealed with the circulation, by its hash"

    question = models.ForeignKey(Question, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=40, blank=True, help_text="as it is printed on it, such as 0.3")
    handed_in_at = models.DateTimeField()
    dropped = models.BooleanField(default=False, help_text="taken off the question again")

    class Meta(Attached.Meta):
        ordering = ["question", "pk"]

    def __str__(self):
        return f"“{self.title}” for the {self.question}"

    @property
    def group(self) -> Group:
        return self.question.group


class QuestionCirculation(Fact):
    """Papers that went out together, to whom and when: first with the vote, then dated supplements while it is open."""

    sealed_as = "question_papers"
    sealed_fields = ("question_id", "n", "at", "why")

    question = models.ForeignKey(Question, models.PROTECT, related_name="circulations")
    n = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True, help_text="why they come only now that the vote is open, for everybody")

    class Meta:
        ordering = ["question", "n"]
        constraints = [
            models.UniqueConstraint(fields=["question", "n"], name="question_circulation_numbered_once"),
            models.CheckConstraint(condition=Q(n=FIRST) | ~Q(why=""), name="question_supplement_says_why"),
        ]

    def __str__(self):
        return f"supplement {self.n - FIRST} to the papers of the {self.question}" if self.is_supplement else f"papers of the {self.question}"

    @property
    def is_supplement(self) -> bool:
        return self.n > FIRST

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


class QuestionCirculatedPaper(CirculatedFile):
    """One paper as it went out. Of all that went out on a question each has a number of its own."""

    sealed_with = "question_papers"

    circulation = models.ForeignKey(QuestionCirculation, models.PROTECT, related_name="papers")
    paper = models.ForeignKey(QuestionPaper, models.PROTECT, null=True, blank=True, related_name="circulated", help_text="none: a document of what is voted on")

    class Meta:
        ordering = ["circulation", "order"]
        constraints = [models.UniqueConstraint(fields=["circulation", "order"], name="question_circulated_paper_in_order")]

    def __str__(self):
        return f"{self.name} in the {self.circulation}"

    @property
    def part(self) -> int:
        return self.order

    @property
    def part_called(self) -> str:
        return f"paper {self.order}"

    @property
    def shown_version(self) -> str:
        return self.version if self.paper_id else ""  # what is voted on says it in its title

    @property
    def is_taken_off(self) -> bool:
        return self.paper is not None and self.paper.dropped


class QuestionRecipient(Fact):
    """A person to whom the papers went; whoever has no address is named too, and was not mailed."""

    sealed_with = "question_papers"
    sealed_fields = ("person_id", "name", "mailed")

    circulation = models.ForeignKey(QuestionCirculation, models.PROTECT, related_name="told")
    person = models.ForeignKey(Person, models.PROTECT, related_name="question_papers")
    name = models.CharField(max_length=160)
    mailed = models.BooleanField()

    class Meta:
        ordering = ["circulation", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["circulation", "person"], name="question_recipient_once")]

    def __str__(self):
        return f"{self.name}, of the {self.circulation}"


class QuestionPack(PackOfPapers):
    """All papers that went out on a question, in one PDF and one ZIP."""

    question = models.OneToOneField(Question, models.PROTECT, related_name="pack")

    def __str__(self):
        return f"pack of the {self.question}"
