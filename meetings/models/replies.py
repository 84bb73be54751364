"""What members say of a meeting to come: who comes for each seat."""

from django.db import models
from django.db.models import Q

from groups.models import Alternate, Person, Seat
from meetings.models.meeting import Meeting
from records.models import Fact, Record, one_of


class ReplyChoice(models.TextChoices):
    ATTEND = "attend", "Comes"
    DIAL_IN = "dial_in", "Dials in"
    ALTERNATE = "alternate", "Sends an alternate"
    APOLOGIES = "apologies", "Apologies"


class MeetingReply(Record):
    """Who comes for a seat, as its holder said; it can be said otherwise until the meeting is held. Who came in fact is an attendance."""

    not_sealed = "it is a plan: who came is recorded by itself"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="replies")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="replies")
    choice = models.CharField(max_length=10, choices=ReplyChoice)
    alternate = models.ForeignKey(Alternate, models.PROTECT, null=True, blank=True, related_name="replies")
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="replies")
    said_at = models.DateTimeField()
    by_link = models.BooleanField(default=False, help_text="by the link in the mail, without signing in")
    to_begin_at = models.DateTimeField(help_text="when the meeting was to begin: once it is moved, it has to be said anew")

    class Meta:
        ordering = ["meeting", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="meeting_reply_once_a_seat"),
            one_of("choice", ReplyChoice, name="meeting_reply_known"),
            models.CheckConstraint(
                condition=Q(choice="alternate", alternate__isnull=False) | (~Q(choice="alternate") & Q(alternate__isnull=True)), name="meeting_reply_says_which_alternate"
            ),
        ]

    def __str__(self):
        return f"reply of {self.seat} to {self.meeting}"


class RepliesAsked(Fact):
    """That whoever was silent was reminded, once for each time that the meeting was to begin."""

    not_sealed = "who was told what is kept with the mail"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="replies_asked")
    to_begin_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "to_begin_at"], name="replies_asked_once")]

    def __str__(self):
        return f"reminder of {self.meeting}"
