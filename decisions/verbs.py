"""What can be done to a question, a roll, a vote and a decision: buttons, what waits on the desk, what is to be read before it is done."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from decisions import operations
from decisions.due import LONGEST_DISPUTE, answer_until, correct_until, publication_hour
from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Cast, Decision, Delegation, Question, QuestionPaper, RollRow
from decisions.papers import may_have_paper
from decisions.rules import (
    refusals_to_determine,
    refusals_to_prepare,
    refusals_to_promise,
    refusals_to_publish,
    refusals_to_revise,
    refusals_to_say_why_untabled,
    refusals_to_share_draft,
    refusals_to_state_level,
)
from decisions.rules import refusals_to_withdraw as refusals_to_withdraw_decision
from decisions.rules.advice import refusals_to_advise
from decisions.rules.announcing import refusals_to_announce, refusals_to_confirm_announced
from decisions.rules.delegations import refusals_to_withdraw_delegation
from decisions.rules.papers import refusals_to_add_paper, refusals_to_circulate, refusals_to_drop_paper
from decisions.rules.questions import (
    refusals_to_call_the_roll,
    refusals_to_change,
    refusals_to_close,
    refusals_to_open,
    refusals_to_put_again,
    refusals_to_withdraw,
)
from decisions.rules.voting import refusals_to_answer_for, refusals_to_cast, refusals_to_correct
from groups.models import Seat
from groups.standing import Standing
from meetings.models import Meeting
from records.clock import ThisMoment
from records.models import Origin
from records.rules import Refusal
from records.together import together
from records.verbs import Verb, register

# --- questions


def question_page(question: Question) -> str:
    return reverse("decisions:question", args=[question.pk])


def _find_question(pk: int, standing: Standing) -> Question | None:
    found = Question.objects.select_related("group", "decision", "follows").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.group) else None


@together
def _running(standing: Standing) -> QuerySet[Question] | None:
    """The questions that the person's groups have drafted or opened here."""
    live = Question.objects.filter(status__in=(QuestionStatus.DRAFT, QuestionStatus.OPEN), origin=Origin.PORTAL, follows=None)
    if not standing.is_a_secretary:  # who runs no vote has none to open or close
        return None
    near = live if standing.reads_everywhere else live.filter(group__in=standing.readable_group_ids)
    return near.select_related("group", "decision").order_by("pk")


def _in_the_room(standing: Standing, now: datetime) -> Iterator[Question]:
    return (question for question in _running(standing, now) if question.in_the_room)


def _refusals_to_close_a_vote(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_close(question, standing, now)
    if question.asks_for_objections:
        yield Refusal("The room is confirmed first: who is there and said nothing does not object.")


def _refusals_to_confirm_the_room(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_close(question, standing, now)
    if not question.asks_for_objections:
        yield Refusal("It is a vote: close it.")


def _between_meetings(standing: Standing, now: datetime) -> Iterator[Question]:
    """Those to which papers were added that have not gone out. What a document gained is offered on the question's page: to ask for it here costs too much."""
    asked = {question.pk: question for question in _running(standing, now) if not question.in_the_room and question.is_open(now)}
    waiting = QuestionPaper.objects.filter(question__in=asked, dropped=False, circulated=None).order_by("question_id") if asked else QuestionPaper.objects.none()
    return (asked[pk] for pk in waiting.values_list("question_id", flat=True).distinct())


def _find_paper(pk: int, standing: Standing) -> QuestionPaper | None:
    found = QuestionPaper.objects.select_related("question__group", "question__decision").filter(pk=pk).first()
    return found if found and may_have_paper(found, standing) else None


def _after_taking_off(paper: QuestionPaper) -> list[str]:
    gone = paper.circulated.exists()
    return [
        f"“{paper.title}” is no longer among the papers of {paper.question.reference}, and nobody is handed it any more. It stays on record.",
        *(["It has been circulated: the record of that stays, and a sheet stands in its place in the pack, so that no page moves."] if gone else []),
    ]


def _after_closing(question: Question) -> list[str]:
    rows = list(question.roll.prefetch_related("casts__holder_answer").order_by("order", "pk"))
    waiting = [row.constituency for row in rows if row.counted is None and row.state == RollRow.State.EXPECTED]
    disputed = [row.constituency for row in rows if row.counted and row.counted.disputed]
    return [
        f"{sum(row.counted is not None for row in rows)} of {len(rows)} seats have voted.",
        *([f"Recorded as not having voted, if it is closed now: {', '.join(waiting)}."] if waiting else []),
        *([f"What was recorded for {', '.join(disputed)} is disputed by its holder, and counts as it was recorded."] if disputed else []),
        "The count is kept and sealed. The vote is not opened again; what it advises on can then be determined.",
    ]


def _named(question: Question) -> str:
    return question.on or question.reference


# --- rolls and votes


@together
def _own_rows(standing: Standing) -> QuerySet[RollRow] | None:
    """The rows of the person's seats that may ask something of them: a vote to give, or what others recorded for the seat."""
    if not standing.voting_seat_ids:
        return None
    long_ago = ThisMoment() - LONGEST_DISPUTE
    spoken = Cast.objects.filter(capacity=Cast.Capacity.PMO_ON_BEHALF, recorded_at__gt=long_ago)
    asks = Q(question__status=QuestionStatus.OPEN, question__follows=None, casts=None) | Q(casts__in=spoken)
    asks |= Q(state=RollRow.State.SILENT, question__close_recorded_at__gt=long_ago)
    rows = RollRow.objects.filter(asks, seat__in=standing.voting_seat_ids).distinct().order_by("pk")
    casts = Prefetch("casts", Cast.objects.select_related("holder_answer"))
    return rows.select_related("question__group", "seat", "correction").prefetch_related(casts)


def _to_vote(standing: Standing, now: datetime) -> Iterator[RollRow]:
    return (row for row in _own_rows(standing, now) if row.counted is None and row.question.follows_id is None)


def _to_confirm(standing: Standing, now: datetime) -> Iterator[Cast]:
    """What the secretariat recorded on behalf of one's seat, while nothing later replaced it."""
    for row in _own_rows(standing, now):
        if row.counted and row.counted.capacity == Cast.Capacity.PMO_ON_BEHALF:
            row.counted.row = row
            yield row.counted


def _asked(row: RollRow) -> str:
    on = _named(row.question)
    if row.question.asks_for_objections:
        return f"Say if the {row.constituency} seat objects to {on}"
    return f"Vote on {on} for the {row.constituency} seat"


# --- decisions


def decision_page(decision: Decision) -> str:
    return reverse("decisions:decision", args=[decision.pk])


def _find_decision(pk: int, standing: Standing) -> Decision | None:
    found = Decision.objects.select_related("group", "meeting").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.group) else None


@together
def _tabled(standing: Standing) -> QuerySet[Decision] | None:
    chaired = [place.group_id for place in standing.places if place.what == Seat.Role.CHAIR]
    tabled = Decision.objects.filter(group__in=chaired, status=DecisionStatus.TABLED).select_related("group", "meeting__group", "supersedes", "announcement")
    return tabled.prefetch_related("questions").order_by("pk") if chaired else None


def _to_determine(standing: Standing, now: datetime) -> list[Decision]:
    """What was announced is confirmed on a page of its own, all of a meeting at once."""
    return [each for each in _tabled(standing, now) if not hasattr(each, "announcement")]


def _announced(standing: Standing, now: datetime) -> list[Meeting]:
    """The meetings at which something was announced that is on the table still."""
    return list({d.meeting_id: d.meeting for d in _tabled(standing, now) if d.meeting and hasattr(d, "announcement")}.values())


@together
def _determined(standing: Standing) -> QuerySet[Decision] | None:
    """What is decided and not public yet, though the minutes of its meeting are, or it needs none."""
    if not standing.is_a_secretary:
        return None
    alone = Q(meeting=None) | Q(meeting__published_at__isnull=False)
    rows = Decision.objects.filter(alone, status=DecisionStatus.DETERMINED, origin=Origin.PORTAL, published_at=None, embargoed_until=None)
    near = rows if standing.reads_everywhere else rows.filter(group__in=standing.readable_group_ids)
    return near.select_related("group", "meeting").prefetch_related("settlements").order_by("pk")


def _refusals_to_publish_alone(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_publish(decision, standing, now)
    if decision.meeting and decision.meeting.published_at is None:
        yield Refusal(f"It is published with the minutes of {decision.meeting}.")


def _after_publishing(decision: Decision) -> list[str]:
    meeting = decision.meeting
    return [
        f"{decision} is public at once, with its reasons, its votes and the comments given with them. That is not taken back.",
        *([f"The minutes of {meeting} are public already: they get a further edition that has it."] if meeting else []),
    ]


def _awaited(decision: Decision, standing: Standing) -> datetime | None:
    return decision.promised_by or (decision.meeting.publication_due_at if decision.meeting else None)


def _refusals_to_prepare_for_another(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever may determine does it on the same page."""
    yield from refusals_to_prepare(decision, standing, now)
    if not any(refusals_to_determine(decision, standing, now)):
        yield Refusal("You can determine it yourself.")


def _form(name: str):
    return lambda record: reverse(f"decisions:{name}", args=[record.pk])


register(
    Verb(
        name="decisions.open", of=Question, rule=refusals_to_open, at=_form("open_question"), waits=_running,
        label=lambda q: "Ask the room" if q.asks_for_objections else "Open the vote",
        title=lambda q: f"{'Ask the room about' if q.asks_for_objections else 'Open the vote on'} {_named(q)}",
    ),
    Verb(
        name="decisions.roll_call", of=Question, rule=refusals_to_call_the_roll, at=_form("roll_call"),
        label=lambda q: "Ask the room" if q.asks_for_objections else "Take the roll call",
    ),
    Verb(
        name="decisions.close", of=Question, rule=_refusals_to_close_a_vote, at=question_page, label="Close the vote", look="warning",
        act=operations.close, find=_find_question, confirms=_after_closing, done="The vote is closed, and the count is kept.",
        waits=_in_the_room, title=lambda q: f"Close the vote on {_named(q)}", waits_in_the_room=lambda q, now: True,
    ),
    Verb(
        name="decisions.confirm_the_room", of=Question, rule=_refusals_to_confirm_the_room, at=_form("no_objections"), look="secondary",
        label="Nobody else objects", waits=_in_the_room, title=lambda q: f"Finish asking the room about {_named(q)}", waits_in_the_room=lambda q, now: True,
    ),
    Verb(name="decisions.add_paper", of=Question, rule=refusals_to_add_paper, at=_form("add_question_paper"), label="Add a paper", look="secondary"),
    Verb(
        name="decisions.circulate_papers", of=Question, rule=refusals_to_circulate, at=_form("circulate_question_papers"), waits=_between_meetings,
        label="Circulate the new papers", title=lambda q: f"Circulate more papers on {_named(q)}",
    ),
    Verb(
        name="decisions.drop_paper", of=QuestionPaper, rule=refusals_to_drop_paper, at=lambda paper: question_page(paper.question), label="Take it off", look="link",
        act=operations.drop_question_paper, find=_find_paper, confirms=_after_taking_off, done="The paper is taken off.", group=lambda paper: paper.group,
    ),
    Verb(name="decisions.change", of=Question, rule=refusals_to_change, at=_form("change_question"), label="Change the draft", look="secondary"),
    Verb(
        name="decisions.put_again", of=Question, rule=refusals_to_put_again, at=question_page, label="Put it again", act=operations.put_again,
        find=_find_question, done="A new draft of the question is ready to be changed and opened.", then=question_page,
    ),
    Verb(name="decisions.withdraw", of=Question, rule=refusals_to_withdraw, at=_form("withdraw_question"), label="Withdraw it", look="link"),
    Verb(
        name="decisions.vote", of=RollRow, rule=refusals_to_cast, at=lambda row: reverse("decisions:vote", args=[row.question_id, row.pk]),
        label=_asked, waits=_to_vote, group=lambda row: row.question.group, due=lambda row, standing: row.question.closes_at,
        waits_in_the_room=lambda row, now: row.question.in_the_room,
    ),
    Verb(
        name="decisions.confirm", of=Cast, rule=refusals_to_answer_for, at=_form("answer_for"), waits=_to_confirm, group=lambda cast: cast.row.question.group,
        label=lambda cast: f"Confirm or dispute the vote recorded for the {cast.row.constituency} seat",
        due=lambda cast, standing: answer_until(cast, standing.counting),
    ),
    Verb(
        name="decisions.correct", of=RollRow, rule=refusals_to_correct, at=_form("correct_silence"), waits=_own_rows,
        group=lambda row: row.question.group,
        label=lambda row: f"No objection to {_named(row.question)} is recorded for the {row.constituency} seat: correct that if it is not right",
        due=lambda row, standing: correct_until(row, standing.counting),
    ),
    Verb(
        name="decisions.determine", of=Decision, rule=refusals_to_determine, at=_form("determine"), label="Determine it", waits=_to_determine,
        due=_awaited, title=lambda decision: f"Decide {decision.title}",
    ),
    Verb(
        name="decisions.announce", of=Decision, rule=refusals_to_announce, at=_form("announce"), label="The Chair announced it in the room", look="secondary",
    ),
    Verb(
        name="decisions.confirm_announced", of=Meeting, rule=refusals_to_confirm_announced, at=lambda m: reverse("decisions:announced", args=[m.code]),
        label=lambda m: f"Confirm what was announced at {m}", waits=_announced, due=lambda m, standing: m.publication_due_at,
    ),
    Verb(name="decisions.prepare", of=Decision, rule=_refusals_to_prepare_for_another, at=_form("determine"), label="Prepare the determination"),
    Verb(
        name="decisions.publish", of=Decision, rule=_refusals_to_publish_alone, at=decision_page, label="Publish it", act=operations.publish, find=_find_decision,
        confirms=_after_publishing, done="The decision is public.", waits=_determined, due=lambda decision, standing: publication_hour(decision),
        title=lambda decision: f"Publish {decision}",
    ),
    Verb(
        name="decisions.withdraw_decision", of=Decision, rule=refusals_to_withdraw_decision, at=_form("withdraw_decision"), look="link", label="Withdraw it: it was made by mistake",
    ),
    Verb(name="decisions.revise", of=Decision, rule=refusals_to_revise, at=_form("revise"), label="Revise it", look="secondary"),
    Verb(
        name="decisions.advise", of=Decision, rule=refusals_to_advise, at=_form("advice"), look="link",
        label="Record what Ofgem, the IPA, the LDP or the Programme said",
    ),
    Verb(name="decisions.promise", of=Decision, rule=refusals_to_promise, at=_form("promise"), look="link", label="Say by when it will be decided"),
    Verb(
        name="decisions.say_why_untabled", of=Decision, rule=refusals_to_say_why_untabled, at=_form("untabled"), look="link",
        label="Say why it was taken on an item that was not tabled for decision",
    ),
    Verb(name="decisions.state_level", of=Decision, rule=refusals_to_state_level, at=_form("level"), look="link", label="Record whose decision it is"),
    Verb(
        name="decisions.withdraw_delegation", of=Delegation, rule=refusals_to_withdraw_delegation, at=_form("withdraw_delegation"),
        label="Withdraw it", look="secondary",
    ),
    Verb(
        name="decisions.share_draft", of=Decision, rule=refusals_to_share_draft, at=decision_page, act=operations.share_draft, find=_find_decision,
        look="link", label="Share the draft, read-only, with assurance readers", done="Assurance readers can read the draft now.",
    ),
    Verb(
        name="decisions.stop_sharing", of=Decision, rule=lambda *asked: refusals_to_share_draft(*asked, shared=True), at=decision_page,
        act=operations.stop_sharing_draft, find=_find_decision, look="link", label="Stop sharing the draft with assurance readers",
        done="The draft is not shared any more.",
    ),
)  # fmt: skip
