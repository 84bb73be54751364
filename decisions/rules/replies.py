"""Whom a decision goes against, and so owes a reply. Read-only: nothing here writes."""

from collections.abc import Iterable, Iterator

from decisions.models import Decision, Outcome, RollRow, Settlement
from decisions.sentences import ACCEPTED
from decisions.subjects import Subject, Terms
from records.rules import Refusal

AGAINST = {Outcome.REJECTED, Outcome.SENT_BACK, Outcome.REJECTED_AS_EXCLUDED}


def advising_rows(decision: Decision) -> list[RollRow]:
    """The seats whose counted vote was for or against, over all the questions of a decision."""
    voted = RollRow.objects.filter(question__in=decision.questions.over())
    rows = voted.select_related("question").prefetch_related("casts").order_by("question", "order", "pk")
    return [row for row in rows if row.result in ("approve", "reject")]


def overruled_rows(decision: Decision, subjects: Iterable[Subject | Settlement]) -> list[RollRow]:
    """Those that advised otherwise than it is decided. What is put off, passed up or noted goes against nobody."""
    outcomes = {each.ref if isinstance(each, Subject) else each.subject_ref: each.outcome for each in subjects}
    return [row for row in advising_rows(decision) if _is_overruled(row, outcomes)]


def _is_overruled(row: RollRow, outcomes: dict[str, str]) -> bool:
    """By what became of the subject that was voted on; of a question about none in particular, by all that is settled."""
    met = {outcomes[row.question.subject]} if row.question.subject in outcomes else set(outcomes.values())
    accepted = bool(met & set(ACCEPTED))
    return accepted if row.result == "reject" else not accepted and bool(met & AGAINST)


def refusals_of_replies(decision: Decision, terms: Terms) -> Iterator[Refusal]:
    owed = {row.pk for row in overruled_rows(decision, terms.subjects)}
    for row in advising_rows(decision):
        if row.pk in terms.replies and row.pk not in owed:
            yield Refusal(f"A reply is to a seat that advised otherwise: with this outcome {row.constituency} is not overruled. Take its reply out.", field="replies")
    if set(terms.replies) - {row.pk for row in advising_rows(decision)}:
        yield Refusal("A reply is to a seat that gave advice on this.", field="replies")
