"""What the public read of meetings and actions, edition by edition. The minutes of a meeting have editions of their own."""

from django.db import models

from meetings.models.actions import Action
from meetings.models.meeting import Meeting
from records.editions import Edition, numbered_once


class MeetingEdition(Edition):
    sealed_as = "meeting_edition"
    noun = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("meeting")]


class ActionEdition(Edition):
    sealed_as = "action_edition"
    noun = "action"

    action = models.ForeignKey(Action, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("action")]
