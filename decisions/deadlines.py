"""What falls due here: votes that close, and decisions whose publication hour has come."""

from decisions.lifecycle import QuestionStatus
from decisions.models import Decision, Question
from decisions.rules import hold_limit
from records.sweep import CLOSE, PUBLISH, chore


@chore("close", CLOSE, lambda now: Question.objects.filter(status=QuestionStatus.OPEN, closes_at__lte=now))
def close_question(question: Question) -> None:
    from decisions.operations import close_when_due

    close_when_due(question)


@chore("release", CLOSE, lambda now: Decision.objects.filter(held_until__lte=hold_limit(now)))
def release_decision(decision: Decision) -> None:
    from decisions.operations import release_when_due

    release_when_due(decision)


# After the minutes of the meeting (the name sorts later), which publish their decisions with them.
@chore("publish still unpublished", PUBLISH, lambda now: Decision.objects.due_for_publication(now))
def publish_decision(decision: Decision) -> None:
    from decisions.operations import publish_when_due

    publish_when_due(decision)
