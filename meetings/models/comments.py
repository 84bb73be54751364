"""What members say of draft minutes, and what became of it."""

from django.db import models

from groups.models import Person, Seat
from meetings.models.drafts import DraftReturn
from meetings.models.minutes import Minutes, Paragraph
from records.models import Fact, one_of


class Asks(models.TextChoices):
    WORDS = "words", "Something about the paragraph"
    BEFORE = "before", "A new paragraph before it"
    BEHIND = "behind", "A new paragraph behind it"
    OUT = "out", "The paragraph should go"


class DraftComment(Fact):
    """A seat on a paragraph of draft minutes: what is wrong with it, and perhaps how it should read. Read from a Word document, it may ask for a paragraph more, or one less."""

    not_sealed = "what becomes of it stands in an edition of the minutes, which is sealed"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="comments")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="draft_comments")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="draft_comments")
    made_at = models.DateTimeField()
    asks = models.CharField(max_length=6, choices=Asks, default=Asks.WORDS)
    text = models.TextField(blank=True)
    proposed = models.TextField(blank=True, help_text="how the paragraph should read, or the new one")
    on_text = models.TextField(help_text="how it read then")
    brought = models.ForeignKey(DraftReturn, models.PROTECT, null=True, blank=True, related_name="comments", help_text="the Word document it was read from, if it was")
    author = models.CharField(max_length=160, blank=True, help_text="whom that document names as its author")
    unmarked = models.BooleanField(default=False, help_text="not all that it changes is marked as a change in that document")

    class Meta:
        ordering = ["paragraph", "pk"]
        constraints = [one_of("asks", Asks, name="draft_comment_asks_known")]

    def __str__(self):
        return f"comment of {self.seat} on {self.paragraph.item}"

    @property
    def group(self):
        return self.paragraph.item.meeting.group

    @property
    def proposes(self) -> bool:
        """Something that can be accepted as it is."""
        return bool(self.proposed) or self.asks == Asks.OUT

    @property
    def is_for_a_new_one(self) -> bool:
        return self.asks in (Asks.BEFORE, Asks.BEHIND)

    @property
    def in_short(self) -> str:
        """What it wants, in a few words: "a new paragraph behind it"."""
        if self.asks != Asks.WORDS:
            return self.get_asks_display()
        return "Other words" if self.proposed and not self.text else "A comment"


class CommentOutcome(models.TextChoices):
    ACCEPTED = "accepted", "Accepted as it is proposed"
    AMENDED = "amended", "Taken up in other words"
    DECLINED = "declined", "Not taken up"


class CommentAnswer(Fact):
    """What the secretariat did with a comment."""

    not_sealed = "what becomes of it stands in an edition of the minutes, which is sealed"

    comment = models.OneToOneField(DraftComment, models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=8, choices=CommentOutcome)
    why = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("outcome", CommentOutcome, name="comment_answer_known")]

    def __str__(self):
        return f"answer to the {self.comment}"


class Disagreement(Fact):
    """A comment that was not taken up, and that its maker lets stand: the minutes say so beside the paragraph. It is no statement on a decision."""

    not_sealed = "it stands in an edition of the minutes, which is sealed"

    comment = models.OneToOneField(DraftComment, models.PROTECT, related_name="disagreement")
    for_seat = models.BooleanField(help_text="or for themselves alone")
    who = models.CharField(max_length=200, help_text="as the minutes name them")
    text = models.TextField()
    said_at = models.DateTimeField()

    def __str__(self):
        return f"{self.who} on {self.comment.paragraph}"

    @property
    def stands(self) -> bool:
        return not hasattr(self, "taken_back")

    @property
    def sentence_in_part(self) -> str:
        return f"{self.who[:1].lower() + self.who[1:] if self.for_seat else self.who} disagrees: “{self.text}”"


class DisagreementTakenBack(Fact):
    """Whoever let a comment stand does not any more: the minutes say nothing of it."""

    not_sealed = "what stands is in an edition of the minutes, which is sealed; this stands there no more"

    disagreement = models.OneToOneField(Disagreement, models.PROTECT, related_name="taken_back")
    taken_back_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "disagreements taken back"

    def __str__(self):
        return f"{self.disagreement}, taken back"


class NoDraftComments(Fact):
    """A seat has read the draft that went to the members, and has nothing to say of it. It may comment all the same, until the minutes are published."""

    not_sealed = "the minutes read the same with it"

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="without_comments")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="without_comments")
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="without_comments")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["minutes_id", "pk"]
        verbose_name_plural = "no draft comments"

    def __str__(self):
        return f"no comments of {self.seat} on the {self.minutes}"
