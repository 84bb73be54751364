"""Whether the words of a decision say what is decided. Read-only: nothing here writes."""

from collections.abc import Iterator

from decisions.models import AS_WORDED, Outcome
from decisions.rules.verdicts import CONDITIONS, may_be_said_of, verdicts_of
from decisions.subjects import Subject, Terms
from records.rules import Refusal


def refusals_of_contradiction(terms: Terms) -> Iterator[Refusal]:
    """What is published says what was decided: a wording that says another outcome of something, or denies one, is refused."""
    said = verdicts_of(terms.wording, terms.subjects) if terms.wording.strip() else {}
    for subject in terms.subjects:
        if subject.outcome == AS_WORDED:
            continue  # what was read in and is none of the outcomes: the wording says it
        for verdict in said.get(subject.ref, []):
            if verdict.denied or verdict.outcome not in may_be_said_of(subject):
                on_terms = ", and names a condition" if verdict.outcome == CONDITIONS else ""
                yield Refusal(
                    f"The wording says “{verdict.phrase}” of {subject.ref}{on_terms}, but the outcome is “{Outcome(subject.outcome).label}”. "
                    "Change one of the two; or leave the wording empty, to have it made from the outcomes.",
                    field="wording", code="contradiction",
                )  # fmt: skip
                break


def unsaid(terms: Terms) -> list[Subject]:
    """The subjects of which the wording says no outcome that could be recognised."""
    said = verdicts_of(terms.wording, terms.subjects)
    return [subject for subject in terms.subjects if not said.get(subject.ref)]
