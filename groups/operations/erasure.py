"""Asking to have erased what is held about oneself, and answering it. What is erased, the owner of the tables erases (docs/operations.md)."""

from typing import cast

from groups.models import ErasureRequest, Person, User
from groups.rules.erasure import (
    refusals_of_erasure,
    refusals_of_erasure_answer,
    refusals_to_answer_erasure,
    refusals_to_ask_for_erasure,
)
from groups.standing import Standing
from records.clock import portal_now
from records.hooks import effects_above
from records.locks import locked
from records.operations import operation
from records.rules import require


@operation
def ask_for_erasure(text: str, *, by: User) -> ErasureRequest:
    """The PMO is told, and answers."""
    now = portal_now()
    person = locked(Person.objects).filter(pk=by.person_id).first()
    require(refusals_to_ask_for_erasure(person, Standing.at(by, now), now), refusals_of_erasure(text))
    request = ErasureRequest(person=cast(Person, person), text=text.strip(), asked_at=now).save_by(by, at=now)
    effects_above("groups.ask_for_erasure", request, by=by)
    return request


@operation
def answer_erasure(request: ErasureRequest, *, answer: str, by: User) -> ErasureRequest:
    """Say what was erased, and what stays and why. Whoever asked is told."""
    request, now = locked(ErasureRequest.objects.select_related("person")).get(pk=request.pk), portal_now()
    require(refusals_to_answer_erasure(request, Standing.at(by, now), now), refusals_of_erasure_answer(answer))
    request.answer, request.answered_at, request.answered_by = answer.strip(), now, by.person
    request.save_by(by, at=now)
    effects_above("groups.answer_erasure", request, by=by)
    return request
