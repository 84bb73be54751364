"""Finding what a page is about, for the person who asks: what they have no right to know of does not exist."""

from django.http import Http404, HttpRequest

from decisions.models import Decision, Question
from groups.models import Group, User
from groups.operations import log_reading
from groups.standing import Standing
from records.clock import portal_now


class SignedIn(HttpRequest):
    """A request that got past the default deny: its user is one of ours."""

    user: User


def standing_of(request: HttpRequest) -> Standing:
    return Standing.at(request.user, portal_now())  # type: ignore[arg-type]


def group_for(request: HttpRequest, code: str) -> tuple[Group, Standing]:
    """The group, if the person has a place in it."""
    standing, group = standing_of(request), Group.objects.filter(code=code).first()
    if group is None or not standing.belongs_to(group):
        raise Http404
    return group, standing


def question_for(request: HttpRequest, pk: int) -> tuple[Question, Standing]:
    standing = standing_of(request)
    question = Question.objects.select_related("group", "decision__meeting", "item__meeting", "follows", "replaces").filter(pk=pk).first()
    if question is None or not standing.belongs_to(question.group):
        raise Http404
    note_reading(request, standing, question.group, f"{question.reference} before publication")
    return question, standing


def decision_for(request: HttpRequest, pk: int) -> tuple[Decision, Standing]:
    standing = standing_of(request)
    decision = Decision.objects.select_related("group", "meeting", "item", "supersedes", "determined_by").filter(pk=pk).first()
    if decision is None or not standing.belongs_to(decision.group):
        raise Http404
    if not decision.published_at:
        note_reading(request, standing, decision.group, f"{decision} before publication")
    return decision, standing


def note_reading(request: HttpRequest, standing: Standing, group: Group, what: str) -> None:
    """Every reading of an assurance reader is written down."""
    if standing.reads_for_assurance(group):
        log_reading(standing.user, what)
