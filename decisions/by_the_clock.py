"""What the clock does here: closes votes, ends embargoes, publishes decisions whose hour has come, marks minutes as approved that one
approved, and binds the papers of votes."""

from django.db.models import QuerySet

from decisions.due import embargoes_over
from decisions.lifecycle import QuestionStatus
from decisions.models import Decision, Question, QuestionCirculatedPaper, QuestionPack
from decisions.operations import (
    approve_minutes,
    close_when_due,
    issue_approved_minutes,
    make_question_pack,
    publish_when_due,
    release_when_due,
)
from decisions.operations.approving_minutes import approvals_published, minutes_approved
from files.models import Blob
from files.operations import make_bindable
from files.packing import to_be_made_ready, unready
from groups.models import User
from records.sweep import CLOSE, PACK, PUBLISH, chore


def packs_to_make() -> QuerySet:
    """When every paper in them is ready."""
    waiting = unready(QuestionCirculatedPaper.objects.all())
    return QuestionPack.objects.unmade().exclude(question__circulations__papers__blob__in=waiting).select_related("question__group")


chore("close", CLOSE, lambda now: Question.objects.filter(status=QuestionStatus.OPEN, closes_at__lte=now), lasting=True)(close_when_due)
chore("release", CLOSE, lambda now: Decision.objects.filter(embargoed_until__lte=embargoes_over(now)))(release_when_due)
# After the minutes of the meeting (the name sorts later), which publish their decisions with them.
chore("publish still unpublished", PUBLISH, lambda now: Decision.objects.due_for_publication(now), lasting=True)(publish_when_due)
chore("approve the", PUBLISH, lambda now: minutes_approved(), lasting=True)(approve_minutes)
chore("publish the approved", PUBLISH, lambda now: approvals_published(), lasting=True)(issue_approved_minutes)
chore("make the papers into one", PACK, lambda now: packs_to_make(), lasting=True)(make_question_pack)


@chore("get papers of votes ready", PACK, lambda now: to_be_made_ready(QuestionCirculatedPaper.objects.all()))
def look_through(blob: Blob) -> None:
    make_bindable(blob, by=User.objects.the_clock())
