"""What follows here when the verb of a lower app runs: publishing minutes publishes the meeting's decisions; and what is written
down later about a day before is said on the decisions of that day."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from decisions.counts import Count, counts_in, represented_in
from decisions.in_the_room import there_when_closed
from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Cast, Choice, Decision, Question, RollRow
from decisions.operations.publication import make_public
from decisions.rules import tabled_otherwise, what_forbids_publishing
from decisions.rules.announcing import announcement_of
from decisions.sentences import joined
from decisions.verbs import decision_page, question_page
from decisions.waiting import subjects_of
from groups.models import Alternate, Holding, HolidayChange, Person, Policy, User
from meetings.attending import room_of
from meetings.lifecycle import ItemStatus
from meetings.models import AgendaItem, Attendance, Meeting, Paragraph
from meetings.rules.minutes import is_with_the_secretariat, minute_of
from meetings.rules.preflight import spoken_of_and_unknown
from meetings.tabling import Tableable
from meetings.verbs import attendance_page
from records.dates import as_day
from records.editions import issue
from records.hooks import effects_of, offers_for, refusals_for
from records.locks import locked
from records.models import Origin
from records.references import key_of
from records.rules import Refusal

REPORTED = "reported:"  # what an item is tabled from, then the decision's key


@effects_of("meetings.publish")
def publish_its_decisions(meeting: Meeting, *, by, at) -> None:
    """Every determined decision of the meeting that is not embargoed, in the same transaction."""
    for decision in locked(Decision.objects.filter(meeting=meeting, published_at=None)).order_by("pk"):
        decision.meeting = meeting
        if not any(what_forbids_publishing(decision)):
            make_public(decision, by=by, at=at)


@refusals_for("meetings.preflight")
def decisions_to_look_at(meeting: Meeting) -> Iterator[Refusal]:
    for decision in meeting.decisions.in_order().select_related("announcement"):
        if said := _unfinished(decision):
            yield Refusal(said, at=decision_page(decision))
    for question in (q for item in meeting.items.all() for q in item.questions.all()):
        if question.status == "open":
            yield Refusal(f"The vote on {question.on} is still open.", at=question_page(question))


@refusals_for("meetings.preflight")
def decisions_on_items_not_tabled_for_one(meeting: Meeting) -> Iterator[Refusal]:
    for each in meeting.decisions.filter(untabled_why="", status__in=(DecisionStatus.DRAFT, DecisionStatus.TABLED)).in_order().select_related("item"):
        if each.item and (purpose := tabled_otherwise(each)):
            why = f"{each} ({each.title}) is a decision, and item {each.item.number} was tabled {purpose}: say why it was taken all the same."
            yield Refusal(why, at=reverse("decisions:untabled", args=[each.pk]))


@refusals_for("meetings.preflight")
def what_is_decided_twice(meeting: Meeting) -> Iterator[Refusal]:
    """One document settled by two decisions of the same meeting: one of the two is a slip, or the later one takes the place of the other and should say so."""
    settled: dict[str, list[Decision]] = defaultdict(list)
    called: dict[str, str] = {}
    for each in meeting.decisions.exclude(status=DecisionStatus.WITHDRAWN).in_order().select_related("determination_draft").prefetch_related("settlements", "questions"):
        for key, subject in _settling(each).items():
            settled[key].append(each)
            called.setdefault(key, subject)
    for subject, by in ((called[key], by) for key, by in settled.items()):
        if len(by) > 1 and not any(each.supersedes_id in {other.pk for other in by} for each in by):
            yield Refusal(f"{subject} is decided on twice at this meeting: by {joined([str(each) for each in by])}.", at=decision_page(by[-1]))


@refusals_for("meetings.preflight")
def decisions_that_nobody_took(meeting: Meeting) -> Iterator[Refusal]:
    """Decisions that are spoken of and are on no register: one of the digits is wrong, most likely."""
    pattern = re.compile(rf"\b{re.escape(meeting.group.code)}-DEC\d{{1,4}}\b")
    items = meeting.items.on_the_agenda().prefetch_related("paragraphs__typed")
    for item, found in spoken_of_and_unknown(items, pattern, Decision.objects.all()):
        yield Refusal(f"Item {item.number} ({item.title}) speaks of {found}, and no decision has that number.", at=minute_of(item, meeting.minutes))


def _settling(decision: Decision) -> dict[str, str]:
    """What it settles, or is to settle, by its key. Reads what is prefetched."""
    if decision.status == DecisionStatus.DETERMINED:
        return {key_of(each.subject_ref): each.subject for each in decision.settlements.all()}
    return {key_of(each): each for each in subjects_of(decision)}


def _unfinished(decision: Decision) -> str:
    if decision.status == DecisionStatus.DRAFT:
        return f"{decision} ({decision.title}) is still a draft."
    if decision.status == DecisionStatus.TABLED and (said := announcement_of(decision)):
        return f"{decision} ({decision.title}) was announced by {said.announced_by_name} and waits for the Chair to confirm it: it will be published without it."
    if decision.status == DecisionStatus.TABLED:
        return f"{decision} ({decision.title}) waits for the Chair's decision: its vote and advice will be published without it."
    return f"{decision} is under embargo until {as_day(decision.embargoed_until)}: {decision.embargoed_why}" if decision.is_embargoed else ""


@refusals_for("meetings.preflight")
def votes_of_who_sent_apologies(meeting: Meeting) -> Iterator[Refusal]:
    """Nobody came for the seat, and it voted or is taken to consent: by telephone perhaps, or one of the two is wrong."""
    absent = Q(section=Attendance.Section.APOLOGIES) | Q(mode=Attendance.Mode.ABSENT)
    recorded = meeting.attendances.filter(dropped=False, seat__isnull=False)
    came = set(recorded.exclude(absent).values_list("seat_id", flat=True))
    away = {seat: name for seat, name in recorded.filter(absent).exclude(seat_id__in=came).values_list("seat_id", "printed_name") if seat}
    rows = RollRow.objects.filter(Q(casts__isnull=False) | Q(state=RollRow.State.SILENT), question__item__meeting=meeting, seat_id__in=away)
    for row in rows.distinct().order_by("question_id", "order").select_related("question"):
        there = f"{away[row.seat_id or 0]} is recorded as not there, and the {row.constituency} seat"
        if row.state == RollRow.State.SILENT:
            yield Refusal(f"{there} as raising no objection to {row.question.on}: one of the two is wrong.", at=question_page(row.question))
        else:
            yield Refusal(f"{there} voted on {row.question.on}: who gave its vote, and how?", at=question_page(row.question))


@refusals_for("meetings.preflight")
def seats_that_came_and_have_no_vote(meeting: Meeting) -> Iterator[Refusal]:
    """Somebody was there for the seat when the vote was closed, and it has none: overlooked, perhaps. Who says nothing to "does anybody object?" has said so."""
    closed = Question.objects.filter(item__meeting=meeting, status=QuestionStatus.CLOSED, follows=None, origin=Origin.PORTAL).exclude(basis=Decision.Basis.NO_OBJECTIONS)
    attended = meeting.attendances.filter(dropped=False).exists()
    for question in closed.order_by("pk").select_related("item__meeting", "group").prefetch_related("roll__casts"):
        silent = [row for row in question.roll.all() if row.counted is None and row.state == RollRow.State.EXPECTED]
        if not attended and any(row.counted for row in question.roll.all()):
            at = attendance_page(meeting) if is_with_the_secretariat(meeting.minutes) else ""
            yield Refusal(f"A vote was taken on {question.on}, and no attendance is recorded.", at=at)
        came = there_when_closed(question) if silent and attended else set()
        if missed := [row.constituency for row in silent if row.seat_id in came]:
            seats = "1 seat that came has" if len(missed) == 1 else f"{len(missed)} seats that came have"
            yield Refusal(f"{seats} no vote on {question.on}: {joined(missed)}.", at=question_page(question))


@refusals_for("meetings.preflight")
def counts_typed_by_hand(meeting: Meeting) -> Iterator[Refusal]:
    """A count in the words of an item that is none of its rolls' counts, or not the attendance's: one of the two is wrong."""
    room = room_of(meeting) if meeting.attendances.filter(dropped=False).exists() else None
    for item in meeting.items.on_the_agenda().prefetch_related("paragraphs__typed", "questions__roll__casts"):
        tallies = [Counter(row.counted.choice for row in question.roll.all() if row.counted) for question in item.questions.all() if question.status == QuestionStatus.CLOSED]
        texts = [each.reads for each in item.paragraphs.all() if each.kind == Paragraph.Kind.TEXT and not each.dropped]
        for said in (found for text in texts for found in counts_in(text)):
            if tallies and not any(_agrees(said, tally) for tally in tallies):
                by_roll = " or ".join(dict.fromkeys(_as_counted(said, tally) for tally in tallies))
                yield Refusal(f"Item {item.number} ({item.title}) says “{said.words}”; by the roll it is {by_roll}.", at=_roll_of(item))
        for words, came, of in (found for text in texts for found in represented_in(text)):
            if room and (came, of) != (room.represented, len(room.constituencies)):
                by_fact = f"{room.represented} of {len(room.constituencies)}"
                yield Refusal(f"Item {item.number} ({item.title}) says “{words}”; by the attendance it is {by_fact}.", at=minute_of(item, meeting.minutes))


def _agrees(said: Count, tally: Counter) -> bool:
    if said.either:
        return sorted(said.either) == sorted((tally[Choice.APPROVE], tally[Choice.REJECT]))
    return all(tally[side] == number for side, number in said.sides.items())


def _as_counted(said: Count, tally: Counter) -> str:
    if said.either or len(said.sides) > 1:
        return f"{tally[Choice.APPROVE]} to approve and {tally[Choice.REJECT]} to reject"
    return str(tally[next(iter(said.sides))])


def _roll_of(item: AgendaItem) -> str:
    return next((question_page(each) for each in item.questions.all() if each.status == QuestionStatus.CLOSED), "")


@refusals_for("meetings.order_items")
def refusals_to_renumber(meeting: Meeting) -> Iterator[str]:
    """What is public of a decision says which item it was tabled as."""
    for decision in meeting.decisions.filter(published_at__isnull=False, item__isnull=False).order_by("pk"):
        yield f"{decision} is public and names its item: the items of {meeting} stay where they are."


@refusals_for("meetings.change_item")
def refusals_to_say_it_otherwise(item: AgendaItem) -> Iterator[str]:
    for decision in item.decisions.filter(published_at__isnull=False).order_by("pk"):
        yield f"{decision} is public and says what this item was tabled for: it stays as it is."


@refusals_for("meetings.take_off")
def refusals_to_leave_it_without_its_item(item: AgendaItem) -> Iterator[str]:
    """A vote or a decision that was prepared for the item would be about nothing."""
    for question in item.questions.exclude(status=QuestionStatus.WITHDRAWN).order_by("pk"):
        yield f"A vote is prepared on this item ({question.on}): withdraw it first."
    for decision in item.decisions.exclude(status=DecisionStatus.WITHDRAWN).filter(questions=None).order_by("pk"):
        yield f"A decision is drafted on this item ({decision.title}): withdraw it first."


@offers_for("meetings.table_item")
def what_was_decided_between_meetings(meeting: Meeting) -> Iterator[Tableable]:
    """Determined ex-committee before the meeting, public, and reported to none yet: an agenda is public, too."""
    taken = Decision.objects.filter(
        group=meeting.group, where_taken=Decision.WhereTaken.EX_COMMITTEE, status=DecisionStatus.DETERMINED, origin=Origin.PORTAL, decided_on__lte=meeting.held_on,
        published_at__isnull=False,
    )  # fmt: skip
    reported = set(AgendaItem.objects.filter(meeting__group=meeting.group, source__startswith=REPORTED).exclude(status=ItemStatus.TAKEN_OFF).values_list("source", flat=True))
    for decision in taken.order_by("decided_on", "pk"):
        if (key := f"{REPORTED}{decision.pk}") not in reported:
            yield Tableable(key, f"Report of {decision}: {decision.title}"[:300], f"Decided between meetings, on {as_day(decision.decided_on)}", AgendaItem.Purpose.INFORMATION)


@offers_for("groups.end_holding")
def votes_that_wait_for_the_seat(holding: Holding) -> Iterator[str]:
    """What hangs on somebody leaving: votes with the seat on their roll."""
    waiting = Question.objects.filter(status=QuestionStatus.OPEN, roll__seat=holding.seat_id).select_related("decision").order_by("pk")
    for question in waiting:
        said = "has voted in it, and the vote stands" if question.roll.filter(seat=holding.seat_id, casts__isnull=False).exists() else "has not voted in it"
        yield f"The vote on {question.on or Truncator(question.wording).chars(80)} is open, and the seat is on its roll: it {said}. After the last day nobody votes for it until somebody else is seated."


# --- was process followed: what is written down afterwards


def _issue(decisions: QuerySet[Decision], why: str, *, by: User) -> None:
    for pk in decisions.filter(published_at__isnull=False).values_list("pk", flat=True):
        issue("decision", pk, why, by=by)


@effects_of("groups.appoint")
@effects_of("groups.end_holding")
def say_who_sat_that_day(holding: Holding, *, by: User) -> None:
    """Had whoever decided the authority that day?"""
    decided = Decision.objects.filter(group=holding.seat.group_id, determined_by=holding.person_id)
    _issue(decided, "Who sat where on the day was written down.", by=by)


@effects_of("groups.correct_person")
def say_the_name_that_is_right(person: Person, *, before: Person, by: User, **_) -> None:
    """Advice is given in somebody's name."""
    if before.name != person.name:
        _issue(Decision.objects.filter(advice__person=person).distinct(), f"The name of {person} was corrected.", by=by)


@effects_of("groups.approve_alternate")
def say_that_the_alternate_was_approved(alternate: Alternate, *, by: User) -> None:
    """Were alternates approved before they voted, or decided?"""
    why, group, person = "The approval of an alternate was written down.", alternate.seat.group_id, alternate.person_id
    voted = Decision.objects.filter(questions__roll__seat=alternate.seat_id, questions__roll__casts__cast_by=person)
    _issue(voted.filter(questions__roll__casts__capacity=Cast.Capacity.ALTERNATE).distinct(), why, by=by)
    _issue(Decision.objects.filter(group=group, determined_by=person), why, by=by)


@effects_of("groups.set_policy")
def say_by_which_rule(policy: Policy, *, by: User) -> None:
    """By what the group went on the day: a policy may be written down after it came into force."""
    bound = Decision.objects.filter(decided_on__gte=policy.since)
    _issue(bound.filter(group=policy.group_id) if policy.group_id else bound, f"A policy was written down: {policy}.", by=by)


@effects_of("groups.change_holiday")
def count_the_days_anew(change: HolidayChange, *, by: User) -> None:
    """On which working day was it published? Only those decided before the holiday can count it."""
    _issue(Decision.objects.filter(decided_on__lt=change.day), f"A bank holiday was written down: {change.name}.", by=by)
