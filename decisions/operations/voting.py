"""Voting, what is done to the roll while a vote is open, and what is said of a vote afterwards."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from decisions import notices
from decisions.lifecycle import QuestionStatus
from decisions.models import Attempt, Cast, HolderAnswer, Position, Question, RollRow, WhyNot
from decisions.rules.questions import refusals_of_window
from decisions.rules.voting import (
    may_be_recorded,
    refusals_of_answer,
    refusals_of_correction,
    refusals_of_dispute,
    refusals_of_mark,
    refusals_of_spoken,
    refusals_to_answer_for,
    refusals_to_cast,
    refusals_to_correct,
    refusals_to_mark,
    refusals_to_record_spoken,
    refusals_to_take_a_position,
)
from groups.models import Alternate, Seat, User
from groups.standing import Standing
from ledger.operations import seal, seal_now
from records.clock import portal_now
from records.editions import issue
from records.locks import hold_still, locked
from records.operations import operating, operation
from records.prepared import Prepared, PreparedRecords
from records.rules import Refusal, Refused, require

_SENT_BEFORE = Refusal("This form was sent before, with another answer: open the vote again to change yours.", code="replayed")


class Answer(NamedTuple):
    """What a seat answers to one question of a form."""

    row: RollRow
    choice: str
    comment: str = ""

    @property
    def in_words(self) -> str:
        """The choice as its question calls it."""
        return self.row.question.words.get(self.choice, "")


def cast_vote(row: RollRow, choice: str, *, comment: str = "", key: UUID | None = None, by: User) -> Cast:
    """Vote for a seat, or change its vote: the latest before the close counts, and every one is kept.

    The same idempotency key gives the same receipt. Raises Refused when the question is not open by the database's
    clock, or the seat is not the voter's; that somebody tried and could not is written down all the same.
    """
    return answer([Answer(row, choice, comment)], key=key, by=by)[0]


def answer(answers: list[Answer], *, key: UUID | None = None, by: User) -> list[Cast]:
    """Vote on a question and on what rides on it, for one seat: all of it is recorded, or none."""
    key = key or uuid4()
    try:
        with operating():
            # Votes go on beside each other; a close waits for them. Whether it is open is read anew, the rest froze when it opened.
            hold_still([each.row.question for each in answers], "status", "opens_at", "closes_at")
            given = [_cast(each, _key(key, n), by=by) for n, each in enumerate(answers)]
            return [_vouched(cast, by=by) for cast in given]  # every row of the form is locked before the first entry in the ledger
    except IntegrityError as error:
        refused = _closed_meanwhile(answers[0].row, error)
    except Refused as said:
        refused = said
    _remember(answers[0].row, refused.reasons, by=by)  # what was begun is undone; that somebody tried is a fact of its own
    raise refused


def _closed_meanwhile(row: RollRow, error: IntegrityError) -> Refused:
    """The window closed between the look at the clock and the row, which the database dates itself: its word is the last. Or the
    same form came twice at once, for two seats."""
    if "idempotency_key" in str(error):
        return Refused([_SENT_BEFORE])
    if "the question is not open" not in str(error):
        raise error
    return Refused(refusals_of_window(Question.objects.select_related("group").get(roll=row.pk), portal_now()))


def _key(key: UUID, n: int) -> UUID:
    """Each answer of a form has a key of its own, made from the form's."""
    return uuid5(key, str(n)) if n else key


def _cast(answer: Answer, key: UUID, *, by: User) -> Cast:
    row = answer.row
    ((row.state,),) = _LOCKED.rows(row=row.pk)
    earlier = _earlier(row, key)
    if key in earlier:
        return _repeated(answer, key)
    standing, now = _standing_at_rest(row, by)
    require(refusals_to_cast(row, standing, now), refusals_of_answer(row.question, answer.choice, answer.comment))
    return _written(row, answer, standing.votes_in(row.seat), key, n=len(earlier) + 1, by=by)


def _standing_at_rest(row: RollRow, by: User) -> tuple[Standing, datetime]:
    """The voter's rights, and the moment they are read. An alternate's row is held still while the vote is recorded: they are
    not revoked meanwhile, and once they are revoked nothing of theirs is recorded."""
    now = portal_now()
    standing = Standing.at(by, now)
    if standing.votes_in(row.seat) != Cast.Capacity.ALTERNATE:
        return standing, now
    list(locked(Alternate.objects.filter(seat=row.seat_id, person=by.person_id)).order_by("pk"))
    now = portal_now()
    return Standing.at(by, now), now


def _earlier(row: RollRow, key: UUID) -> dict[UUID, datetime]:
    """When the seat voted so far, and whether anything was sent with this key: by key, the latest last, in one query."""
    return dict(_GIVEN.rows(row=row.pk, key=key))


def _repeated(answer: Answer, key: UUID) -> Cast:
    """The vote that this form gave when it was sent before. Raises Refused if it says something else now."""
    cast = Cast.objects.get(idempotency_key=key)
    if (cast.row_id, cast.choice, cast.comment) != (answer.row.pk, answer.choice, answer.comment):
        raise Refused([_SENT_BEFORE])
    cast.row = answer.row
    return cast


def _written(row: RollRow, answer: Answer, capacity: str, key: UUID, *, n: int, by: User) -> Cast:
    """Its moment is written by the database itself, and comes back with the row."""
    cast = Cast(
        row=row, n=n, choice=answer.choice, comment=answer.comment, cast_by=by.person, capacity=capacity, idempotency_key=key,
    ).save_by(by)  # fmt: skip
    cast.is_new = True
    return cast


def _vouched(cast: Cast, *, by: User) -> Cast:
    """Sealed, and its receipt sent, unless it was before. The receipt tells the entry, so nothing is locked after this."""
    if cast.is_new:
        entry = seal_now("voted" if cast.n == 1 else "changed vote", cast, by=by, at=cast.recorded_at)
        notices.voted(cast, entry, by=by)
    return cast


@operation
def _remember(row: RollRow, reasons: Iterable[Refusal], *, by: User) -> None:
    """Write down that somebody tried and could not, in a transaction of its own."""
    reason = next((r for r in reasons if r.code in WhyNot.values), None)
    if reason and may_be_recorded(row, by.person_id):
        attempt = Attempt(row=row, person=by.person, tried_at=portal_now(), why=reason.code, said=str(reason)).save_by(by)
        seal("refused vote", attempt, by=by, at=attempt.tried_at)
        issue("decision", row.question.decision_id, f"{row.constituency} tried to vote and could not.", by=by, at=attempt.tried_at)


@operation
def record_spoken_vote(
    row: RollRow, choice: str, *, comment: str = "", key: UUID | None = None, seen: int | None = None, by: User
) -> Cast:
    """Enter a vote given aloud, on behalf of the seat. Its holder is told at once, and may confirm or dispute it.

    `seen` is how many votes of the seat the secretary was shown: one that arrived meanwhile from a phone is not voted over
    unseen. Raises Refused when the question is not open by the database's clock, or nobody can have spoken.
    """
    question = locked(Question.objects.select_related("group")).get(roll=row.pk)
    row = locked(RollRow.objects.select_related("seat")).get(pk=row.pk)
    row.question, now, key = question, portal_now(), key or uuid4()
    given = Answer(row, choice, comment)
    standing = Standing.at(by, now)
    require(r for r in refusals_to_record_spoken(row, standing, now) if r.status == 403)
    earlier = _earlier(row, key)
    if key in earlier:
        return _repeated(given, key)
    require(
        refusals_to_record_spoken(row, standing, now),
        refusals_of_spoken(row, list(earlier.values()), seen),
        refusals_of_answer(question, choice, comment),
    )
    if row.state == RollRow.State.ABSENT:  # who speaks is there
        row.state = RollRow.State.EXPECTED
        row.save_by(by, "spoke")
    return _vouched(_written(row, given, Cast.Capacity.PMO_ON_BEHALF, key, n=len(earlier) + 1, by=by), by=by)


@operation
def answer_for(cast: Cast, *, agrees: bool, text: str = "", by: User) -> HolderAnswer:
    """A holder confirms or disputes a vote that the secretariat entered for the seat. A dispute is shown beside the vote; it changes no count."""
    cast = Cast.objects.select_related("row__question__group", "row__seat").get(pk=cast.pk)
    locked(RollRow.objects).get(pk=cast.row_id)
    now = portal_now()
    require(refusals_to_answer_for(cast, Standing.at(by, now), now), refusals_of_dispute(agrees, text))
    said = HolderAnswer(cast=cast, agrees=agrees, text=text.strip(), made_by=by.person, made_at=now).save_by(by)
    seal("confirmed vote" if agrees else "disputed vote", said, by=by, at=now)
    issue("decision", cast.row.question.decision_id, f"The holder of {cast.row.constituency} spoke of the vote entered for it.", by=by, at=now)
    if not agrees:
        notices.disputed(said, cast, by=by)
    return said


@operation
def correct_silence(row: RollRow, text: str, *, by: User) -> HolderAnswer:
    """A holder says that the seat did object, or would have. It is shown beside the row; the count of the close stands."""
    locked(RollRow.objects).get(pk=row.pk)
    row = RollRow.objects.select_related("question__group", "seat", "correction").get(pk=row.pk)
    now = portal_now()
    require(refusals_to_correct(row, Standing.at(by, now), now), refusals_of_correction(text))
    said = HolderAnswer(row=row, agrees=False, text=text.strip(), made_by=by.person, made_at=now).save_by(by)
    seal("corrected silence", said, by=by, at=now)
    issue("decision", row.question.decision_id, f"{row.constituency} corrected what its silence meant.", by=by, at=now)
    notices.corrected(said, row, by=by)
    return said


@operation
def mark(row: RollRow, state: str, *, by: User) -> RollRow:
    """Record whether the seat is there to be asked. Never words put in its mouth: a state of the row."""
    question = locked(Question.objects.select_related("group")).get(roll=row.pk)
    row, now = locked(RollRow.objects).get(pk=row.pk), portal_now()
    row.question = question
    require(refusals_to_mark(row, Standing.at(by, now), now), refusals_of_mark(row, state))
    row.state = state
    return row.save_by(by)


def mark_absent(row: RollRow, *, by: User) -> RollRow:
    return mark(row, RollRow.State.ABSENT, by=by)


def mark_present(row: RollRow, *, by: User) -> RollRow:
    return mark(row, RollRow.State.EXPECTED, by=by)


@operation
def take_position(question: Question, seat: Seat, choice: str, *, comment: str = "", by: User) -> Position:
    """Note where the seat stands, before or while a question is open. It is private to the seat and counts for nothing."""
    question = locked(Question.objects).get(pk=question.pk)
    standing = Standing.at(by, portal_now())
    require(refusals_to_take_a_position(question, seat, standing))
    if choice or comment:
        require(r for r in refusals_of_answer(question, choice or "abstain", comment) if r.code != "why")
    position = Position.objects.filter(question=question, seat=seat).first() or Position(question=question, seat=seat)
    position.choice, position.comment, position.stated_by = choice, comment, by.person  # type: ignore[assignment]
    return position.save_by(by)


def rows_of_the_form(question: int, row: int) -> list[RollRow]:
    """That row of the question first, and the seat's row on each question that rides on it: what one form asks. Empty where
    there is no such row, or the question rides on another itself."""
    rows = _ON_THE_FORM.records(question=question, row=row)
    first = [each for each in rows if each.pk == row and each.question_id == question and not each.question.follows_id]
    riding = [each for each in rows if each.question.follows_id == question and each.question.status != QuestionStatus.WITHDRAWN]
    return first and first + riding


def _on_the_form(question: int, row: int) -> QuerySet:
    return RollRow.objects.filter(Q(question=question) | Q(question__follows=question), seat__roll_rows=row).order_by("question")


_ON_THE_FORM = PreparedRecords(_on_the_form, "question", "question__group", "seat", question=-1, row=-2)


_LOCKED = Prepared(lambda row: locked(RollRow.objects.filter(pk=row)).order_by().values_list("state"), row=-1)


def _given(row: int, key: UUID) -> QuerySet:
    return Cast.objects.filter(Q(row=row) | Q(idempotency_key=key)).order_by("n").values_list("idempotency_key", "recorded_at")


_GIVEN = Prepared(_given, row=-1, key=UUID(int=0))
