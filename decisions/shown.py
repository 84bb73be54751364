"""What the pages of a question show to whom. Read-only.

How each seat votes is shown to the group while a vote is open, unless the group hides the running tally: then nobody
sees it before the close, whoever they are and wherever they look, but each seat its own.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Attempt, Decision, DeterminationDraft, Question, RollRow, WhyNot
from decisions.rules import (
    delegations_to,
    refusals_to_date,
    refusals_to_determine,
    refusals_to_promise,
    refusals_to_supersede,
    votes_of,
)
from decisions.rules.questions import (
    refusals_to_close,
    refusals_to_correct,
    refusals_to_open,
    refusals_to_put_again,
    refusals_to_withdraw,
)
from decisions.sentences import roll_sentence
from decisions.subjects import Terms
from decisions.things_said import verbs_on
from groups.calendar import calendar
from groups.models import AssuranceReading, Seat
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group, refusals_to_keep_the_record
from records.clock import london_date


def votes_are_shown(question: Question, now: datetime) -> bool:
    """Whether the choices may be shown to the group now."""
    return not question.tally_hidden or not question.is_open(now)


def rows_of(question: Question) -> list[RollRow]:
    rolls = RollRow.objects.filter(question=question).select_related("seat", "correction").order_by("order", "pk")
    return list(rolls.prefetch_related("casts__cast_by", "casts__holder_answer"))


def shown_rows(question: Question, rows: list[RollRow], standing: Standing, now: datetime) -> list[dict]:
    """The roll as this person may see it."""
    open_to_all, mine = votes_are_shown(question, now), standing.voting_seat_ids
    return [_shown(row, open_to_all or row.seat_id in mine) | {"row": row, "mine": row.seat_id in mine} for row in rows]


def _shown(row: RollRow, visible: bool) -> dict:
    if visible or row.counted is None:
        return row.as_shown()
    return row.as_shown() | {"choice": "hidden", "choice_label": "Voted", "comment": "", "chair_note": "", "cast_by": "", "capacity": ""}


def roll_now(question: Question, standing: Standing, now: datetime) -> dict:
    """The roll as this person may see it now: all that a page asks for again and again while a vote is open."""
    rows = rows_of(question)
    return {
        "question": question,
        "is_open": question.is_open(now),
        "roll": shown_rows(question, rows, standing, now),
        "hidden": not votes_are_shown(question, now),
        "voted": sum(row.counted is not None for row in rows),
    }


def question_page(question: Question, standing: Standing, now: datetime) -> dict:
    shown = roll_now(question, standing, now)
    rows = [each["row"] for each in shown["roll"]]
    return shown | {
        "now": now,
        "over": question.status == QuestionStatus.CLOSED or (question.status == QuestionStatus.OPEN and not question.is_open(now)),
        "riders": [rider | {"prefix": f"rider-{rider['question'].pk}"} for rider in _riders(question, standing, now)],
        "my_seats": [row for row in rows if row.seat_id in standing.voting_seat_ids],
        "my_silences": [row for row in rows if not any(refusals_to_correct(row, "to be typed", standing, now))],
        "seats_to_come": seats_to_come(question, standing) if question.status == QuestionStatus.DRAFT else [],
        "could_not": could_not_vote(question) if standing.chairs(question.group) or standing.is_secretary_of(question.group) else [],
        "verbs": verbs_for(question, standing, now),
        "days_left": calendar().between(standing.on, london_date(question.closes_at)) if question.closes_at and question.is_open(now) else None,
        "withdrawn_as": Question.objects.filter(replaces=question).first(),
    }


def _riders(question: Question, standing: Standing, now: datetime) -> list[dict]:
    riders = question.follow_ups.exclude(status=QuestionStatus.WITHDRAWN).order_by("pk")
    return [{"question": rider, "roll": shown_rows(rider, rows_of(rider), standing, now)} for rider in riders]


def seats_to_come(question: Question, standing: Standing) -> list[Seat]:
    """The person's voting seats that will be on the roll once it is opened."""
    seats = Seat.objects.on(standing.on).filter(pk__in=standing.voting_seat_ids, group=question.group)
    return list(seats.order_by("order"))


def could_not_vote(question: Question) -> list[dict]:
    """Seats whose own people tried to vote and could not, and have no vote that counts because of it. For Chair and secretariat."""
    attempts = Attempt.objects.filter(row__question=question).exclude(why=WhyNot.NOT_YOURS).select_related("row", "person")
    told: dict[int, dict] = {}
    for attempt in attempts:
        entry = told.setdefault(attempt.row_id, {"row": attempt.row, "attempts": []})
        entry["attempts"].append(attempt)
    return list(told.values())


def decision_page(decision: Decision, standing: Standing, now: datetime) -> dict:
    """What a decision's desk page shows: everything the Chair needs on one page, and what this person may do."""
    group = decision.group
    prepares = standing.chairs(group) or standing.is_secretary_of(group)
    draft = DeterminationDraft.objects.select_related("prepared_by").filter(decision=decision).first()
    return {
        "decision": decision,
        "now": now,
        "votes": [_vote(question, standing, now, prepares) for question in decision.questions.select_related("group").order_by("pk")],
        "advice": list(decision.advice.select_related("person")),
        "concerns": list(decision.procedural_concerns.select_related("seat", "raised_by", "ruling")),
        "statements": list(decision.statements.select_related("seat", "made_by")),
        "referrals": list(decision.referrals.select_related("from_group", "to_group", "raised_by_seat", "owner", "carried_to")),
        "delegations": delegations_to(group, standing.on) if decision.level == 2 else [],
        "later": list(decision.superseded_by.exclude(status=DecisionStatus.WITHDRAWN)),
        "draft": draft if draft and (prepares or (draft.shared_with_assurance and standing.reads_for_assurance(group))) else None,
        "prepares": prepares,
        "may_rule": standing.chairs(group),
        "sees_process": prepares or standing.reads_for_assurance(group) or standing.assures(group),
        "may": decision_verbs(decision, standing, now),
        "speaking_seats": list(Seat.objects.filter(pk__in=standing.voting_seat_ids, group=group)),
        "conflicts": [cast.row.constituency for cast in votes_of(decision, standing.user.person_id)] if standing.chairs(group) else [],
    }


def _vote(question: Question, standing: Standing, now: datetime, prepares: bool) -> dict:
    rows = rows_of(question)
    shown = shown_rows(question, rows, standing, now)
    return {
        "question": question,
        "is_open": question.is_open(now),
        "roll": shown,
        "sentence": roll_sentence(shown),
        "hidden": not votes_are_shown(question, now),
        "voted": sum(row.counted is not None for row in rows),
        "could_not": could_not_vote(question) if prepares else [],
    }


def decision_verbs(decision: Decision, standing: Standing, now: datetime) -> set[str]:
    """What this person may do to the decision, or say of it, now. The rules decide."""
    group, waiting = decision.group, decision.status in (DecisionStatus.DRAFT, DecisionStatus.TABLED)
    secretary, chairs = not any(refusals_to_keep_the_record(standing, group)), standing.chairs(group)
    offered = {
        "determine": chairs and may_determine(decision, standing, now),
        "prepare": (chairs or secretary) and waiting,
        "promise": not any(refusals_to_promise(decision, now + timedelta(days=1), standing, now)),
        "level": secretary and waiting,
        "revise": secretary and not any(refusals_to_supersede(decision)),
    }
    return {verb for verb, may in offered.items() if may} | verbs_on(decision, standing)


def may_determine(decision: Decision, standing: Standing, now: datetime) -> bool:
    """Whether nothing but what the form asks for stands in the way."""
    rules = (refusals_to_determine(decision, Terms([]), standing, now), refusals_of_closed_group(decision.group, standing))
    in_the_way = any(not getattr(refusal, "field", "") for rule in rules for refusal in rule)
    return not in_the_way and not any(refusals_to_date(decision, standing.on, standing.on))


def readings_of(decision: Decision) -> list[AssuranceReading]:
    """Who read of the decision for assurance before it was public, the latest first."""
    about = Q(reference__startswith=f"{decision} ") | Q(reference=f"process of {decision}")
    return list(AssuranceReading.objects.filter(about).select_related("person")[:20])


def verbs_for(question: Question, standing: Standing, now: datetime) -> set[str]:
    """What the secretariat may do to the question now. The rules decide."""
    if any(refusals_to_keep_the_record(standing, question.group)) or question.follows_id:
        return set()
    offered = set()
    if question.status == QuestionStatus.DRAFT:
        offered |= {"change"} | ({"open"} if not any(refusals_to_open(question, now)) else set())
    if not any(refusals_to_close(question, now)):
        offered |= {"close"}
    if question.is_open(now):
        offered |= {"roll_call"}
    if not any(refusals_to_withdraw(question, "a reason", now)):
        offered.add("withdraw")
    if not any(refusals_to_put_again(question)):
        offered.add("again")
    return offered
