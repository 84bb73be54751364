"""What members say of draft minutes, and what became of it."""

from django.db import models

from groups.models import Person, Seat
from meetings.models.minutes import Paragraph
from records.models import Fact, one_of


class DraftComment(Fact):
    """A seat on a paragraph of circulated minutes: what is wrong with it, and perhaps how it should read."""

    not_sealed = "what becomes of it stands in an edition of the minutes, which is sealed"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="comments")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="draft_comments")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="draft_comments")
    made_at = models.DateTimeField()
    text = models.TextField()
    proposed = models.TextField(blank=True, help_text="how the paragraph should read")
    on_text = models.TextField(help_text="how it read then")

    class Meta:
        ordering = ["paragraph", "pk"]

    def __str__(self):
        return f"comment of {self.seat} on {self.paragraph}"

    @property
    def group(self):
        return self.paragraph.item.meeting.group


class CommentOutcome(models.TextChoices):
    ACCEPTED = "accepted", "Accepted: the paragraph reads as proposed"
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
