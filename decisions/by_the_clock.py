"""What the clock does here: closes votes, ends embargoes, publishes decisions whose hour has come, and marks minutes as approved that one approved."""

from decisions.due import embargoes_over
from decisions.lifecycle import QuestionStatus
from decisions.models import Decision, Question
from decisions.operations import approve_minutes, close_when_due, issue_approved_minutes, publish_when_due, release_when_due
from decisions.operations.approving_minutes import approvals_published, minutes_approved
from records.sweep import CLOSE, PUBLISH, chore

chore("close", CLOSE, lambda now: Question.objects.filter(status=QuestionStatus.OPEN, closes_at__lte=now))(close_when_due)
chore("release", CLOSE, lambda now: Decision.objects.filter(embargoed_until__lte=embargoes_over(now)))(release_when_due)
# After the minutes of the meeting (the name sorts later), which publish their decisions with them.
chore("publish still unpublished", PUBLISH, lambda now: Decision.objects.due_for_publication(now))(publish_when_due)
chore("approve the", PUBLISH, lambda now: minutes_approved())(approve_minutes)
chore("publish the approved", PUBLISH, lambda now: approvals_published())(issue_approved_minutes)
