"""A seat asks the organisations it speaks for, and they reply by a link of their own."""

import uuid
from datetime import date

from django.core import signing

from decisions import notices
from decisions.consultation_texts import drafted_comment
from decisions.models import Consultation, Consultee, Position, Question
from decisions.operations.voting import take_position
from decisions.rules.consulting import (
    refusals_of_address,
    refusals_to_ask,
    refusals_to_consult,
    refusals_to_reply,
    refusals_to_use_the_replies,
)
from groups.models import Seat, User
from groups.standing import Standing
from records.clock import london_date, portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require

_SIGNER = signing.Signer(salt="decisions.consultee")


@operation
def consult(question: Question, seat: Seat, brief: str, *, reply_by: date | None = None, by: User) -> Consultation:
    """Begin to consult, or word the brief afresh. Every organisation of the constituency gets a link of its own."""
    question, now = locked(Question.objects.select_related("group")).get(pk=question.pk), portal_now()
    require(refusals_to_consult(question, seat, brief, reply_by, Standing.at(by, now), now))
    consultation = Consultation.objects.filter(question=question, seat=seat).first() or Consultation(
        question=question, seat=seat, started_by=by.person
    )
    consultation.brief, consultation.reply_by = brief.strip(), reply_by
    consultation.save_by(by, at=now)
    known = set(consultation.consultees.values_list("organisation_id", flat=True))
    for organisation in seat.organisations_on(london_date(now)):
        if organisation.pk not in known:
            Consultee(consultation=consultation, organisation=organisation).save_by(by, at=now)
    return consultation


@operation
def ask(consultee: Consultee, address: str, *, by: User) -> Consultee:
    """Send an organisation its link, from the portal. A link may also be copied and sent by other means.

    Sent to another address than before, the link is a new one: the old may be in the wrong hands, and is of no use any more.
    """
    rows = Consultee.objects.select_related("consultation__question__group", "consultation__seat", "organisation")
    consultee, now, address = locked(rows).get(pk=consultee.pk), portal_now(), address.strip()
    require(refusals_to_ask(consultee, Standing.at(by, now), now), refusals_of_address(consultee, address, now))
    if consultee.address and consultee.address != address:
        consultee.nonce = uuid.uuid4()
    consultee.address, consultee.asked_at = address, now
    consultee.save_by(by, at=now)
    notices.consulted(consultee, token_for(consultee), by=by)
    return consultee


@operation
def use_the_replies(consultation: Consultation, *, by: User) -> Position:
    """Make the draft that the replies give the comment of the seat's position, from which its voting form starts."""
    consultation = Consultation.objects.select_related("question__group", "seat").get(pk=consultation.pk)
    require(refusals_to_use_the_replies(consultation, Standing.at(by, portal_now())))
    question, seat = consultation.question, consultation.seat
    known = Position.objects.filter(question=question, seat=seat).first()
    return take_position(question, seat, known.choice if known else "", comment=drafted_comment(consultation), by=by)


def token_for(consultee: Consultee) -> str:
    """The secret part of an organisation's link. Signed, not stored, and the same each time; a new nonce makes it useless."""
    return _SIGNER.sign(f"{consultee.pk}.{consultee.nonce.hex}")


def consultee_for(token: str) -> Consultee | None:
    """Whose link this is; none if it is nobody's."""
    try:
        pk, nonce = _SIGNER.unsign(token).split(".")
    except signing.BadSignature:
        return None
    found = Consultee.objects.select_related(
        "consultation__question__group", "consultation__seat", "consultation__started_by", "organisation"
    )
    return found.filter(pk=pk, nonce=nonce).first()


@operation
def reply(consultee: Consultee, view: str, text: str, *, name: str) -> Consultee:
    """Reply for the organisation, once. Nobody is signed in: whoever has the link speaks, and says who they are."""
    rows = Consultee.objects.select_related("consultation__question__group", "consultation__seat", "organisation")
    consultee, now = locked(rows).get(pk=consultee.pk), portal_now()
    require(refusals_to_reply(consultee, view, text, name, now))
    by = User.objects.the_clock()
    consultee.view, consultee.text, consultee.replied_by, consultee.replied_at = view, text.strip(), name.strip(), now
    consultee.save_by(by, f"by the link of {consultee.organisation}", at=now)
    notices.replied(consultee, by=by)
    return consultee
