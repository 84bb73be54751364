"""Who is told what about a question, a vote, a decision, and what was said beside it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse

from decisions.due import dispute_until, publication_in_words
from decisions.models import Cast, Consultee, Decision, Delegation, HolderAnswer, Question, QuestionCirculation, RollRow
from decisions.papers import ToRead
from decisions.sentences import segments
from groups.models import Appointment, Holding, Person, Seat, User
from groups.recipients import answering_for, people_in, sitting_in
from ledger.models import Entry
from notifications.models import Notice
from notifications.outbox import tell, tell_address
from records.clock import london_date, portal_now
from records.templatetags.portal import moment
from records.working_days import Working


def asked(question: Question) -> list[Person]:
    """Who may vote for the seats on its roll today."""
    return sitting_in(Seat.objects.filter(roll_rows__question=question))


def opened(question: Question, ready: Sequence[ToRead] = (), *, by: User) -> list[Notice]:
    """Whoever may vote: what is asked, until when, and where; and what there is to read before."""
    return tell(
        asked(question), key=f"{question.reference}-opened", template="vote_opened", reference=question.reference, by=by,
        question=question, ready=ready,
    )  # fmt: skip


def papers_of_vote(circulation: QuestionCirculation, ready: Sequence[ToRead], *, by: User) -> list[Notice]:
    """The same people, while the vote is open: what has come to be read, and why only now."""
    question = circulation.question
    return tell(
        asked(question), key=f"{question.reference}-papers-{circulation.n}", new_key=True, template="vote_papers", reference=question.reference,
        by=by, question=question, circulation=circulation, ready=ready,
    )  # fmt: skip


def question_withdrawn(question: Question, *, by: User) -> list[Notice]:
    return tell(
        asked(question), key=f"{question.reference}-withdrawn", template="vote_withdrawn", reference=question.reference, by=by,
        question=question,
    )  # fmt: skip


def closed(question: Question, *, by: User) -> list[Notice]:
    """The Chair, whose turn it is, and the secretariat. In the room they saw it themselves."""
    if question.in_the_room:
        return []
    return tell(
        answering_for(question.group), key=f"{question.reference}-closed",
        template="vote_closed", reference=question.reference, by=by, question=question, counts=segments([row.as_shown() for row in question.roll.all()]),
    )  # fmt: skip


def voted(cast: Cast, entry: Entry, *, by: User) -> list[Notice]:
    """The receipt: to the holder whenever anybody votes in the seat's name, and to whoever voted."""
    holder = cast.cast_by if cast.capacity == Cast.Capacity.HOLDER else _holder_of(cast)
    voter = None if cast.capacity == Cast.Capacity.PMO_ON_BEHALF else cast.cast_by
    people = {p.pk: p for p in (holder, voter) if p}
    return tell(
        people.values(), key=f"vote-{cast.pk}", new_key=True, template="vote_receipt", reference=cast.row.question.reference, by=by,
        at=cast.recorded_at, cast=cast, row=cast.row, question=cast.row.question, entry=entry, holder=holder,
        until=dispute_until(cast.row.question, cast.recorded_at) if voter is None else None,
    )  # fmt: skip


def _holder_of(cast: Cast) -> Person | None:
    holding = Holding.objects.on(london_date(cast.recorded_at)).filter(seat=cast.row.seat_id).select_related("person").first()
    return holding.person if holding else None


def disputed(said: HolderAnswer, cast: Cast, *, by: User) -> list[Notice]:
    """Whoever entered the vote, the secretariat and the Chair."""
    question = cast.row.question
    return tell(
        answering_for(question.group), key=f"dispute-{said.pk}",
        template="vote_disputed", reference=question.reference, by=by, said=said, cast=cast, question=question,
    )  # fmt: skip


def silent(question: Question, rows: list[RollRow], *, at: datetime, by: User) -> list[Notice]:
    """The holders of seats whose silence stands in the roll as no objection: each may say that it was none."""
    seats, until = {row.seat_id: row for row in rows}, dispute_until(question, at)
    told: list[Notice] = []
    for holding in Holding.objects.on(london_date(at)).filter(seat__in=seats).select_related("person").order_by("pk"):
        row = seats[holding.seat_id]
        told += tell(
            [holding.person], key=f"{question.reference}-silent-{row.pk}", new_key=True, template="silence_recorded",
            reference=question.reference, by=by, at=at, question=question, row=row, until=until,
        )  # fmt: skip
    return told


def corrected(said: HolderAnswer, row: RollRow, *, by: User) -> list[Notice]:
    """The Chair and the secretariat."""
    question = row.question
    return tell(
        answering_for(question.group), key=f"correction-{said.pk}",
        template="silence_corrected", reference=question.reference, by=by, said=said, row=row, question=question,
    )  # fmt: skip


def determined(decision: Decision, *, by: User) -> list[Notice]:
    """The members of the group, on the day it is determined (as the Chair of the DAG did on 12 July 2023)."""
    return tell(
        told_of_determination(decision), key=f"{decision.reference}-determined", template="determined",
        reference=decision.reference, by=by, decision=decision, settlements=decision.settlements.order_by("n"),
        reasons=decision.reasons.order_by("n"), directions=decision.directions.order_by("n"), in_short=decision.in_short(),
    )  # fmt: skip


def told_of_determination(decision: Decision) -> list[Person]:
    return people_in(decision.group, *Seat.Role.values)


def embargoed(decision: Decision, *, by: User) -> list[Notice]:
    return tell(
        watching_over(decision), key=f"{decision.reference}-embargoed-{decision.embargoed_until}", template="embargoed",
        reference=decision.reference, by=by, decision=decision,
    )  # fmt: skip


def watching_over(decision: Decision) -> list[Person]:
    """The Chair for the SRO, Ofgem and the IPA: whoever watches over publication."""
    today = london_date(portal_now())
    watching = people_in(decision.group, Seat.Role.CHAIR, Seat.Role.OBSERVER, Seat.Role.ASSURANCE)
    readers = Appointment.objects.on(today).filter(kind=Appointment.Kind.ASSURANCE).select_related("person")
    return list({p.pk: p for p in (*watching, *(a.person for a in readers))}.values())


def publication_moved(decision: Decision, before: date, working: Working, why: str, *, by: User) -> list[Notice]:
    """Chair and secretariat: whoever works towards the date."""
    return tell(
        answering_for(decision.group), key=f"{decision}-moved-{working.end}", template="deadline_moved", reference=decision.reference,
        by=by, group=decision.group, what=publication_in_words(decision), due=moment(decision.publication_due_at), before=before,
        working=working, why=why, url=reverse("decisions:decision", args=[decision.pk]),
    )  # fmt: skip


def delegated(delegation: Delegation, *, by: User) -> list[Notice]:
    """Whoever answers for the group that may decide now."""
    return _of_delegation(delegation, "given", "delegated", by=by)


def delegation_withdrawn(delegation: Delegation, why: str, *, by: User) -> list[Notice]:
    return _of_delegation(delegation, "withdrawn", "delegation_withdrawn", by=by, why=why)


def _of_delegation(delegation: Delegation, event: str, template: str, *, by: User, **context) -> list[Notice]:
    others = [person for person in answering_for(delegation.to_group) if person.pk != by.person_id]
    return tell(
        others, key=f"delegation-{delegation.pk}-{event}", template=template, reference=f"delegation {delegation.pk}", by=by,
        delegation=delegation, **context,
    )  # fmt: skip


def consulted(consultee: Consultee, token: str, *, by: User) -> list[Notice]:
    """An organisation that is asked what it thinks, at the address its representative gave."""
    return tell_address(
        consultee.address, key=f"consultee-{consultee.pk}-{consultee.nonce.hex[:8]}-{consultee.revision}", template="consulted", by=by,
        consultee=consultee, consultation=consultee.consultation, question=consultee.consultation.question, token=token,
        readers=sitting_in([consultee.consultation.seat_id]),
    )  # fmt: skip


def replied(consultee: Consultee, *, by: User) -> list[Notice]:
    """Who sits in the seat, and nobody else: what was said is read on the page, not in the mail. No reference: it is private."""
    consultation = consultee.consultation
    return tell(
        sitting_in([consultation.seat_id]), key=f"consultee-{consultee.pk}-replied",
        template="consultation_replied", by=by, consultee=consultee, consultation=consultation, question=consultation.question,
    )  # fmt: skip
