"""The steps of "Was process followed?" that decisions, questions and votes answer, and what they are computed from."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects

from decisions.lifecycle import QuestionStatus
from decisions.models import Advice, Cast, Decision, Question, RollRow, WhyNot
from decisions.rules import ACCEPTING, why_reasons_are_required
from decisions.sentences import level_sentence
from groups.calendar import Counting
from groups.models import Alternate, Holding, Seat
from groups.policies import Key
from meetings.models import AgendaItem
from meetings.process import SeenOfMeeting
from notifications.models import Notice
from records.clock import london_date
from records.dates import as_day
from records.models import Origin
from records.prepared import PreparedRecords
from records.process import NO, UNKNOWN, YES, Line, step
from records.working_days import UnknownYear

READ = (
    "questions__roll__casts__cast_by", "questions__roll__casts__holder_answer", "questions__roll__correction", "questions__roll__attempts__person", "questions__consultations",
    "advice", "replies", "reasons", "settlements", "meeting__circulations", "meeting__papers_awaited",
)  # fmt: skip


class Together:
    """What is read of decisions that are looked at together: so many queries, however many they are. What is read already is not
    read again; what only some need, when the first of them does."""

    def __init__(self, decisions: Sequence[Decision]):
        prefetch_related_objects(decisions, *READ)
        self.counting = Counting()
        self.questions = [question for decision in decisions for question in closed(decision)]
        for decision in decisions:
            for question in closed(decision):
                question.group = decision.group  # the same group, without asking for it again

    @cached_property
    def told(self) -> dict[str, list[Notice]]:
        """Who was told that a question opened, by the key of what they were told."""
        keys = [_opened(question) for question in self.questions]
        return _by(Notice.objects.filter(key__in=keys).select_related("person"), lambda notice: notice.key)

    @cached_property
    def approvals(self) -> dict[int | None, list[Alternate]]:
        """Approved alternates, by seat."""
        seats = {row.seat_id for question in self.questions for row in question.roll.all()}
        approved = Alternate.objects.filter(seat__in=seats, approved_on__isnull=False)
        return _by(approved.select_related("person"), lambda alternate: alternate.seat_id)

    @cached_property
    def chairs(self) -> list[Holding | Alternate]:
        """Who ever held a Chair's seat, and then who ever was approved to stand in there. Of every group: they are few."""
        return [*_CHAIRS.records(), *_STANDING_IN.records()]


_CHAIRS = PreparedRecords(lambda: Holding.objects.filter(seat__role=Seat.Role.CHAIR), "seat")
_STANDING_IN = PreparedRecords(lambda: Alternate.objects.filter(seat__role=Seat.Role.CHAIR, approved_on__isnull=False), "seat")


def closed(decision: Decision) -> list[Question]:
    """Its questions that are closed, as they were prefetched."""
    return sorted((q for q in decision.questions.all() if q.status == QuestionStatus.CLOSED), key=lambda q: q.pk)


def _opened(question: Question) -> str:
    return f"{question.reference}-opened"


def _by(records: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for record in records:
        found[key(record)].append(record)
    return found


class Seen(SeenOfMeeting):
    """What the lines about one decision are computed from."""

    def __init__(self, decision: Decision, together: Together):
        self.decision, self.meeting, self.imported = decision, decision.meeting, decision.origin == Origin.IMPORTED
        self.together, self.days = together, together.counting.days
        self.questions = closed(decision)
        self.rows = [row for question in self.questions for row in question.roll.all()]
        self.casts = [cast for row in self.rows for cast in row.casts.all()]
        known, group, day = together.counting.policies, decision.group, decision.decided_on
        self.house = {key: known.value(group, key, day) for key in (Key.PUBLICATION, Key.PAPERS)} if day else {}

    @property
    def kept(self) -> bool:
        """Whether votes were given in the portal, so that it can answer for them."""
        return bool(self.questions) and not self.imported


@step("tabled")
def _tabled(seen: Seen) -> Iterator[Line]:
    item, clause = seen.decision.item, "Agenda"
    question = "Was it on the agenda for decision?"
    if seen.meeting is None:
        yield Line(question, YES, "It was put outside a meeting, as a question of its own.", clause, "Yes")
    elif item is None or item.purpose == AgendaItem.Purpose.NOT_STATED:
        yield Line(question, UNKNOWN, "The agenda does not say what the item was for.", clause)
    elif item.purpose == AgendaItem.Purpose.DECISION:
        yield Line(question, YES, f"Item {item.number} was tabled for decision.", clause)
    else:
        why = f" The reason recorded: {seen.decision.untabled_why}" if seen.decision.untabled_why else " No reason is recorded."
        yield Line(question, NO, f"Item {item.number} was tabled {item.get_purpose_display().lower()}.{why}", clause)


@step("asked")
def _asked(seen: Seen) -> Iterator[Line]:
    question, clause = "Was every seat asked?", "ToR, membership"
    if not seen.questions:
        if seen.decision.basis == Decision.Basis.NO_OBJECTIONS:
            yield Line(question, UNKNOWN, "The Chair asked for objections; which seats were silent is not recorded.", clause)
        else:
            yield Line(question, UNKNOWN, "No question to the seats is recorded.", clause)
        return
    first = [row for row in seen.rows if row.question_id == seen.questions[0].pk]
    vacant, absent = _in_state(first, RollRow.State.VACANT), _in_state(first, RollRow.State.ABSENT)
    silent, unheard = _in_state(first, RollRow.State.SILENT), _in_state(first, RollRow.State.EXPECTED)
    apart = ((silent, "raised no objection"), (absent, "not in attendance"), (vacant, "vacant"), (unheard, "did not vote"))
    text = f"{len(first)} seats were on the roll: {sum(r.counted is not None for r in first)} voted" + "".join(
        f", {len(rows)} {words}" for rows, words in apart if rows
    )
    told = [notice for q in seen.questions for notice in seen.together.told.get(_opened(q), [])] if seen.kept else []
    private = tuple(f"{n.person or n.address}: {n.get_status_display().lower()}" for n in told)
    yield Line(question, YES if first else NO, text + ".", clause, private=private)


def _in_state(rows: list[RollRow], state: str) -> list[RollRow]:
    return [row for row in rows if row.counted is None and row.state == state]


@step("consulted")
def _consulted(seen: Seen) -> Iterator[Line]:
    if not seen.kept:
        return
    seats = len({consultation.seat_id for q in seen.questions for consultation in q.consultations.all()})
    question, clause = "Were constituencies consulted?", "ToR: representatives consult their constituency"
    if seats:
        yield Line(question, YES, f"{seats} seat{'s' if seats != 1 else ''} consulted through the portal. What was replied is private to each seat.", clause)
    else:
        yield Line(question, UNKNOWN, "No seat consulted through the portal; it may have been done by other means.", clause)


@step("version")
def _version(seen: Seen) -> Iterator[Line]:
    question, clause = "Was what was decided the version consulted on?", "Change control"
    known = [q for q in seen.questions if q.consulted_version]
    if not known:
        yield Line(question, UNKNOWN, "Which version constituencies were consulted on is not recorded.", clause)
    for q in known:
        same = q.consulted_version == q.version
        change = f" What changed since: {q.changed_since}" if q.changed_since else " What changed since is not recorded."
        text = f"Version {q.version} of {q.subject} was both." if same else f"Version {q.consulted_version} of {q.subject} was consulted on, {q.version} voted on.{change}"
        yield Line(question, YES if same else NO, text, clause)


@step("alternates")
def _alternates(seen: Seen) -> Iterator[Line]:
    stood_in = [cast for cast in seen.casts if cast.capacity == Cast.Capacity.ALTERNATE]
    if not stood_in:
        return
    question, clause = "Were alternates approved before they voted?", "ToR: constituency approval for alternates is required"
    seats = {row.pk: row.seat_id for row in seen.rows}
    without: list[str] = []
    private: list[str] = []
    for cast in stood_in:
        day = london_date(cast.recorded_at)
        approvals = seen.together.approvals.get(seats[cast.row_id], [])
        found = next((a for a in approvals if a.person_id == cast.cast_by_id and a.approved_on and a.approved_on <= day), None)
        (private if found else without).append(f"{cast.cast_by} for {_seat_of(seen, cast)}" + (f": {found.approved_how}" if found else ""))
    text = f"{len(stood_in)} vote{'s' if len(stood_in) != 1 else ''} by alternates, {len(private)} with an approval on record before."
    yield Line(question, NO if without else YES, text, clause, private=tuple(private + without))


def _seat_of(seen: Seen, cast: Cast) -> str:
    return next(row.constituency for row in seen.rows if row.pk == cast.row_id)


@step("counted")
def _counted(seen: Seen) -> Iterator[Line]:
    question, clause = "Does the count kept at the close fit the votes?", "Ledger"
    if not seen.questions:
        return
    if seen.imported:
        yield Line(question, UNKNOWN, "The votes were read in from published minutes.", clause)
        return
    tallies: dict[int, dict[str, int]] = {}
    for row in seen.rows:
        told = tallies.setdefault(row.question_id, {})
        told[row.result] = told.get(row.result, 0) + 1
    fits = all(q.tally == tallies.get(q.pk, {}) for q in seen.questions)
    closes = {row.pk: row.question.closes_at for row in seen.rows}
    late = [cast for cast in seen.casts if (end := closes[cast.row_id]) and cast.recorded_at >= end]
    if late:
        yield Line(question, NO, f"{len(late)} votes are later than the close.", clause)
    else:
        yield Line(question, YES if fits else NO, "The votes were counted again for this page, and each came before the close." if fits else "They differ.", clause)


@step("could_not")
def _could_not(seen: Seen) -> Iterator[Line]:
    if not seen.kept:
        return
    attempts = sorted((each for row in seen.rows for each in row.attempts.all() if each.why != WhyNot.NOT_YOURS), key=lambda attempt: attempt.pk)
    seats = {a.row_id: a.row.constituency for a in attempts}
    question = "Could everybody vote who tried?"
    private = tuple(f"{a.row.constituency}, {a.person}: {a.said}" for a in attempts)
    if seats:
        yield Line(question, NO, f"{len(seats)} seat{'s' if len(seats) != 1 else ''} tried after the close or otherwise could not: {', '.join(sorted(seats.values()))}.", private=private)
    else:
        yield Line(question, YES, "No vote was refused to a seat.")


@step("disputed")
def _disputed(seen: Seen) -> Iterator[Line]:
    spoken = [cast for cast in seen.casts if cast.capacity == Cast.Capacity.PMO_ON_BEHALF]
    if not spoken:
        return
    disputed = [cast for cast in spoken if (answer := getattr(cast, "holder_answer", None)) and not answer.agrees]
    text = f"{len(spoken)} vote{'s were' if len(spoken) != 1 else ' was'} entered by the secretariat on behalf of a seat; {len(disputed) or 'none'} disputed."
    yield Line("Do the holders stand by votes entered for them?", NO if disputed else YES, text, private=tuple(_seat_of(seen, c) for c in disputed))


@step("authority")
def _authority(seen: Seen) -> Iterator[Line]:
    decision, question, clause = seen.decision, "Had whoever decided the authority that day?", "ToR, Decision Making"
    said = f" Authority: {decision.authority}." if decision.authority else " No authority is stated."
    day = decision.decided_on
    if decision.determined_by_id is None or day is None:
        yield Line(question, UNKNOWN, f"Nobody is named.{said}", clause)
        return
    chaired = _chaired(seen, day)
    if chaired:
        yield Line(question, YES, f"{decision.determined_by_name} sat as {chaired} that day.{said}", clause)
    elif seen.imported:
        yield Line(question, UNKNOWN, f"{decision.determined_by_name} is named as {decision.determined_as or 'deciding'}; the portal holds no seat for it.{said}", clause)
    else:
        yield Line(question, NO, f"{decision.determined_by_name} did not chair {decision.group} on {_day(day)}.{said}", clause)


def _chaired(seen: Seen, day: date) -> str:
    """The seat in which whoever decided chaired the group that day."""
    who, group = seen.decision.determined_by_id, seen.decision.group_id
    sat = (c for c in seen.together.chairs if c.person_id == who and c.seat.group_id == group and c.in_force_on(day))
    seat = next((c.seat for c in sat if isinstance(c, Holding) or (c.approved_on and c.approved_on <= day)), None)
    return seat.label if seat else ""


@step("level")
def _level(seen: Seen) -> Iterator[Line]:
    decision = seen.decision
    if decision.level:
        yield Line("Is it said whose decision it was?", YES, level_sentence(decision.level, decision.level_clause, decision.level_said_by), "ToR, levels of decision")
    else:
        yield Line("Is it said whose decision it was?", UNKNOWN, "The level is not stated.", "ToR, levels of decision")


@step("conflict")
def _conflict(seen: Seen) -> Iterator[Line]:
    if not seen.kept or seen.decision.determined_by_id is None:
        return
    own = [c for c in seen.casts if c.cast_by_id == seen.decision.determined_by_id and c.capacity != Cast.Capacity.PMO_ON_BEHALF]
    text = f"{seen.decision.determined_by_name} voted for {', '.join(_seat_of(seen, c) for c in own)}." if own else "Whoever determined had not voted."
    yield Line("Did the one who decided keep out of the vote?", NO if own else YES, text)


@step("advice")
def _advice(seen: Seen) -> Iterator[Line]:
    clause = "ToR: IPA is a member, Ofgem observes"
    for body, name in ((Advice.Body.IPA, "the IPA"), (Advice.Body.OFGEM, "Ofgem")):
        given = [a for a in seen.decision.advice.all() if a.body == body]
        question = f"Was {name} consulted?"
        if given:
            yield Line(question, YES, f"Its advice is recorded, {given[0].get_when_display().lower()}{f', {_day(given[0].given_on)}' if given[0].given_on else ''}.", clause)
        else:
            yield Line(question, UNKNOWN, f"No advice of {name} is recorded.", clause)


@step("reasons")
def _reasons(seen: Seen) -> Iterator[Line]:
    decision, reasons = seen.decision, len(seen.decision.reasons.all())
    question, clause = "Were reasons given?", "Published with the decision"
    if reasons:
        yield Line(question, YES, f"{reasons} numbered reason{'s' if reasons != 1 else ''}.", clause)
    elif required := why_reasons_are_required(decision, decision.settlements.all(), seen.questions):
        yield Line(question, NO, f"None, although {required}.", clause)
    else:
        yield Line(question, UNKNOWN, "None are recorded, and none were required.", clause)


@step("replies")
def _replies(seen: Seen) -> Iterator[Line]:
    rejecting = sum(row.result == "reject" for row in seen.rows)
    accepted = any(s.outcome in ACCEPTING for s in seen.decision.settlements.all())
    if not rejecting or not accepted or seen.imported:
        return
    answered = sum(bool(reply.text) for reply in seen.decision.replies.all())
    yield Line("Was each seat that advised against answered?", YES if answered >= rejecting else NO, f"{answered} of {rejecting} were answered.")


@step("consensus")
def _consensus(seen: Seen) -> Iterator[Line]:
    decision, clause = seen.decision, "ToR, Decision Making v"
    if decision.consensus == Decision.Consensus.NO:
        why = decision.not_passed_up_why
        yield Line("Without consensus: is it said why it was not passed up?", YES if why else NO, why or "It is not said.", clause)
    elif decision.consensus == Decision.Consensus.NOT_RECORDED:
        yield Line("Was there consensus?", UNKNOWN, "Whether there was consensus is not recorded.", clause)


@step("published")
def _published(seen: Seen) -> Iterator[Line]:
    decision = seen.decision
    start = seen.meeting.held_on if seen.meeting else decision.decided_on
    limit = int(seen.house.get(Key.PUBLICATION, "10"))
    question, clause = f"Was it published within {limit} working days?", "ToR, Decision Making"
    on = decision.first_published_on or (london_date(decision.published_at) if decision.published_at and not seen.imported else None)
    if on is None or start is None:
        yield Line(question, UNKNOWN, "It is not published yet." if not decision.published_at else "When it was first published is not stated.", clause)
        return
    try:
        day = seen.days.between(start, on)
    except UnknownYear:
        yield Line(question, UNKNOWN, f"Published on {_day(on)}; the calendar does not reach that far.", clause)
        return
    yield Line(question, YES if day <= limit else NO, f"Published on {_day(on)}, working day {day}.", clause)


@step("silences")
def _silences(seen: Seen) -> Iterator[Line]:
    silent = _in_state(seen.rows, RollRow.State.SILENT)
    if not silent:
        return
    corrected = [row for row in silent if row.corrected]
    text = f"{len(silent)} seat{'s were' if len(silent) != 1 else ' was'} recorded as raising no objection; {len(corrected) or 'none'} corrected it."
    yield Line("Do the holders stand by their silence?", NO if corrected else YES, text, "Consent is recorded seat by seat")


def _day(day: date) -> str:
    return as_day(day)
