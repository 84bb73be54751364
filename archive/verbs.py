"""What can be done to what was read in: its buttons."""

from django.urls import reverse

from archive.rules import (
    refusals_to_correct_action,
    refusals_to_correct_by_hand,
    refusals_to_correct_meeting,
    refusals_to_correct_vote,
)
from decisions.models import Decision, Question
from meetings.models import Action, Meeting
from records.verbs import Verb, register

register(
    Verb(
        name="archive.correct_by_hand", of=Decision, rule=refusals_to_correct_by_hand, at=lambda decision: reverse("archive:correct", args=[decision.pk]),
        look="link", label="Correct what was misread",
    ),
    Verb(
        name="archive.correct_action_by_hand", of=Action, rule=refusals_to_correct_action, at=lambda action: reverse("archive:correct_action", args=[action.pk]),
        look="link", label="Correct what was misread",
    ),
    Verb(
        name="archive.correct_who_came", of=Meeting, rule=refusals_to_correct_meeting, at=lambda meeting: reverse("archive:correct_who_came", args=[meeting.code]),
        look="link", label="Correct who came",
    ),
    Verb(
        name="archive.add_missed_action", of=Meeting, rule=refusals_to_correct_meeting, at=lambda meeting: reverse("archive:add_missed_action", args=[meeting.code]),
        look="link", label="Add an action that was missed",
    ),
    Verb(
        name="archive.correct_vote_by_hand", of=Question, rule=refusals_to_correct_vote, at=lambda question: reverse("archive:correct_vote", args=[question.pk]),
        look="link", label="Correct what was misread",
    ),
    Verb(
        name="archive.add_missed_vote", of=Meeting, rule=refusals_to_correct_meeting, at=lambda meeting: reverse("archive:add_missed_vote", args=[meeting.code]),
        look="link", label="Add a vote that was missed",
    ),
    Verb(
        name="archive.correct_items", of=Meeting, rule=refusals_to_correct_meeting, at=lambda meeting: reverse("archive:correct_items", args=[meeting.code]),
        look="link", label="Correct what became of items",
    ),
)  # fmt: skip
