"""Finding what a page is about, for the person who asks: what they have no right to know of does not exist."""

from django.http import Http404

from decisions.models import Decision, Question
from groups.models import Group
from groups.operations import log_reading
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing


def question_for(request: SignedIn, pk: int) -> tuple[Question, Standing]:
    standing = standing_of(request)
    question = Question.objects.select_related("group", "decision__meeting", "item__meeting", "follows", "replaces").filter(pk=pk).first()
    if question is None or not standing.belongs_to(question.group):
        raise Http404
    note_reading(request, standing, question.group, f"{question.reference} before publication")
    return question, standing


def decision_for(request: SignedIn, pk: int) -> tuple[Decision, Standing]:
    standing = standing_of(request)
    decision = Decision.objects.select_related("group", "meeting", "item", "supersedes", "determined_by", "announcement").filter(pk=pk).first()
    if decision is None or not standing.belongs_to(decision.group):
        raise Http404
    if not decision.published_at:
        note_reading(request, standing, decision.group, f"{decision} before publication")
    return decision, standing


def note_reading(request: SignedIn, standing: Standing, group: Group, what: str) -> None:
    """Every reading of an assurance reader is written down."""
    if standing.reads_for_assurance(group):
        log_reading(standing.user, what)
