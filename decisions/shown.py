"""What the pages of a question show to whom. Read-only.

How each seat votes is shown to the group while a vote is open, unless the group hides the running tally: then nobody
sees it before the close, whoever they are and wherever they look, but each seat its own.
"""

from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from decisions.beside import beside
from decisions.in_the_room import away_from
from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Attempt, Decision, DeterminationDraft, Question, QuestionPack, RollRow, WhyNot
from decisions.papers import circulated_of, shown_to
from decisions.rules import votes_of
from decisions.rules.delegations import delegations_to
from decisions.rules.voting import refusals_to_correct
from decisions.sentences import grouped, roll_sentence, segments
from files.packing import can_be_had, progress_of
from groups.models import Seat
from groups.recipients import sitting_in
from groups.standing import Standing
from meetings.rules import refusals_to_minute
from records.clock import portal_today
from records.verbs import offers


def votes_are_shown(question: Question, now: datetime) -> bool:
    """Whether the choices may be shown to the group now."""
    return not question.tally_hidden or not question.is_open(now)


def rows_of(question: Question) -> list[RollRow]:
    rolls = question.roll.select_related("seat", "correction").order_by("order", "pk")
    return list(rolls.prefetch_related("casts__cast_by", "casts__holder_answer"))


def shown_rows(question: Question, rows: list[RollRow], standing: Standing, now: datetime) -> list[dict]:
    """The roll as this person may see it."""
    open_to_all, mine = votes_are_shown(question, now), standing.voting_seat_ids
    away = away_from(question, now) if question.is_open(now) else {}
    shown = [_shown(row, open_to_all or row.seat_id in mine) | {"row": row, "mine": row.seat_id in mine} for row in rows]
    return [each | {"choice": "absent", "choice_label": "Not here"} if each["choice"] == "expected" and each["row"].seat_id in away else each for each in shown]


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
        "my_silences": [row for row in rows if not any(refusals_to_correct(row, standing, now))],
        "seats_to_come": seats_to_come(question, standing) if question.status == QuestionStatus.DRAFT else [],
        "could_not": could_not_vote(question) if standing.runs(question.group) else [],
        **({} if question.in_the_room else papers_of(question, standing, now)),
        "offers": (offered := offers(question, standing, now)),
        "keeps": question.item is not None and not any(refusals_to_minute(question.item.meeting, standing, now)),
        "may_call_the_roll": any(offer.name == "roll_call" for offer in offered),
        "may_close": any(offer.name in ("close", "confirm_the_room") for offer in offered),
        "days_left": standing.counting.left(standing.on, question.closes_at) if question.is_open(now) else None,
        "withdrawn_as": Question.objects.filter(replaces=question).first(),
    }


def _riders(question: Question, standing: Standing, now: datetime) -> list[dict]:
    riders = question.follow_ups.exclude(status=QuestionStatus.WITHDRAWN).order_by("pk")
    return [{"question": rider, "roll": shown_rows(rider, rows_of(rider), standing, now)} for rider in riders]


def papers_of(question: Question, standing: Standing, now: datetime) -> dict:
    """The papers of a question between meetings, with what can be done to each; when they went out; and all of them in one."""
    went_out = question.circulations.annotate(to=Count("told")).order_by("n").prefetch_related("papers")
    return pack_of(question) | {
        "papers": [{"paper": each, "gone": bool(each.circulated.all()), "offers": offers(each, standing, now)} for each in shown_to(question, standing)],
        "circulations": [{"circulation": each, "titles": [paper.title for paper in each.papers.all()]} for each in went_out],
    }  # fmt: skip


def pack_of(question: Question) -> dict:
    """All of them in one: how far it is, and where it is had."""
    pack = QuestionPack.objects.filter(question=question).select_related("pdf", "zip").first()
    going = pack is not None and not pack.is_made
    return {
        "pack": pack, "pack_files": pack if pack and can_be_had(pack, circulated_of(question)) else None,
        "progress": progress_of(circulated_of(question)) if going else None,
        "pdf_url": reverse("decisions:question_pack_pdf", args=[question.pk]), "zip_url": reverse("decisions:question_pack_zip", args=[question.pk]),
    }  # fmt: skip


def seats_to_come(question: Question, standing: Standing) -> list[Seat]:
    """The person's voting seats that will be on the roll once it is opened."""
    return standing.seats_in(question.group)


def who_is_asked(question: Question) -> str:
    """Who is sent a mail when it is opened: how many, for how many seats."""
    seats = Seat.objects.on(portal_today()).filter(group=question.group, role=Seat.Role.MEMBER)
    people = sitting_in(seats)
    silent = [person.name for person in people if not person.email]
    many = len(people) - len(silent)
    told = f"{many} {'person' if many == 1 else 'people'} who may vote for {len(seats)} seat{'' if len(seats) == 1 else 's'} of {question.group} {'is' if many == 1 else 'are'} told by e-mail, with a link."
    return f"{told} Nobody knows an address of {', '.join(silent)}." if silent else told


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
    prepares = standing.runs(group)
    draft = DeterminationDraft.objects.select_related("prepared_by").filter(decision=decision).first()
    return {
        "decision": decision,
        "decided": _decided(decision) if decision.status == DecisionStatus.DETERMINED else None,
        "now": now,
        "votes": [_vote(question, standing, now, prepares) for question in decision.questions.select_related("group").order_by("pk")],
        "beside": beside(decision),
        "advice": list(decision.advice.select_related("person")),
        "concerns": list(decision.procedural_concerns.select_related("seat", "raised_by", "ruling")),
        "statements": list(decision.statements.select_related("seat", "made_by")),
        "referrals": list(decision.referrals.select_related("from_group", "to_group", "raised_by_seat", "owner", "carried_to")),
        "delegations": delegations_to(group, standing.on) if decision.level == 2 else [],
        "later": list(decision.superseded_by.exclude(status=DecisionStatus.WITHDRAWN)),
        "draft": draft if draft and (prepares or (draft.shared_with_assurance and standing.reads_for_assurance(group))) else None,
        "prepares": prepares,
        "may_rule": standing.chairs(group),
        "sees_process": standing.looks_behind(group),
        "offers": (offered := offers(decision, standing, now)),
        "may_determine": any(offer.name == "determine" for offer in offered),
        "conflicts": [cast.row.constituency for cast in votes_of(decision, standing)] if standing.chairs(group) else [],
    }


def _decided(decision: Decision) -> dict:
    """What became of it, in the words of its public page; and what was said with it."""
    return {
        **decision.in_short(),
        "settlements": [each.as_told() for each in decision.settlements.all()],
        "reasons": [reason.text for reason in decision.reasons.all()],
        "directions": [direction.text for direction in decision.directions.all()],
    }


def _vote(question: Question, standing: Standing, now: datetime, prepares: bool) -> dict:
    rows = rows_of(question)
    shown = shown_rows(question, rows, standing, now)
    return {
        "question": question,
        "is_open": question.is_open(now),
        "roll": shown,
        "sentence": roll_sentence(shown),
        "segments": segments(shown),
        "grouped": grouped(shown),
        "hidden": not votes_are_shown(question, now),
        "voted": sum(row.counted is not None for row in rows),
        "could_not": could_not_vote(question) if prepares else [],
    }
