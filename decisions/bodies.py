"""What an edition of a decision holds, as far as decisions and votes go: dissent and assurance add their parts."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from decisions.lifecycle import QuestionStatus
from decisions.models import (
    Advice,
    Cast,
    Decision,
    DecisionEdition,
    Direction,
    Question,
    QuestionCirculatedPaper,
    QuestionCirculation,
    Reason,
    Reply,
    RollRow,
    Settlement,
)
from decisions.papers import told_to_everybody
from records.clock import london_date
from records.editions import Body, Shelved, body_of, parts_of, whole_of
from records.models import Origin
from records.references import keys_of


def _shelve(body: Body) -> Shelved:
    counted = [row for vote in body["votes"] for row in vote["rows"]]
    return Shelved(
        title=body["plain_title"], summary=body["sentence"], group=body["group"], sort_on=date.fromisoformat(body["decided_on"]),
        address=reverse("register:decision", args=[body["reference"]]), order=f"{body['number']:08}", state="superseded" if body["superseded_by"] else "stands",
        facets={
            "number": body["number"], "meeting": body["meeting"], "against": bool(body["against_advice"]),
            "outcomes": sorted({each["outcome"] for each in body["settlements"]}),
            "subjects": sorted({key for each in body["settlements"] for key in keys_of(each["subject_ref"])}),
            "votes": [{"seat": row["seat"], "on": vote["on"] or vote["wording"], "choice": row["choice_label"]} for vote in body["votes"] for row in vote["rows"] if row["seat"]],
            "settlements": [{"subject": each["subject"], "outcome": each["outcome"], "words": each["outcome_in_words"]} for each in body["settlements"]],
        },
        named=(body["title"], *(f"{each['subject_ref']} {each['subject_title']}" for each in body["settlements"])),
        words=(
            body["wording"], body["what_this_means"], *body["reasons"], *body["directions"], *(row["comment"] for row in counted),
            *(said["text"] for said in body["advice"]),
        ),
    )  # fmt: skip


def votes_that_are_over() -> Prefetch:
    """The questions of a decision with their rolls: a vote is nobody's to see before it is over."""
    casts = Prefetch("casts", Cast.objects.select_related("cast_by", "holder_answer"))
    rolls = RollRow.objects.select_related("correction", "seat__group").order_by("order", "pk").prefetch_related(casts)
    closed = Question.objects.filter(status=QuestionStatus.CLOSED).order_by("pk")
    return Prefetch("questions", closed.prefetch_related(Prefetch("roll", rolls), _papers_that_went_out()))


def _papers_that_went_out() -> Prefetch:
    papers = QuestionCirculatedPaper.objects.select_related("circulation", "paper__blob__clean_copy").order_by("order")
    return Prefetch("circulations", QuestionCirculation.objects.order_by("n").prefetch_related(Prefetch("papers", papers)))


def with_everything() -> QuerySet[Decision]:
    """Published decisions, with all the rows of theirs that a body is built from."""
    rows = Decision.objects.select_related("group", "meeting", "item", "paragraph", "supersedes", "determined_by")
    # In an order of their own: in that of their model, each would be joined to its decision again.
    own = (Prefetch(name, model.objects.order_by(order)) for name, model, order in OWN)
    advice = Prefetch("advice", Advice.objects.select_related("person").order_by("pk"))
    told = rows.prefetch_related(*own, advice, "superseded_by", votes_that_are_over())
    return told.filter(published_at__isnull=False)


OWN: tuple[tuple[str, Any, str], ...] = (("settlements", Settlement, "n"), ("reasons", Reason, "n"), ("directions", Direction, "n"), ("replies", Reply, "pk"))


_WHOLE, _BY_REFERENCE = whole_of("decision", with_everything, pk=-1), whole_of("decision", with_everything, reference="?")


def published_decision(reference: str) -> Decision | None:
    """With all the rows that its body is built from."""
    return _BY_REFERENCE.first(reference=reference)  # type: ignore[no-any-return]


@body_of(DecisionEdition, _shelve)
def decision_body(pk: int) -> Body | None:
    """Everything the public may read of a decision, from the moment it is published."""
    decision = _WHOLE.first(pk=pk)
    return everything_of(decision) if decision else None


def everything_of(decision: Decision) -> Body:
    """The body as it will be; of what is not published yet for those only who may read it."""
    return {
        "reference": decision.reference,
        "number": decision.number,
        "group": decision.group.code,
        **decision.in_short(),
        "title": decision.title,
        "wording": decision.wording,
        "what_this_means": decision.what_this_means,
        **_place(decision),
        **_authority(decision),
        "against_advice": decision.against_advice,
        "settlements": [each.as_told() for each in decision.settlements.all()],
        "reasons": [reason.text for reason in decision.reasons.all()],
        "directions": [direction.text for direction in decision.directions.all()],
        "advice": [_advice(each) for each in decision.advice.all()],
        "votes": [_vote(question, decision) for question in decision.questions.all()],
        "supersedes": decision.supersedes.reference if decision.supersedes and decision.supersedes.published_at else None,
        "superseded_by": _superseded_by(decision),
        "if_not_approved": decision.if_not_approved,
        "review_on": decision.review_on,
        "published_at": decision.published_at,
        "first_published_on": _first_published_on(decision),
        "read_in": decision.origin == Origin.IMPORTED,
        **parts_of("decision", decision),
    }


def _place(decision: Decision) -> dict[str, Any]:
    return {
        "meeting": decision.meeting.code if decision.meeting else None,
        "item": decision.item.number if decision.item else None,
        "paragraph": decision.paragraph.label if decision.paragraph else None,
        "decided_on": decision.decided_on,
        "where_taken": decision.where_taken,
        "where_taken_in_words": decision.get_where_taken_display(),
    }


def _authority(decision: Decision) -> dict[str, Any]:
    return {
        "maker": decision.maker,
        "maker_in_words": decision.maker_in_words,
        "determined_by": decision.determined_by_name or None,
        "determined_as": decision.determined_as or None,
        "authority": decision.authority,
        "basis": decision.basis,
        "basis_in_words": decision.get_basis_display(),
        "level": decision.level,
        "level_clause": decision.level_clause,
        "level_said_by": decision.level_said_by,
        "level_in_words": decision.level_in_words,
        "consensus": decision.consensus,
        "consensus_in_words": decision.get_consensus_display(),
        "not_passed_up_why": decision.not_passed_up_why,
    }


def _first_published_on(decision: Decision) -> date | None:
    """As printed; else the day it was published here. When what was read in was first published, only its papers can tell."""
    if decision.first_published_on or decision.origin == Origin.IMPORTED or decision.published_at is None:
        return decision.first_published_on
    return london_date(decision.published_at)


def _superseded_by(decision: Decision) -> dict[str, Any] | None:
    later = next((each for each in decision.superseded_by.all() if each.published_at), None)
    return {"reference": later.reference, "on": later.decided_on} if later else None


def _advice(advice: Advice) -> dict[str, Any]:
    return {
        "body": advice.get_body_display(), "person": advice.person.name if advice.person else None, "text": advice.text,
        "when": advice.get_when_display(), "given_on": advice.given_on,
    }  # fmt: skip


def _vote(question: Question, decision: Decision) -> dict[str, Any]:
    question.group = decision.group
    return {
        "reference": question.reference,
        "on": question.on,
        "subject": question.subject,
        "version": question.version,
        "wording": question.wording,
        "asked": "objections" if question.asks_for_objections else "advice",
        "rows": [row.as_shown() | {"seat": row.seat.reference if row.seat else None} for row in question.roll.all()],
        "tally": question.recount(),
        **({"papers": told} if (told := told_to_everybody(question)) else {}),
    }
