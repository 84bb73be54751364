"""Who may ask to have something erased, and who answers it."""

from collections.abc import Iterator
from datetime import datetime

from groups.models import ErasureRequest, Person
from groups.rules.membership import refusals_to_run_membership
from groups.standing import Standing
from records.dates import as_day
from records.rules import Refusal


def refusals_to_ask_for_erasure(person: Person | None, standing: Standing, now: datetime) -> Iterator[Refusal]:
    if person is None:
        yield Refusal("Nothing but the account itself is held: it is nobody's in particular.", status=403)
    elif waiting := ErasureRequest.objects.filter(person=person, answered_at=None).first():
        yield Refusal(f"You asked for it on {as_day(waiting.asked_at)}, and it has not been answered yet.")


def refusals_of_erasure(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what you want to have erased.", field="text")


def refusals_to_answer_erasure(request: ErasureRequest, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_run_membership(standing)
    if request.answered_at:
        yield Refusal(f"The {request} was answered on {as_day(request.answered_at)}.")


def refusals_of_erasure_answer(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what was erased, and what stays and why: it is mailed to the person.", field="answer")
