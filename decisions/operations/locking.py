"""What the verbs lock, in their order: a decision before its questions."""

from decisions.models import Decision, Question
from records.locks import locked


def locked_question(question: Question) -> Question:
    """The question, locked, and its decision before it: whoever changes what is asked or closes it goes through here."""
    decision_id = Question.objects.values_list("decision_id", flat=True).get(pk=question.pk)
    if decision_id:  # a decision is locked before its questions
        locked(Decision.objects.filter(pk=decision_id)).first()
    return locked(Question.objects.select_related("group", "decision")).get(pk=question.pk)
